"""Programs that are ended at any moment, and disks that fail at any call: every answer is there afterwards."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")

from support.faults import Faults, die
from support.sitting import ANSWERS, Sitting, sit

from compassion_cli.formats.form_markdown import parse_entry, parse_form
from compassion_cli.storage.drafts import find_waiting
from compassion_cli.storage.journal import Journal

#: How long a session lasts, about, in seconds after its first question.
_LENGTH = 0.6
_ROUNDS = 200


def check(sitting: Sitting, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """See that words are kept, in one place only, and that no file is torn."""
    monkeypatch.setenv("HOME", str(sitting.home))
    files = [path for path in sitting.home.rglob("*.md") if path.name != "README.md"]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert parse_form(text) if "drafts" in path.parts else parse_entry(text)
    waiting = find_waiting()
    assert waiting.problems == ()
    entries = [file.path for file in Journal(sitting.home / "reflective-journal").files()]
    places = [found.draft.path for found in waiting.drafts] + entries
    assert len(places) <= 1, "it would be saved twice"
    kept = "".join(path.read_text(encoding="utf-8") for path in places)
    missing = [word for word in words if word not in kept]
    assert not missing, f"{missing} lost; the screen was:\n{sitting.shown}"


def list_sittings(folder: Path, rounds: int, ways: list[signal.Signals | bytes]) -> Iterator[Sitting]:
    chance = random.Random(20261123)
    for number in range(rounds):
        how = ways[number % len(ways)]
        moment = (chance.uniform(0, _LENGTH), how)
        yield Sitting(folder / str(number), plain=number % 4 > 1, moment=moment)


def test_no_completed_answer_is_lost_when_the_program_is_killed_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = []
    for sitting in sit(list_sittings(tmp_path / "home", _ROUNDS, [signal.SIGKILL])):
        check(sitting, monkeypatch, [word for text in sitting.completed for word in text.split()])
        ended.append((sitting.code, len(sitting.completed)))
    assert len(ended) == _ROUNDS
    # The moments were spread over the whole of a session, or this would have shown little.
    assert {count for code, count in ended if code == -signal.SIGKILL} == {0, 1, 2, 3}


def test_no_typed_word_is_lost_when_the_program_is_told_to_end_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[signal.Signals | bytes] = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, b"\x03"]
    codes = set()
    for sitting in sit(list_sittings(tmp_path / "home", _ROUNDS // 2, ways)):
        check(sitting, monkeypatch, sitting.typed)
        assert sitting.is_restored
        assert sitting.raw.count(b"\x1b[?2004h") == sitting.raw.count(b"\x1b[?2004l"), "bracketed paste is left on"
        if sitting.code == 130 and sitting.typed:
            said = " ".join(sitting.shown.split())
            assert "Go on with: reflect resume" in said or "Saved." in said
        codes.add(sitting.code)
    # Once all is saved, a signal may end the program as it ends any other.
    assert codes >= {0, 130}
    assert codes <= {0, 130, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGQUIT}


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "rich"])
def test_no_completed_answer_is_lost_when_the_program_dies_at_any_call_that_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, plain: bool
) -> None:
    def list_deaths() -> Iterator[Sitting]:
        for number in range(1, 500):
            if finished:
                return
            yield Sitting(tmp_path / f"home-{number}", plain=plain, before=partial(_die_at, number))

    finished: list[Sitting] = []
    deaths = 0
    for sitting in sit(list_deaths()):
        check(sitting, monkeypatch, [word for text in sitting.completed for word in text.split()])
        if sitting.code == 0:
            finished.append(sitting)
            check(sitting, monkeypatch, " ".join(ANSWERS).split())
        else:
            assert sitting.code == -signal.SIGKILL
            deaths += 1
    assert finished
    assert deaths > 40


def _die_at(number: int) -> None:
    Faults(number, die).install()

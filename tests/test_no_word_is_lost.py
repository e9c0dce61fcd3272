"""Programs that are ended at any moment, and disks that fail at any call: every answer is there afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")

from support.commands import SCRIPTS, CommandLine
from support.faults import Faults, die, list_texts, refuse
from support.forked import be_program
from support.sitting import ANSWERS, Sitting, measure_length, sit

from compassion_cli.formats.form_markdown import parse_entry, parse_form
from compassion_cli.storage.entry_files import list_files
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.waiting_drafts import find_waiting

pytestmark = pytest.mark.real

#: benchmarks/soak.py goes on for as long as you like.
_ROUNDS = 26
#: Both ways of asking, after each number of answers.
_AT_ONCE = 2 * (len(ANSWERS) + 1)


def check(sitting: Sitting, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """See that words are kept, in one place only, and that no file is torn."""
    monkeypatch.setenv("HOME", str(sitting.home))
    files = [path for path in sitting.home.rglob("*.md") if path.name != "README.md"]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert parse_form(text) if "drafts" in path.parts else parse_entry(text)
    waiting = find_waiting()
    assert waiting.problems == ()
    entries = [file.path for file in list_files([SharedJournal(sitting.home / "reflective-journal")])]
    places = [found.draft.path for found in waiting.drafts] + entries
    assert len(places) <= 1, "it would be saved twice"
    kept = "".join(path.read_text(encoding="utf-8") for path in places)
    missing = [word for word in words if word not in kept]
    assert not missing, f"{missing} lost; the screen was:\n{sitting.shown}"


def list_sittings(folder: Path, rounds: int, ways: list[signal.Signals | bytes]) -> Iterator[Sitting]:
    chance = random.Random(20261123)  # noqa: S311 - moments, not secrets
    length = measure_length(folder / "whole")
    for number in range(rounds):
        how = ways[number % len(ways)]
        answers = number % (len(ANSWERS) + 1)
        # The first of each kind at once, so that on any machine some are ended while each answer is the last.
        wait = chance.uniform(0, length / len(ANSWERS)) if number >= _AT_ONCE else 0.0
        moment = (answers, wait, how)
        yield Sitting(folder / str(number), plain=number // 4 % 2 > 0, moment=moment)


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
    for sitting in sit(list_sittings(tmp_path / "home", _ROUNDS, ways)):
        check(sitting, monkeypatch, sitting.typed)
        assert sitting.is_restored
        assert sitting.raw.count(b"\x1b[?2004h") == sitting.raw.count(b"\x1b[?2004l"), "bracketed paste is left on"
        if sitting.code == 130 and sitting.typed:
            said = " ".join(sitting.shown.split())
            assert "To carry on: reflect resume" in said or "Saved." in said
        codes.add(sitting.code)
    # Once all is saved, a signal may end the program as it ends any other.
    assert codes >= {0, 130}
    assert codes <= {0, 130, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGQUIT}


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "rich"])
def test_no_completed_answer_is_lost_when_the_program_dies_at_any_call_that_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, plain: bool
) -> None:
    def list_deaths() -> Iterator[Sitting]:
        for number in range(1, 500, step):
            if finished:
                return
            yield Sitting(tmp_path / f"home-{number}", plain=plain, before=partial(_die_at, number))

    # Both ways of asking keep their words by the same calls: of the slower one, some are enough.
    step = 2 if plain else 5
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
    assert deaths > 40 / step


def _die_at(number: int) -> None:
    Faults(number, die).install()


TYPED = "".join(f"{answer}\n\n" for answer in ANSWERS)


@pytest.mark.parametrize("lasting", [True, False], ids=["from then on", "once"])
@pytest.mark.everyday
def test_a_disk_that_is_full_at_any_call_that_writes_costs_no_word(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, *, lasting: bool
) -> None:
    codes = []
    for number in range(1, 500):
        faults = Faults(number, refuse, lasting=lasting)
        run.home = run.home.parent / f"home-{number}"
        run.home.mkdir()
        monkeypatch.setenv("HOME", str(run.home))
        with faults.installed(monkeypatch):
            result = run("reflect", "tool3", "--only", "6,7,8", typed=TYPED, code=None)
        if faults.count < number:
            break
        codes.append(result.exit_code)
        kept = "".join(list_texts(run.home)) + result.stderr
        assert all(word in kept for answer in ANSWERS for word in answer.split())
        assert (result.exit_code, len(run.entries)) in {(0, 1), (1, 0)}
        assert result.stderr.count("reflect: ") == (1 if result.exit_code else 0)
        assert not result.exit_code or "could not be written: the disk is full" in result.stderr
    assert len(codes) > 40
    assert set(codes) == {0, 1}


def limit_files_to(size: int) -> None:
    """Let no file grow beyond a size, as on a disk with that much room."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [0, 100, 800, 20_000])
def test_a_real_limit_of_the_system_costs_no_word(run: CommandLine, size: int) -> None:
    done = subprocess.run(
        [SCRIPTS / "reflect", "tool3", "--only", "6,7,8"],
        input=TYPED.encode(),
        capture_output=True,
        check=False,
        # A measured process would write its own files.
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
        preexec_fn=partial(limit_files_to, size),
    )
    kept = "".join(list_texts(run.home)) + done.stderr.decode()
    assert all(word in kept for answer in ANSWERS for word in answer.split())
    ended = (done.returncode, len(run.entries))
    assert ended in {(0, 1), (1, 0)}
    assert ended == (0, 1) or size < 20_000
    assert ended == (1, 0) or size > 100
    assert done.returncode == 0 or b"there is no space for a file that large" in done.stderr


def can_mount() -> bool:
    """Tell whether this account may make a small disk."""
    mount = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(mount, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="this account may not make a small disk to fill")
@pytest.mark.parametrize("pages", [2, 3, 5, 8])
def test_a_real_disk_that_is_full_costs_no_word(run: CommandLine, tmp_path: Path, pages: int) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    # All that is left on the disk when it is unmounted is printed: nobody else can see it.
    script = (
        f'mount -t tmpfs -o size={pages * 4096} none "{disk}" && export HOME="{disk}" && '
        f'"{SCRIPTS / "reflect"}" tool3 --only 6,7,8; code=$?; '
        f'find "{disk}" -name "*.md" ! -name README.md -exec cat {{}} +; exit $code'
    )
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        input=TYPED.encode(),
        capture_output=True,
        check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
    )
    kept = (done.stdout + done.stderr).decode()
    assert all(word in kept for answer in ANSWERS for word in answer.split())
    assert done.returncode in {0, 1}
    assert done.returncode == 0 or kept.count("reflect: ") == 1
    assert done.returncode == 0 or "the disk is full" in kept


def _wait_for_end_of(pipe: int) -> None:
    os.read(pipe, 1)


def test_fifty_processes_that_finish_at_once_make_fifty_entries(run: CommandLine) -> None:
    # Each has begun, and all of them read their answer in the same moment.
    beginning, begin = os.pipe()
    processes = []
    for number in range(50):
        answer, typed = os.pipe()
        os.write(typed, f"answer {number}.\n\n".encode())
        os.close(typed)
        pid = os.fork()
        if pid == 0:
            os.close(begin)
            os.dup2(answer, 0)
            os.dup2(os.open(run.home.parent / f"said-{number}", os.O_WRONLY | os.O_CREAT), 1)
            words = ["reflect", "tool3", "--only", "6"]
            be_program(words, os.environ, before=partial(_wait_for_end_of, beginning), is_measured=False)
        os.close(answer)
        processes.append(pid)
    os.close(begin)
    assert {os.waitpid(pid, 0)[1] for pid in processes} == {0}
    assert len({(run.home.parent / f"said-{number}").read_text("utf-8") for number in range(50)}) == 50
    assert len(run.entries) == 50
    texts = "".join(list_texts(run.journal))
    assert all(f"\nanswer {number}.\n" in texts for number in range(50))
    assert run.drafts == []
    assert not list(run.home.rglob("*.tmp"))

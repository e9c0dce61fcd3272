"""Two people, a folder between them, some hundreds of things done in any order: nothing is lost, and both end alike.

In every second life other programs are at work in the folders as well: formatters, file managers, and plain git.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="programs are forked and killed here")

from support.formatters import FORMATTERS
from support.people import Person, git, share_a_journal

pytestmark = pytest.mark.real

#: benchmarks/history.py runs it for longer, and as someone else.
_STEPS = int(os.environ.get("COMPASSION_STEPS", "32"))
_SEEDS = [int(seed) for seed in os.environ.get("COMPASSION_SEED", "1,2").split(",")]
_LONGEST_SYNC = 0.25


class Life:
    """What two people do, at random, and every word they have written on the way."""

    def __init__(self, people: list[Person], chance: random.Random, *, is_mixed: bool) -> None:
        self.people = people
        self.is_mixed = is_mixed
        self.words: set[str] = set()
        self.private: dict[str, Path] = {}
        self.kills = 0
        self.followed = 0
        self._chance = chance
        self._numbers: Iterator[int] = iter(range(1_000_000))

    def step(self) -> None:
        """Do one thing."""
        acts = [self._write, self._write, self._change, self._change, self._review, self._sync, self._kill_a_sync]
        acts += [self._write_privately, self._share, self._follow_up, self._follow_up]
        if self.is_mixed:
            acts += [self._format, self._move, self._put_back, self._use_git, self._write]
        self._chance.choice(acts)(self._chance.choice(self.people))

    def _new_word(self) -> str:
        word = f"word{next(self._numbers)}end"
        self.words.add(word)
        return word

    def _write(self, person: Person) -> None:
        person.write("\n".join([self._new_word(), *(f"- [ ] {self._new_word()}" for _ in range(3))]))

    def _write_privately(self, person: Person) -> None:
        word = f"private{next(self._numbers)}end"
        self.private[word] = person.write(word, "--private")

    def _share(self, person: Person) -> None:
        own = [word for word, path in self.private.items() if person.home in path.parents]
        if own:
            path = self.private.pop(own[0])
            person.type("journal", "share", str(path), "--yes")
            self.words.add(own[0])

    def _change(self, person: Person) -> None:
        if path := self._choose_entry(person):
            person.add(self._new_word(), str(path))

    def _choose_entry(self, person: Person) -> Path | None:
        keep_both_versions(person)
        names = sorted(name for name in person.texts if "." not in name[5:-3])
        return person.journal / self._chance.choice(names) if names else None

    def _review(self, person: Person) -> None:
        waiting = json.loads(person.type("journal", "list", "--unreviewed", "--json").stdout)["entries"]
        if waiting:
            answers = f"{self._new_word()}\n\n\n{self._new_word()} (due in two weeks)\n\n"
            person.type("journal", "review", self._chance.choice(waiting)["id"], typed=answers)

    def _follow_up(self, person: Person) -> None:
        actions = json.loads(person.type("journal", "actions", "--json").stdout)["actions"]
        if actions:
            name = self._chance.choice(actions)["id"]
            words = self._chance.choice([("done", name), ("drop", name), ("carry", name, "--to", "1 March 2199")])
            person.type("journal", "actions", *words)
            self.followed += 1

    def _sync(self, person: Person) -> None:
        person.sync()

    def _format(self, person: Person) -> None:
        path = self._choose_entry(person)
        # Ours know front matter by its first line alone.
        if path and (text := path.read_text("utf-8-sig")).startswith("+++\n"):
            text = self._chance.choice(sorted(FORMATTERS.items()))[1](text)
            path.write_text(text, encoding="utf-8", newline="")

    def _move(self, person: Person) -> None:
        if path := self._choose_entry(person):
            place = person.journal / self._chance.choice(["archive", "2026/kept"])
            place.mkdir(exist_ok=True)
            path.rename(place / path.name)
            assert "moved or renamed" in person.type("journal", "list").stderr.replace("\n", " ")

    def _put_back(self, person: Person) -> None:
        put_back(person)

    def _use_git(self, person: Person) -> None:
        """Do what someone does who knows git, and leaves off where it says no."""
        person.be()
        ways = [
            ["add --all", "commit --quiet --message=all"],
            ["fetch --quiet origin", "merge --quiet --ff-only @{upstream}"],
            ["pull --quiet --no-edit --no-rebase", "merge --abort"],
            ["pull --quiet --rebase", "rebase --abort"],
            ["push --quiet origin HEAD:main"],
            ["gc --quiet"],
            ["stash --quiet", "stash pop --quiet"],
            ["checkout --quiet --detach"],
            ["update-index --refresh"],
        ]
        for line in self._chance.choice(ways):
            with suppress(subprocess.CalledProcessError):
                git(person.journal, *line.split(" "))

    def _kill_a_sync(self, person: Person) -> None:
        person.be()
        pid = os.fork()
        if pid == 0:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            try:
                person.line("journal", "sync", code=None)
            finally:
                os._exit(0)
        os.setpgid(pid, pid)
        time.sleep(self._chance.uniform(0, _LONGEST_SYNC))
        if os.waitpid(pid, os.WNOHANG)[0] == 0:
            # With all it has started, as when the computer dies; or alone.
            self._chance.choice([os.kill, os.killpg])(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            self.kills += 1


def keep_both_versions(person: Person) -> None:
    """Take away the marks that a merge by hand has left, as the program says."""
    for name, text in person.texts.items():
        if "<<<<<<< " in text:
            lines = [line for line in text.split("\n") if not line.startswith(("<<<<<<< ", "=======", ">>>>>>> "))]
            (person.journal / name).write_text("\n".join(lines), encoding="utf-8")


def put_back(person: Person) -> None:
    """Put what was moved where it belongs, as the program says; where something is there by now, leave off the copy."""
    for path in sorted([*person.journal.glob("archive/*.md"), *person.journal.glob("????/kept/*.md")]):
        place = person.journal / path.name[:4] / path.name
        place.parent.mkdir(exist_ok=True)
        if place.exists():
            path.unlink()
        else:
            path.rename(place)


def choose_all(person: Person, chance: random.Random) -> None:
    """Choose a version wherever there are two."""
    while others := sorted(person.journal.glob("????/*.other-*.md")):
        entry = others[0].name.partition(".")[0]
        person.type("journal", "resolve", entry, "--keep", chance.choice(["this", "other"]))


@pytest.mark.parametrize("seed", _SEEDS)
def test_whatever_two_people_do_both_end_alike_and_no_word_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - what people do, not secrets
    ann, bea = (Person(name, tmp_path / name.lower(), monkeypatch) for name in ("Ann", "Bea"))
    share_a_journal(ann, bea, tmp_path / "drive")
    life = Life([ann, bea], chance, is_mixed=seed % 2 == 0)
    for _ in range(_STEPS):
        life.step()
    for person in (ann, bea):
        put_back(person)
    for _ in range(2):
        for person in (ann, bea):
            keep_both_versions(person)
            person.sync()
        choose_all(ann, chance)
    ann.sync()
    bea.sync()
    assert life.kills > _STEPS // 40
    assert life.followed > _STEPS // 20
    assert ann.texts == bea.texts
    assert not any(".other-" in name for name in ann.texts)
    everything = git(ann.journal, "log", "-p", "--format=")
    assert [word for word in sorted(life.words) if word not in everything] == []
    assert [word for word in life.private if word in everything] == []
    for person in (ann, bea):
        assert not any(mark in text for text in person.texts.values() for mark in ("<<<<<<<", ">>>>>>>"))
        # What someone has recorded of a moved file by plain git is theirs to tidy up.
        status = git(person.journal, "status", "--porcelain").splitlines()
        assert [line for line in status if "archive/" not in line and "/kept/" not in line] == []
        git(person.journal, "fsck", "--strict")
        # What a formatter did to a file while a killed sync was putting it there lies beside it.
        assert life.is_mixed or list(person.journal.rglob("*.edit-*")) == []
    git(tmp_path / "drive", "fsck", "--strict")

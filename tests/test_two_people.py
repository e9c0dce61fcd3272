"""Two people, a folder between them, some hundreds of things done in any order: nothing is lost, and both end alike."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="programs are forked and killed here")

from support.people import Person, git, share_a_journal

pytestmark = pytest.mark.real

#: benchmarks/history.py runs it for longer, and as somebody else.
_STEPS = int(os.environ.get("COMPASSION_STEPS", "32"))
_SEEDS = [int(seed) for seed in os.environ.get("COMPASSION_SEED", "1,2").split(",")]
_LONGEST_SYNC = 0.25


class Life:
    """What two people do, at random, and every word they have written on the way."""

    def __init__(self, people: list[Person], chance: random.Random) -> None:
        self.people = people
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
        path = person.journal / self._chance.choice(sorted(name for name in person.texts if "." not in name[5:-3]))
        person.add(self._new_word(), str(path))

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
    life = Life([ann, bea], chance)
    for _ in range(_STEPS):
        life.step()
    for _ in range(2):
        ann.sync()
        bea.sync()
        choose_all(ann, chance)
    ann.sync()
    bea.sync()
    assert life.kills > _STEPS // 40
    assert life.followed > _STEPS // 10
    assert ann.texts == bea.texts
    assert not any(".other-" in name for name in ann.texts)
    everything = git(ann.journal, "log", "-p", "--format=")
    assert [word for word in sorted(life.words) if word not in everything] == []
    assert [word for word in life.private if word in everything] == []
    for person in (ann, bea):
        assert not any(mark in text for text in person.texts.values() for mark in ("<<<<<<<", ">>>>>>>"))
        assert git(person.journal, "status", "--porcelain") == ""
        git(person.journal, "fsck", "--strict")
        assert list(person.journal.rglob("*.edit-*")) == []
    git(tmp_path / "drive", "fsck", "--strict")

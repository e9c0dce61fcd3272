from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from compassion_cli.core.query import Query
from compassion_cli.core.search import parse_words
from compassion_cli.storage.entry_query import select
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.two_processes import map_in_two

needs_two = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1, reason="one process does it all here"
)
MANY = 10_000


def weigh(task: str) -> int:
    return MANY


def name_process(task: str) -> list[str]:
    return [task, str(os.getpid())]


def is_childless() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


@pytest.mark.parametrize("tasks", ["", "a", "ab", "abc", "abcd", "abcdefgh"])
def test_each_task_comes_in_its_order_with_what_was_made_of_it(tasks: str) -> None:
    assert list(map_in_two(str.split, tasks, weigh)) == [(task, [task]) for task in tasks]


@needs_two
def test_a_second_process_does_half_of_what_is_left_after_the_first() -> None:
    processes = [done[1] for _, done in map_in_two(name_process, "abcdef", weigh)]
    own, second = str(os.getpid()), processes[2]
    assert second != own
    assert processes == [own, own, second, own, second, own]


@pytest.mark.parametrize("weight", [0, 1, 500])
def test_of_little_one_process_does_all(weight: int) -> None:
    processes = {done[1] for _, done in map_in_two(name_process, "abcdef", lambda _: weight)}
    assert processes == {str(os.getpid())}


@needs_two
@pytest.mark.parametrize("harm", ["raise", "exit", "kill"])
def test_what_a_lost_process_leaves_undone_is_done_all_the_same(harm: str, capfd: pytest.CaptureFixture[str]) -> None:
    own = os.getpid()

    def work(task: str) -> list[str]:
        if task == "e" and os.getpid() != own:
            if harm == "raise":
                raise ValueError
            if harm == "exit":
                sys.exit(3)
            os.kill(os.getpid(), 9)
        return [task]

    assert list(map_in_two(work, "abcdefghij", weigh)) == [(task, [task]) for task in "abcdefghij"]
    assert is_childless()
    assert capfd.readouterr() == ("", "")


@needs_two
def test_no_process_is_left_when_no_more_is_wanted() -> None:
    for stop_after in range(6):
        mapped = map_in_two(lambda task: [task * MANY] * 100, "abcdefgh", weigh)
        for _, _ in zip(range(stop_after), mapped, strict=False):
            pass
        mapped.close()
        assert is_childless()


@needs_two
def test_it_does_not_matter_that_the_end_of_children_is_ignored() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert list(map_in_two(str.split, "abcdefgh", weigh)) == [(task, [task]) for task in "abcdefgh"]
    finally:
        signal.signal(signal.SIGCHLD, before)


@needs_two
def test_without_room_for_a_second_process_one_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    before = count_open()
    assert list(map_in_two(str.split, "abcd", weigh)) == [(task, [task]) for task in "abcd"]
    assert count_open() == before


def count_open() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_large_journal_is_searched_to_its_end(tmp_path: Path) -> None:
    held = make_many(tmp_path / "journal", 6_000)
    journal = SharedJournal(tmp_path / "journal")
    listing = select([journal], Query(search=parse_words(["café"])), None)
    assert [found.entry.id for found in listing.found] == held
    assert listing.problems == ()
    newest = select([journal], Query(search=parse_words(["CAFE"])), 20)
    assert [found.entry.id for found in newest.found] == held[:20]
    assert newest.has_more
    assert select([journal], Query(search=parse_words(["absent"])), 20).found == ()


def make_many(folder: Path, count: int) -> Sequence[str]:
    """Write that many entries, several on a day, and return the ids of those that hold the word, newest first."""
    held = []
    for number in range(count):
        day = date(2026, 11, 23) - timedelta(days=number // 5)
        entry_id = f"{day}-tool3-self-k{'abcde'[number % 5]}22"
        place = folder / f"{day.year}" / f"{entry_id}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        word = "Café" if number % 97 == 0 else "other"
        hour = 20 - number % 5
        place.write_text(
            f'+++\nid = "{entry_id}"\ncreated = {day} {hour}:00:00+00:00\nauthor = "Ann"\npack = "tool3"\n'
            "pack_version = 1\n+++\n\n# Four lenses\n\n<!-- section: self -->\n## Self\n\n"
            f"<!-- question: self.1 -->\n### 1. What?\n\n{word}\n",
            encoding="utf-8",
        )
        if word == "Café":
            held.append(entry_id)
    return held

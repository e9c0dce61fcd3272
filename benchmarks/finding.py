"""How long it takes to find something in a large journal, beside grep, and beside the same in a small one.

Usage: python benchmarks/finding.py [COUNT ...] [--rounds N]

Whole processes, taken in turn in one run, so that a busy machine slows all sides alike. Every file is read once before
that, so the page cache is warm, and no time here is that of a disk. What a search costs is what it takes beyond the
start of the program, which is measured beside it. Quote the ratios.

A search stops when it has the newest twenty, and grep never does: only a word that stands in fewer files makes it go
through the whole journal. Of two words, grep looks for the first alone.

The aims: what goes through the whole journal, be it for words, for a regular expression with a word in it, or for a
name or tag that few entries have, takes at most 2.2 times as long as grep beyond the start; what need not, at most 1.3
times as long as in a small journal. Each line says its aim and whether it holds. Seconds of CPU are those of the
program and of all that it starts; they suffer less from a busy machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.journals import ABSENT, COMMON, RARE, SOME, make_history, make_journal

JOURNAL = [sys.executable, str(Path(sys.executable).parent / "journal")]
GREP = [shutil.which("grep") or "grep", "-rli", "--exclude-dir=.git"]
Words = tuple[str, ...]
SEARCHES: tuple[Words, ...] = ((RARE,), (SOME,), (ABSENT,), (RARE, COMMON), (COMMON,))
SMALL = 100
AIM_BESIDE_GREP, AIM_BESIDE_SMALL = 2.2, 1.3
#: What a computer's clock of processes can tell, in seconds.
LEAST = 0.01
#: What has to look at every file, and how it ends.
THROUGH_ALL: tuple[tuple[str, Words, int], ...] = (
    ("list --author, a first name", ("list", "--author", "Callum"), 0),
    ("list --author, nobody", ("list", "--author", "Zebedee"), 0),
    ("list --tag, absent", ("list", "--tag", ABSENT), 0),
    ("list --pack, absent", ("list", "--pack", "tool3", "--tag", ABSENT), 0),
    ("search --regex, absent", ("search", "--regex", rf"\b{ABSENT}s?\b"), 1),
    ("search --regex, one of two", ("search", "--regex", f"{ABSENT}|dirigible"), 1),
)


def find_piece(folder: Path) -> Words:
    """Return the words that show the oldest entry by a piece of its id."""
    return ("show", min(folder.glob("*/*[a-z0-9].md")).stem[-4:])


#: What need not.
BESIDE_SMALL: tuple[tuple[str, Callable[[Path], Words]], ...] = (
    ("list", lambda _: ("list",)),
    ("list --author, a whole name", lambda _: ("list", "--author", "Callum Reid")),
    ("list --pack", lambda _: ("list", "--pack", "tool3")),
    ("list --lens", lambda _: ("list", "--lens", "team")),
    ("list --unreviewed", lambda _: ("list", "--unreviewed")),
    ("show PIECE", find_piece),
    ("history of the latest", lambda _: ("history",)),
)


class Time(NamedTuple):
    """How long a process took, in seconds: by the clock on the wall, and of the CPU."""

    wall: float
    cpu: float


def main(counts: Sequence[int], rounds: int) -> None:
    """Measure journals of these sizes and print a line for each command."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMPASSION_", "XDG_"))}
        bench = Bench(Path(home), kept | {"HOME": home, "COMPASSION_AUTHOR": "A"}, rounds)
        for count in counts:
            bench.measure_journal(count)


class Bench:
    """A home for journals, and the commands that are measured on them."""

    def __init__(self, home: Path, env: dict[str, str], rounds: int) -> None:
        self._env = env
        self._rounds = rounds
        self._home = home
        self._empty = home / "empty"
        self._empty.mkdir()
        self._small = home / "small"
        make_journal(self._small, SMALL)
        make_history(self._small)

    def measure_journal(self, count: int) -> None:
        """Make a journal, and measure searching and listing it."""
        folder = self._home / f"journal-{count}"
        make_journal(folder, count)
        make_history(folder)
        read_all(self._small)
        files, size, hits = read_all(folder)
        locale = self._env.get("LC_ALL") or self._env.get("LC_CTYPE") or self._env.get("LANG") or "C"
        print(f"{count} entries, {files} files, {size / 1_000_000:.0f} MB, page cache warm, locale {locale}")
        self._compare_with_grep(folder, hits)
        self._compare_with_small(folder)

    def _compare_with_grep(self, folder: Path, hits: Counter[Words]) -> None:
        lines: list[tuple[str, Words, str, int]] = [
            (f"search {' '.join(words)}", ("search", *words), words[0], 0 if hits[words] else 1) for words in SEARCHES
        ]
        lines += [(name, words, ABSENT, code) for name, words, code in THROUGH_ALL]
        rounds = range(self._rounds + 1)
        taken = [[self._measure_beside_grep(line, folder, hits) for line in lines] for _ in rounds][1:]
        for (name, *_), times in zip(lines, zip(*taken, strict=True), strict=True):
            wall = [(found.wall - start.wall) / grep.wall for start, found, grep in times]
            cpu = [(found.cpu - start.cpu) / grep.cpu for start, found, grep in times]
            report(f"{name}, (it - start) / grep", wall, cpu, AIM_BESIDE_GREP)

    def _measure_beside_grep(
        self, line: tuple[str, Words, str, int], folder: Path, hits: Counter[Words]
    ) -> tuple[Time, Time, Time]:
        """Return how long the start of the program, a command and grep take."""
        _, words, pattern, code = line
        return (
            self._measure([*JOURNAL, "list", "-n", "1", "--journal", str(self._empty)]),
            self._measure([*JOURNAL, *words, "--journal", str(folder)], code),
            self._measure([*GREP, pattern, str(folder)], 0 if hits[(pattern,)] else 1),
        )

    def _compare_with_small(self, folder: Path) -> None:
        for name, words in BESIDE_SMALL:
            pairs = [
                tuple(self._measure([*JOURNAL, *words(place), "--journal", str(place)]) for place in (folder, small))
                for small in [self._small]
                for _ in range(self._rounds + 1)
            ][1:]
            wall = [large.wall / small.wall for large, small in pairs]
            cpu = [large.cpu / small.cpu for large, small in pairs]
            report(f"{name}, beside {SMALL} entries", wall, cpu, AIM_BESIDE_SMALL)

    def _measure(self, command: list[str], code: int = 0) -> Time:
        """Return how long a whole process takes; it must end as expected."""
        start, before = time.perf_counter(), os.times()
        done = subprocess.run(command, env=self._env, check=False, capture_output=True, stdin=subprocess.DEVNULL)
        taken, after = time.perf_counter() - start, os.times()
        if done.returncode != code:
            sys.exit(f"{command} ended with {done.returncode}, not {code}:\n{done.stderr.decode()}")
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return Time(taken, max(cpu, LEAST))


def read_all(folder: Path) -> tuple[int, int, Counter[Words]]:
    """Read all files, so that they are in the page cache, and count them, their bytes and what each search finds."""
    files, size, hits = 0, 0, Counter[Words]()
    for path in folder.glob("*/*.md"):
        text = path.read_bytes().lower()
        files, size = files + 1, size + len(text)
        hits.update(words for words in SEARCHES if all(word.encode() in text for word in words))
    return files, size, hits


def report(name: str, wall: Sequence[float], cpu: Sequence[float], aim: float) -> None:
    """Print a line for what was measured, with its aim and whether that holds."""
    verdict = "holds" if statistics.median(wall) <= aim else "DOES NOT HOLD"
    print(f"  {name:52} {describe(wall):22} CPU {describe(cpu):22} aim {aim}: {verdict}", flush=True)


def describe(ratios: Sequence[float]) -> str:
    """Return the median of some ratios, with the least and the greatest."""
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def parse_arguments() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(description="Finding words in large journals, beside grep.")
    parser.add_argument("counts", metavar="COUNT", type=int, nargs="*", help="entries in a journal")
    parser.add_argument("--rounds", metavar="N", type=int, default=5, help="how often each is measured")
    return parser.parse_args()


if __name__ == "__main__":
    arguments = parse_arguments()
    main(arguments.counts or [10_000], arguments.rounds)

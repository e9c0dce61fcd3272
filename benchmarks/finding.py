"""How long it takes to find words in a large journal, beside grep, and to list one, beside listing a small one.

Usage: python benchmarks/finding.py [COUNT ...] [--rounds N]

Whole processes, taken in turn in one run, so that a busy machine slows all sides alike. Every file is read once before
that, so the page cache is warm, and no time here is that of a disk. What a search costs is what it takes beyond the
start of the program, which is measured beside it. Quote the ratios.

A search stops when it has the newest twenty, and grep never does: only a word that stands in fewer files makes it go
through the whole journal. Of two words, grep looks for the first alone.
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
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.journals import ABSENT, COMMON, RARE, SOME, make_journal

JOURNAL = [sys.executable, str(Path(sys.executable).parent / "journal")]
GREP = [shutil.which("grep") or "grep", "-rli"]
Words = tuple[str, ...]
SEARCHES: tuple[Words, ...] = ((RARE,), (SOME,), (ABSENT,), (RARE, COMMON), (COMMON,))
SMALL = 100


def main(counts: Sequence[int], rounds: int) -> None:
    """Measure journals of these sizes and print a line for each search and each list."""
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

    def measure_journal(self, count: int) -> None:
        """Make a journal, and measure searching and listing it."""
        folder = self._home / f"journal-{count}"
        make_journal(folder, count)
        read_all(self._small)
        files, size, hits = read_all(folder)
        locale = self._env.get("LC_ALL") or self._env.get("LC_CTYPE") or self._env.get("LANG") or "C"
        print(f"{count} entries, {files} files, {size / 1_000_000:.0f} MB, page cache warm, locale {locale}")
        self._compare_searches(folder, hits)
        self._compare_lists(folder)

    def _compare_searches(self, folder: Path, hits: Counter[Words]) -> None:
        rounds = range(self._rounds + 1)
        taken = [[self._measure_search(words, folder, hits) for words in SEARCHES] for _ in rounds][1:]
        for words, times in zip(SEARCHES, zip(*taken, strict=True), strict=True):
            start, search, grep = (statistics.median(side) * 1000 for side in zip(*times, strict=True))
            ratio = describe([(search - start) / grep for start, search, grep in times])
            name = f"{' '.join(words)}, in {hits[words]} files:"
            sides = f"grep {grep:.0f} ms, search {search:.0f} ms, start {start:.0f} ms,"
            print(f"  {name:32} {sides:45} (search - start) / grep {ratio}")

    def _measure_search(self, words: Words, folder: Path, hits: Counter[Words]) -> tuple[float, float, float]:
        """Return how long the start of the program, a search and grep take, in seconds."""
        return (
            self._measure([*JOURNAL, "list", "-n", "1", "--journal", str(self._empty)]),
            self._measure([*JOURNAL, "search", *words, "--journal", str(folder)], 0 if hits[words] else 1),
            self._measure([*GREP, words[0], str(folder)], 0 if hits[words[:1]] else 1),
        )

    def _compare_lists(self, folder: Path) -> None:
        command = [*JOURNAL, "list", "--journal"]
        pairs = [
            (self._measure([*command, str(folder)]), self._measure([*command, str(self._small)]))
            for _ in range(self._rounds + 1)
        ][1:]
        large, small = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
        ratio = describe([large / small for large, small in pairs])
        print(f"  journal list: {large:.0f} ms, of a journal of {SMALL} entries {small:.0f} ms, ratio {ratio}")

    def _measure(self, command: list[str], code: int = 0) -> float:
        """Return how long a whole process takes, in seconds; it must end as expected."""
        start = time.perf_counter()
        done = subprocess.run(command, env=self._env, check=False, capture_output=True, stdin=subprocess.DEVNULL)
        taken = time.perf_counter() - start
        if done.returncode != code:
            sys.exit(f"{command} ended with {done.returncode}, not {code}:\n{done.stderr.decode()}")
        return taken


def read_all(folder: Path) -> tuple[int, int, Counter[Words]]:
    """Read all files, so that they are in the page cache, and count them, their bytes and what each search finds."""
    files, size, hits = 0, 0, Counter[Words]()
    for path in folder.glob("*/*.md"):
        text = path.read_bytes().lower()
        files, size = files + 1, size + len(text)
        hits.update(words for words in SEARCHES if all(word.encode() in text for word in words))
    return files, size, hits


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
    main(arguments.counts or [10_000, 100_000], arguments.rounds)

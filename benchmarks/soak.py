"""End sessions at any moment, for as long as you like, and see that no word is lost: the tests' long version.

Usage: python benchmarks/soak.py [ROUNDS]

Sessions are killed or told to end at random moments; then, where strace is there, sessions
are killed by it at every real system call that writes, one after the other. The tests do that one level higher.
It stops at the first loss, and prints what the screen showed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.commands import SCRIPTS
from support.sitting import ANSWERS, Sitting, measure_length, sit

from compassion_cli.formats.form_markdown import parse_entry, parse_form
from compassion_cli.storage.entry_files import list_files
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.waiting_drafts import find_waiting

WAYS: list[signal.Signals | bytes] = [
    signal.SIGKILL, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP, signal.SIGKILL, b"\x03",
]  # fmt: skip
CALLS = ("write", "fsync", "link", "rename", "unlink", "mkdir")
_TYPED = "".join(f"{answer}\n\n" for answer in ANSWERS).encode()


def main(rounds: int) -> None:
    """Soak, and print what was tried."""
    with tempfile.TemporaryDirectory() as folder:
        ended: dict[str, int] = {}
        for sitting in sit(list_sittings(Path(folder), rounds)):
            is_killed = sitting.code == -signal.SIGKILL
            words = [word for text in sitting.completed for word in text.split()] if is_killed else sitting.typed
            check(sitting.home, words, sitting.shown)
            name = f"exit {sitting.code}, {len(sitting.completed)} answers complete"
            ended[name] = ended.get(name, 0) + 1
            shutil.rmtree(sitting.home)
        print(f"{rounds} sessions ended at random moments, no word lost:")
        for name, count in sorted(ended.items()):
            print(f"  {count:5} {name}")
        if shutil.which("strace"):
            kill_at_every_call(Path(folder))


def list_sittings(folder: Path, rounds: int) -> Iterator[Sitting]:
    """Return people whose programs end at random moments, by turns in each way."""
    length = measure_length(folder / "whole")
    for number in range(rounds):
        moment = (number % 4, random.uniform(0, length / len(ANSWERS)), WAYS[number % len(WAYS)])  # noqa: S311 - moments, not secrets
        yield Sitting(folder / str(number), plain=number // 4 % 2 > 0, moment=moment)


def check(home: Path, words: list[str], shown: str) -> None:
    """See that words are kept, in one place only, and that no file is torn."""
    os.environ["HOME"] = str(home)
    for path in home.rglob("*.md"):
        if path.name != "README.md":
            text = path.read_text(encoding="utf-8")
            _ = parse_form(text) if "drafts" in path.parts else parse_entry(text)
    entries = [file.path for file in list_files([SharedJournal(home / "reflective-journal")])]
    places = [found.draft.path for found in find_waiting().drafts] + entries
    kept = "".join(path.read_text(encoding="utf-8") for path in places)
    missing = [word for word in words if word not in kept]
    if missing or len(places) > 1:
        sys.exit(f"{missing} lost, or saved twice: {places}\n{shown}")


def kill_at_every_call(folder: Path) -> None:
    """Have strace kill a session at the first, second, third … system call of each kind that writes."""
    for call in CALLS:
        number = 0
        while True:
            number += 1
            home = folder / f"{call}-{number}"
            home.mkdir()
            inject = f"--inject={call}:signal=KILL:when={number}"
            command = ["strace", "-f", "-qq", "-o", os.devnull, inject, str(SCRIPTS / "reflect")]
            done = subprocess.run(
                [*command, "tool3", "--only", "6,7,8"],
                input=_TYPED,
                env=os.environ | {"HOME": str(home)},
                capture_output=True,
                check=False,
            )
            # What came through a pipe is complete once a draft has it, so only the last round can expect all.
            finished = done.returncode == 0
            check(home, " ".join(ANSWERS).split() if finished else [], done.stderr.decode())
            shutil.rmtree(home)
            if finished:
                print(f"killed at each of {number - 1} calls of {call}: no torn file, nothing saved twice")
                break


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)

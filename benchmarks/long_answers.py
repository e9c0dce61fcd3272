"""How much longer a session takes with ten thousand words pasted into it than with one word, in each asker.

Usage: python benchmarks/long_answers.py [ROUNDS]

Whole sessions at a pseudo-terminal, taken in turn in one run. Quote the ratios. The terminal is read and not drawn: a
drawn one costs more than the program.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

REFLECT = str(Path(sys.executable).parent / "reflect")
WORDS = 10_000
LONG = "\r".join(" ".join(f"word{number}" for number in range(n, n + 100)) for n in range(0, WORDS, 100))
#: A blank line that follows sooner would be part of the paste.
_PAUSE = 0.1


class Line:
    """The line to a program in a pseudo-terminal."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.raw = b""
        self._pid, self._handle = pty.fork()
        if self._pid == 0:
            os.execve(command[0], command, env)  # noqa: S606 - no shell is wanted

    def send(self, text: str) -> None:
        """Type, and read in between: a terminal that is not read from takes no more keys."""
        data = text.encode()
        while data:
            if select.select([], [self._handle], [], 0.01)[1]:
                data = data[os.write(self._handle, data[:1024]) :]
            self._read(0)

    def wait_for(self, words: bytes) -> None:
        """Read until words have come."""
        while words not in self.raw and self._read(0.05):
            pass

    def finish(self) -> int:
        """Wait for the program and return its exit code."""
        while self._read(0.05):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def _read(self, patience: float) -> bool:
        if not select.select([self._handle], [], [], patience)[0]:
            return True
        try:
            data = os.read(self._handle, 65536)
        except OSError:
            return False
        self.raw += data
        return bool(data)


def main(rounds: int) -> None:
    """Measure and print a line for each asker."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"HOME": folder, "TERM": "xterm-256color", "COMPASSION_AUTHOR": "A"}
        for plain in (True, False):
            pairs = [(hold(LONG, env, plain=plain), hold("word9999", env, plain=plain)) for _ in range(rounds)]
            ratio = statistics.median(long / short for long, short in pairs)
            extra = statistics.median(long - short for long, short in pairs)
            name = "plain" if plain else "in colour"
            print(f"{WORDS} words pasted, {name}: {ratio:.2f} x a session of one word, {extra:.2f} s more")


def hold(text: str, env: dict[str, str], *, plain: bool) -> float:
    """Paste an answer, save it, and return how long that took from the paste to the end, in seconds."""
    line = Line([REFLECT, "tool3", "--only", "6", *(["--plain"] if plain else [])], env)
    line.wait_for(b"see from" if plain else b"\x1b[?2004h")
    time.sleep(_PAUSE)
    start = time.perf_counter()
    line.send(f"{text}\r" if plain else f"\x1b[200~{text}\x1b[201~\r")
    line.wait_for(b"word9999")
    time.sleep(_PAUSE)
    line.send("\r")
    line.wait_for(b"Enter saves it.")
    line.send("\r")
    if line.finish():
        sys.exit(line.raw.decode("utf-8", "replace"))
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)

"""People sitting at pseudo-terminals, several at once, whose programs are ended at any moment.

The programs are forked from this process with everything imported, so that hundreds of sessions take seconds. Each
person types at once what the screen asks for, and remembers what the screen has shown.
"""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import termios
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median

from support.forked import be_program

PATIENCE = 90.0
AT_ONCE = 6
#: A blank line that follows sooner would be part of a paste.
_PAUSE = 0.08
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[ -/]*[@-~]")


class Sitting:
    """One session of three questions, in a home of its own.

    Args:
        home: The home folder; it need not be there.
        plain: Whether to ask in plain lines.
        before: Called in the program before it begins.
        moment: When to end the program: once so many answers are done, so many seconds later, and how; None to let it
            finish. Whatever else the machine does, each part of a session is reached so.

    Attributes:
        code: What the program ended with; None before that.
        lasted: How long after its first question that was, in seconds; None where it was never asked.
    """

    def __init__(
        self,
        home: Path,
        *,
        plain: bool,
        before: Callable[[], None] | None = None,
        moment: tuple[int, float, signal.Signals | bytes] | None = None,
    ) -> None:
        self.home = home
        self.raw = b""
        self.code: int | None = None
        self.lasted: float | None = None
        self.is_restored = True
        self._moment = moment
        self._first_seen: float | None = None
        self._end_at: float | None = None
        self._answered = 0
        self._blank_at: float | None = None
        self._has_saved = False
        self._is_ended = False
        home.mkdir(parents=True)
        self._started = time.monotonic()
        self._pid, self.handle = pty.fork()
        if self._pid == 0:
            words = ["reflect", "tool3", "--only", "6,7,8", *(["--plain"] if plain else [])]
            be_program(words, os.environ | {"HOME": str(home)}, before, is_measured=False)

    @property
    def shown(self) -> str:
        """Everything the screen has shown, without colours."""
        return _ESCAPES.sub(b"", self.raw).decode("utf-8", "replace").replace("\r", "")

    @property
    def completed(self) -> list[str]:
        """The answers that someone may believe to be kept: the next question was there, or the last look."""
        seen = [f"Question {number} of 3" in self.shown for number in (2, 3)] + ["Press Enter to save." in self.shown]
        return [text for text, is_done in zip(ANSWERS, seen, strict=True) if is_done]

    @property
    def typed(self) -> list[str]:
        """The words that the screen has shown while they were typed."""
        return [word for text in ANSWERS for word in text.split() if word in self.shown]

    def step(self) -> None:
        """Look at the screen, type what it asks for, and end the program when its moment has come."""
        self._read()
        if not self._is_ended:
            self._type()
        now = time.monotonic()
        if self._moment and self._end_at is None and self._first_seen is not None:
            answers, wait, _ = self._moment
            self._end_at = now + wait if len(self.completed) >= answers else None
        if self._moment and self._end_at is not None and now >= self._end_at:
            how, self._moment, self._is_ended = self._moment[2], None, True
            self._end(how)
        if now > self._started + PATIENCE:
            os.kill(self._pid, signal.SIGKILL)
            raise AssertionError(f"{self.home.name} hangs; the screen was:\n{self.shown}")
        self._poll()

    def _end(self, how: signal.Signals | bytes) -> None:
        if isinstance(how, bytes):
            os.write(self.handle, how)
        else:
            os.kill(self._pid, how)

    def _read(self) -> None:
        while select.select([self.handle], [], [], 0)[0]:
            try:
                data = os.read(self.handle, 65536)
            except OSError:
                return
            if not data:
                return
            self.raw += data

    def _type(self) -> None:
        now = time.monotonic()
        if self._blank_at is not None:
            if now >= self._blank_at:
                self._blank_at = None
                os.write(self.handle, b"\r")
            return
        wanted = self._answered + 1
        if wanted <= len(ANSWERS) and self._is_asking(wanted):
            self._first_seen = self._first_seen or now
            os.write(self.handle, f"{ANSWERS[self._answered]}\r".encode())
            self._answered = wanted
            self._blank_at = now + _PAUSE
        elif not self._has_saved and "Press Enter to save." in self.shown:
            self._has_saved = True
            os.write(self.handle, b"\r")

    def _is_asking(self, number: int) -> bool:
        _, found, after = self.shown.rpartition(f"Question {number} of 3")
        # The coloured field has its mark; in plain lines the program waits once it has said how to answer.
        return bool(found) and ("\n>" in after or (b"\x1b" not in self.raw and after.count("\n") > 1))

    def _poll(self) -> None:
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        if pid:
            self._read()
            self.code = os.waitstatus_to_exitcode(status)
            self.lasted = time.monotonic() - self._first_seen if self._first_seen is not None else None
            wanted = termios.ICANON | termios.ECHO
            self.is_restored = int(termios.tcgetattr(self.handle)[3]) & wanted == wanted
            os.close(self.handle)


#: Words that stand nowhere else.
ANSWERS = ("alpha-one alpha-two", "beta-one beta-two", "gamma-one gamma-two")


def sit(sittings: Iterable[Sitting]) -> Iterator[Sitting]:
    """Let people sit at their terminals, several at once, and yield each when its program has ended."""
    waiting, active = iter(sittings), list[Sitting]()
    while True:
        while len(active) < AT_ONCE and (following := next(waiting, None)):
            active.append(following)
        if not active:
            return
        select.select([sitting.handle for sitting in active], [], [], 0.01)
        for sitting in list(active):
            sitting.step()
            if sitting.code is not None:
                active.remove(sitting)
                yield sitting


def measure_length(folder: Path) -> float:
    """Return how long a session usually lasts after its first question, in seconds, on this machine as it is now."""
    whole = list(sit(Sitting(folder / str(number), plain=number % 4 > 1) for number in range(2 * AT_ONCE)))
    assert {sitting.code for sitting in whole} == {0}
    return median(sitting.lasted or 0 for sitting in whole)

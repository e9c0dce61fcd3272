"""Being told to end: Ctrl-C, a shutdown, a window that is closed.

Nothing is broken off. What is being written is written to its end; whoever waits for an answer stops waiting, with
all that was typed so far in hand.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Ctrl-C, a shutdown, a closed window, Ctrl-\\ and Ctrl-Break. No system has them all.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")


class Endings:
    """Notes the signals that end a program.

    Attributes:
        has_come: The program has been told to end.
    """

    def __init__(self) -> None:
        self.has_come = False
        self._is_lent = False
        self._leave: Callable[[], None] | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """From here on the signals are noted, and end nothing by themselves."""
        numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        # A program that was started with nohup is to outlive its window.
        before = {number: signal.getsignal(number) for number in numbers}
        heeded = [number for number in numbers if before[number] is not signal.SIG_IGN]
        for number in heeded:
            signal.signal(number, self._note)
        try:
            yield
        finally:
            for number in heeded:
                signal.signal(number, before[number])

    def _note(self, number: int, _: object) -> None:
        if self._is_lent and number == signal.SIGINT:
            return
        self.has_come = True
        if self._leave:
            self._leave()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """While another program has the terminal, Ctrl-C is meant for that."""
        self._is_lent = True
        try:
            yield
        finally:
            self._is_lent = False

    @contextmanager
    def leaving_by(self, leave: Callable[[], None]) -> Iterator[None]:
        """Call ``leave`` as soon as the program is told to end, or at once where it has been told already."""
        self._leave = leave
        try:
            if self.has_come:
                leave()
            yield
        finally:
            self._leave = None

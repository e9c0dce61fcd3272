"""Being told to end: Ctrl-C, a shutdown, a window that is closed.

Nothing is broken off. What is being written is written to its end; whoever waits for an answer stops waiting, with
all that was typed so far in hand.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Ctrl-C, a shutdown, a closed window, Ctrl-\\ and Ctrl-Break. No system has them all.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")

if sys.platform == "win32":
    import _thread
    import ctypes
    import threading

    #: A closed window, the end of someone's session, a shutdown. Source: Microsoft, HandlerRoutine callback function.
    _LAST_EVENTS = {2, 5, 6}
    #: Windows ends the program five seconds after a window is closed, in seconds.
    _MOST_LEFT = 4.5
    _HANDLER = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_ulong)

    @contextmanager
    def _window_closing_heeded() -> Iterator[None]:
        """Note that the window is closed as Ctrl-C is noted, and have Windows wait until all is kept.

        It ends the program as soon as the handler returns, which runs in a thread of its own.
        """
        is_kept = threading.Event()

        def heed(event: int) -> int:
            if event not in _LAST_EVENTS:
                return 0
            _thread.interrupt_main()
            is_kept.wait(_MOST_LEFT)
            return 1

        handler = _HANDLER(heed)
        kernel = ctypes.WinDLL("kernel32")
        kernel.SetConsoleCtrlHandler(handler, 1)
        try:
            yield
        finally:
            is_kept.set()
            kernel.SetConsoleCtrlHandler(handler, 0)
else:

    @contextmanager
    def _window_closing_heeded() -> Iterator[None]:
        """Do nothing: elsewhere that is a signal."""
        yield


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
            with _window_closing_heeded():
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

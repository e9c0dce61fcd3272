"""Leaving what takes too long, where the system can tell us of it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def limit_time(seconds: float, error: Exception) -> Iterator[None]:
    """Raise an error in what goes on for longer than some seconds, be it in one call of a regular expression.

    On Windows, which has no such clock, Ctrl-C is the way out.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def leave(_: int, __: FrameType | None) -> None:
        raise error

    before = signal.signal(signal.SIGALRM, leave)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

"""Saying what is being done, to whoever waits for it. Whole lines, now and then, that can be read aloud."""

from __future__ import annotations

import time

from compassion_cli.terminal.screen import Screen

#: Before anything is said, and between one line and the next, in seconds.
_DELAY = 1.5
_BETWEEN = 5.0


class ProgressLine:
    """Says what is being done once it takes long. Where nobody is at a terminal, it says nothing."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._what = ""
        self._next = 0.0

    def watch(self, what: str, percent: int | None) -> None:
        """Be told what is being done, and how far it is in percent, where that is known."""
        now = time.monotonic()
        if what != self._what:
            self._what, self._next = what, now + _DELAY
        if now < self._next or not self._screen.is_interactive:
            return
        self._next = now + _BETWEEN
        self._screen.say(f"{what}: {percent} per cent." if percent else f"{what}. Ctrl-C stops it; nothing is lost.")

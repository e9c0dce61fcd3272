"""Lines typed or pasted in a Windows console, of any length.

A console that edits lines itself forgets a half-typed one at Ctrl-C, and hands over some five hundred characters of a
longer one. So the keys are taken one by one, by prompt_toolkit, which knows the consoles there are, and echoed as plain
text: no escape byte is ever sent.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, TextIO

from compassion_cli.terminal.edited_lines import EditedLines

if TYPE_CHECKING:
    from prompt_toolkit.input import Input

#: Between two looks at the keyboard, and how long the next piece of a paste may take, in seconds.
_PAUSE = 0.02
_PASTE_PAUSE = 0.05
_ENTER = {"c-m", "c-j"}
_END = {"c-d", "c-z"}


class ConsoleReader(EditedLines):
    """Reads lines from a console, key by key. It is held from the first line on, until it is released.

    Args:
        stream: Where the program reads from.
        open_keyboard: Opens what takes the keys.
        open_display: Opens where they are echoed.
    """

    def __init__(
        self,
        stream: TextIO,
        open_keyboard: Callable[[], Input] | None = None,
        open_display: Callable[[], TextIO] | None = None,
    ) -> None:
        super().__init__(stream, is_interactive=True)
        self._open_keyboard = open_keyboard or _open_keyboard
        self._open_display = open_display or _open_display
        self._keyboard: Input | None = None
        self._display: TextIO | None = None
        self._holding: ExitStack | None = None
        #: Names of keys, and signs, which are one character long.
        self._waiting: deque[str] = deque()
        self._is_told_to_end = False

    def read(self) -> str | None:
        """Return the next line without its end; None at the end of the input.

        Raises:
            KeyboardInterrupt: The program is to end; ``partial`` has what was typed of the line.
        """
        self.partial = ""
        self._hold()
        with self.endings.leaving_by(self._note_ending):
            while True:
                while self._waiting:
                    key = self._waiting.popleft()
                    if key in _ENTER:
                        line, self.partial = self.partial, ""
                        self._echo("\n")
                        return line
                    if key in _END and not self.partial:
                        return None
                    self._edit(key)
                if self._is_told_to_end:
                    self._break_off()
                if not self._take_keys():
                    time.sleep(_PAUSE)

    def is_pasting(self) -> bool:
        """Tell whether more is there already, as in the middle of a paste; a line need not be whole."""
        if not self._waiting and not self._take_keys():
            time.sleep(_PASTE_PAUSE)
            self._take_keys()
        return bool(self._waiting)

    def _edit(self, key: str) -> None:
        if key == "c-c":
            self._break_off()
        elif key in {"c-h", "backspace"}:
            self._erase(1)
        elif key == "c-u":
            self._erase_line()
        elif key == "c-w":
            self._erase_word()
        elif len(key) == 1:
            self.partial += key
            self._echo(key)

    def _note_ending(self) -> None:
        self._is_told_to_end = True

    def _take_keys(self) -> bool:
        """Take what has been typed since, and tell whether that is anything."""
        if self._keyboard is None:
            return False
        presses = self._keyboard.read_keys() or self._keyboard.flush_keys()
        for press in presses:
            name = str(getattr(press.key, "value", press.key))
            if name == "<bracketed-paste>":
                text = press.data.replace("\r\n", "\n").replace("\r", "\n")
                self._waiting.extend("c-j" if sign == "\n" else sign for sign in text)
            elif name == "c-i":
                self._waiting.append("\t")
            elif len(name) > 1 or name.isprintable():
                self._waiting.append(name)
        return bool(presses)

    def _echo(self, text: str) -> None:
        if self._display:
            with suppress(OSError, ValueError):
                self._display.write(text)
                self._display.flush()

    def _hold(self) -> None:
        # Held throughout: between two lines, Ctrl-C would take with it what has been typed ahead.
        if self._holding:
            return
        self._keyboard = self._keyboard or self._open_keyboard()
        self._display = self._display or self._open_display()
        self._holding = ExitStack()
        self._holding.enter_context(self._keyboard.raw_mode())

    def _release(self) -> None:
        if self._holding:
            self._holding.close()
            self._holding = None


def _open_keyboard() -> Input:
    from prompt_toolkit.input import create_input  # noqa: PLC0415 - only where someone types, in a Windows console

    return create_input()


def _open_display() -> TextIO:
    # Nobody is asked anything where that is no console, too.
    return sys.stderr

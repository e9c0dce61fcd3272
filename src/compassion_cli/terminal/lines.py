"""Reading lines from a person or a pipe."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from compassion_cli.terminal.signals import Endings

if sys.platform == "win32":
    import msvcrt


class LineReader:
    """Reads one line at a time, and knows whether more is already waiting.

    Attributes:
        endings: Being told to end; that ends the wait for a line.
        partial: What has been typed of a line that was interrupted before its end, as far as that is known.
    """

    def __init__(self, stream: TextIO | None, *, is_interactive: bool) -> None:
        self.endings = Endings()
        # A program can be started without any standard input; that is the same as an empty one.
        self._stream = stream or io.StringIO()
        self.is_interactive = is_interactive
        self.partial = ""
        self._is_settled = False

    def read(self) -> str | None:
        """Return the next line without its end; None at the end of the input.

        Raises:
            KeyboardInterrupt: The program is to end.
        """
        self._settle_encoding()
        with self.endings.leaving_by(_interrupt):
            line = self._stream.readline()
        return line.removesuffix("\n") if line else None

    def read_rest(self) -> str:
        """Return everything up to the end of the input."""
        self._settle_encoding()
        with self.endings.leaving_by(_interrupt):
            return self._stream.read()

    @contextmanager
    def held(self) -> Iterator[None]:
        """From here on nothing breaks off what is being done, and the terminal is left in the state it was found in."""
        with self.endings.held():
            self._hold()
            try:
                yield
            finally:
                self._release()

    def _hold(self) -> None:
        """Make the terminal ready to be read from."""

    def _release(self) -> None:
        """Leave the terminal in the state it was found in."""

    @contextmanager
    def released(self) -> Iterator[None]:
        """Leave the terminal to another program, such as an editor."""
        yield

    def _settle_encoding(self) -> None:
        # Windows PowerShell writes UTF-16 into files, and marks it; some editors mark UTF-8.
        if self._is_settled or self.is_interactive or not isinstance(self._stream, io.TextIOWrapper):
            return
        self._is_settled = True
        head = getattr(self._stream.buffer, "peek", lambda _: b"")(len(codecs.BOM_UTF8))
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._stream.reconfigure(encoding="utf-16")
        elif head.startswith(codecs.BOM_UTF8):
            self._stream.reconfigure(encoding="utf-8-sig")

    def is_pasting(self) -> bool:
        """Tell whether the next line is there already, as in the middle of a paste. A pipe is never pasting."""
        return self.is_interactive and _is_key_waiting()


def _interrupt() -> None:
    raise KeyboardInterrupt


def _is_key_waiting() -> bool:
    if sys.platform == "win32":
        return msvcrt.kbhit()
    return False

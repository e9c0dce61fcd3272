"""Reading lines from a person or a pipe."""

from __future__ import annotations

import codecs
import io
import os
import select
import sys
from typing import TextIO

#: How long a terminal may take to deliver the next line of a paste, in seconds.
_PASTE_PAUSE = 0.05
#: What Linux keeps of one line that is being typed, its end aside (termios(3), canonical mode).
_LONGEST_LINE = 4095


class LineReader:
    """Reads one line at a time, and knows whether more is already waiting."""

    def __init__(self, stream: TextIO | None, *, is_interactive: bool) -> None:
        # A program can be started without any standard input; that is the same as an empty one.
        self._stream = stream or io.StringIO()
        self.is_interactive = is_interactive
        self._is_settled = False

    def read(self) -> str | None:
        """Return the next line without its end; None at the end of the input."""
        self._settle_encoding()
        line = self._stream.readline()
        return line.removesuffix("\n") if line else None

    def may_be_cut_off(self, line: str) -> bool:
        """Tell whether a terminal may have dropped the end of a line: it holds 4,095 bytes and no more."""
        return self.is_interactive and len(line.encode("utf-8", "replace")) >= _LONGEST_LINE

    def read_rest(self) -> str:
        """Return everything up to the end of the input."""
        self._settle_encoding()
        return self._stream.read()

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
        if not self.is_interactive:
            return False
        if os.name == "nt":
            return _is_key_waiting()
        return bool(select.select([self._stream], [], [], _PASTE_PAUSE)[0])


def _is_key_waiting() -> bool:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is one on Windows only

        return msvcrt.kbhit()
    return False

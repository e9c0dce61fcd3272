"""Lines typed or pasted at a POSIX terminal, of any length.

A terminal that edits lines itself keeps 4,095 bytes of one and drops the rest without a word (termios(3), canonical
mode), forgets a half-typed line at Ctrl-C, and hands over no line without its end. So the line is edited here, with
the few keys such a terminal knows, and echoed as plain text: no escape byte is ever sent.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys
from contextlib import suppress
from typing import Any, TextIO

from compassion_cli.terminal.edited_lines import EditedLines

if sys.platform != "win32":
    import termios

#: How long a terminal may take to deliver the next piece of a paste, in seconds.
_PASTE_PAUSE = 0.05
_MOST_AT_ONCE = 65536
#: Arrow keys and the marks around a paste: CSI and SS3 sequences (ECMA-48). They mean nothing here.
_KEY_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\[O])", re.DOTALL)
_UNFINISHED_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")
_ERASE, _ERASE_WORD, _ERASE_LINE, _END, _INTERRUPT = ("\x7f", "\b"), "\x17", "\x15", "\x04", "\x03"


class KeyboardReader(EditedLines):
    """Reads lines from a terminal, key by key. The terminal is held from the first line on, until it is released.

    Args:
        stream: The terminal.
        most: How many bytes to take at once; None for as many as there are.
    """

    def __init__(self, stream: TextIO, most: int | None = None) -> None:
        super().__init__(stream, is_interactive=True)
        self._handle = stream.fileno()
        self._most = most or _MOST_AT_ONCE
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._waiting = ""
        self._has_ended = False
        self._is_line_feed_due = False
        self._modes: tuple[list[Any], list[Any]] | None = None
        self._is_held = False
        #: A pipe to ourselves: being told to end is one more thing that can be read.
        self._bell, self._bell_rope = -1, -1

    def read(self) -> str | None:
        """Return the next line without its end; None at the end of the input.

        Raises:
            KeyboardInterrupt: The program is to end, or the terminal is gone; ``partial`` has what was typed of the
                line.
        """
        self.partial = ""
        self._hold()
        with self.endings.leaving_by(self._ring):
            while True:
                end = self._take_keys()
                if end is not None:
                    line, self.partial = self.partial, ""
                    return line if end == "\n" or line else None
                self._read_more()

    def _release(self) -> None:
        if self._modes and self._is_held:
            self._is_held = False
            _set_terminal(self._handle, self._modes[0])
            for number in (signal.SIGCONT, signal.SIGTSTP):
                signal.signal(number, signal.SIG_DFL)

    def _suspend(self, *_: object) -> None:
        # Not every shell puts the terminal back when a program is suspended.
        if self._modes:
            _set_terminal(self._handle, self._modes[0])
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)

    def _go_on(self, *_: object) -> None:
        if self._modes:
            _set_terminal(self._handle, self._modes[1])
        signal.signal(signal.SIGTSTP, self._suspend)

    def is_pasting(self) -> bool:
        """Tell whether more is there already, as in the middle of a paste; a line need not be whole."""
        return bool(self._waiting) or bool(select.select([self._handle], [], [], _PASTE_PAUSE)[0])

    def _take_keys(self) -> str | None:
        """Work through the keys that are there, up to the end of a line or of the input."""
        while self._waiting and not _UNFINISHED_SEQUENCE.match(self._waiting):
            sequence = _KEY_SEQUENCE.match(self._waiting)
            key = sequence[0] if sequence else self._waiting[0]
            self._waiting = self._waiting[len(key) :]
            if key in ("\n", "\r"):
                self._is_line_feed_due = key == "\r"
                self._drop_line_feed()
                self._echo("\n")
                return "\n"
            if key == _END and not self.partial:
                return _END
            if key == _INTERRUPT:
                # Ctrl-C makes a signal here; typed while a field had the terminal, it came as a key and was left over.
                raise KeyboardInterrupt
            self._edit(key)
        if self._has_ended:
            # The terminal is gone, which is no Enter: nobody has confirmed anything.
            raise KeyboardInterrupt
        return None

    def _drop_line_feed(self) -> None:
        # A paste from Windows ends each line twice, and the two ends may arrive apart.
        if self._is_line_feed_due and self._waiting:
            self._is_line_feed_due = False
            self._waiting = self._waiting.removeprefix("\n")

    def _edit(self, key: str) -> None:
        if key in _ERASE:
            self._erase(1)
        elif key == _ERASE_LINE:
            self._erase_line()
        elif key == _ERASE_WORD:
            self._erase_word()
        elif key == "\t" or key >= " ":
            text, self._waiting = _take_plain_text(key, self._waiting)
            self.partial += text
            self._echo(text)

    def _ring(self) -> None:
        os.write(self._bell_rope, b"!")

    def _read_more(self) -> None:
        # What has been typed already comes first. What begins like an arrow key and does not go on was Esc.
        patience = _PASTE_PAUSE if self._waiting else None
        ready = select.select([self._handle, self._bell], [], [], patience)[0]
        if not ready:
            self._waiting = ""
            return
        if self._handle not in ready:
            self._break_off()
        try:
            data = os.read(self._handle, self._most)
        except OSError:
            # The terminal is gone.
            data = b""
        self._has_ended = not data
        self._waiting += self._decoder.decode(data, final=not data)
        self._drop_line_feed()

    def _echo(self, text: str) -> None:
        # To the terminal that is read from, whatever the program's own streams are connected to.
        data = text.encode("utf-8", "replace")
        with suppress(OSError):
            while data:
                data = data[os.write(self._handle, data) :]

    def _hold(self) -> None:
        # Held throughout: between two lines of a paste, a terminal that edits lines would drop what is too long, and
        # what is typed ahead would be lost at Ctrl-C.
        if self._is_held:
            return
        try:
            # As it was found at first: an editor may have left it in disorder since.
            self._modes = self._modes or _find_modes(self._handle)
        except termios.error:
            # The terminal is gone.
            return
        self._is_held = True
        if self._bell < 0:
            self._bell, self._bell_rope = os.pipe()
        signal.signal(signal.SIGCONT, self._go_on)
        signal.signal(signal.SIGTSTP, self._suspend)
        _set_terminal(self._handle, self._modes[1])


def _find_modes(handle: int) -> tuple[list[Any], list[Any]]:
    """Return the present modes of a terminal, and the ones it should have while it is held."""
    before, held = termios.tcgetattr(handle), termios.tcgetattr(handle)
    held[0] &= ~termios.ICRNL
    held[3] &= ~(termios.ICANON | termios.ECHO)
    # Or Ctrl-C would take with it whatever has been typed and not read yet.
    held[3] |= termios.NOFLSH
    return before, held


def _set_terminal(handle: int, modes: list[Any]) -> None:
    # The terminal may be gone by now, and then there is nothing to put back.
    with suppress(termios.error):
        termios.tcsetattr(handle, termios.TCSADRAIN, modes)


def _take_plain_text(first: str, rest: str) -> tuple[str, str]:
    """Take the ordinary characters at the beginning in one go: a paste can be long."""
    found = re.match(r"[^\x00-\x08\x0a-\x1f\x7f]*", rest)
    count = found.end() if found else 0
    return first + rest[:count], rest[count:]

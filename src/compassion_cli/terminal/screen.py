"""What is in front of the program: a person at a terminal, or a pipe; colour, or plain lines."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.text import displayable
from compassion_cli.terminal.styled import StyledLine

#: Longer lines are hard to read, for people with dyslexia most of all.
READING_WIDTH = 76
#: A command at the end of a line, after its reason. What is put in front of it by ``start.py`` is part of it.
_COMMAND = re.compile(r"(?<=: )(?:[^\s:]+ ){0,2}(?:reflect|journal) .*$")
#: Stands for a space at which a line is not broken. No text that is shown has it: it is nobody's letter.
_HELD = "\ue000"
#: What begins a line that has a reason, and the command at its end.
_REASON = re.compile(r"^(to|for|if|then|after|in|before)\b(?=.*: )", re.MULTILINE)


@dataclass(frozen=True)
class Screen:
    """Where conversation goes, and how.

    Attributes:
        talk: The stream for conversation; the result of a command goes to stdout and nowhere else.
        is_interactive: Someone can answer.
        is_plain: Line by line: no colour, no cursor movement, no escape byte at all.
    """

    talk: TextIO
    is_interactive: bool
    is_plain: bool

    @property
    def width(self) -> int:
        """Return how many columns there are for text."""
        return max(20, min(READING_WIDTH, count_columns()))

    @property
    def result_width(self) -> int | None:
        """Return how many columns there are for results; None where stdout is not a terminal, and lines stay whole."""
        return self.width if is_terminal(sys.stdout) else None

    @property
    def has_coloured_results(self) -> bool:
        """Tell whether results may be in colour."""
        return is_terminal(sys.stdout) and not self.is_plain

    def say(self, text: str = "", indent: str = "") -> None:
        """Print a paragraph of conversation, wrapped where a terminal would break it in mid-word."""
        for line in displayable(text).split("\n"):
            print_clean(wrap(line, self.width, indent) if self.talk.isatty() else indent + line, self.talk)

    def advise(self, text: str, indent: str = "") -> None:
        """Print a paragraph with commands in it, as they have to be typed here, each whole at the end of a line."""
        for line in displayable(spell_commands(text)).split("\n"):
            print_clean(wrap_advice(line, self.width, indent) if self.talk.isatty() else indent + line, self.talk)

    def show_styled(self, lines: Sequence[StyledLine], *, pages: bool = False) -> None:
        """Print the result of a command in colour, where the screen has that; whoever has not must not call it.

        Args:
            lines: What to print.
            pages: What does not fit in the window goes through the pager.
        """
        # Only terminals pay for Rich.
        from compassion_cli.terminal.styled_rich import page_lines, print_lines  # noqa: PLC0415

        (page_lines if pages else print_lines)(lines, self.width)

    def show_only_copy(self, text: str) -> None:
        """Show a text as the last resort: nothing could be written anywhere, and this is the only copy."""
        self.say("I could not save this anywhere. Copy what follows to a safe place before you close this window.")
        self.say(text)

    def result(self, text: str) -> None:
        """Print the result of a command, on stdout, with nothing in it that could do anything to a terminal.

        Raises:
            ReflectError: stdout takes nothing more, as on a full disk.
        """
        try:
            print_clean(text)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            # Python would try once more when it ends, fail, and say so in its own way.
            with suppress(OSError):
                sys.stdout.close()
            what = f"the result could not be written out: {(error.strerror or 'the system refused').lower()}"
            raise ReflectError(what, "to see what is saved: journal list") from None


def print_clean(text: str, stream: TextIO | None = None) -> None:
    """Print text on a stream, else on stdout, with nothing in it that could do anything to a terminal."""
    print(displayable(text), file=stream, flush=True)


def spell_commands(advice: str) -> str:
    """Return advice with its commands as they have to be typed here: ``start.py`` puts itself in front of them."""
    prefix = find_prefix()
    return re.sub(r"(^|: )(?=(?:reflect|journal)\b)", lambda before: before[0] + prefix, advice, flags=re.MULTILINE)


def find_prefix() -> str:
    """Return what has to be typed before every command here; empty where the programs are installed for the shell."""
    return os.environ.get("COMPASSION_PREFIX", "")


def spell_remedy(remedy: str) -> str:
    """Return what to do about a fault, ready to be shown: a reason before a command begins as a sentence does."""
    return _REASON.sub(lambda start: start[0].capitalize(), spell_commands(remedy))


def count_columns() -> int:
    """Return how many columns the window has; 80 without one."""
    return shutil.get_terminal_size().columns


def wrap_advice(line: str, width: int, indent: str = "") -> str:
    """Break one line of advice so that it fits, with the command at its end whole: a broken one cannot be copied."""
    held = _COMMAND.sub(lambda command: command[0].replace(" ", _HELD), line)
    return wrap(held, width, indent).replace(_HELD, " ")


def wrap(line: str, width: int, indent: str = "") -> str:
    """Break one line at spaces so that it fits. A word that is too long stays whole: it may be a path."""
    if not line.strip():
        return ""
    return textwrap.fill(
        line,
        width=width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def open_screen(*, plain: bool) -> Screen:
    """Look at the streams and the environment, and say what is there.

    Args:
        plain: Plain lines were asked for on the command line.
    """
    talk = sys.stderr if is_terminal(sys.stderr) or not is_terminal(sys.stdout) else sys.stdout
    # A program can be started with its streams closed; then there is nobody to talk to.
    talk = talk or io.StringIO()
    return Screen(
        talk=talk,
        is_interactive=is_terminal(sys.stdin) and is_terminal(talk),
        is_plain=plain or asks_for_plain() or not is_terminal(talk),
    )


def asks_for_plain() -> bool:
    """Tell whether the environment asks for plain lines, from this program or from every program."""
    is_wanted = any(os.environ.get(name, "") not in ("", "0") for name in ("COMPASSION_PLAIN", "ACCESSIBLE"))
    return is_wanted or os.environ.get("TERM") == "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream, if it is there at all, is a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def prepare_streams() -> None:
    """Make the standard streams safe for any text.

    Files and pipes are UTF-8. A terminal keeps its own encoding; what it cannot show becomes a question mark rather
    than an error. Input that is not UTF-8 arrives unharmed and is read as what it most likely is: see ``core.text``.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=_choose_encoding(stream), errors="replace")
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding=_choose_encoding(sys.stdin), errors="surrogateescape", newline=None)


def _choose_encoding(stream: TextIO) -> str | None:
    """Return the encoding a stream should have; None where it has the right one already."""
    is_own = stream.isatty() or "PYTHONIOENCODING" in os.environ
    # One in which the letter a is another byte cannot be read line by line, and nobody means it.
    return None if is_own and "a".encode(stream.encoding) == b"a" else "utf-8"

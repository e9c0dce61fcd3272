"""What can go wrong, said so that a person can go on: two kinds, errors and problems.

An error ends the command. A problem is a fault in one file: it is collected and shown after the good results.
Neither ever holds a word of what someone wrote in a journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple, Self


class ExitCode(IntEnum):
    """How the program ended, for whoever called it."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    BUG = 3
    INTERRUPTED = 130


class ReflectError(Exception):
    """An operation that could not be done.

    Args:
        what: What happened, in a sentence without its full stop.
        remedy: What to do next: commands or advice, one on each line.
        safe: What is safe all the same, and where.
        details: The faults, where there are several.
    """

    exit_code = ExitCode.REFUSED

    def __init__(self, what: str, remedy: str = "", safe: str = "", details: Sequence[str] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.safe = safe
        self.details = tuple(details)

    def saying(self, remedy: str, safe: str) -> Self:
        """Return an error of the same kind and fault, with what only whoever was asked knows.

        The layer that knows the fault says what it is; the one that was asked says what to do next, what is safe, and
        where.
        """
        error = type(self).__new__(type(self), *self.args)
        vars(error).update(vars(self) | {"remedy": remedy, "safe": safe})
        return error


class UsageError(ReflectError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.USAGE


class NotFoundError(ReflectError):
    """What was looked for is not where it was looked for."""


class AnswerFaultError(ReflectError):
    """An answer that its question cannot take; the message is shown under the question."""


class FormFaultError(ReflectError):
    """A text that does not read as a form or entry.

    Args:
        what: The fault, without any of the text.
        line: The line it is in, counted from 1, where that is known.
    """

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.line = line

    @property
    def place_and_what(self) -> str:
        """Return the fault with its line, where that is known."""
        return f"{self.what} (line {self.line})" if self.line else self.what


class InterruptedReflectionError(ReflectError):
    """Someone pressed Ctrl-C; everything typed is kept."""

    exit_code = ExitCode.INTERRUPTED


def name_place(path: object, line: int | None) -> str:
    """Name a file, with the line where it is known."""
    return f"{path}, line {line}" if line else str(path)


class Problem(NamedTuple):
    """A fault in one file that its owner should know of.

    Attributes:
        place: The file, with the line where it is known.
        what: The fault, in a sentence without its full stop.
        remedy: What would fix it.
    """

    place: str
    what: str
    remedy: str = ""

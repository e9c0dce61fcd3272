"""Reading the entry, or the review, in one file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from compassion_cli.core.errors import FormFaultError, Problem, ReflectError, name_place
from compassion_cli.core.form import ENTRY_ID, REVIEW_ID, Entry, Reviewed
from compassion_cli.formats.form_markdown import parse_entry
from compassion_cli.storage.read_files import FileReadError, read_text, refuse_too_large

_REMEDY = "open it in a text editor and fix it; nothing in it has changed"


class EntryUnreadableError(ReflectError):
    """A file that does not read as an entry. Nothing in it has been changed."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.place} could not be read as an entry: {problem.what}", problem.remedy)
        self.problem = problem


def read_entry(path: Path) -> Entry:
    """Return the entry, or the review, in a file. Its id is the file's stem, whatever the file says.

    Raises:
        EntryUnreadableError: It does not read as one.
    """
    return read_with_text(path)[0]


def read_with_text(path: Path) -> tuple[Entry, str]:
    """Return the entry, or the review, in a file, and the text it was read from.

    Raises:
        EntryUnreadableError: It does not read as one.
    """
    try:
        refuse_too_large(path)
        text = read_text(path)
        entry = parse_entry(text)
    except FormFaultError as fault:
        raise EntryUnreadableError(Problem(name_place(path, fault.line), fault.what, _REMEDY)) from None
    except FileReadError as error:
        raise EntryUnreadableError(Problem(str(path), error.reason, error.remedy)) from None
    review = REVIEW_ID.fullmatch(path.stem)
    if review:
        digest = entry.reviewed.digest if entry.reviewed else ""
        return replace(entry, id=path.stem, reviewed=Reviewed(review["entry"], digest)), text
    return (replace(entry, id=path.stem) if ENTRY_ID.fullmatch(path.stem) else entry), text

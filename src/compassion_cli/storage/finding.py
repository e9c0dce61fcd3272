"""Finding the one entry somebody means: latest, an id, a piece of one, a date or a path."""

from __future__ import annotations

import os
import re
from itertools import groupby
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import Entry
from compassion_cli.formats.dates import parse_date, render_date
from compassion_cli.storage.journal import EntryFile, Journal, read_all, read_entry

LATEST = "latest"
_MOST_CANDIDATES = 8
_LIKE_A_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{8}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


class EntryNotFoundError(ReflectError):
    """Nothing in the journal is called that."""


class EntryAmbiguousError(ReflectError):
    """Several entries are called that; the remedy lists them."""

    def __init__(self, reference: str, files: list[EntryFile]) -> None:
        more = [f"and {len(files) - _MOST_CANDIDATES} more"] if len(files) > _MOST_CANDIDATES else []
        listed = [f"journal show {file.id}" for file in files[:_MOST_CANDIDATES]]
        super().__init__(f'{len(files)} entries match "{reference}"', "\n".join(listed + more))


def find_file(journal: Journal, reference: str) -> Path:
    """Return the file of the entry that a word or path refers to.

    Raises:
        EntryNotFoundError: There is none.
        EntryAmbiguousError: There are several.
        UsageError: It looks like a date and is none.
    """
    if _LIKE_A_DATE.fullmatch(reference):
        day = parse_date(reference, "journal show")
        missing = f"there is no entry of {render_date(day)}"
        return _choose([file for file in journal.files() if file.day == day], reference, missing)
    if reference.endswith(".md") or "/" in reference or os.sep in reference:
        return _find_path(journal, reference)
    files = list(journal.files())
    exact = [file for file in files if file.id == reference]
    pieces = [file for file in files if reference.lower() in file.id]
    return _choose(exact or pieces, reference, f'no entry matches "{reference}"')


def _find_path(journal: Journal, reference: str) -> Path:
    given = Path(reference).expanduser()
    for path in (given, journal.folder / given):
        if path.is_file():
            return path
    raise EntryNotFoundError(f"there is no file {reference}", "journal list")


def _choose(files: list[EntryFile], reference: str, missing: str) -> Path:
    if not files:
        raise EntryNotFoundError(missing, "journal list")
    if len(files) > 1:
        raise EntryAmbiguousError(reference, files)
    return files[0].path


def find_latest(journal: Journal) -> Entry:
    """Return the entry written last. Only files of its day are opened.

    Raises:
        EntryNotFoundError: The journal is empty.
        EntryUnreadableError: None of the newest day's files reads as an entry.
    """
    for _, of_one_day in groupby(journal.files(), key=lambda file: file.day):
        files = list(of_one_day)
        day = read_all(iter(files))
        return day.entries[0] if day.entries else read_entry(files[0].path)
    raise EntryNotFoundError(f"there is no entry yet in {journal.folder}", "reflect")

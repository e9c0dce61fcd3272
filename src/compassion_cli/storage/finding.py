"""Finding the one entry somebody means: latest, an id, a piece of one, a date or a path."""

from __future__ import annotations

import os
import re
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.query import Query
from compassion_cli.formats.dates import parse_date, render_date
from compassion_cli.storage.journal import EntryFile, EntryUnreadableError, Journal, Listing
from compassion_cli.storage.places import expand

LATEST = "latest"
_MOST_CANDIDATES = 8
_LIKE_A_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{8}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


class EntryNotFoundError(ReflectError):
    """Nothing in the journal is called that."""


class EntryAmbiguousError(ReflectError):
    """Several entries are called that; the remedy lists them."""

    def __init__(self, reference: str, files: list[EntryFile]) -> None:
        more = [f"and {len(files) - _MOST_CANDIDATES} more"] if len(files) > _MOST_CANDIDATES else []
        is_clear = len({file.id for file in files}) == len(files)
        listed = [f"journal show {file.id if is_clear else file.path}" for file in files[:_MOST_CANDIDATES]]
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
    given = expand(reference)
    for path in (given, journal.folder / given):
        if os.path.islink(path):  # noqa: PTH114 - here and below, a name too long for a file is no error
            raise EntryNotFoundError(f"{path} is a link, and links are not followed", "name the file itself")
        if os.path.isfile(path):  # noqa: PTH113
            return path
    raise EntryNotFoundError(f"there is no file {reference}", "journal list")


def _choose(files: list[EntryFile], reference: str, missing: str) -> Path:
    if not files:
        raise EntryNotFoundError(missing, "journal list")
    if len(files) > 1:
        raise EntryAmbiguousError(reference, files)
    return files[0].path


def find_latest(journal: Journal) -> Listing:
    """Return the entry written last that can be read, and the newer files that cannot.

    Raises:
        EntryNotFoundError: There is no entry.
        EntryUnreadableError: There are files, and none reads as an entry.
    """
    listing = journal.select(Query(), 1)
    if listing.entries:
        return listing
    if listing.problems:
        raise EntryUnreadableError(listing.problems[0])
    raise EntryNotFoundError(f"there is no entry yet in {journal.folder}", "reflect")

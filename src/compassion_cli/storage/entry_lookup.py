"""Finding the one entry someone means: latest, first, an id, a piece of one, a date or a path."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from compassion_cli.core.errors import NotFoundError, ReflectError, UsageError
from compassion_cli.core.query import Query
from compassion_cli.formats import dates
from compassion_cli.storage.entry_files import Days, EntryFile, find_files, find_reviews, list_files
from compassion_cli.storage.entry_query import Listing, select
from compassion_cli.storage.journal import Journal, open_folder
from compassion_cli.storage.places import expand
from compassion_cli.storage.private_mark import is_private
from compassion_cli.storage.read_entry import EntryUnreadableError

LATEST = "latest"
_ALSO_LATEST = ("last", "newest")
_EARLIEST = ("first", "oldest", "earliest")
_MOST_CANDIDATES = 8
_LIKE_A_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{8}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


class EntryNotFoundError(NotFoundError):
    """Nothing in the journal is called that."""


def _tell_of_several(reference: str, files: list[EntryFile]) -> ReflectError:
    more = [f"and {len(files) - _MOST_CANDIDATES} more"] if len(files) > _MOST_CANDIDATES else []
    is_clear = len({file.id for file in files}) == len(files)
    listed = [file.id if is_clear else f'"{file.path}"' for file in files[:_MOST_CANDIDATES]]
    # Whatever was typed around it, a journal included, is right.
    same = f'one of these instead of "{reference}":'
    return ReflectError(f'{len(files)} entries match "{reference}"', "\n".join([same, *listed, *more]))


def is_latest(reference: str) -> bool:
    """Tell whether a word means the entry written last."""
    return reference.casefold() in (LATEST, *_ALSO_LATEST)


def find_file(journals: Sequence[Journal], reference: str, today: date | None = None) -> EntryFile:
    """Return the file of the entry that a word or path refers to.

    Args:
        journals: Where to look.
        reference: latest, first, an id, a piece of one, a date or a path.
        today: From which dates in words count, as in yesterday; None where none is looked for.

    Raises:
        EntryNotFoundError: There is none.
        ReflectError: There are several; the remedy lists them.
        EntryUnreadableError: It is the latest, and nothing reads as an entry.
        UsageError: It looks like a date and is none.
    """
    if is_latest(reference):
        return find_latest(journals).found[0].file
    if _LIKE_A_DATE.fullmatch(reference):
        # A whole date means the same on every day.
        day = _read_whole_day(reference)
        missing = f"there is no entry for {dates.render_date(day)}"
        of_that_day = list_files(journals, days=Days(day.isoformat(), day.isoformat()))
        return _choose_file(journals, list(of_that_day), reference, missing)
    is_path = "/" in reference or os.sep in reference
    if is_path or (reference.endswith(".md") and any(map(os.path.lexists, _list_places(journals, reference)))):
        return _find_path(journals, reference)
    pieces = find_files(journals, reference.lower().removesuffix(".md"))
    exact = [file for file in pieces if file.id == reference.removesuffix(".md")]
    missing = f'no entry matches "{reference}"'
    if not pieces and reference.casefold() in _EARLIEST:
        exact = list(list_files(journals))[-1:]
    if not pieces and today and (period := _find_period(reference, today)):
        exact = list(list_files(journals, days=Days(*map(date.isoformat, period))))
        one_day = dates.render_date(period.first) if period.first == period.last else f'"{reference}"'
        missing = f"there is no entry for {one_day}"
    return _choose_file(journals, exact or pieces, reference, missing)


def _find_period(reference: str, today: date) -> dates.Period | None:
    try:
        return dates.read_period(reference, today, ahead=False)
    except dates.DateFaultError:
        return None


def _list_places(journals: Sequence[Journal], reference: str) -> list[Path]:
    given = expand(reference)
    return [given, *(journal.folder / given for journal in journals)]


def _read_whole_day(reference: str) -> date:
    try:
        return dates.read_day(reference, date.max, ahead=False)
    except dates.DateFaultError as error:
        raise UsageError(error.what, error.spell("journal show") if error.day else "journal show 2026-11-23") from None


def _find_path(journals: Sequence[Journal], reference: str) -> EntryFile:
    for path in _list_places(journals, reference):
        if os.path.islink(path):  # noqa: PTH114 - here and below, a name too long for a file is no error
            raise EntryNotFoundError(f"{path} is a link, and links are not followed", "name the file itself")
        if os.path.isfile(path):  # noqa: PTH113
            return _describe(path, journals)
    raise EntryNotFoundError(f"there is no file {reference}", _spell_list(journals))


def _describe(path: Path, journals: Sequence[Journal]) -> EntryFile:
    # What lies anywhere in a private journal is private, also where no entry has its place.
    private = next(filter(is_private, path.absolute().parents), None)
    elsewhere = open_folder(private or path.absolute().parent.parent)
    journal = next((journal for journal in journals if journal.holds_file(path)), elsewhere)
    # The day does not matter to whoever names a file.
    return EntryFile(str(path), path.stem, date.min, journal, find_reviews(path))


def _choose_file(journals: Sequence[Journal], files: list[EntryFile], reference: str, missing: str) -> EntryFile:
    if not files:
        raise EntryNotFoundError(missing, _spell_list(journals))
    if len(files) > 1:
        raise _tell_of_several(reference, files)
    return files[0]


def _spell_list(journals: Sequence[Journal]) -> str:
    options = {journal.option for journal in journals}
    return f"journal list{options.pop() if len(options) == 1 else ' --journal all'}"


def find_latest(journals: Sequence[Journal]) -> Listing:
    """Return the entry written last that can be read, and the newer files that cannot.

    Raises:
        EntryNotFoundError: There is no entry.
        EntryUnreadableError: There are files, and none reads as an entry.
    """
    listing = select(journals, Query(), 1, with_reviews=True)
    if listing.found:
        return listing
    if listing.problems:
        raise EntryUnreadableError(listing.problems[0])
    first = journals[0]
    remedy = "reflect" if first.is_own else f"if someone else writes in it: journal sync{first.option}"
    raise EntryNotFoundError(f"there are no entries in {first.folder} yet", remedy)

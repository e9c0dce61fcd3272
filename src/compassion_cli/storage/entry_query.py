"""The newest entries that match, of one journal or several. Files older than the last one needed are not opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from compassion_cli.core.errors import Problem
from compassion_cli.core.form import Entry
from compassion_cli.core.query import Query
from compassion_cli.formats.dates import render_date
from compassion_cli.storage.byte_filter import make_sieve_of_any
from compassion_cli.storage.entry_files import Days, EntryFile, find_reviews, list_files
from compassion_cli.storage.front_filter import Files, make_choice, settle_author
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry


class Found(NamedTuple):
    """An entry, the file it was found in, and the responses to it, where they were asked for; oldest first."""

    entry: Entry
    file: EntryFile
    reviews: tuple[Entry, ...] = ()


class Listing(NamedTuple):
    """Some entries, newest first, and what could not be read among them.

    Attributes:
        has_more: There are older files that were not looked at.
    """

    found: tuple[Found, ...]
    problems: tuple[Problem, ...]
    has_more: bool = False

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries alone."""
        return tuple(found.entry for found in self.found)


def select(journals: Sequence[Journal], query: Query, limit: int | None, *, with_reviews: bool = False) -> Listing:
    """Return the newest entries that match. Files older than the last one needed are not opened.

    Args:
        journals: Where to look.
        query: What an entry has to be.
        limit: How many at most; None for all.
        with_reviews: Read the responses to the entries as well.

    Raises:
        UsageError: The author may be several people.
    """
    # Nothing private is shown to anybody who could respond.
    journals = [journal for journal in journals if query.waits_for is None or not journal.is_private]
    query, among = settle_author(journals, query)
    found: list[Found] = []
    problems: list[Problem] = []
    with_reviews = with_reviews or query.needs_reviews
    wanted = (file for file in _list_wanted(journals, query, among, problems) if query.wants_day(file.day))
    for _, of_one_day in groupby(wanted, key=lambda file: file.day):
        if limit is not None and len(found) >= limit:
            return Listing(tuple(found[:limit]), tuple(problems), has_more=True)
        day = read_all(of_one_day, with_reviews=with_reviews)
        found += [one for one in day.found if query.wants(one.entry, one.reviews)]
        problems += day.problems
    return Listing(tuple(found[:limit]), tuple(problems), has_more=limit is not None and len(found) > limit)


def _list_wanted(
    journals: Sequence[Journal], query: Query, among: Files | None, problems: list[Problem]
) -> Iterator[EntryFile]:
    days = Days(*(day.isoformat() if day else "" for day in (query.since, query.until)))
    sieve = make_sieve_of_any(query.search.words) if query.search else None
    return list_files(journals, problems, days, sieve, make_choice(query, among))


def read_all(files: Iterable[EntryFile], *, with_reviews: bool = False) -> Listing:
    """Read several files: the entries in them, newest first, and a problem for every other file."""
    found: list[Found] = []
    problems: list[Problem] = []
    for file in files:
        try:
            entry = read_entry(file.path)
        except EntryUnreadableError as error:
            problems.append(error.problem)
        else:
            problems += _list_doubts(entry, file)
            found.append(Found(entry, file, read_reviews(file, problems) if with_reviews else ()))
    return Listing(tuple(sorted(found, key=lambda one: one.entry.order, reverse=True)), tuple(problems))


def read_one(file: EntryFile) -> Listing:
    """Read the entry in one file, with the responses to it.

    Raises:
        EntryUnreadableError: It is none.
    """
    problems: list[Problem] = []
    found = Found(read_entry(file.path), file, read_reviews(file, problems))
    return Listing((found,), (*_list_doubts(found.entry, file), *problems))


def read_again(file: EntryFile) -> Listing:
    """Read the entry in a file that was found a while ago, with the responses there are to it by now.

    Raises:
        EntryUnreadableError: It is none any more.
    """
    return read_one(file._replace(reviews=find_reviews(file.path)))


def _list_doubts(entry: Entry, file: EntryFile) -> list[Problem]:
    """Name an entry that cannot be about the day in its name, because it says it was written before."""
    if entry.created.date() >= entry.day:
        return []
    what = (
        f"it says that it was written on {render_date(entry.created.date())}, before the date in its name; "
        f"{render_date(entry.day)} is the date used"
    )
    piece, option = entry.piece, file.journal.option
    remedy = (
        f"to list its versions: journal history {piece}{option}\n"
        f"to bring back an earlier version: journal restore {piece} --version N{option}"
    )
    return [Problem(str(file.path), what, remedy)]


def read_reviews(file: EntryFile, problems: list[Problem]) -> tuple[Entry, ...]:
    """Return the responses to an entry, oldest first.

    Args:
        file: The entry's.
        problems: Takes those that cannot be read.
    """
    reviews: list[Entry] = []
    for path in file.review_paths:
        try:
            reviews.append(read_entry(path))
        except EntryUnreadableError as error:
            problems.append(error.problem)
    return tuple(sorted(reviews, key=lambda review: review.created))

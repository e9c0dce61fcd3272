"""The newest entries that match, of one journal or several. Files older than the last one needed are not opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from compassion_cli.core.errors import Problem
from compassion_cli.core.form import Entry
from compassion_cli.core.query import Query
from compassion_cli.storage.entry_files import EntryFile, list_files
from compassion_cli.storage.entry_reading import EntryUnreadableError, read_entry
from compassion_cli.storage.journal import Journal


class Found(NamedTuple):
    """An entry, and the file it was found in."""

    entry: Entry
    file: EntryFile


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


def select(journals: Sequence[Journal], query: Query, limit: int | None) -> Listing:
    """Return the newest entries that match. Files older than the last one needed are not opened."""
    found: list[Found] = []
    problems: list[Problem] = []
    wanted = (file for file in list_files(journals, problems) if query.wants_day(file.day))
    for _, of_one_day in groupby(wanted, key=lambda file: file.day):
        if limit is not None and len(found) >= limit:
            return Listing(tuple(found[:limit]), tuple(problems), has_more=True)
        day = read_all(of_one_day)
        found += [one for one in day.found if query.wants(one.entry)]
        problems += day.problems
    return Listing(tuple(found[:limit]), tuple(problems), has_more=limit is not None and len(found) > limit)


def read_all(files: Iterator[EntryFile]) -> Listing:
    """Read several files: the entries in them, newest first, and a problem for each that is none."""
    found: list[Found] = []
    problems: list[Problem] = []
    for file in files:
        try:
            found.append(Found(read_entry(file.path), file))
        except EntryUnreadableError as error:
            problems.append(error.problem)
    return Listing(tuple(sorted(found, key=lambda one: one.entry.created, reverse=True)), tuple(problems))

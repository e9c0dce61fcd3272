"""The files of entries and of the reviews beside them, newest first.

They are found by their names alone, and none is opened; where a sieve or a choice is given, it sees the bytes of each,
and only what passes is worth being read as an entry.
"""

from __future__ import annotations

import heapq
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from glob import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.errors import Problem
from compassion_cli.core.file_names import is_edit, is_other_version
from compassion_cli.core.form import ENTRY_ID, REVIEW_ID
from compassion_cli.storage.byte_filter import Sieve, sift
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.read_files import explain
from compassion_cli.storage.stray_entries import describe_stray, find_strays

_NO_DAY = "its name begins with a date that does not exist"
_NO_DAY_REMEDY = "give the file another name; nothing in it has changed"
_ORPHAN = "this is a response, but its entry is not here"
_USUAL = re.compile(rf"{ENTRY_ID.pattern}(\.review-[a-z0-9]{{4}})?\.md")
_NEARLY = re.compile(rf"{ENTRY_ID.pattern}\b")
_MISNAMED = "this may be an entry, but it is not named like one, so it was not read"
_MISNAMED_REMEDY = "give it a name like 2026-11-23-tool3-self-k7m2.md; nothing in it has changed"
_LINK = "this is a link, and links are not followed"
_LINK_REMEDY = "if it belongs here, replace the link with the file or folder itself"
_NO_FILE = "it is named like an entry or a year, but it is not one"

#: Yields, of the names of a folder's files, those of the entries that something may be wanted of, and of their reviews.
EntryChoice = Callable[[str, Iterable[str]], Iterator[str]]


class EntryFile(NamedTuple):
    """The file of an entry, which nobody has opened yet. Its id is the file's stem.

    Attributes:
        place: The file. Text, because a journal can have a hundred thousand of them.
        reviews: The names of the reviews beside it.
    """

    place: str
    id: str
    day: date
    journal: Journal
    reviews: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Return the file."""
        return Path(self.place)

    @property
    def review_paths(self) -> tuple[Path, ...]:
        """Return the files of the reviews beside it."""
        return tuple(self.path.with_name(name) for name in self.reviews)


class Days(NamedTuple):
    """The first and the last day of interest, as they begin the names of files; empty where that side is open."""

    since: str = ""
    until: str = ""

    def hold(self, name: str) -> bool:
        """Tell whether a file is of one of them."""
        return self.since <= name[:10] and (not self.until or name[:10] <= self.until)


def list_files(
    journals: Sequence[Journal],
    problems: list[Problem] | None = None,
    days: Days | None = None,
    sieve: Sieve | None = None,
    choose: EntryChoice | None = None,
) -> Iterator[EntryFile]:
    """Yield the files of the entries of several journals, newest day first.

    Args:
        journals: Where to look.
        problems: Takes the folders that cannot be opened, and the files that want a decision.
        days: Only entries of these.
        sieve: Only entries that pass it, or to which a review does. Without one, no file is opened.
        choose: Only entries that it chooses. It is asked no sooner than someone wants more of them.
    """
    return _merge([_Listing(journal, problems, days or Days(), sieve, choose) for journal in journals])


def find_files(journals: Sequence[Journal], piece: str) -> list[EntryFile]:
    """Return the files of the entries whose id has a piece in it, newest day first. Others are not sorted."""
    files = _merge([_Listing(journal, piece=piece) for journal in journals])
    return [file for file in files if piece in file.id]


def list_months(journals: Sequence[Journal]) -> Iterator[Month]:
    """Yield the names of all files of several journals, one journal after the other."""
    for journal in journals:
        yield from _Listing(journal).list_months()


def _merge(listings: Sequence[_Listing]) -> Iterator[EntryFile]:
    files = [listing.list_all() for listing in listings]
    return files[0] if len(files) == 1 else heapq.merge(*files, key=lambda file: file.day, reverse=True)


def find_reviews(entry: Path) -> tuple[str, ...]:
    """Return the names of the reviews beside the file of an entry."""
    paths = entry.parent.glob(f"{escape(entry.stem)}.review-*.md")
    return tuple(sorted(path.name for path in paths if is_review_name(path.name) and not path.is_symlink()))


class Month(NamedTuple):
    """The files of a month, by their names alone, newest first."""

    folder: Path
    names: list[str]


def _sift(month: Month, sieve: Sieve) -> list[str]:
    """Return the names of what belongs to an entry that passes, or of which a review does."""
    ids = set(map(find_id, sift(str(month.folder), month.names, sieve)))
    return [name for name in month.names if find_id(name) in ids] if ids else []


class _Listing(NamedTuple):
    """One journal, and what is wanted of it."""

    journal: Journal
    problems: list[Problem] | None = None
    days: Days = Days()
    sieve: Sieve | None = None
    choose: EntryChoice | None = None
    piece: str = ""

    def list_all(self) -> Iterator[EntryFile]:
        """Yield its files, newest first."""
        for month in self.list_months():
            self._note_problems(month)
            # All that belongs to one entry begins with its id and a full stop, so it stands together.
            for entry_id, group in groupby(self._choose(month), key=find_id):
                if file := self._find_file(month.folder, entry_id, tuple(group)):
                    yield file

    def list_months(self) -> Iterator[Month]:
        """Yield what is in it by months: whoever wants the newest few need not wait for a whole year."""
        folder = self.journal.folder
        for year in sorted(filter(_is_year, self._list_names(folder, folders=True)), reverse=True):
            names = sorted(self._list_names(folder / year, folders=False), reverse=True)
            wanted = filter(self.days.hold, names) if self.days != Days() else names
            for _, month in groupby(wanted, key=_find_month):
                yield Month(folder / year, list(month))

    def _choose(self, month: Month) -> Iterable[str]:
        """Return the names of the files in a month that something may be wanted of."""
        names = month.names if self.sieve is None else _sift(month, self.sieve)
        return self.choose(str(month.folder), names) if self.choose else names

    def _find_file(self, folder: Path, entry_id: str, names: tuple[str, ...]) -> EntryFile | None:
        """Return the file of an entry, if it is there and passes."""
        own = f"{entry_id}.md"
        reviews: tuple[str, ...] = ()
        if names != (own,):
            reviews = tuple(name for name in reversed(names) if is_review_name(name))
        if own not in names:
            return None
        day = _read_day(entry_id)
        if day is None and self.problems is not None and ENTRY_ID.fullmatch(entry_id):
            self.problems.append(Problem(f"{folder}{os.sep}{own}", _NO_DAY, _NO_DAY_REMEDY))
        return EntryFile(f"{folder}{os.sep}{own}", entry_id, day, self.journal, reviews) if day else None

    def _note_problems(self, month: Month) -> None:
        """Note what is saved next to an entry and wants a decision, whether anything is wanted of that entry or not."""
        if self.problems is None:
            return
        folder, there = month.folder, set(month.names)
        for name in month.names:
            if _USUAL.fullmatch(name):
                if ".review-" in name and f"{find_id(name)}.md" not in there:
                    self.problems.append(_name_orphan(folder / name, self.journal))
            elif is_other_version(f"{folder.name}/{name}"):
                self.problems.append(_name_other_version(folder / name, self.journal))
            elif not is_edit(name) and (stray := describe_stray(folder / name, self.journal.folder)):
                self.problems.append(stray)
            elif _is_misnamed(name):
                self.problems.append(Problem(str(folder / name), _MISNAMED, _MISNAMED_REMEDY))

    def _list_names(self, folder: Path, *, folders: bool) -> list[str]:
        is_kind = os.DirEntry.is_dir if folders else os.DirEntry.is_file
        names: list[str] = []
        others: list[os.DirEntry[str]] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not folders and self.piece not in entry.name:
                        continue
                    if is_kind(entry, follow_symlinks=False):
                        names.append(entry.name)
                    else:
                        others.append(entry)
        except FileNotFoundError:
            return []
        except OSError as error:
            if self.problems is not None:
                self.problems.append(Problem(str(folder), explain(error), "check that you are allowed to open it"))
            return []
        self._note_others(others, _is_year if folders else self._is_of_entry)
        if self.problems is not None:
            unusual = [entry.name for entry in others] + [name for name in names if folders and not _is_year(name)]
            inside = "" if folders else f"{folder.name}/"
            self.problems.extend(find_strays(self.journal.folder, [f"{inside}{name}" for name in sorted(unusual)]))
        return names

    def _note_others(self, entries: Sequence[os.DirEntry[str]], is_wanted: Callable[[str], bool]) -> None:
        """Note what has the name of an entry, response or year, and is something else."""
        if self.problems is not None:
            self.problems.extend(
                Problem(entry.path, _LINK, _LINK_REMEDY) if entry.is_symlink() else Problem(entry.path, _NO_FILE)
                for entry in sorted(entries, key=lambda entry: entry.name)
                if is_wanted(entry.name)
            )

    def _is_of_entry(self, name: str) -> bool:
        return _USUAL.fullmatch(name) is not None and self.days.hold(name)


def _find_month(name: str) -> str:
    return name[:7]


def find_id(name: str) -> str:
    """Return the id of the entry that a file belongs to."""
    return name.partition(".")[0]


def is_review_name(name: str) -> bool:
    """Tell whether a file is a review."""
    return REVIEW_ID.fullmatch(name.removesuffix(".md")) is not None


def _is_misnamed(name: str) -> bool:
    """Tell whether an unusual name is nearly that of an entry or review, as when a shared drive has made a copy."""
    return _NEARLY.match(name) is not None and name.lower().endswith(".md") and not is_edit(name)


def _name_orphan(path: Path, journal: Journal) -> Problem:
    entry_id, option = find_id(path.name), journal.option
    remedy = (
        f"if the entry has not arrived yet: journal sync{option}\n"
        f"if it was deleted, the person who wrote it can restore it: journal restore {entry_id}{option}"
    )
    return Problem(str(path), _ORPHAN, remedy)


def _name_other_version(path: Path, journal: Journal) -> Problem:
    remedy = f"journal resolve {find_id(path.name)}{journal.option}"
    return Problem(str(path), "two people changed this entry, and this is the other version", remedy)


def _is_year(name: str) -> bool:
    return len(name) == len("2026") and name.isdecimal()


def _read_day(entry_id: str) -> date | None:
    try:
        return date.fromisoformat(entry_id[:10]) if ENTRY_ID.fullmatch(entry_id) else None
    except ValueError:
        return None

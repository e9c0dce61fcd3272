"""A journal: a folder of entries, by year. It has no index; the names of its files sort by date.

Inside it may lie a private one: the same again in a folder of its own, which never leaves the machine.
Links are never followed and never written through: a link could lead out of the journal.
"""

from __future__ import annotations

import errno
import heapq
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.change import is_other_version
from compassion_cli.core.errors import FormFaultError, Problem, ReflectError, name_place
from compassion_cli.core.form import ENTRY_ID, ID_LETTERS, Entry, Form, name_entry
from compassion_cli.core.query import Query
from compassion_cli.formats.form_markdown import parse_entry, render_form
from compassion_cli.storage.files import FileWriteError, create_new, make_folder
from compassion_cli.storage.reading import FileReadError, explain, read_text
from compassion_cli.storage.readme import PRIVATE, PRIVATE_NAME, SHARED


class EntryUnreadableError(ReflectError):
    """A file that does not read as an entry. Nothing in it has been changed."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.place} cannot be read as an entry: {problem.what}", problem.remedy)
        self.problem = problem


class EntryFile(NamedTuple):
    """The file of an entry, which nobody has opened yet. Its id is the file's stem."""

    path: Path
    id: str
    day: date
    journal: Journal


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


@dataclass(frozen=True)
class Journal:
    """The folder of one journal.

    Attributes:
        name: What its owner calls it, if anything.
    """

    folder: Path
    name: str = ""

    @property
    def is_private(self) -> bool:
        """Tell whether it is private, which its folder's name says: it moves with the folder."""
        return self.folder.name.lower() == PRIVATE_NAME

    @property
    def private(self) -> Journal:
        """Return the private one inside it, there or not."""
        return self if self.is_private else Journal(self.folder / PRIVATE_NAME, self.name)

    @property
    def shared(self) -> Journal:
        """Return the one that a private one lies in."""
        return Journal(self.folder.parent, self.name) if self.is_private else self

    def holds_file(self, path: Path) -> bool:
        """Tell whether a file has its place in this journal."""
        return path.absolute().parent.parent == self.folder

    @property
    def exists(self) -> bool:
        """Tell whether the folder is there."""
        return os.path.isdir(self.folder)  # noqa: PTH112 - a name too long for a folder is no error here

    def check(self) -> None:
        """See whether something could be saved here, without making anything.

        Raises:
            FileWriteError: It could not.
        """
        there = next(path for path in (self.folder, *self.folder.parents) if os.path.lexists(path))
        if not there.is_dir():
            raise FileWriteError(there, NotADirectoryError(errno.ENOTDIR, ""))
        if not os.access(there, os.W_OK | os.X_OK):
            raise FileWriteError(there, PermissionError(errno.EACCES, ""))

    def prepare(self) -> bool:
        """Make the folder, with a README for whoever opens it; tell whether it is new.

        Raises:
            FileWriteError: It cannot be made or written to.
        """
        is_new = not self.exists
        # Two programs may be making it at once.
        if is_new:
            make_folder(self.folder)
            with suppress(FileExistsError):
                create_new(self.folder / "README.md", PRIVATE if self.is_private else SHARED)
        if self.is_private and not (self.folder / ".gitignore").exists():
            # Whatever repository it lies in, nothing here is part of that.
            with suppress(FileExistsError):
                create_new(self.folder / ".gitignore", "*\n")
        return is_new

    def save(
        self,
        form: Form,
        created: datetime,
        author: str,
        piece: str | None = None,
        announce: Callable[[Entry], None] | None = None,
    ) -> Path:
        """Save a finished form as a new entry and return its file.

        Args:
            form: What was written.
            created: When; its date is the entry's.
            author: Who wrote it.
            piece: The four characters its id should end in, if they are free.
            announce: Told of the entry just before it is written, so that a draft can say what it is about to be.

        Raises:
            FileWriteError: It cannot be written; the journal is as it was.
        """
        parts = vars(form) | {"progress": None}
        while True:
            entry_id = name_entry(created, form, piece or new_piece())
            entry = Entry(id=entry_id, created=created, author=author, **parts)
            if announce:
                announce(entry)
            try:
                return self.add(f"{entry_id}.md", render_form(entry))
            except FileExistsError:
                piece = None

    def add(self, name: str, text: str) -> Path:
        """Put a new file of an entry in its place and return that.

        Raises:
            FileExistsError: There is one of that name.
            FileWriteError: It cannot be written.
        """
        self.prepare()
        path = self.find_place(name)
        make_folder(path.parent)
        if path.parent.is_symlink():
            raise FileWriteError(path.parent, OSError(0, "it is a link"))
        create_new(path, text)
        return path

    def prepare_empty(self) -> None:
        """Make the folder, and nothing in it, for a journal that comes from elsewhere.

        Raises:
            FileWriteError: It cannot be made.
        """
        make_folder(self.folder)

    def holds(self, entry: Entry) -> bool:
        """Tell whether this very entry has been saved here, whatever has been done to it since."""
        try:
            return read_entry(self.find_place(f"{entry.id}.md")).created == entry.created
        except EntryUnreadableError:
            return False

    def find_place(self, name: str) -> Path:
        """Return where the file of an entry belongs: its name begins with the year."""
        return self.folder / name[:4] / name

    def files(self, problems: list[Problem] | None = None) -> Iterator[EntryFile]:
        """Yield the files of all entries, newest day first, without opening any.

        Args:
            problems: Takes the folders that cannot be opened.
        """
        for year in sorted(filter(_is_year, self._list_folder(self.folder, problems)), reverse=True):
            for name in sorted(self._list_folder(self.folder / year, problems), reverse=True):
                found = ENTRY_ID.fullmatch(name.removesuffix(".md")) if name.endswith(".md") else None
                day = _read_day(found["date"]) if found else None
                if day:
                    yield EntryFile(self.folder / year / name, name.removesuffix(".md"), day, self)
                elif problems is not None and is_other_version(f"{year}/{name}"):
                    problems.append(_name_other_version(self.folder / year / name))

    def _list_folder(self, folder: Path, problems: list[Problem] | None) -> list[str]:
        is_kind = os.DirEntry.is_dir if folder == self.folder else os.DirEntry.is_file
        try:
            return [entry.name for entry in os.scandir(folder) if is_kind(entry, follow_symlinks=False)]
        except FileNotFoundError:
            return []
        except OSError as error:
            if problems is not None:
                problems.append(Problem(str(folder), explain(error), "see that you are allowed to open it"))
            return []

    def select(self, query: Query, limit: int | None) -> Listing:
        """Return the newest entries that match: see the function ``select``."""
        return select([self], query, limit)


def list_files(journals: Sequence[Journal], problems: list[Problem] | None = None) -> Iterator[EntryFile]:
    """Yield the files of all entries of several journals, newest day first, without opening any."""
    files = [journal.files(problems) for journal in journals]
    return heapq.merge(*files, key=lambda file: file.day, reverse=True)


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


def read_entry(path: Path) -> Entry:
    """Return the entry in a file. Its id is the file's stem, whatever the file says.

    Raises:
        EntryUnreadableError: It does not read as one.
    """
    remedy = "open it in a text editor and mend it; nothing in it has been changed"
    try:
        entry = parse_entry(read_text(path))
    except FormFaultError as fault:
        raise EntryUnreadableError(Problem(name_place(path, fault.line), fault.what, remedy)) from None
    except FileReadError as error:
        raise EntryUnreadableError(Problem(str(path), error.reason, error.remedy)) from None
    return replace(entry, id=path.stem) if ENTRY_ID.fullmatch(path.stem) else entry


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


def new_piece() -> str:
    """Return four random characters for the end of an id."""
    return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in os.urandom(4))


def _name_other_version(path: Path) -> Problem:
    remedy = f"journal resolve {path.name.partition('.')[0]}"
    return Problem(str(path), "two people changed this entry, and this is the other version", remedy)


def _is_year(name: str) -> bool:
    return len(name) == len("2026") and name.isdecimal()


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""A journal: a folder of entries, by year. It has no index; the names of its files sort by date.

Links are never followed and never written through: a link could lead out of the journal.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.errors import FormFaultError, Problem, ReflectError, name_place
from compassion_cli.core.form import ENTRY_ID, ID_LETTERS, Entry, Form, name_entry
from compassion_cli.core.query import Query
from compassion_cli.formats.form_markdown import parse_entry, render_form
from compassion_cli.storage.files import FileWriteError, create_new, make_folder
from compassion_cli.storage.reading import FileReadError, explain, read_text

_README = """\
# Reflective journal

This folder holds reflections on work in adult social care, one file for each, in folders by year. They were
written with compassion-cli. Any text editor opens them; `journal list` and `journal show` read them.

- It is confidential. Who may read it is for its owner and their employer to say. If it is not yours, please close it.
- It is not a case record, and not a way to report a safeguarding concern: use the usual routes for those.
- Reflections can be asked for by a court. Write what you learnt, and nothing that could identify a person.
"""


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


class Listing(NamedTuple):
    """Some entries, newest first, and what could not be read among them.

    Attributes:
        has_more: There are older files that were not looked at.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    has_more: bool = False


@dataclass(frozen=True)
class Journal:
    """The folder of one journal."""

    folder: Path

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
        if self.exists:
            return False
        make_folder(self.folder)
        # Two programs may be making it at once.
        with suppress(FileExistsError):
            create_new(self.folder / "README.md", _README)
        return True

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
                return self._add(entry)
            except FileExistsError:
                piece = None

    def _add(self, entry: Entry) -> Path:
        path = self._find_place(entry)
        make_folder(path.parent)
        if path.parent.is_symlink():
            raise FileWriteError(path.parent, OSError(0, "it is a link"))
        create_new(path, render_form(entry))
        return path

    def holds(self, entry: Entry) -> bool:
        """Tell whether this very entry has been saved here, whatever has been done to it since."""
        try:
            return read_entry(self._find_place(entry)).created == entry.created
        except EntryUnreadableError:
            return False

    def _find_place(self, entry: Entry) -> Path:
        return self.folder / f"{entry.created.year:04}" / f"{entry.id}.md"

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
                    yield EntryFile(self.folder / year / name, name.removesuffix(".md"), day)

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
        """Return the newest entries that match. Files older than the last one needed are not opened."""
        entries: list[Entry] = []
        problems: list[Problem] = []
        wanted = (file for file in self.files(problems) if query.wants_day(file.day))
        for _, of_one_day in groupby(wanted, key=lambda file: file.day):
            if limit is not None and len(entries) >= limit:
                return Listing(tuple(entries[:limit]), tuple(problems), has_more=True)
            day = read_all(of_one_day)
            entries += [entry for entry in day.entries if query.wants(entry)]
            problems += day.problems
        return Listing(tuple(entries[:limit]), tuple(problems), has_more=limit is not None and len(entries) > limit)


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
    entries: list[Entry] = []
    problems: list[Problem] = []
    for file in files:
        try:
            entries.append(read_entry(file.path))
        except EntryUnreadableError as error:
            problems.append(error.problem)
    return Listing(tuple(sorted(entries, key=lambda entry: entry.created, reverse=True)), tuple(problems))


def new_piece() -> str:
    """Return four random characters for the end of an id."""
    return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in os.urandom(4))


def _is_year(name: str) -> bool:
    return len(name) == len("2026") and name.isdecimal()


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

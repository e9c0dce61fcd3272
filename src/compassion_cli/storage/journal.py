"""A journal: a folder of entries, by year. It has no index; the names of its files sort by date.

Inside a shared one may lie a private one: the same again in a folder of its own, which never leaves the machine. The
two are types of their own, so that what sends, or shows to others, can only be handed what may be seen.
Links are never followed and never written through: a link could lead out of the journal.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from compassion_cli.core.form import ID_LETTERS, Entry, Form, name_entry
from compassion_cli.formats.form_markdown import render_form
from compassion_cli.storage.private_mark import PRIVATE_NAME, PRIVATE_README, is_private, mark_private
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry
from compassion_cli.storage.write_files import FileWriteError, create_new, make_folder, refuse_too_much

#: What the person's own journal is called among several, where it has no name.
OWN = "own"
#: What stands in the folder of a shared journal for whoever opens it.
SHARED_README = """\
# Reflective journal

This folder holds reflections on work in adult social care, one file for each, in folders by year. They were
written with compassion-cli. Any text editor opens them; `journal list` and `journal show` read them.

- It is confidential. Who may read it is for its owner and their employer to say. If it is not yours, please close it.
- It is not a case record, and not a way to report a safeguarding concern: use the usual routes for those.
- Reflections can be asked for by a court. Write what you learnt, and nothing that could identify a person.
"""
#: Where the chance in ids comes from. The tests put another in its place, so that what they do can be repeated.
_draw_bytes = os.urandom


@dataclass(frozen=True)
class JournalFolder:
    """What every journal is: a folder of entries.

    Attributes:
        name: What its owner calls it, if anything.
        is_own: A command means this one where none is named.
    """

    folder: Path
    name: str = ""
    is_own: bool = field(default=False, compare=False, kw_only=True)

    @property
    def label(self) -> str:
        """Return what it is called among several: its name, else its folder."""
        return self.name or str(self.folder)

    @property
    def option(self) -> str:
        """Return what makes a command mean this journal: an option with a space in front, or nothing."""
        return "" if self.is_own else f' --journal "{self.label}"'

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
        raise NotImplementedError

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
        refuse_too_much(path, text)
        make_folder(path.parent)
        if path.parent.is_symlink():
            raise FileWriteError(path.parent, OSError(0, "it is a link"))
        create_new(path, text)
        return path

    def holds(self, entry: Entry) -> bool:
        """Tell whether this very entry has been saved here, whatever has been done to it since."""
        try:
            return read_entry(self.find_place(f"{entry.id}.md")).created == entry.created
        except EntryUnreadableError:
            return False

    def find_place(self, name: str) -> Path:
        """Return where the file of an entry belongs: its name begins with the year."""
        return self.folder / name[:4] / name

    def _make(self, readme: str) -> bool:
        if self.exists:
            return False
        # Two programs may be making it at once.
        make_folder(self.folder)
        with suppress(FileExistsError):
            create_new(self.folder / "README.md", readme)
        return True


class SharedJournal(JournalFolder):
    """A journal that others may read, or could one day. It alone can be sent anywhere."""

    is_private: Literal[False] = False

    @property
    def private(self) -> PrivateJournal:
        """Return the private one inside it, there or not. One that is there is marked by that."""
        folder = self.folder / PRIVATE_NAME
        mark_private(folder)
        return PrivateJournal(folder, self.name, self, is_own=self.is_own)

    def prepare(self) -> bool:
        """Make the folder, with a README for whoever opens it; tell whether it is new.

        Raises:
            FileWriteError: It cannot be made or written to.
        """
        return self._make(SHARED_README)

    def prepare_empty(self) -> None:
        """Make the folder, and nothing in it, for a journal that comes from elsewhere.

        Raises:
            FileWriteError: It cannot be made.
        """
        make_folder(self.folder)


@dataclass(frozen=True)
class PrivateJournal(JournalFolder):
    """A journal that never leaves this computer. Nothing that sends or shows to others takes one.

    Attributes:
        shared: The one it lies in; None where it has been moved out of that.
    """

    shared: SharedJournal | None = field(default=None, compare=False)
    is_private: Literal[True] = field(default=True, init=False, repr=False, compare=False)

    @property
    def label(self) -> str:
        """Return what it is called among several: as the one it lies in."""
        return self.shared.label if self.shared else super().label

    @property
    def private(self) -> PrivateJournal:
        """Return this one, which is private already."""
        return self

    def prepare(self) -> bool:
        """Make the folder, marked as private, with a README for whoever opens it; tell whether it is new.

        Raises:
            FileWriteError: It cannot be made or written to.
        """
        if self.folder.is_symlink():
            # What is marked would be what the link leads to.
            raise FileWriteError(self.folder, OSError(0, "it is a link"))
        is_new = self._make(PRIVATE_README)
        mark_private(self.folder)
        if not (self.folder / ".gitignore").exists():
            # Whatever repository it lies in, nothing here is part of that.
            with suppress(FileExistsError):
                create_new(self.folder / ".gitignore", "*\n")
        return is_new


Journal = SharedJournal | PrivateJournal


def open_folder(folder: Path, name: str = "", *, is_own: bool = False) -> Journal:
    """Return the journal in a folder, private where the folder itself says so."""
    if not is_private(folder):
        return SharedJournal(folder, name, is_own=is_own)
    inside = folder if folder.name.lower() == PRIVATE_NAME else Path(os.path.realpath(folder))
    is_in_its_place = inside.name.lower() == PRIVATE_NAME
    shared = SharedJournal(inside.parent, name, is_own=is_own) if is_in_its_place else None
    return PrivateJournal(folder, name, shared, is_own=is_own)


def new_piece() -> str:
    """Return four random characters for the end of an id."""
    return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in _draw_bytes(4))

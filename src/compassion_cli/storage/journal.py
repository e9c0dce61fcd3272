"""A journal: a folder of entries, by year. It has no index; the names of its files sort by date.

Inside it may lie a private one: the same again in a folder of its own, which never leaves the machine.
Links are never followed and never written through: a link could lead out of the journal.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from compassion_cli.core.form import ID_LETTERS, Entry, Form, name_entry
from compassion_cli.formats.form_markdown import render_form
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry
from compassion_cli.storage.readme import PRIVATE, PRIVATE_NAME, SHARED
from compassion_cli.storage.write_files import FileWriteError, create_new, make_folder

#: What the person's own journal is called among several, where it has no name.
OWN = "own"
#: Where the chance in ids comes from. The tests put another in its place, so that what they do can be repeated.
_draw_bytes = os.urandom


@dataclass(frozen=True)
class Journal:
    """The folder of one journal.

    Attributes:
        name: What its owner calls it, if anything.
        is_own: A command means this one where none is named.
    """

    folder: Path
    name: str = ""
    is_own: bool = field(default=False, compare=False)

    @property
    def label(self) -> str:
        """Return what it is called among several: its name, else its folder; a private one as the one it lies in."""
        return self.name or str(self.shared.folder)

    @property
    def option(self) -> str:
        """Return what makes a command mean this journal: an option with a space in front, or nothing."""
        return "" if self.is_own else f' --journal "{self.label}"'

    @cached_property
    def is_private(self) -> bool:
        """Tell whether it is private, which its folder's name says: it moves with the folder.

        By whatever other way one comes to that folder, it is private all the same.
        """
        return PRIVATE_NAME in (self.folder.name.lower(), self._real_folder.name.lower())

    @property
    def _real_folder(self) -> Path:
        return Path(os.path.realpath(self.folder))

    @property
    def private(self) -> Journal:
        """Return the private one inside it, there or not."""
        return self if self.is_private else replace(self, folder=self.folder / PRIVATE_NAME)

    @property
    def shared(self) -> Journal:
        """Return the one that a private one lies in."""
        if not self.is_private:
            return self
        folder = self.folder if self.folder.name.lower() == PRIVATE_NAME else self._real_folder
        return replace(self, folder=folder.parent)

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
        if self.is_private and self.folder.is_symlink():
            # Under its other name, nothing would tell that it is private.
            raise FileWriteError(self.folder, OSError(0, "it is a link"))
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


def new_piece() -> str:
    """Return four random characters for the end of an id."""
    return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in _draw_bytes(4))

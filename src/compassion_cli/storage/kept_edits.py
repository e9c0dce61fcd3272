"""Changing an entry that is saved. The edit is a file of its own, beside the entry, until it can take its place."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from compassion_cli.core.action import DateReader, settle_days
from compassion_cli.core.errors import FormFaultError, ReflectError
from compassion_cli.core.file_names import EDIT_MARK
from compassion_cli.core.text import repair
from compassion_cli.formats.offered_questions import NO_OFFERING, Offering, put_in, settle_values, take_out
from compassion_cli.storage.journal import new_piece
from compassion_cli.storage.read_files import read_lenient_text, read_text
from compassion_cli.storage.write_files import (
    FileChangedError,
    create_new,
    refuse_too_much,
    remove_if_it_holds,
    replace,
)


class Edit:
    """An edit of one entry.

    Args:
        entry: The file of the entry.
        path: The file of an edit that was kept; None to begin one.
        offering: The questions offered to its author, what its pack prints, and whether its author is who edits it.

    Attributes:
        read: What the entry holds now.
        path: The file of the edit. Its name says which version of the entry it began with.
        text: What that held when it was last read.
    """

    def __init__(self, entry: Path, path: Path | None = None, offering: Offering = NO_OFFERING) -> None:
        self.entry = entry
        self.read = read_text(entry)
        self.offering = offering
        self.path = path or _begin(entry, self.read, put_in(self.read, offering.offers))
        self.text = read_lenient_text(self.path)
        if self._is_ours and not self.path.name.startswith(_name_edit(entry, self.read)):
            raise _tell_of_other_edit(entry, self.path)

    @property
    def is_unchanged(self) -> bool:
        """Tell whether it says the same as the entry."""
        return self.settled == self._settle(self.read)

    @property
    def settled(self) -> str:
        """Return it as it will be saved: with plain line ends, and without questions that have no answer."""
        return self._settle(self.text)

    def _settle(self, text: str) -> str:
        text = text.replace("\r\n", "\n")
        try:
            text = settle_values(text, self.read.replace("\r\n", "\n"), self.offering.known)
            return take_out(text, self.offering.known) if self.offering.is_own else text
        except FormFaultError:
            # It does not read as an entry, and will be refused for that.
            return text

    @property
    def _is_ours(self) -> bool:
        return find_entry(self.path) == self.entry

    def reread(self) -> str:
        """Return what the editor left.

        Raises:
            FileReadError: It cannot be read; the entry is as it was.
        """
        self.text = ""
        self.text = read_lenient_text(self.path)
        return self.text

    def apply(self, read_date: DateReader) -> None:
        """Put the edit in the place of the entry.

        Args:
            read_date: Reads a day that stands in a new line of a task list, as it is meant now.

        Raises:
            ReflectError: The entry is not what it was; it stays as it is, and so does the edit.
            FileWriteError: It cannot be written; the entry is as it was, and the edit stays.
        """
        text = repair(self.settled).rstrip("\n") + "\n"
        text = settle_days(text, read_date, before=self.read.replace("\r\n", "\n"))
        refuse_too_much(self.entry, text)
        try:
            replace(self.entry, text, read=self.read)
        except FileChangedError:
            raise _tell_of_other_edit(self.entry, self.path) from None
        self.drop()

    def drop(self) -> None:
        """Remove it. What an editor has saved into it since stays, and so does a file that is not ours."""
        if self._is_ours:
            remove_if_it_holds(self.path, self.text)


def _begin(entry: Path, read: str, text: str) -> Path:
    while True:
        path = entry.with_name(f"{_name_edit(entry, read)}{new_piece()}.md")
        try:
            create_new(path, text)
        except FileExistsError:
            continue
        return path


def _name_edit(entry: Path, text: str) -> str:
    return f"{entry.stem}{EDIT_MARK}{sha256(text.encode()).hexdigest()[:8]}-"


def find_entry(edit: Path) -> Path | None:
    """Return the entry that an edit is saved next to, if it is one."""
    stem, mark, _ = edit.name.partition(EDIT_MARK)
    entry = edit.with_name(f"{stem}.md")
    return entry if mark and entry.is_file() else None


def find_edits(entry: Path) -> list[Path]:
    """Return the edits of an entry that have not taken its place."""
    return sorted(path for path in entry.parent.iterdir() if path.name.startswith(f"{entry.stem}{EDIT_MARK}"))


def _tell_of_other_edit(entry: Path, edit: Path) -> ReflectError:
    safe = f"Both versions are kept: the current entry, and yours in {edit}."
    remedy = f'to copy what you need into the entry: journal edit "{entry}"'
    return ReflectError("another program has changed this entry since it was opened", remedy, safe)

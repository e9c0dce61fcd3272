"""Drafts: what someone has written so far, kept outside every journal until it is saved."""

from __future__ import annotations

import os
import re
from pathlib import Path

from compassion_cli.core.errors import FormFaultError
from compassion_cli.core.form import Form
from compassion_cli.formats.form_markdown import parse_form, render_form
from compassion_cli.storage.journal import new_piece
from compassion_cli.storage.locks import FileLock
from compassion_cli.storage.places import find_drafts
from compassion_cli.storage.read_files import FileReadError, read_lenient_text
from compassion_cli.storage.write_files import (
    FileChangedError,
    create_new,
    make_folder,
    remove,
    remove_if_it_holds,
    replace,
)

_PIECE = re.compile(r"-([a-z0-9]{4})\Z")
#: The question whose answer a page holds.
_PAGE_KEY = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+")


class Draft:
    """The file of one unfinished reflection, and what it held when this program last wrote or read it.

    While a program works with a draft, no other can take it up. That ends with the program, however it ends.

    Args:
        path: The file.
        text: What it holds; None where it is not there yet.
    """

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        self.text = text
        self._taken_back: list[Draft] = []
        self._lock: FileLock | None = None

    def keep(self, form: Form) -> Path | None:
        """Save what there is so far: see ``keep_text``."""
        return self.keep_text(render_form(form))

    def keep_text(self, text: str) -> Path | None:
        """Save a text, whether it reads as a form or not.

        Returns:
            The other version, where another program has changed the file since: it is left alone, and this draft
            goes on under a name of its own. None otherwise.

        Raises:
            FileWriteError: It cannot be written; the version before is untouched.
        """
        make_folder(self.path.parent)
        other = None
        if self.text is not None and self.exists:
            try:
                replace(self.path, text, read=self.text)
            except FileChangedError:
                other = self.path
                self.go_on_beside()
        if self.text is None or not self.exists:
            self._create(text)
        self.text = text
        self.forget_pages()
        return other

    def go_on_beside(self) -> None:
        """Leave the file alone, and go on under another name."""
        self.release()
        self.path, self.text = self.path.with_name(f"{_PIECE.sub('', self.path.stem)}-{new_piece()}.md"), None

    def _create(self, text: str) -> None:
        while True:
            # Before it is there: nobody else may find it free.
            self.hold()
            try:
                create_new(self.path, text)
            except FileExistsError:
                self.go_on_beside()
            else:
                return

    def hold(self) -> bool:
        """Keep every other program from taking it up; tell whether none has."""
        if self._lock is None:
            self._lock = FileLock(self.path.with_name(f".{self.path.stem}.lock"))
        return self._lock.is_ours

    def release(self) -> None:
        """Let others take it up."""
        if self._lock:
            self._lock.release()
            self._lock = None

    def reread(self) -> str:
        """Return what the file holds now, as after an editor.

        Raises:
            FileReadError: It cannot be read.
        """
        self.text = read_lenient_text(self.path)
        return self.text

    def restore(self, text: str) -> None:
        """Put back a text in the place of what an editor has emptied or removed."""
        if self.exists:
            self.reread()
        self.keep_text(text)

    def drop(self) -> None:
        """Remove it, once it is saved as an entry. What another program has written into it since stays."""
        if self.text is not None:
            remove_if_it_holds(self.path, self.text)
        self.release()

    def delete(self) -> None:
        """Remove it with everything beside it that has its name, because its owner wants it gone."""
        own = [self.path.name, *(page.path.name for page in self.find_pages().values())]
        for path in self.path.parent.iterdir():
            # Editors put copies of their own beside a file: .name.swp, name.save, name~
            bare = path.name.removeprefix(".")
            if any(bare == name or bare.startswith((f"{name}.", f"{name}~")) for name in own):
                remove(path)
        self.release()

    def open_page(self, key: str) -> Draft:
        """Return the file in which one answer is given to an editor. It is saved next to the draft."""
        return Draft(self.path.with_name(f"{self.path.stem}.{key}.md"))

    def take_back(self, page: Draft) -> str:
        """Return what an editor left in a page. The page goes once the draft is kept with that in it.

        Raises:
            FileReadError: It cannot be read; it stays where it is.
        """
        text = page.reread()
        self._taken_back.append(page)
        return text

    def forget_pages(self) -> None:
        """Remove the pages that were taken back, unless an editor has written into them since."""
        while self._taken_back:
            self._taken_back.pop().drop()

    def find_pages(self) -> dict[str, Draft]:
        """Return by question the answers that an editor left beside the draft: nobody has taken them back yet."""
        try:
            paths = sorted(self.path.parent.iterdir())
        except OSError:
            return {}
        keys = {path: path.stem.removeprefix(f"{self.path.stem}.") for path in paths if path.suffix == ".md"}
        pages = {key: path for path, key in keys.items() if key != path.stem and _PAGE_KEY.fullmatch(key)}
        return {key: Draft(path) for key, path in pages.items() if not _is_form(path)}

    @property
    def piece(self) -> str:
        """Return four characters that will name its entry: the end of its own name, unless someone renamed it."""
        found = _PIECE.search(self.path.stem)
        return found[1] if found else new_piece()

    @property
    def is_as_read(self) -> bool:
        """Tell whether the file still holds what was read from it."""
        try:
            return read_lenient_text(self.path) == self.text
        except FileReadError:
            return False

    @property
    def exists(self) -> bool:
        """Tell whether there is anything in it yet."""
        return os.path.exists(self.path)  # noqa: PTH110 - a folder that may not be opened is no error here


def _is_form(path: Path) -> bool:
    # A copy of a draft that someone made, by its name the page of one.
    try:
        parse_form(read_lenient_text(path))
    except (FileReadError, FormFaultError):
        return False
    return True


def new_draft(name: str) -> Draft:
    """Return the draft of this name. Nothing is written yet."""
    return Draft(find_drafts() / f"{name}.md")


def is_draft(path: Path) -> bool:
    """Tell whether a file is one of our drafts."""
    return path.resolve().parent == find_drafts().resolve()


def find_draft_of(page: Path) -> Path | None:
    """Return the draft that a file would be a page of, by its name; None where it has not the name of a page."""
    stem, _, key = page.stem.partition(".")
    return page.with_name(f"{stem}.md") if _PAGE_KEY.fullmatch(key) else None

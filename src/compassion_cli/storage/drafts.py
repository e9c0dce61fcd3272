"""Drafts: what somebody has written so far, kept outside every journal until it is saved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from compassion_cli.core.errors import FormFaultError, Problem, name_place
from compassion_cli.core.form import Form
from compassion_cli.formats.form_markdown import parse_entry, parse_form, render_form
from compassion_cli.storage.files import (
    FileChangedError,
    FileReadError,
    create_new,
    explain,
    make_folder,
    read_text,
    remove,
    remove_if_it_holds,
    replace,
)
from compassion_cli.storage.journal import Journal, new_piece
from compassion_cli.storage.places import find_drafts

_LEFT_BY_EDITOR = ("an editor left it, and its draft is gone", "copy from it what you need, then delete it")


class Draft:
    """The file of one unfinished reflection, and what it held when this program last wrote or read it.

    Args:
        path: The file.
        text: What it holds; None where it is not there yet.
    """

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        self.text = text
        self._taken_back: list[Draft] = []

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
                other, self.path, self.text = self.path, _name_beside(self.path), None
        if self.text is None or not self.exists:
            self._create(text)
        self.text = text
        while self._taken_back:
            self._taken_back.pop().drop()
        return other

    def _create(self, text: str) -> None:
        while True:
            try:
                create_new(self.path, text)
            except FileExistsError:
                self.path = _name_beside(self.path)
            else:
                return

    def reread(self) -> str:
        """Return what the file holds now, as after an editor.

        Raises:
            FileReadError: It cannot be read.
        """
        self.text = read_text(self.path)
        return self.text

    def drop(self) -> None:
        """Remove it, once it is saved as an entry. What another program has written into it since stays."""
        if self.text is not None:
            remove_if_it_holds(self.path, self.text)

    def discard(self) -> None:
        """Remove it with everything beside it, because its owner wants it gone."""
        for page in (*self.find_pages().values(), self):
            remove(page.path)

    def open_page(self, key: str) -> Draft:
        """Return the file in which one answer is given to an editor. It lies beside the draft."""
        return Draft(self.path.with_name(f"{self.path.stem}.{key}.md"))

    def take_back(self, page: Draft) -> str:
        """Return what an editor left in a page. The page goes once the draft is kept with that in it.

        Raises:
            FileReadError: It cannot be read; it stays where it is.
        """
        text = page.reread()
        self._taken_back.append(page)
        return text

    def find_pages(self) -> dict[str, Draft]:
        """Return by question the answers that an editor left beside the draft: nobody has taken them back yet."""
        pages = {}
        for path in _list_files([]):
            stem, _, key = path.stem.partition(".")
            if key and stem == self.path.stem:
                pages[key] = Draft(path)
        return pages

    @property
    def piece(self) -> str:
        """Return the end of its name, which names it and will name its entry, if it is still free then."""
        return self.path.stem[-4:]

    @property
    def exists(self) -> bool:
        """Tell whether there is anything in it yet."""
        return os.path.exists(self.path)  # noqa: PTH110 - a folder that may not be opened is no error here


@dataclass(frozen=True)
class WaitingDraft:
    """A draft found on the disk, and the form in it.

    Attributes:
        changed: When it was last written.
    """

    draft: Draft
    form: Form
    changed: datetime


@dataclass(frozen=True)
class Waiting:
    """All drafts, newest first, and what could not be read among them."""

    drafts: tuple[WaitingDraft, ...]
    problems: tuple[Problem, ...]


def new_draft(name: str) -> Draft:
    """Return the draft of this name. Nothing is written yet."""
    return Draft(find_drafts() / f"{name}.md")


def is_draft(path: Path) -> bool:
    """Tell whether a file is one of our drafts."""
    return path.resolve().parent == find_drafts().resolve()


def find_waiting() -> Waiting:
    """Return the drafts that wait.

    One whose entry is saved already waits for nothing: the program was killed before it could be dropped, and that
    is done here.
    """
    drafts: list[WaitingDraft] = []
    problems: list[Problem] = []
    files = list(_list_files(problems))
    for path in files:
        stem, _, key = path.stem.partition(".")
        if key:
            if path.with_name(f"{stem}.md") not in files:
                problems.append(Problem(str(path), *_LEFT_BY_EDITOR))
            continue
        remedy = "open it in a text editor and mend it; nothing in it has been changed"
        try:
            waiting = _read(path)
        except FormFaultError as fault:
            problems.append(Problem(name_place(path, fault.line), fault.what, remedy))
        except FileReadError as error:
            problems.append(Problem(str(path), error.reason, error.remedy))
        else:
            if _is_saved(waiting):
                waiting.draft.drop()
            else:
                drafts.append(waiting)
    return Waiting(tuple(sorted(drafts, key=lambda found: found.changed, reverse=True)), tuple(problems))


def _list_files(problems: list[Problem]) -> Iterator[Path]:
    try:
        with os.scandir(find_drafts()) as entries:
            found = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
        names = sorted(entry.name for entry in found if entry.name.endswith(".md") and entry.name[0] != ".")
        yield from (find_drafts() / name for name in names)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(Problem(str(find_drafts()), explain(error), "see that you are allowed to open it"))


def _read(path: Path) -> WaitingDraft:
    text = read_text(path)
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise FileReadError(path, explain(error)) from None
    return WaitingDraft(Draft(path, text), parse_form(text), changed)


def _is_saved(waiting: WaitingDraft) -> bool:
    # A draft that is being saved holds the entry itself, with the name it will have.
    progress = waiting.form.progress
    if progress is None or waiting.draft.text is None:
        return False
    try:
        entry = parse_entry(waiting.draft.text)
    except FormFaultError:
        return False
    return Journal(Path(progress.journal)).holds(entry)


def _name_beside(path: Path) -> Path:
    return path.with_name(f"{path.stem[:-4]}{new_piece()}{path.suffix}")

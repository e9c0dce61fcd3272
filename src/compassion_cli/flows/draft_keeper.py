"""Keeping the draft of a session while it is asked, and giving single answers to an editor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import Entry, Form, Progress
from compassion_cli.core.session import Item, Session
from compassion_cli.core.text import clean, join_texts
from compassion_cli.flows.destination import Destination
from compassion_cli.flows.own_editor import Editor
from compassion_cli.storage.drafts import Draft
from compassion_cli.storage.places import contract
from compassion_cli.storage.read_files import FileReadError
from compassion_cli.storage.waiting_drafts import seal
from compassion_cli.storage.write_files import FileWriteError
from compassion_cli.terminal.screen import Screen


class DraftAudience:
    """Who will read what a keeper keeps: see :class:`~compassion_cli.core.asking.Audience`."""

    def __init__(self, keeper: DraftKeeper) -> None:
        self._keeper = keeper

    @property
    def said(self) -> str:
        """Say where it goes."""
        return self._keeper.destination.describe()

    @property
    def offer(self) -> str:
        """Say what it would be to have it go to the other journal."""
        if self._keeper.destination.other is None:
            return ""
        turned = self._keeper.destination.turned()
        if turned.journal.is_private:
            return "to make it private"
        return "to share it" if turned.address else "to put it with your other entries"

    def turn(self, session: Session) -> None:
        """Have it go to the other journal. The draft knows that at once."""
        self._keeper.destination = self._keeper.destination.turned()
        self._keeper.keep(session)


class DraftKeeper:
    """Keeps the draft of a session on its way to an entry, and knows whether all of it is there.

    Attributes:
        has_all: Everything that was written is on the disk.
    """

    def __init__(self, draft: Draft, destination: Destination, screen: Screen) -> None:
        self.draft = draft
        self.destination = destination
        self.screen = screen
        self.has_all = draft.text is not None
        self._has_told = False

    @property
    def audience(self) -> DraftAudience:
        """Return who will read it."""
        return DraftAudience(self)

    def keep(self, session: Session) -> None:
        """Save what there is, if there is anything. Where that fails, the person is told once and goes on."""
        form = session.to_form()
        if form.first_text or self.draft.exists:
            self._write(replace(form, progress=describe_progress(session, self.destination)))
        else:
            self.draft.forget_pages()

    def announce(self, entry: Entry, session: Session) -> None:
        """Note in the draft which entry it is about to become.

        Should the program be killed once the entry is there and before the draft is gone, that tells them apart from
        two reflections.
        """
        if self.draft.exists:
            # All that was asked: should the entry not be written after all, the draft is as good as before.
            form = vars(session.to_form())
            whole = Entry(**form | {"id": entry.id, "created": entry.created, "author": entry.author})
            progress = replace(describe_progress(session, self.destination), seal=seal(whole))
            self._write(replace(whole, progress=progress))

    def put_down(self, text: str) -> None:
        """Save a text as the draft, before an editor has it.

        Raises:
            FileWriteError: It cannot be written.
        """
        self._tell_of(self.draft.keep_text(text))

    def _write(self, form: Form) -> None:
        try:
            self._tell_of(self.draft.keep(form))
        except FileWriteError as error:
            # The answers are still in memory, and the journal may well be fine.
            self.has_all = False
            if not self._has_told:
                self._has_told = True
                self.screen.say(
                    f"Your draft is not being saved: {error.what}. Do not close this window before you have saved."
                )
            return

    def _tell_of(self, other: Path | None) -> None:
        self.has_all = True
        if other:
            self.screen.say(
                f"Another program has changed the draft {other}. It has been left alone; yours carries on in "
                f"{self.draft.path}."
            )


class SessionKeeper(DraftKeeper):
    """Keeps the draft of a session that is asked, and gives answers to someone's own editor."""

    def __init__(self, draft: Draft, destination: Destination, screen: Screen, editor: Editor) -> None:
        super().__init__(draft, destination, screen)
        self.editor = editor

    def edit(self, item: Item, text: str) -> str:
        """Return an answer as it comes back from an editor. Where that fails, say why and return what there is."""
        page = self.draft.open_page(item.key)
        try:
            if page.exists and (late := self.draft.take_back(page)).strip():
                # Saved in an editor that was still open when it seemed to have come back.
                return join_texts(text, late)
            page.keep_text(f"{text}\n" if text else "")
            if not self._open(page):
                # An editor that fails may have emptied its file first.
                return join_texts(text, self.draft.take_back(page))
            edited = self.draft.take_back(page)
        except (FileWriteError, FileReadError) as error:
            self.screen.say(f"{error.what}. Your answer here has not changed.")
            return text
        if clean(edited) == clean(text):
            self.screen.say("Nothing was changed. If the editor is still open, save there, then open it here again.")
        return edited

    def _open(self, page: Draft) -> bool:
        try:
            self.editor.edit(page.path)
        except ReflectError as error:
            self.screen.say(f"{error.what[:1].upper()}{error.what[1:]}. {error.remedy}".rstrip())
            return False
        return True


def describe_progress(session: Session, destination: Destination) -> Progress:
    """Return what the draft of a session says of itself."""
    return Progress(contract(destination.journal.folder), session.pending, session.to_form().measures)

"""What every flow works with: where an entry goes, who writes it, and what time it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from compassion_cli.core.change import Change, is_review
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import Entry, Reviewed
from compassion_cli.core.review import PACK as REVIEW_PACK
from compassion_cli.core.review import is_same_person
from compassion_cli.core.session import Session
from compassion_cli.formats.dates import read_due
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.entry_files import find_reviews
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry
from compassion_cli.storage.write_files import FileWriteError
from compassion_cli.terminal.screen import spell_commands


class NothingWrittenError(ReflectError):
    """Every question was skipped."""


class AlreadyAnsweredError(ReflectError):
    """Whoever responds to an entry has a response to it already, which they can change."""


class Editor(Protocol):
    """Somebody's own editor."""

    @property
    def is_told_to_end(self) -> bool:
        """Tell whether the whole program is to end."""

    def edit(self, path: Path) -> None:
        """Open a file, and wait until it is closed.

        Raises:
            EditorError: There is no editor, or it ended with a fault.
        """

    def offers_again(self, error: ReflectError) -> bool:
        """Say why the file cannot be taken as it is, and ask whether to open it once more."""


@dataclass(frozen=True)
class Desk:
    """What a reflection needs besides questions: where it goes, who writes it, and what time it is.

    Attributes:
        tell: Says something to whoever is there, on stderr.
        options: What to repeat on the command line so that a form goes to the same journal.
        taker: The command that takes a form, where that is not ``reflect`` and the pack.
        keeps_history: False where somebody wants none.
    """

    journal: Journal
    author: str
    now: Callable[[], datetime]
    tell: Callable[[str], None]
    editor: Editor
    options: str = ""
    taker: str = ""
    keeps_history: bool = True

    def check(self, reviewed: Reviewed | None) -> None:
        """See whether something could be saved here, without making anything.

        Args:
            reviewed: What it responds to, where it is a response.

        Raises:
            FileWriteError: It could not.
            AlreadyAnsweredError: The same person has responded to the same entry.
        """
        self.journal.check()
        if reviewed:
            place = self.journal.find_place(f"{reviewed.entry_id}.md")
            if not place.is_file():
                what = "it does not hold the entry that this responds to"
                for elsewhere in self.journal.folder.glob(f"????/{place.name}"):
                    what = f"{elsewhere}, which it responds to, belongs in {place.parent}"
                raise FileWriteError(self.journal.folder, OSError(0, what))
            self._expect_no_answer(place)

    def _expect_no_answer(self, entry: Path) -> None:
        for path in find_reviews(entry):
            with suppress(EntryUnreadableError):
                if is_same_person(read_entry(entry.with_name(path)).author, self.author):
                    raise AlreadyAnsweredError(
                        "you have responded to this entry already",
                        f"journal review {entry.stem[-4:]} --edit{self.options}, to add to your response",
                        "That response is as it was.",
                    )

    def save(self, session: Session, piece: str, announce: Callable[[Entry], None] | None = None) -> Path:
        """Save a session as a new entry and return its file; make the journal where it is not there yet.

        Args:
            session: What was written.
            piece: The four characters its id should end in, if they are free.
            announce: Told of the entry just before it is written.

        Raises:
            NothingWrittenError: There is no answer in it.
            FileWriteError: The journal cannot be written, or does not hold what this responds to; it is as it was.
            AlreadyAnsweredError: It is a second response by one person; nothing is changed.
        """
        form = session.to_form()
        if not form.first_text:
            raise NothingWrittenError("no question was answered, so nothing was saved")
        if form.reviewed:
            self.check(form.reviewed)
        if self.journal.shared.prepare():
            self.tell(f"A new journal has been made in {self.journal.shared.folder}.")
        if self.journal.is_private:
            self.journal.prepare()
        return self.journal.save(form, self.now(), self.author, piece, announce)

    @property
    def recorder(self) -> Recorder:
        """Return what records changes in the history of the journal."""
        return Recorder(self.journal.folder, self.author, self.now, self.advise, is_on=self.keeps_history)

    def record(self, path: Path) -> None:
        """Record a new entry or review in the journal's history. It is saved before, whatever comes of this."""
        self.recorder.record([path], Change.REVIEWED if is_review(path.name) else Change.WRITTEN)

    def read_due(self, text: str) -> date:
        """Return the day by which an action is due, as of now.

        Raises:
            UsageError: It is none, or cannot be meant.
        """
        return read_due(text, self.now().date())

    def spell_taking(self, pack_id: str, path: object) -> str:
        """Return the command that takes a filled form."""
        taker = "journal review ENTRY" if pack_id == REVIEW_PACK else f"reflect {pack_id}"
        return f'{self.taker or taker} --from "{path}"'

    def advise(self, text: str) -> None:
        """Say something with commands in it, as they have to be typed here."""
        self.tell(spell_commands(text))

    def say_all(self, text: str) -> None:
        """Show a text as the last resort: nothing could be written anywhere, and this is the only copy."""
        self.tell("It could not be written anywhere. Copy what follows to a safe place before you close this window.")
        self.tell(text)

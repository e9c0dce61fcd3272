"""Where an entry goes, and who records that it is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.file_names import is_review
from compassion_cli.core.form import Entry, Reviewed
from compassion_cli.core.review import PACK as REVIEW_PACK
from compassion_cli.core.review import is_same_person
from compassion_cli.core.session import Session
from compassion_cli.formats.dates import read_due
from compassion_cli.history.change import Change
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.entry_files import find_reviews
from compassion_cli.storage.journal import Journal, PrivateJournal
from compassion_cli.storage.places import find_cloud
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry
from compassion_cli.storage.write_files import FileWriteError


def say_cloud(folder: Path) -> str:
    """Return what there is to know of a new journal in a folder that a service copies to its servers; else nothing."""
    cloud = find_cloud(folder)
    return cloud and (
        f"That folder is in {cloud}, which copies all in it to its servers and to your other computers: private "
        "entries and earlier versions, too. For a journal that stays on this computer, choose a folder elsewhere."
    )


class NothingWrittenError(ReflectError):
    """Every question was skipped."""


class AlreadyAnsweredError(ReflectError):
    """Whoever responds to an entry has a response to it already, which they can change."""


@dataclass(frozen=True)
class Destination:
    """Where an entry goes.

    Attributes:
        recorder: Records there what is saved; it knows who writes, and the clock.
        options: What to repeat on the command line so that a form goes to the same journal.
        taker: The command that takes a form, where that is not ``reflect`` and the pack.
    """

    journal: Journal
    recorder: Recorder
    options: str = ""
    taker: str = ""

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
                if is_same_person(read_entry(entry.with_name(path)).author, self.recorder.author):
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
        shared = self.journal.shared if isinstance(self.journal, PrivateJournal) else self.journal
        if shared and shared.prepare():
            self.recorder.tell(f"A new journal has been made in {shared.folder}.")
            if cloud := say_cloud(shared.folder):
                self.recorder.tell(cloud)
        self.journal.prepare()
        return self.journal.save(form, self.recorder.now(), self.recorder.author, piece, announce)

    def record(self, path: Path) -> None:
        """Record a new entry or review in the journal's history. It is saved before, whatever comes of this."""
        self.recorder.record([path], Change.REVIEWED if is_review(path.name) else Change.WRITTEN)

    def read_due(self, text: str) -> date:
        """Return the day by which an action is due, as of now.

        Raises:
            UsageError: It is none, or cannot be meant.
        """
        return read_due(text, self.recorder.now().date())

    def spell_taking(self, pack_id: str, path: object) -> str:
        """Return the command that takes a filled form."""
        taker = "journal review ENTRY" if pack_id == REVIEW_PACK else f"reflect {pack_id}"
        return f'{self.taker or taker} --from "{path}"'

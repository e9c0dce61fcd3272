"""Where an entry goes, and who records that it is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.file_names import is_review
from compassion_cli.core.form import Entry, Reviewed
from compassion_cli.core.review import PACK as REVIEW_PACK
from compassion_cli.core.review import is_same_person
from compassion_cli.core.session import Session
from compassion_cli.formats.dates import read_due
from compassion_cli.history.change import Change
from compassion_cli.history.recorder import Recorder
from compassion_cli.history.sync import find_address
from compassion_cli.storage.entry_files import find_reviews
from compassion_cli.storage.journal import Journal, PrivateJournal
from compassion_cli.storage.places import contract, find_cloud
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry
from compassion_cli.storage.write_files import FileWriteError

#: Said once, when a journal is made or taken from elsewhere.
NOTICE = (
    "It is confidential. On this computer, only your account is meant to open it.\n"
    "It is not a case record.\n"
    "It is not a way to report a safeguarding concern. Use your usual route for that."
)


def say_cloud(folder: Path) -> str:
    """Return what there is to know of a new journal in a folder that a service copies to its servers; else nothing."""
    cloud = find_cloud(folder)
    return cloud and (
        f"That folder is in {cloud}, which copies everything in it to its servers and to your other computers. That "
        "includes private entries and earlier versions. For a journal that stays on this computer, choose a folder "
        "elsewhere."
    )


class NothingWrittenError(ReflectError):
    """No question was answered."""


class AlreadyAnsweredError(ReflectError):
    """Whoever responds to an entry has a response to it already, which they can change."""


class Saved(NamedTuple):
    """An entry or response that has been saved.

    Attributes:
        needs_support: A question was answered in it that may bring up difficult feelings.
    """

    path: Path
    needs_support: bool = False


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

    @property
    def address(self) -> str:
        """Return where else what is saved here goes with the next sync, as it may be shown.

        It is empty where it goes nowhere, or where git cannot say.
        """
        with suppress(ReflectError):
            return self._find_address()
        return ""

    def _find_address(self) -> str:
        return "" if isinstance(self.journal, PrivateJournal) else find_address(self.journal) or ""

    @property
    def other(self) -> Journal | None:
        """Return where it could go instead: from the shared journal to the private one, and the other way round."""
        if self.taker:
            # A response has its place beside its entry.
            return None
        return self.journal.shared if isinstance(self.journal, PrivateJournal) else self.journal.private

    def turned(self) -> Destination:
        """Return that as the destination; itself where nothing else is."""
        journal = self.other
        if journal is None:
            return self
        options = journal.option + (" --private" if journal.is_private else "")
        return replace(self, journal=journal, recorder=replace(self.recorder, folder=journal.folder), options=options)

    def describe(self) -> str:
        """Say who will read what is saved here."""
        folder = contract(self.journal.folder) or str(self.journal.folder)
        cloud = find_cloud(self.journal.folder)
        copied = f" {cloud} copies that folder to its servers." if cloud else ""
        if self.journal.is_private:
            return f"Private: this is never shared. It stays in {folder}.{copied}"
        what = "next to the entry, in the journal" if self.taker else "in your journal"
        try:
            address = self._find_address()
        except ReflectError:
            return f"This goes {what} in {folder}. I could not check whether it is shared.{copied}"
        if address:
            return f"This goes {what} shared at {address}. Everyone who can open that place can read it.{copied}"
        return f"This goes {what} in {folder}, which is not shared.{copied}"

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
                what = "it does not have the entry that this responds to"
                for elsewhere in self.journal.folder.glob(f"????/{place.name}"):
                    what = f"the entry this responds to, {elsewhere}, belongs in {place.parent}"
                raise FileWriteError(self.journal.folder, OSError(0, what))
            self._expect_no_answer(place)

    def _expect_no_answer(self, entry: Path) -> None:
        for path in find_reviews(entry):
            with suppress(EntryUnreadableError):
                if is_same_person(read_entry(entry.with_name(path)).author, self.recorder.author):
                    raise AlreadyAnsweredError(
                        "you have already responded to this entry",
                        f"to add to your response: journal review {entry.stem[-4:]} --edit{self.options}",
                        "Your response has not changed.",
                    )

    def save(self, session: Session, piece: str, announce: Callable[[Entry], None] | None = None) -> Saved:
        """Save a session as a new entry and return what was saved; make the journal where it is not there yet.

        Args:
            session: What was written.
            piece: The four characters its id should end in, if they are free.
            announce: Told of the entry just before it is written.

        Raises:
            NothingWrittenError: There is no answer in it.
            FileWriteError: The journal cannot be written, or does not hold what this responds to; it has not changed.
            AlreadyAnsweredError: It is a second response by one person; nothing is changed.
        """
        form = session.to_entry_form()
        if not form.first_text:
            raise NothingWrittenError("no question was answered, so nothing was saved")
        if form.reviewed:
            self.check(form.reviewed)
        shared = self.journal.shared if isinstance(self.journal, PrivateJournal) else self.journal
        if shared and shared.prepare():
            self.recorder.tell(f"A new journal has been made in {shared.folder}.\n{NOTICE}")
            if cloud := say_cloud(shared.folder):
                self.recorder.tell(cloud)
        self.journal.prepare()
        path = self.journal.save(form, self.recorder.now(), self.recorder.author, piece, announce)
        return Saved(path, session.has_answered_with_care)

    def record(self, path: Path) -> None:
        """Record a new entry or review in the journal's history. It is saved before, whatever comes of this."""
        self.recorder.record([path], Change.REVIEWED if is_review(path.name) else Change.WRITTEN)

    def read_due(self, text: str) -> date:
        """Return the date by which an action is due, as of now.

        Raises:
            UsageError: It is not a date, or cannot be meant.
        """
        return read_due(text, self.recorder.now().date())

    def spell_taking(self, pack_id: str, path: object) -> str:
        """Return the command that takes a filled form."""
        taker = "journal review ENTRY" if pack_id == REVIEW_PACK else f"reflect {pack_id}"
        return f'{self.taker or taker} --from "{path}"'

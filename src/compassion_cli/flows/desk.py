"""What every flow works with: where an entry goes, who writes it, and what time it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.session import Session
from compassion_cli.storage.journal import Journal


class NothingWrittenError(ReflectError):
    """Every question was skipped."""


@dataclass(frozen=True)
class Desk:
    """What a reflection needs besides questions: where it goes, who writes it, and what time it is.

    Attributes:
        tell: Says something to whoever is there, on stderr.
        options: What to repeat on the command line so that a draft goes to the same journal.
    """

    journal: Journal
    author: str
    now: Callable[[], datetime]
    tell: Callable[[str], None]
    options: str = ""

    def save(self, session: Session, piece: str) -> Path:
        """Save a session as a new entry and return its file; make the journal where it is not there yet.

        Raises:
            NothingWrittenError: There is no answer in it.
            FileWriteError: The journal cannot be written; it is as it was.
        """
        form = session.to_form()
        if not form.first_text:
            raise NothingWrittenError("no question was answered, so nothing was saved")
        if self.journal.prepare():
            self.tell(f"A new journal has been made in {self.journal.folder}.")
        return self.journal.save(form, self.now(), self.author, piece)

    def say_all(self, text: str) -> None:
        """Show a text as the last resort: nothing could be written anywhere, and this is the only copy."""
        self.tell("It could not be written anywhere. Copy what follows to a safe place before you close this window.")
        self.tell(text)

    def command_to_save(self, pack_id: str, path: Path) -> str:
        """Return the command that saves a draft or form."""
        return f'reflect {pack_id} --from "{path}"{self.options}'

    def advise_other_place(self, pack_id: str, path: Path) -> str:
        """Return the advice for a draft or form whose journal cannot be written."""
        return f'save it elsewhere: reflect {pack_id} --from "{path}" --journal FOLDER'

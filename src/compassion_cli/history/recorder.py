"""Recording what is done in a journal's history. The files are saved before, whatever comes of this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.history.allowed_settings import ForeignSettingsError
from compassion_cli.history.change import Change
from compassion_cli.history.failures import HistoryError
from compassion_cli.history.git import GitMissingError
from compassion_cli.history.versions import History
from compassion_cli.storage.said_once import is_first_time

_NO_GIT = (
    "git is not installed here, so earlier versions of your entries are not kept, and a journal cannot be shared. "
    "Everything else works. You can get git from git-scm.com, or from whoever looks after this computer. "
    "You will not see this message again."
)


@dataclass(frozen=True)
class Recorder:
    """Records changes in the history of one journal, and says so where that cannot be done.

    Attributes:
        folder: The journal's.
        author: Who changes it.
        tell: Says something, be it with commands in it, to whoever is there.
        is_on: False where someone wants no history.
    """

    folder: Path
    author: str
    now: Callable[[], datetime]
    tell: Callable[[str], None]
    is_on: bool = True

    def record(self, paths: Sequence[Path], change: Change) -> None:
        """Record what has just been done to some files."""
        self._try(lambda history: history.record(paths, change, self.now()))

    def begin(self) -> None:
        """Begin a history with all that is in the journal."""
        self._try(History.begin)

    def settle(self, path: Path) -> None:
        """Record a file as it is, before it is changed.

        Where that cannot be done, it is said when the change is recorded: nothing has been saved yet.
        """
        if self.is_on:
            with suppress(GitMissingError, HistoryError):
                self._act(lambda history: history.settle(path))

    def keep(self, paths: Sequence[Path]) -> bool:
        """Record files as they are, before they go; tell whether that is so, rather than there being no history.

        Raises:
            HistoryError: They cannot be recorded just now.
        """
        if not self.is_on:
            return False
        try:
            self._act(lambda history: history.keep(paths))
        except GitMissingError:
            return False
        return True

    def _act(self, act: Callable[[History], None]) -> None:
        history = History(self.folder, self.author)
        try:
            act(history)
        except ForeignSettingsError as error:
            self.tell(f"{error.what[:1].upper()}{error.what[1:]}. {error.safe}")
            act(history)

    def _try(self, act: Callable[[History], None]) -> None:
        if not self.is_on:
            return
        try:
            self._act(act)
        except GitMissingError:
            if is_first_time("no-git"):
                self.tell(_NO_GIT)
        except HistoryError as error:
            self.tell(_say_what_is_left(error))


def _say_what_is_left(error: ReflectError) -> str:
    return f"Your files are saved, but their history is not kept yet: {error.what}. What to do: {error.remedy}"

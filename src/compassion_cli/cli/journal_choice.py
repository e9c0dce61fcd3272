"""Which journals a command is about: what ``--journal`` was given, or the person's own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from compassion_cli.cli.context import Context
from compassion_cli.core.errors import NotFoundError, ReflectError
from compassion_cli.storage.journal import Journal, SharedJournal
from compassion_cli.storage.journals import ALL, find_all, find_one

_IN_ALL = "to look in all your journals, add: --journal all"


@dataclass(frozen=True)
class JournalChoice:
    """The journals that someone means.

    Attributes:
        given: What ``--journal`` was given; None for the person's own.
    """

    context: Context
    given: str | None

    @property
    def is_all(self) -> bool:
        """Tell whether all journals are meant."""
        return self.given == ALL

    @property
    def option(self) -> str:
        """Return what to repeat on the command line so that the next command is about the same journal."""
        return f' --journal "{self.given}"' if self.given else ""

    def find(self) -> Journal:
        """Return the one journal that is meant, be it there or not.

        Raises:
            UsageError: It is no name that is settled, and no folder; or all are meant.
        """
        return find_one(self.given, self.context.settings)

    def open_one(self) -> Journal:
        """Return the one journal that is meant, to read it.

        Raises:
            ReflectError: A folder was named, and it is not there.
        """
        journal = self.find()
        if os.path.lexists(journal.folder) and not journal.exists:
            raise ReflectError(f"{journal.folder} is a file, not a journal folder", "--journal FOLDER")
        if self.given is not None and not journal.exists:
            raise ReflectError(f"there is no folder {journal.folder}", "to see your own entries: journal list")
        return journal

    def open_each(self) -> list[Journal]:
        """Return the journals that are meant: one, or with ``all`` every one there is.

        Raises:
            ReflectError: There is no such journal.
        """
        if not self.is_all:
            return [self.open_one()]
        journals = _drop_doubles(journal for journal in find_all(self.context.settings) if journal.exists)
        if not journals:
            raise ReflectError("you have no journal yet", "to write your first entry: reflect")
        return journals

    def open_shared(self) -> list[SharedJournal]:
        """Return those of the journals that are meant which others may read.

        Raises:
            ReflectError: There is no such journal.
        """
        return [journal for journal in self.open_each() if isinstance(journal, SharedJournal)]

    def open_parts(self, *, only_private: bool = False) -> list[Journal]:
        """Return what a command reads: each journal that is meant, and the private one inside it.

        Raises:
            ReflectError: There is no such journal.
        """
        journals = self.open_each()
        parts = _drop_doubles(
            part for journal in journals for part in _list_parts_of(journal, only_private=only_private)
        )
        if only_private and not any(part.exists for part in parts):
            where = journals[0].folder if len(journals) == 1 else "any of your journals"
            raise ReflectError(f"there is no private journal in {where}", "to see your other entries: journal list")
        return parts

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Have whoever finds nothing in their own journal know how to look in the others they have.

        Raises:
            NotFoundError: As it was raised inside, with that in its remedy.
        """
        try:
            yield
        except NotFoundError as error:
            if not self.has_others:
                raise
            raise NotFoundError(error.what, f"{error.remedy}\n{_IN_ALL}".strip(), error.safe) from None

    def say_others(self) -> None:
        """Say to someone who found nothing in their own journal that they have others."""
        if self.has_others:
            self.context.screen.say(f"{_IN_ALL[0].upper()}{_IN_ALL[1:]}")

    @property
    def has_others(self) -> bool:
        """Tell whether someone who named no journal has more than the one that is meant then."""
        if self.given is not None:
            return False
        own = self.find().folder
        return any(journal.exists and journal.folder != own for journal in find_all(self.context.settings))


def _drop_doubles(journals: Iterable[Journal]) -> list[Journal]:
    """Return journals without those whose folder one before them has, as where two names mean one."""
    return list({os.path.realpath(journal.folder): journal for journal in reversed(list(journals))}.values())[::-1]


def _list_parts_of(journal: Journal, *, only_private: bool) -> list[Journal]:
    if not isinstance(journal, SharedJournal) or only_private:
        return [journal.private]
    return [journal, journal.private] if journal.private.exists else [journal]

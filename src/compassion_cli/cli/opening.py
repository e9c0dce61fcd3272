"""Opening what nearly every command needs: the screen, and the journal it should read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from compassion_cli.core.errors import NotFoundError, ReflectError
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.journals import ALL, find_all, find_one
from compassion_cli.storage.settings import load_settings
from compassion_cli.terminal.screen import Screen, open_screen

_IN_ALL = "the same with --journal all"


def open_own_screen(*, plain: bool) -> Screen:
    """Return the screen, plain where that was asked for or is settled.

    Raises:
        SettingsFaultError: The settings cannot be used.
    """
    return open_screen(plain=load_settings().plain or plain)


def find_me() -> str:
    """Return the name of whoever types, as their entries carry it."""
    from compassion_cli.history.author import find_author  # noqa: PLC0415 - it may have to start git

    return find_author(load_settings().name)


def spell_journal(folder: str | None) -> str:
    """Return what to repeat on the command line so that the next command is about the same journal."""
    return f' --journal "{folder}"' if folder else ""


@contextmanager
def looking_in(folder: str | None) -> Iterator[None]:
    """Have whoever finds nothing in their own journal know how to look in the others they have.

    Raises:
        NotFoundError: As it was raised inside, with that in its remedy.
    """
    try:
        yield
    except NotFoundError as error:
        if has_others(folder):
            error.advise(f"{error.remedy}\n{_IN_ALL}".strip(), error.safe)
        raise


def say_others(folder: str | None, screen: Screen) -> None:
    """Say to somebody who found nothing in their own journal that they have others."""
    if has_others(folder):
        screen.say(f"To look in all your journals: {_IN_ALL}")


def has_others(folder: str | None) -> bool:
    """Tell whether somebody who named no journal has more than the one that is meant then."""
    if folder is not None:
        return False
    settings = load_settings()
    own = find_one(None, settings).folder
    return any(journal.exists and journal.folder != own for journal in find_all(settings))


def open_journals(folder: str | None, *, only_private: bool = False) -> list[Journal]:
    """Return what a command reads: a journal, and the private one inside it.

    Args:
        folder: What ``--journal`` was given; None for the person's own.
        only_private: Only private entries are wanted.

    Raises:
        ReflectError: There is no such journal.
    """
    journals = open_each(folder)
    parts = _drop_doubles(part for journal in journals for part in _list_parts(journal, only_private=only_private))
    if only_private and not any(part.exists for part in parts):
        where = journals[0].folder if len(journals) == 1 else "any of your journals"
        raise ReflectError(f"there is no private journal in {where}", "journal list, without --private")
    return parts


def _drop_doubles(journals: Iterable[Journal]) -> list[Journal]:
    """Return journals without those whose folder one before them has, as where two names mean one."""
    return list({os.path.realpath(journal.folder): journal for journal in reversed(list(journals))}.values())[::-1]


def _list_parts(journal: Journal, *, only_private: bool) -> list[Journal]:
    if journal.is_private or only_private:
        return [journal.private]
    return [journal, journal.private] if journal.private.exists else [journal]


def open_each(folder: str | None) -> list[Journal]:
    """Return the journals that are meant: one, or with ``all`` every one there is.

    Raises:
        ReflectError: There is no such journal.
    """
    if folder != ALL:
        return [open_journal(folder)]
    journals = _drop_doubles(journal for journal in find_all(load_settings()) if journal.exists)
    if not journals:
        raise ReflectError("there is no journal yet", "reflect")
    return journals


def open_journal(folder: str | None) -> Journal:
    """Return the journal to read.

    Raises:
        ReflectError: A folder was named, and it is not there.
    """
    journal = find_one(folder, load_settings())
    if os.path.lexists(journal.folder) and not journal.exists:
        raise ReflectError(f"{journal.folder} is a file, not a journal folder", "--journal FOLDER")
    if folder is not None and not journal.exists:
        raise ReflectError(f"there is no folder {journal.folder}", "journal list, without --journal, for your own")
    return journal

"""Entries that are in a journal or were once, and the versions of them that its history has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from compassion_cli.core.errors import UsageError
from compassion_cli.history.versions import History, Version
from compassion_cli.storage.entry_lookup import EntryNotFoundError, find_file
from compassion_cli.storage.journal import Journal


def find_recorded(journals: Sequence[Journal], reference: str, today: date) -> tuple[Journal, Path]:
    """Return the file of an entry that is in its journal or was once, and the journal.

    Args:
        journals: Where to look.
        reference: What it is called.
        today: From which dates in words count.

    Raises:
        EntryNotFoundError: There never was one that is called so, or there were several.
        ReflectError: There are several.
    """
    try:
        file = find_file(journals, reference, today)
    except EntryNotFoundError:
        wanted = Path(reference).name.lower().removesuffix(".md")
        gone = [
            (journal, journal.folder / name)
            for journal in journals
            for name in History(journal.folder).find_deleted_names()
            if wanted in name and ".other-" not in name and (".review-" in wanted or ".review-" not in name)
        ]
        if len({path.name for _, path in gone}) != 1:
            raise
        # What was private once comes back as that.
        return max(gone, key=lambda pair: pair[0].is_private)
    return file.journal, file.path.absolute()


def choose_version(versions: Sequence[Version], number: str) -> Version:
    """Return the version of a number that was typed, as ``journal history`` counts them.

    Raises:
        UsageError: There is no such version.
    """
    if number.isascii() and number.isdigit() and 0 < int(number[:6]) <= len(versions):
        return versions[int(number) - 1]
    raise UsageError(f'there is no version "{number}"', f"use a number from 1 to {len(versions)}")

"""Which journals there are: the person's own, and those that have a name in the settings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from compassion_cli.core.errors import UsageError
from compassion_cli.core.settings import Settings, is_folder
from compassion_cli.core.text import enumerate_words, nearest
from compassion_cli.storage.journal import OWN, Journal, open_folder
from compassion_cli.storage.places import find_journal, read_variable

ALL = "all"


def find_one(given: str | None, settings: Settings) -> Journal:
    """Return the journal that a name or folder means; without one, the person's own.

    Args:
        given: What ``--journal`` was given; None for ``COMPASSION_JOURNAL``, the default of the settings, or
            ``~/reflective-journal``.
        settings: What is settled.

    Raises:
        UsageError: It is no name that is settled, and no folder.
    """
    if given == ALL:
        raise UsageError("this command works on one journal, not all of them", _spell(settings))
    wanted = given if given is not None else _read_variable(settings) or settings.default_journal or None
    folder = find_journal(settings.journals.get(wanted or "", wanted))
    name = wanted if wanted in settings.journals else _find_name(folder, settings)
    own = folder if given is None else find_one(None, settings).folder
    journal = open_folder(folder, name or "", is_own=folder == own)
    if given and not name and settings.journals and not is_folder(given) and not journal.exists:
        # A mistyped name must not become a new folder that someone's words go into.
        raise UsageError(f'no journal is called "{given}"', _spell(settings, given))
    return journal


def _read_variable(settings: Settings) -> str:
    name = os.environ.get("COMPASSION_JOURNAL", "")
    return name if name in settings.journals else read_variable("COMPASSION_JOURNAL", may_use_tilde=True)


def find_all(settings: Settings) -> list[Journal]:
    """Return every journal that has a name, and the person's own where it has none."""
    named = [find_one(name, settings) for name in settings.journals]
    own = find_one(None, settings)
    is_extra = own.exists and own.folder not in {journal.folder for journal in named}
    return ([open_folder(own.folder, OWN, is_own=True)] if is_extra else []) + named


def _find_name(folder: Path, settings: Settings) -> str:
    return next((name for name, at in settings.journals.items() if find_journal(at) == folder), "")


def _spell(settings: Settings, given: str = "") -> str:
    names: Sequence[str] = list(settings.journals)
    near = nearest(given, names) if given else None
    if len(names) > 1 and not near:
        return f"--journal with one of these: {enumerate_words(names)}"
    return f"--journal {near or enumerate_words(names) or 'FOLDER'}"

"""What JSON tells of where something was found. Imported only where JSON is wanted."""

from __future__ import annotations

from compassion_cli.formats.action_json import ListedAction
from compassion_cli.formats.entry_json import Listed, Origin
from compassion_cli.storage.actions import FoundAction
from compassion_cli.storage.entry_query import Found
from compassion_cli.storage.journal import Journal


def list_entry(found: Found) -> Listed:
    """Return an entry that was found as JSON tells of it."""
    return found.entry, found.reviews, _find_origin(found.file.place, found.file.journal)


def list_action(found: FoundAction) -> ListedAction:
    """Return an action that was found as JSON tells of it."""
    return found.task, found.entry, found.holder, _find_origin(str(found.path), found.journal)


def _find_origin(file: str, journal: Journal) -> Origin:
    return Origin(file, journal.label, journal.is_private)

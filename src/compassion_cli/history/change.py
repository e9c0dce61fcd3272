"""What is done to a journal, and how its history calls that. A subject holds nothing that anybody wrote."""

from __future__ import annotations

from enum import StrEnum

from compassion_cli.core.form import ENTRY_ID


class Change(StrEnum):
    """What happened to an entry."""

    WRITTEN = "reflect"
    EDITED = "edit"
    REVIEWED = "review"
    SHARED = "share"
    MOVED_TO_SHARED = "moved to the shared journal"
    UNSHARED = "unshare"
    MOVED_TO_PRIVATE = "moved to the private journal"
    ACTION = "action"
    RESOLVED = "resolve"
    DELETED = "delete"
    RESTORED = "restore"


def name_change(change: Change, entry_id: str) -> str:
    """Return the subject of a change to an entry or its review, as in ``reflect: tool3 self 2026-11-23``."""
    entry_id = entry_id.partition(".")[0]
    found = ENTRY_ID.fullmatch(entry_id)
    what = entry_id[len(found["date"]) : -len("-k7m2")].replace("-", " ").strip() if found else entry_id
    return f"{change.value}: {what} {found['date']}" if found else f"{change.value}: {what}"

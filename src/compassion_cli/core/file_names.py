"""What the names of files tell: which entry a file belongs to, and what it is beside it."""

from __future__ import annotations

import re

from compassion_cli.core.form import ENTRY_ID

#: What lies beside an entry and is shared with it: reviews, and versions to choose from.
_BESIDE_ENTRY = r"(\.review-[a-z0-9]{4})?(?P<other>\.other-[0-9a-f]{8})?"
_FILE = re.compile(rf"\d{{4}}/(?P<id>{ENTRY_ID.pattern}){_BESIDE_ENTRY}\.md")
#: What tells an edit that was kept from the entry it lies beside.
EDIT_MARK = ".edit-"
#: What tells another version from the file it is one of.
_VERSION_MARK = re.compile(r"\.other-[0-9a-f]{8}(?=\.|\Z)")


def find_entry_id(path: str) -> str | None:
    """Return the id of the entry that a file belongs to, by its path in the journal; None for any other file."""
    found = _FILE.fullmatch(path)
    return found["id"] if found else None


def is_review(path: str) -> bool:
    """Tell whether a file holds a review, by its path."""
    return ".review-" in path


def is_edit(path: str) -> bool:
    """Tell whether a file holds an edit of an entry that has not taken its place yet."""
    return EDIT_MARK in path


def drop_version_mark(name: str) -> str:
    """Return the name of the file that another version is one of; any other name unchanged."""
    return _VERSION_MARK.sub("", name)


def is_other_version(path: str) -> bool:
    """Tell whether a file holds another version of an entry, or of a review, to choose from."""
    found = _FILE.fullmatch(path)
    return bool(found and found["other"])

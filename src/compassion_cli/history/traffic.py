"""What comes and goes when a journal is synced, counted and named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from compassion_cli.core.file_names import find_entry_id, is_review
from compassion_cli.core.review import Hand
from compassion_cli.history.git import Git, make_empty_tree
from compassion_cli.history.remote import RemoteError


@dataclass
class Traffic:
    """What came and went, counted: entries, changed entries, reviews and other files.

    Attributes:
        clashes: The files that were changed on both sides; both versions are kept.
        failure: Why what is here could not be sent; None where it was, or nothing was to be sent.
        missing: The entries and reviews that someone has deleted here by hand. They are still shared.
        unsent: Those that were deleted here by hand before they were shared. They are not sent.
        withheld: The files that were about to be sent and are private.
        passed_over: What came and has no place in the folder of a journal.
        refused: What came and git refuses to work with. It is taken out of what is shared, for everyone.
        unclear: The files with two versions of some words in them, which wait for someone to choose.
        hands: Of entries and responses that came: whom they say they are by, and who else recorded words of them.
    """

    received: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    clashes: list[Path] = field(default_factory=list)
    failure: RemoteError | None = None
    missing: list[Path] = field(default_factory=list)
    unsent: list[Path] = field(default_factory=list)
    withheld: list[Path] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unclear: list[Path] = field(default_factory=list)
    hands: dict[Path, tuple[str, tuple[Hand, ...]]] = field(default_factory=dict)


def count_changes(git: Git, before: str, after: str) -> Counter[str]:
    """Return how many changes there are between two commits, by their kind, as it is told to people."""
    return Counter(sort_change(kind, path) for kind, path in list_changes_between(git, before, after))


def list_changes_between(git: Git, before: str, after: str) -> list[tuple[str, str]]:
    """Return the files that differ between two commits, with git's letter for each; before the first, all of them."""
    start = before or make_empty_tree(git)
    options = ("-r", "-z", "--name-status", "--no-renames", "--no-commit-id")
    fields = git.run("diff-tree", *options, start, after).decode("utf-8", "surrogateescape").split("\0")[:-1]
    return list(zip(fields[::2], fields[1::2], strict=True))


def sort_change(kind: str, path: str) -> str:
    """Return what a change of a file is called where changes are counted."""
    entry = find_entry_id(path)
    if entry is None:
        return "other file"
    if ".other-" in path:
        return "choice" if kind == "D" else "version"
    if kind == "D" and not is_review(path):
        return "deletion"
    if kind != "A":
        return "change"
    return "review" if is_review(path) else "entry"

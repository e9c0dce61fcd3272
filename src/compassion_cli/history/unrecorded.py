"""What lies in the folder of a journal and is not the same in its history, or the other way round."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from compassion_cli.core.file_names import find_entry_id, is_other_version, is_review
from compassion_cli.formats.form_markdown import find_two_versions
from compassion_cli.history.change import Change
from compassion_cli.history.git import Git
from compassion_cli.storage.read_files import FileReadError, read_lenient_text


def list_changes(git: Git) -> list[tuple[str, str]]:
    """Return what differs from the last commit, here or staged: git's two letters, and the path."""
    out = git.run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=traditional")
    return [(line[:2], line[3:]) for line in out.decode("utf-8", "surrogateescape").split("\0") if line]


def look_at_all_files(git: Git) -> bool:
    """Have git look at files that it was told to pass over, where they are there; tell whether there were any.

    What someone writes into such a file would never be recorded, and be overwritten by what comes.
    """
    out = git.run("ls-files", "-v", "-z").decode("utf-8", "surrogateescape")
    marked = [line[2:] for line in out.split("\0") if line[:1] == "S" or line[:1].islower()]
    paths = [path for path in marked if os.path.lexists(git.folder / path)]
    feed = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
    for mark in ("--no-skip-worktree", "--no-assume-unchanged") if paths else ():
        git.run("update-index", mark, "-z", "--stdin", feed=feed)
    return bool(paths)


def find_unrecorded(git: Git) -> list[tuple[str, Change]]:
    """Return the journal's own files that are not recorded in their present state, with what has happened to each."""
    return choose_unrecorded(list_changes(git))


def choose_unrecorded(listed: Sequence[tuple[str, str]]) -> list[tuple[str, Change]]:
    """Return the same of changes that have been listed."""
    changes = []
    for code, name in listed:
        if find_entry_id(name) is None or _is_missing(code, name):
            continue
        is_new = code[0] in "?!A"
        new = Change.REVIEWED if is_review(name) else Change.WRITTEN
        change = Change.RESOLVED if "D" in code else new if is_new else Change.EDITED
        changes.append((name, change))
    return changes


def holds_two_versions(path: Path) -> bool:
    """Tell whether git has put two versions of some words into the file of an entry, as after a merge by hand."""
    try:
        return find_two_versions(read_lenient_text(path)) is not None
    except FileReadError:
        return False


def choose_deleted(listed: Sequence[tuple[str, str]]) -> list[str]:
    """Return, of changes that have been listed, the journal's own files that were deleted by hand and are recorded."""
    return [name for code, name in listed if find_entry_id(name) and _is_missing(code, name)]


def _is_missing(code: str, name: str) -> bool:
    # Another version goes when someone has chosen; no other file is meant to go.
    return (code[1] == "D" or code == "D ") and not is_other_version(name)

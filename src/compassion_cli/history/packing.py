"""Packing the history of a journal, now and then, so that it stays small and quick to ask.

git keeps each version of each file by itself until it is told to pack them. With a commit graph it knows of each file
which commits changed it, so that nobody who asks for its versions waits for a walk through all that was ever saved.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from compassion_cli.history.git import Git, GitError, GitMissingError

#: The file that tells whose turn it is.
TURN = "compassion-turn"
#: git's own number of loose objects from which on packing is worth the while; 256 folders hold about as many each.
_DUE = 6_700
_FOLDER = "17"
_FOLDERS = 256
_OBJECT = re.compile(r"[0-9a-f]{38}")
#: Its time is that of the last try. One that fails, or leaves too much behind, is not made at every save.
_NOTE = "compassion-packed"
_BETWEEN_PACKINGS = 24 * 3600.0
#: What is still packing after so many seconds is ended: a save is not to be waited for, and a sync a little longer.
_PATIENCE = 30.0
_PATIENCE_OF_SYNC = 600.0


def pack_if_due(git: Git, git_folder: Path, watch: Callable[[], None] | None = None) -> None:
    """Pack the history if there is enough to be packed. Where that fails, it is as it was, and nobody hears of it.

    Args:
        git: In the folder of a journal, whose turn we have.
        git_folder: Where its history is.
        watch: Told, every so often, that it is being packed.
    """
    # Whoever has just saved and is done with waiting has saved all the same.
    stops = () if watch else (KeyboardInterrupt,)
    with suppress(GitError, GitMissingError, OSError, *stops):
        if not _is_due(git_folder) or not _may_try(git_folder):
            return
        patience = _PATIENCE_OF_SYNC if watch else _PATIENCE
        options = ("-c", f"gc.auto={_DUE}", "-c", "gc.autoDetach=false")
        git.run_long(*options, "gc", "--auto", "--quiet", patience=patience, watch=watch)
        git.run_long("commit-graph", "write", "--reachable", "--changed-paths", patience=patience, watch=watch)


def _is_due(git_folder: Path) -> bool:
    """Tell it by one folder of many, as git itself does: names are by chance, and one look costs nothing."""
    try:
        names = os.listdir(git_folder / "objects" / _FOLDER)  # noqa: PTH208 - the names alone are wanted
    except OSError:
        return False
    return sum(map(bool, map(_OBJECT.fullmatch, names))) > -(-_DUE // _FOLDERS)


def _may_try(git_folder: Path) -> bool:
    note = git_folder / _NOTE
    # By the clock of whoever keeps the folder, be it another computer: our turn has begun just now.
    now = (git_folder / TURN).stat().st_mtime
    with suppress(FileNotFoundError):
        if 0 <= now - note.stat().st_mtime < _BETWEEN_PACKINGS:
            return False
    note.touch(0o600)
    return True

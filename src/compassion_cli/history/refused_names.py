"""Files whose names git itself refuses to work with, because they stand for its own folder on some system.

A tree can hold them all the same, made by other programs or on purpose, and one of them in what is shared would keep
everything else from coming. So a commit without them is put after the one that came, and goes out with the next sync.

Source: git's documentation, git-config(1), core.protectNTFS and core.protectHFS, and gitmodules(5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from compassion_cli.history.git import Git, GitError
from compassion_cli.history.trees import list_tree, own_index

_OF_GIT = {".git", "git~1"}
_NO_NAMES = {"", ".", ".."}
_MODULES = re.compile(r"\.gitmodules|gitmod~\d")
_LINK = "12"
#: Without this, nothing in a name of plain letters is refused.
_DOUBTFUL = re.compile(r"git|gi7eba|(^|/)\.{0,2}(/|$)", re.IGNORECASE)
#: In bytes; no usual system has longer ones.
_LONGEST_NAME = 255
_REFUSED = re.compile(r"invalid path '(.+)'", re.IGNORECASE)
#: Whoever makes up more names than these in ways that are not known here wants to hold others up.
_MOST_ASKED_ABOUT = 50


def is_refused(path: str, mode: str = "") -> bool:
    """Tell whether git refuses to put something in a folder.

    Args:
        path: Its path.
        mode: What kind of file it is, as git notes that.
    """
    if path.isascii() and not _DOUBTFUL.search(path) and len(path) <= _LONGEST_NAME:
        return False
    parts = path.split("/")
    if any(len(part.encode("utf-8", "surrogateescape")) > _LONGEST_NAME for part in parts):
        return True
    return any(part in _NO_NAMES or _read_name(part) in _OF_GIT for part in parts) or (
        mode.startswith(_LINK) and _MODULES.fullmatch(_read_name(parts[-1])) is not None
    )


def find_workable_tree(git: Git, commit: str) -> tuple[str, list[str]]:
    """Return a commit, or what it holds without the files that git refuses, and the paths of these.

    Raises:
        GitError: git refused.
    """
    lines = list_tree(git, commit)
    refused = [path for path, line in lines.items() if is_refused(path, line)]
    for _ in range(_MOST_ASKED_ABOUT):
        try:
            return _make_tree(git, commit, lines, refused), refused
        except GitError as error:
            # git knows best, and names one at a time.
            named = _REFUSED.search(error.said)
            if not named or named[1] not in lines or named[1] in refused:
                raise
            refused.append(named[1])
    raise GitError("there is no end of names that cannot be used")


def _make_tree(git: Git, commit: str, lines: Mapping[str, str], refused: Sequence[str]) -> str:
    """Return what a commit holds without some files, as git agrees to work with it; the commit where that is all."""
    with own_index(git) as env:
        if not refused:
            git.run("read-tree", commit, env=env)
            return commit
        gone = set(refused)
        feed = "".join(f"{line}\0" for path, line in lines.items() if path not in gone)
        git.run("update-index", "-z", "--index-info", feed=feed.encode("utf-8", "surrogateescape"), env=env)
        return git.run("write-tree", env=env).decode().strip()


def _read_name(part: str) -> str:
    # As the systems do that leave out what cannot be seen, or what comes at the end.
    seen = "".join(sign for sign in part if unicodedata.category(sign) != "Cf")
    return seen.casefold().partition(":")[0].rstrip(" .")

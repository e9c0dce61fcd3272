"""Files whose names git itself refuses to work with, because they stand for its own folder on some system.

A tree can hold them all the same, made by other programs or on purpose, and one of them in what is shared would keep
everything else from coming. So a commit without them is put after the one that came, and goes out with the next sync.

Source: git's documentation, git-config(1), core.protectNTFS and core.protectHFS, and gitmodules(5).
"""

from __future__ import annotations

import re
import unicodedata

from compassion_cli.history.git import Git
from compassion_cli.history.own_index import own_index

_OF_GIT = {".git", "git~1"}
_NO_NAMES = {"", ".", ".."}
_MODULES = re.compile(r"\.gitmodules|gitmod~\d")
_LINK = "12"


def is_refused(path: str, mode: str = "") -> bool:
    """Tell whether git refuses to put something in a folder.

    Args:
        path: Its path.
        mode: What kind of file it is, as git notes that.
    """
    parts = path.split("/")
    return any(part in _NO_NAMES or _read_name(part) in _OF_GIT for part in parts) or (
        mode.startswith(_LINK) and _MODULES.fullmatch(_read_name(parts[-1])) is not None
    )


def find_workable_tree(git: Git, commit: str) -> tuple[str, list[str]]:
    """Return a commit, or what it holds without the files that git refuses, and the paths of these.

    Raises:
        GitError: git refused.
    """
    listed = git.run("ls-tree", "-r", "-z", commit)
    refused, kept = list[str](), list[str]()
    for line in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, path = line.split("\t", 1)
        if is_refused(path, about):
            refused.append(path)
        else:
            kept.append(line)
    if not refused:
        return commit, []
    feed = "".join(f"{line}\0" for line in kept).encode("utf-8", "surrogateescape")
    with own_index(git) as env:
        git.run("update-index", "-z", "--index-info", feed=feed, env=env)
        return git.run("write-tree", env=env).decode().strip(), refused


def _read_name(part: str) -> str:
    # As the systems do that leave out what cannot be seen, or what comes at the end.
    seen = "".join(sign for sign in part if unicodedata.category(sign) != "Cf")
    return seen.casefold().partition(":")[0].rstrip(" .")

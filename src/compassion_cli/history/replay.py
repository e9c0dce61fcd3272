"""Putting own commits after those of others, without touching the folder.

git merges file by file, in an index of its own. Words are never merged: where two people changed the same file, both
versions are kept, the own one in its place and the other's beside it. Only what one of them did with actions is done in
the version of the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.errors import FormFaultError
from compassion_cli.core.file_names import drop_version_mark, find_entry_id, is_other_version
from compassion_cli.formats.form_markdown import parse_entry
from compassion_cli.formats.task_list import merge_tasks
from compassion_cli.history.git import Git, make_empty_tree
from compassion_cli.history.refused_names import find_workable_tree
from compassion_cli.history.trees import own_index

_LENGTH = 8
_KEPT = (b"author ", b"committer ", b"encoding ")


class Combined(NamedTuple):
    """The end of a line of history that holds both sides.

    Attributes:
        clashes: The files of which two versions are kept.
    """

    commit: str
    clashes: tuple[str, ...] = ()


class _Side(NamedTuple):
    mode: str
    blob: str


def combine(git: Git, own: str, theirs: str) -> Combined:
    """Return own commits put after theirs.

    Raises:
        GitError: git refused; nothing has changed.
    """
    out = git.run("rev-list", "--reverse", "--topo-order", "--parents", f"{theirs}..{own}").decode().split("\n")
    commits = [line.split() for line in out if line]
    if any(len(parents) > 1 for _, *parents in commits):
        # Someone has merged by hand. One more merge keeps all of that as it is.
        base = git.run("merge-base", own, theirs, allowed=(0, 1)).decode().strip()
        start = find_workable_tree(git, base or make_empty_tree(git))[0]
        tree, clashes = _merge_trees(git, start, theirs, own)
        return Combined(copy_commit(git, own, tree, [theirs, own]), tuple(clashes))
    tip, all_clashes = theirs, list[str]()
    own_ones = {commit for commit, *_ in commits}
    for commit, *parents in commits:
        base = parents[0] if parents else make_empty_tree(git)
        if base not in own_ones:
            base = find_workable_tree(git, base)[0]
        tree, clashes = _merge_trees(git, base, tip, commit)
        all_clashes += clashes
        if tree != git.run("rev-parse", f"{tip}^{{tree}}").decode().strip():
            tip = copy_commit(git, commit, tree, [tip])
    return Combined(tip, tuple(dict.fromkeys(all_clashes)))


def _merge_trees(git: Git, base: str, theirs: str, own: str) -> tuple[str, list[str]]:
    with own_index(git) as env:
        git.run("read-tree", "-i", "-m", "--aggressive", base, theirs, own, env=env)
        clashes = _settle(git, env)
        return git.run("write-tree", env=env).decode().strip(), clashes


def _settle(git: Git, env: dict[str, str]) -> list[str]:
    unmerged: dict[str, dict[int, _Side]] = {}
    for line in git.run("ls-files", "--unmerged", "-z", env=env).decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, path = line.split("\t", 1)
        mode, blob, stage = about.split()
        unmerged.setdefault(path, {})[int(stage)] = _Side(mode, blob)
    lines, clashes = [], []
    for path, sides in unmerged.items():
        lines.append(f"0 {'0' * 40}\t{path}")
        kept = {path: sides[3]} if 3 in sides else {path: sides[2]} if 2 in sides else {}  # noqa: PLR2004 - git's stages
        if {2, 3} <= sides.keys():
            # What the program itself puts into every new journal is nobody's words.
            if path == "README.md" and 1 not in sides:
                kept = {path: sides[2]}
            elif merged := _merge_actions(git, path, sides):
                kept = {path: merged}
            else:
                kept[name_other(path, sides[2].blob)] = sides[2]
                clashes.append(path)
        lines += [f"{side.mode} {side.blob}\t{name}" for name, side in kept.items()]
    if lines:
        feed = "".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape")
        git.run("update-index", "-z", "--index-info", feed=feed, env=env)
    return clashes


def _merge_actions(git: Git, path: str, sides: Mapping[int, _Side]) -> _Side | None:
    """Return one version of a file of which one side has only followed up actions; None for any other."""
    if 1 not in sides or find_entry_id(path) is None or is_other_version(path):
        return None
    try:
        base, theirs, own = (git.run("cat-file", "blob", sides[stage].blob).decode() for stage in (1, 2, 3))
        written = parse_entry(base).created.date()
    except (UnicodeDecodeError, FormFaultError):
        return None
    merged = merge_tasks(base, own, theirs, Path(path).stem, written)
    if merged is None:
        return None
    return _Side(sides[3].mode, git.run("hash-object", "-w", "--stdin", feed=merged.encode()).decode().strip())


def name_other(path: str, blob: str) -> str:
    """Return the name that the other version of a file is kept under. The same version has the same name."""
    plain = drop_version_mark(path)
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem}.other-{blob[:_LENGTH]}.{suffix}" if dot and "/" not in suffix else f"{plain}.other-{blob[:_LENGTH]}"


def copy_commit(git: Git, commit: str, tree: str, parents: list[str]) -> str:
    """Return a commit like another, by the same person and of the same time, elsewhere in the history."""
    head, _, message = git.run("cat-file", "commit", commit).partition(b"\n\n")
    # A line that begins with a space goes on with the one before; a signature would no longer fit.
    fields = [field for field in re.split(rb"\n(?! )", head) if field.startswith(_KEPT)]
    lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
    text = b"\n".join([*(line.encode() for line in lines), *fields]) + b"\n\n" + message
    return git.run("hash-object", "-t", "commit", "-w", "--stdin", feed=text).decode().strip()

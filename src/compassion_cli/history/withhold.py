"""The last gate: what is not to be sent leaves own commits before they are, however it came to be recorded in them.

A private folder can be added by plain git, and a private entry be copied beside the shared ones by hand. Someone may
have deleted an entry before anybody had it, or have recorded one in which a merge by hand has left two versions of some
words. Commits that were not sent yet are nobody else's, so they are made once more without these files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.file_names import drop_version_mark, find_entry_id, is_edit, is_other_version
from compassion_cli.formats.form_markdown import find_two_versions
from compassion_cli.history.allowed_settings import open_git
from compassion_cli.history.change import Change
from compassion_cli.history.git import Git
from compassion_cli.history.replay import copy_commit
from compassion_cli.history.trees import list_tree, own_index
from compassion_cli.history.unrecorded import holds_two_versions
from compassion_cli.storage.entry_files import list_months
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.private_mark import MARK, PRIVATE_NAME, find_git_folder

#: What a file became, and its path.
_CHANGE = re.compile(r":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) \w\0([^\0]+)")


class Withheld(NamedTuple):
    """Own commits as they may be sent.

    Attributes:
        commit: The last of them; empty where nothing is left of any.
        private: The private files that were taken out of them.
        missing: Those that someone has taken out of the folder by hand before anybody had them.
        lines: What git is to know of all files that were, as ``update-index --index-info`` takes it.
        name: What the commits as they were are kept under. It is the same where what was taken out is.
    """

    commit: str
    private: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    name: str = ""


def withhold(journal: SharedJournal, git: Git, theirs: str, own: str) -> Withheld:
    """Return own commits without what is private, what was deleted before it was shared, and what is undecided.

    Others have some of these files, perhaps: those stay as they have them.

    Args:
        journal: The journal. What lies in the private one inside it is private here, too.
        git: In its folder.
        theirs: The last commit that others have; empty where there is none.
        own: The last own one.

    Raises:
        GitError: git refused; nothing has changed.
    """
    shared = list_tree(git, theirs) if theirs else {}
    is_private = _tell_private(journal, shared)
    span = [own, *([f"^{theirs}"] if theirs else [])]
    out = git.run("log", "-z", "-m", "--format=", "--raw", "--no-abbrev", "--no-renames", *span, "--")
    changes = _CHANGE.findall(out.decode("utf-8", "surrogateescape"))
    paths = dict.fromkeys(path for _, path in changes)
    private = tuple(sorted(filter(is_private, paths)))
    entries = [path for path in paths if find_entry_id(path) and not is_private(path)]
    plain = [path for path in entries if not is_other_version(path)]
    gone = [path for path in plain if path not in shared and not (journal.folder / path).exists()]
    undecided = {path for path in plain if path not in gone and _is_undecided(git, own, journal.folder / path, path)}
    others = [*gone, *(path for path in entries if drop_version_mark(path) in undecided)]
    # An edit that could not take its place yet is nobody else's, whoever has recorded it.
    others += [path for path in paths if is_edit(path) and path not in shared]
    if not private and not others:
        return Withheld(own)
    there = _list_blobs(git, theirs, [*private, *others])
    commit = _copy_without(git, span, there) or theirs
    in_the_end = _list_blobs(git, commit, there)
    last = list_tree(git, own)
    missing = tuple(path for path in gone if path in last)
    named = tuple(path for path in private if path in last or (journal.folder / path).exists())
    taken = sorted({f"{blob} {path}" for blob, path in changes if path in there})
    name = sha256("\n".join(taken).encode("utf-8", "surrogateescape")).hexdigest()
    return Withheld(commit, named, missing, tuple(in_the_end.values()), name)


def _tell_private(journal: SharedJournal, shared: Container[str]) -> Callable[[str], bool]:
    """Return what tells whether a path is private. What others have already is not made so by a copy that is."""
    ids = {
        find_entry_id(f"{month.folder.name}/{name}") for month in list_months([journal.private]) for name in month.names
    }
    ids |= _list_gone(journal.private.folder)

    def is_private(path: str) -> bool:
        top = path.partition("/")[0].casefold()
        return top in {PRIVATE_NAME, MARK} or (path not in shared and (find_entry_id(path) or "") in ids)

    return is_private


def _list_gone(private: Path) -> set[str | None]:
    """Return the ids of entries that a private journal had and has no more, but for those that were shared from it."""
    if not find_git_folder(private).is_dir():
        return set()
    words = ("log", "--format=%x00%s", "--name-only", "--no-renames", "--diff-filter=D", "--")
    fields = open_git(private).run(*words, allowed=(0, 128)).decode("utf-8", "replace").split("\0")[1:]
    last: dict[str, bool] = {}
    for subject, *names in (field.split("\n") for field in fields):
        for name in filter(find_entry_id, names):
            last.setdefault(name, subject.startswith(Change.MOVED_TO_SHARED.value))
    return {find_entry_id(name) for name, is_shared in last.items() if not is_shared}


def _is_undecided(git: Git, own: str, path: Path, name: str) -> bool:
    """Tell whether two versions of some words are in a file, and were recorded so."""
    if path.exists() and not holds_two_versions(path):
        return False
    recorded = git.run("cat-file", "blob", f"{own}:{name}", allowed=(0, 128)).decode("utf-8", "replace")
    return find_two_versions(recorded) is not None


def _list_blobs(git: Git, commit: str, paths: Iterable[str]) -> dict[str, str]:
    """Return what ``update-index --index-info`` is told to give some files the state they have in a commit."""
    there = list_tree(git, commit) if commit else {}
    return {path: there.get(path, f"0 {'0' * 40}\t{path}") for path in paths}


def _copy_without(git: Git, span: list[str], lines: Mapping[str, str]) -> str:
    """Return the last of some commits, in each of which some files are as given; empty where nothing is left of any."""
    copies: dict[str, str] = {}
    out = git.run("rev-list", "--reverse", "--topo-order", "--parents", *span).decode()
    for commit, *parents in (line.split() for line in out.splitlines()):
        above = [copy for parent in parents if (copy := copies.get(parent, parent))]
        # That someone has deleted something may be sent.
        there = lines.keys() & list_tree(git, commit)
        feed = "".join(f"{lines[path]}\0" for path in sorted(there)).encode("utf-8", "surrogateescape")
        with own_index(git) as env:
            git.run("read-tree", commit, env=env)
            git.run("update-index", "-z", "--index-info", feed=feed, env=env)
            tree = git.run("write-tree", env=env).decode().strip()
        before = git.run("rev-parse", f"{above[0]}^{{tree}}").decode().strip() if above else ""
        copies[commit] = above[0] if len(above) == 1 and tree == before else copy_commit(git, commit, tree, above)
    return copies[span[0]]

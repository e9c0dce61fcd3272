"""The last gate: what is private leaves own commits before they are sent, however it came to be recorded in them.

A private folder can be added by plain git, and a private entry be copied beside the shared ones by hand. Commits that
were not sent yet are nobody else's, so they are made once more without those files. The files stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.file_names import find_entry_id
from compassion_cli.history.allowed_settings import open_git
from compassion_cli.history.change import Change
from compassion_cli.history.git import Git
from compassion_cli.history.replay import copy_commit, own_index
from compassion_cli.storage.entry_files import list_months
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.private_mark import MARK, PRIVATE_NAME, find_git_folder


class Withheld(NamedTuple):
    """Own commits as they may be sent.

    Attributes:
        commit: The last of them.
        paths: The files that were taken out of them.
    """

    commit: str
    paths: tuple[str, ...] = ()


def withhold_private(journal: SharedJournal, git: Git, theirs: str, own: str) -> Withheld:
    """Return own commits without anything private in them.

    Args:
        journal: The journal. What lies in the private one inside it is private here, too.
        git: In its folder.
        theirs: The last commit that others have; empty where there is none.
        own: The last own one.

    Raises:
        GitError: git refused; nothing has changed.
    """
    is_private = _tell_private(journal)
    span = [own, *([f"^{theirs}"] if theirs else [])]
    out = git.run("log", "-z", "-m", "--format=", "--name-only", "--no-renames", *span, "--")
    paths = {path.strip("\n") for path in out.decode("utf-8", "surrogateescape").split("\0")}
    private = tuple(sorted(filter(is_private, paths)))
    if not private:
        return Withheld(own)
    commit = _copy_without(git, span, private) or theirs
    return Withheld(commit, private)


def _tell_private(journal: SharedJournal) -> Callable[[str], bool]:
    ids = {
        find_entry_id(f"{month.folder.name}/{name}") for month in list_months([journal.private]) for name in month.names
    }

    ids |= _list_gone(journal.private.folder)

    def is_private(path: str) -> bool:
        top = path.partition("/")[0].casefold()
        return top in {PRIVATE_NAME, MARK} or (find_entry_id(path) or "") in ids

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
            last.setdefault(name, subject.startswith(Change.UNSHARED.value))
    return {find_entry_id(name) for name, is_shared in last.items() if not is_shared}


def _copy_without(git: Git, span: list[str], private: tuple[str, ...]) -> str:
    """Return the last of some commits, each without some files; empty where nothing is left of any."""
    gone = "".join(f"{path}\0" for path in private).encode("utf-8", "surrogateescape")
    copies: dict[str, str] = {}
    out = git.run("rev-list", "--reverse", "--topo-order", "--parents", *span).decode()
    for commit, *parents in (line.split() for line in out.splitlines()):
        above = [copy for parent in parents if (copy := copies.get(parent, parent))]
        with own_index(git) as env:
            git.run("read-tree", commit, env=env)
            git.run("update-index", "--force-remove", "-z", "--stdin", feed=gone, env=env)
            tree = git.run("write-tree", env=env).decode().strip()
        before = git.run("rev-parse", f"{above[0]}^{{tree}}").decode().strip() if above else ""
        copies[commit] = above[0] if len(above) == 1 and tree == before else copy_commit(git, commit, tree, above)
    return copies[span[0]]

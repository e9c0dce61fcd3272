"""The line of history that a journal carries on with, found where another program has left it without one."""

from __future__ import annotations

import os
from pathlib import Path

from compassion_cli.history.failures import HistoryError
from compassion_cli.history.git import Git, read_commit

#: What git leaves in its folder while someone is in the middle of something.
_UNDER_WAY = {
    "rebase-merge": ("a rebase", "git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --abort"),
    "MERGE_HEAD": ("a merge", "git merge --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --abort"),
    "BISECT_LOG": ("a search through earlier versions", "git bisect reset"),
}


def read_branch(git_folder: Path) -> str:
    """Return the name of the line of history that is worked on; empty where no line is."""
    head = (git_folder / "HEAD").read_text(encoding="utf-8").strip()
    return head.removeprefix("ref: refs/heads/") if head.startswith("ref: refs/heads/") else ""


def find_branch(git: Git, git_folder: Path) -> None:
    """See that there is a line of history to go on with; where there is none, find the one that is meant.

    Raises:
        HistoryError: Another program is in the middle of something, or has opened an earlier version.
        GitError: git refused.
    """
    for name, (what, end) in _UNDER_WAY.items():
        if os.path.lexists(git_folder / name):
            raise HistoryError(
                f"another program is in the middle of {what} in this journal's history",
                f"finish it there, then: journal sync\nto stop it instead, in the folder {git.folder}: {end}",
            )
    if not read_branch(git_folder):
        _go_back_to_branch(git)


def _go_back_to_branch(git: Git) -> None:
    # Where all of a branch is in what the folder holds, nothing there changes by going on with that.
    here = read_commit(git, "HEAD")
    listed = git.run("for-each-ref", "--format=%(refname) %(objectname) %(worktreepath)", "refs/heads/")
    rows = [line.split(" ", 2) for line in listed.decode("utf-8", "surrogateescape").splitlines()]
    # One that another folder shows is that folder's.
    branches = {name: commit for name, commit, elsewhere in rows if not elsewhere}
    usual = sorted(branches, key=lambda name: (name != "refs/heads/main", name))
    for name in usual:
        if git.run("merge-base", branches[name], here, allowed=(0, 1)).decode().strip() == branches[name]:
            git.run("update-ref", "-m", "journal: go on", name, here, branches[name])
            git.run("symbolic-ref", "-m", "journal: go on", "HEAD", name)
            return
    # What was recorded here and is on no branch must outlive whatever is done next.
    git.run("update-ref", f"refs/compassion/kept/{here}", here)
    newest = (usual[0] if usual else "main").removeprefix("refs/heads/")
    raise HistoryError(
        "another program has put an earlier version of this journal in its folder",
        f"to go back to the newest version, in the folder {git.folder}: git switch {newest}\nthen: journal sync",
        f"Everything recorded so far is kept in its history, under refs/compassion/kept/{here[:8]}.",
    )

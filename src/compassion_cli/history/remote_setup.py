"""Saying where a journal is shared, and making such a place out of an empty folder, as on a shared drive."""

from __future__ import annotations

import os
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.history.failures import explain_remote
from compassion_cli.history.git import Git, GitError
from compassion_cli.history.remote import Remote, RemoteError, find_remote, hide_password
from compassion_cli.history.versions import History
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.places import expand
from compassion_cli.storage.private_mark import is_private

#: Names of commits that places had in which the journal was shared before.
SENT = "refs/compassion/sent/"


def read_address(address: str) -> str:
    """Return an address as it will be kept; that of a folder is made whole.

    Raises:
        ReflectError: It is none.
    """
    is_program = address.startswith(("ext::", "fd::"))
    if not address.strip() or address.startswith("-") or not address.isprintable() or is_program:
        raise ReflectError("that is not an address", "a folder on a shared drive, or an address from your organisation")
    remote = Remote(Git(Path.cwd()), "", address)
    if remote.folder and is_private(Path(remote.folder)):
        raise ReflectError(
            "that is a private journal, which cannot be shared",
            "to share one of its entries: journal share ENTRY",
        )
    return str(expand(address).absolute()) if remote.folder and "://" not in address else address


def make_place(address: str) -> bool:
    """Make a folder ready for a journal to be shared in; tell whether it had to be made so.

    Raises:
        ReflectError: Something else is in it.
        RemoteError: git could not do it.
        GitMissingError: There is no git program.
    """
    name = Remote(Git(Path.cwd()), "", address).folder
    if name is None:
        return False
    folder = Path(name)
    if (folder / ".git").exists():
        raise ReflectError(f"{folder} is already someone's journal", "name an empty folder for sharing")
    if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
        return False
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise ReflectError(f"{folder} has something else in it", "name an empty folder, or one that does not exist yet")
    if not folder.parent.is_dir():
        # A drive that is not connected must not be made up.
        raise ReflectError(f"the folder {folder.parent} does not exist", "check that its drive is connected")
    try:
        # For the people of the folder's group, and nobody else.
        Git(folder.parent).run(
            "init", "--quiet", "--bare", "--template=", "--shared=0660", "--initial-branch=main", str(folder)
        )
    except GitError as error:
        raise RemoteError(*explain_remote(error.said, str(folder))) from None
    return True


def connect(journal: SharedJournal, author: str, address: str) -> str:
    """Note in a journal where it is shared, and return where it was shared before. Nothing is sent by that.

    Raises:
        HistoryError: It could not be noted.
        GitMissingError: There is no git program.
    """
    history = History(journal.folder, author)
    with history.turn() as git:
        remote = find_remote(journal, git)
        if remote and remote.address != address:
            _note_sent(git)
        words = ("set-url", remote.name) if remote else ("add", "origin")
        git.run("remote", *words, "--", address)
        # So that whoever types git pull there gets what journal sync would fetch.
        key = f"branch.{history.branch}"
        git.run("config", f"{key}.remote", remote.name if remote else "origin")
        git.run("config", f"{key}.merge", f"refs/heads/{history.branch}")
    return hide_password(remote.address) if remote else ""


def _note_sent(git: Git) -> None:
    """Note what the place before has, which is forgotten with its address: that much was sent to someone."""
    for commit in git.run("for-each-ref", "--format=%(objectname)", "refs/remotes/").decode().split():
        git.run("update-ref", f"{SENT}{commit}", commit)

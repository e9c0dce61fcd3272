"""The history of a journal: every version of its files, kept by git in the folder itself.

A journal is a repository of its own from its first use, wherever it lies. Each change is one commit of just the paths
it touched, so that nothing else someone does in the folder is ever swept up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.file_names import find_entry_id
from compassion_cli.history.allowed_settings import open_git
from compassion_cli.history.attributes import keep_words_as_they_are, refuse_other_words
from compassion_cli.history.branch import find_branch, read_branch
from compassion_cli.history.change import Change, name_change
from compassion_cli.history.checkout import finish_what_was_begun
from compassion_cli.history.failures import HistoryError, in_plain_words
from compassion_cli.history.git import Git, GitError, GitMissingError, insist
from compassion_cli.history.packing import TURN, pack_if_due
from compassion_cli.history.trees import list_tree
from compassion_cli.history.unrecorded import find_unrecorded, holds_two_versions, look_at_all_files
from compassion_cli.storage.journal import SHARED_README
from compassion_cli.storage.locks import Turn
from compassion_cli.storage.private_mark import PRIVATE_NAME, PRIVATE_README, find_git_folder
from compassion_cli.storage.read_files import read_text
from compassion_cli.storage.write_files import create_new, make_folder, remove, replace

#: How long to wait for another window that works with the same journal, and for another program's git, in seconds.
TURN_PATIENCE = 15.0
#: No real address: commits go wherever the journal goes, and who wrote is known by name.
_ADDRESS = "journal@localhost"
_MOST_SUBJECTS = 10
#: What was recorded and is on no line of history that is shared.
_KEPT = "--glob=refs/compassion/kept"
_HIDING = f"/{PRIVATE_NAME}/"


class Version(NamedTuple):
    """One version of a file.

    Attributes:
        commit: What git knows it by.
        what: What was done, as the subject says it.
    """

    commit: str
    when: datetime
    author: str
    what: str


@dataclass(frozen=True)
class History:
    """The history of one journal.

    Attributes:
        folder: The journal's.
        author: Who records now.
    """

    folder: Path
    author: str = ""

    @property
    def exists(self) -> bool:
        """Tell whether anything has been recorded here."""
        return os.path.exists(self._git_folder / "HEAD")  # noqa: PTH110 - a folder that may not be opened is no error

    def record(self, paths: Sequence[Path], change: Change, when: datetime) -> None:
        """Record the files of one entry as they are now.

        Args:
            paths: Files of this journal; one that is gone is recorded as gone.
            change: What was done to them. Their first names the entry.
            when: The time.

        Raises:
            GitMissingError: There is no git program.
            HistoryError: It could not be done now; the next change catches up.
        """
        with self.turn() as git:
            self.commit(git, paths, name_change(change, paths[0].stem), when)
            pack_if_due(git, self._git_folder)

    def pack(self, watch: Callable[[], None]) -> None:
        """Pack the history if that is due, telling someone so all the while. Where it fails, it has not changed."""
        with suppress(GitMissingError, HistoryError), self.turn() as git:
            pack_if_due(git, self._git_folder, watch)

    @contextmanager
    def turn(self) -> Iterator[Git]:
        """Have the repository to ourselves, made where it is not there, and mended after a program that was killed.

        Raises:
            GitMissingError: There is no git program.
            HistoryError: It is not to be had.
        """
        with in_plain_words():
            if not self.exists:
                Git(self.folder).run("version")
            make_folder(self._git_folder)
            turn = Turn(self._git_folder / TURN, TURN_PATIENCE)
            try:
                git = open_git(self.folder, turn.handle)
                if turn.left_at is not None:
                    self._remove_locks(turn.left_at)
                try:
                    is_new = not self.exists
                    if is_new:
                        self._begin(git)
                    keep_words_as_they_are(self.folder)
                    self.hide_private()
                    find_branch(git, self._git_folder)
                    finish_what_was_begun(git, self._git_folder, self.branch)
                    yield git
                    if is_new or turn.is_behind:
                        self.catch_up(git)
                    turn.finish()
                except BaseException:
                    # Every git of ours has ended. A lock that is still there is that of one that lives.
                    turn.fail()
                    raise
            finally:
                turn.end()

    def _begin(self, git: Git) -> None:
        git.run("init", "--quiet", "--template=", "--initial-branch=main")
        keep_words_as_they_are(self.folder)
        readme = self.folder / "README.md"
        if readme.is_file() and readme.read_bytes() in {text.encode() for text in (SHARED_README, PRIVATE_README)}:
            self.commit(git, [readme], "journal: begin")

    def hide_private(self) -> None:
        """Have git pass over a private journal, in this folder or beside this one."""
        if self.folder.name == PRIVATE_NAME:
            History(self.folder.parent).hide_private()
        if not self.exists:
            return
        path = self._git_folder / "info" / "exclude"
        text = read_text(path) if path.is_file() else ""
        if _HIDING in text.split("\n"):
            return
        make_folder(path.parent)
        with suppress(FileExistsError):
            wanted = f"{text.rstrip()}\n{_HIDING}\n".lstrip()
            replace(path, wanted, text) if path.is_file() else create_new(path, wanted)

    def _remove_locks(self, left_at: float) -> None:
        # Ours, from a program that was killed: nobody else lives who began after it and within our turn.
        found = [*self._git_folder.glob("*.lock"), *(self._git_folder / "refs").rglob("*.lock")]
        found += (self._git_folder / "objects" / "info").rglob("*.lock")
        for path in found:
            if os.path.lexists(path) and path.stat().st_mtime >= int(left_at):
                remove(path)

    @property
    def branch(self) -> str:
        """Return the name of the line of history that is worked on; empty where no line is."""
        return read_branch(self._git_folder)

    @property
    def _git_folder(self) -> Path:
        return find_git_folder(self.folder)

    def begin(self) -> None:
        """Make the repository, where there is none, with all that is in the journal.

        Raises:
            GitMissingError: There is no git program.
            HistoryError: It could not be done.
        """
        with self.turn():
            pass

    def settle(self, path: Path) -> None:
        """Record a file as it is, if it is not recorded so, before it is changed.

        Raises:
            GitMissingError: There is no git program.
            HistoryError: It could not be done.
        """
        with self.turn() as git:
            self._settle(git, [path.relative_to(self.folder).as_posix()])

    def keep(self, paths: Sequence[Path]) -> None:
        """Record files as they are, and see that they are in the history so.

        Raises:
            GitMissingError: There is no git program.
            HistoryError: One of them is not.
        """
        names = [path.relative_to(self.folder).as_posix() for path in paths]
        with self.turn() as git:
            self._settle(git, names)
            refuse_other_words(git, names)

    def _settle(self, git: Git, names: Sequence[str]) -> None:
        for name, change in find_unrecorded(git):
            if name in names:
                self.commit(git, [self.folder / name], name_change(change, find_entry_id(name) or ""))

    def commit(self, git: Git, paths: Sequence[Path], subject: str, when: datetime | None = None) -> None:
        """Record some files, and nothing else, as one commit; or make none where nothing in them has changed."""
        names = [path.relative_to(self.folder).as_posix() for path in paths]
        feed = "\0".join(names).encode()
        from_list = ("--pathspec-from-file=-", "--pathspec-file-nul")
        try:
            # Whatever some list says is not to be recorded: this is.
            insist(git, "add", "--force", *from_list, feed=feed)
        except GitError:
            if not look_at_all_files(git):
                raise
            insist(git, "add", "--force", *from_list, feed=feed)
        options = ("--only", "--quiet", "--no-verify", "--cleanup=verbatim", "--message", subject)
        insist(git, "commit", *options, *from_list, feed=feed, env=sign(self.author, when), allowed=(0, 1))
        refuse_other_words(git, names)

    def catch_up(self, git: Git) -> None:
        """Record the journal's files that are not recorded as they are: after a kill, or changed by hand.

        A file that is missing is not taken for one that is meant to be gone, and one that holds two versions of some
        words waits for someone to choose.
        """
        changes = [
            (name, change) for name, change in find_unrecorded(git) if not holds_two_versions(self.folder / name)
        ]
        if len(changes) > _MOST_SUBJECTS:
            self.commit(git, [self.folder / name for name, _ in changes], f"journal: {len(changes)} files")
            return
        for name, change in changes:
            self.commit(git, [self.folder / name], name_change(change, find_entry_id(name) or ""))

    def list_versions(self, path: Path) -> list[Version]:
        """Return the versions of a file, oldest first.

        Raises:
            GitMissingError: There is no git program.
            HistoryError: The history cannot be read.
        """
        if not self.exists:
            return []
        name = path.relative_to(self.folder).as_posix()
        with in_plain_words():
            git = open_git(self.folder)
            words = ("log", "-z", "--full-history", "--format=%H%x00%aI%x00%an%x00%s")
            rows = _read_rows(git.run(*words, "HEAD", "--", name, allowed=(0, 128)))
            # What was never sent may be in no line of history that is; what was, has another commit there like it.
            never_sent = _read_rows(git.run(*words, _KEPT, "--not", "HEAD", "--", name, allowed=(0, 128)))
        alike = {row[1:] for row in rows}
        rows += [row for row in never_sent if row[1:] not in alike]
        return [Version(row[0], datetime.fromisoformat(row[1]), row[2], row[3]) for row in reversed(rows)]

    def read_version(self, version: Version, path: Path) -> bytes:
        """Return what a file held in a version; nothing where it was not there.

        Raises:
            HistoryError: The history cannot be read.
        """
        name = path.relative_to(self.folder).as_posix()
        with in_plain_words():
            git = open_git(self.folder)
            content = git.run("cat-file", "blob", f"{version.commit}:{name}", allowed=(0, 128))
            if content or not git.run("ls-tree", version.commit, "--", name, allowed=(0, 128)):
                return content
        raise HistoryError(
            "that version is not on this computer, because the journal was copied without its earlier versions",
            f"in the folder {self.folder}: git fetch --refetch\nthen run the same command again",
        )

    def find_deleted_names(self) -> list[str]:
        """Return the paths of all files of entries that were recorded once and are not there any more."""
        if not self.exists:
            return []
        words = ("log", "-z", "--format=", "--name-only", "--no-renames", "--diff-filter=D", "HEAD", _KEPT, "--")
        with in_plain_words():
            git = open_git(self.folder)
            deleted = git.run(*words, allowed=(0, 128)).decode("utf-8", "replace").split("\0")
            kept = git.run("for-each-ref", "--format=%(objectname)", "refs/compassion/kept/").decode().split()
            withheld = [name for commit in kept for name in list_tree(git, commit)]
        names = dict.fromkeys([*self.find_names(), *(name.strip("\n") for name in deleted), *withheld])
        return [name for name in names if find_entry_id(name) and not (self.folder / name).exists()]

    def find_names(self) -> list[str]:
        """Return the paths of all files that were recorded last, there or not."""
        if not self.exists:
            return []
        with in_plain_words():
            return open_git(self.folder).run("ls-files", "-z").decode("utf-8", "replace").split("\0")[:-1]


def _read_rows(out: bytes) -> list[tuple[str, ...]]:
    fields = out.decode("utf-8", "replace").split("\0")
    return [tuple(fields[place : place + 4]) for place in range(0, len(fields) - 3, 4)]


def sign(author: str, when: datetime | None) -> dict[str, str]:
    """Return what tells git who records, and when; without a time, git looks at the clock."""
    name = author.strip(" .,:;<>\"'").translate({ord(sign): None for sign in "<>\n\0"}) or "Unknown"
    values = {"NAME": name, "EMAIL": _ADDRESS}
    if when:
        values["DATE"] = f"@{int(when.timestamp())} {when:%z}"
    return {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in values.items()}

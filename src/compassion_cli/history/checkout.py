"""Bringing the folder of a journal to a newer commit, so that being killed in the middle does no harm.

What is about to happen is noted in the repository before and taken away after. Where the note is still there, it is
done once more, and whatever someone has written into one of the files meanwhile is kept beside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.file_names import find_entry_id
from compassion_cli.core.text import displayable
from compassion_cli.history.git import Git, GitError, is_blob_of, make_empty_tree, read_commit
from compassion_cli.history.unrecorded import list_changes
from compassion_cli.storage.locks import locked_folder
from compassion_cli.storage.private_mark import MARK, PRIVATE_NAME
from compassion_cli.storage.read_files import read_lenient_text
from compassion_cli.storage.write_files import create_new, make_folder, sync_to_disk

_BEFORE = "refs/compassion/before"
_NEXT = "refs/compassion/next"
_NOTHING = "0" * 40
_REPOSITORY = "160000"


class _Step(NamedTuple):
    """What one file held before, and holds then; nothing where it is not there.

    Attributes:
        mode: What kind of file it is then.
    """

    path: str
    before: str
    after: str
    mode: str


def place(git: Git, branch: str, before: str, after: str) -> list[str]:
    """Bring the folder, and the branch, from one commit to another.

    Returns:
        The paths of what came and has no place in the folder of a journal. It stays in the history alone.

    Raises:
        ReflectError: Something that is not recorded is in the way.
        GitError: git refused.
    """
    all_steps = _diff(git, before, after)
    steps = list(filter(_has_place, all_steps))
    passed_over = [step.path for step in all_steps if step.after and not _has_place(step)]
    with _locked(git.folder, steps):
        _refuse_if_in_the_way(git, steps)
        git.run("update-ref", _BEFORE, before or _make_nothing(git))
        git.run("update-ref", _NEXT, after)
        try:
            _write(git, steps)
        except GitError:
            _take_back(git, before)
            raise
    _finish(git, branch, before, after)
    return passed_over


def leave_out(git: Git, branch: str, before: str, after: str, lines: Sequence[str]) -> None:
    """Bring the branch to a commit with some files not as they are in the folder, where they stay so.

    Args:
        branch: The line of history.
        before: Where it is.
        after: Where it is brought; empty where nothing is left of it.
        lines: What git is to know of these files, as ``update-index --index-info`` takes it.

    Raises:
        GitError: git refused.
    """
    git.run("update-index", "-z", "--index-info", feed=_join(lines))
    if after:
        git.run("update-ref", "-m", "journal sync", f"refs/heads/{branch}", after, before)
    else:
        git.run("update-ref", "-d", f"refs/heads/{branch}", before)


def finish_what_was_begun(git: Git, git_folder: Path, branch: str) -> None:
    """Go on with what a killed program had begun to put in the folder, if there is anything.

    Raises:
        GitError: git refused.
    """
    if not os.path.exists(git_folder / _NEXT):  # noqa: PTH110 - a folder that may not be opened is no error here
        return
    after = git.run("rev-parse", _NEXT).decode().strip()
    before = git.run("rev-parse", _BEFORE).decode().strip()
    is_commit = git.run("cat-file", "-t", before).strip() == b"commit"
    steps = list(filter(_has_place, _diff(git, before if is_commit else "", after)))
    with _locked(git.folder, steps):
        _keep_what_is_neither(git, steps)
        try:
            _write(git, steps)
        except GitError:
            # It would stop all that is to be recorded, for ever. What came is here, and comes once more.
            _take_back(git, read_commit(git, "HEAD"))
            return
    head = read_commit(git, "HEAD")
    if head == (before if is_commit else ""):
        _finish(git, branch, head, after)
    else:
        # Someone has recorded something in between. What came is here, and comes once more.
        _forget(git)


def _take_back(git: Git, before: str) -> None:
    """Have git know what it knew before it refused half-way; whatever it has put in the folder stays there."""
    git.run("read-tree", before or make_empty_tree(git))
    _forget(git)


def _has_place(step: _Step) -> bool:
    """Tell whether something may lie in the folder of a journal, where others put it.

    A private journal there is each person's own, and so is the mark that says so. Another repository is no file, and
    a file that is called as a year would take the place of the entries in it.
    """
    if step.after and len(step.path) == len("2026") and step.path.isdecimal():
        return False
    return step.path.casefold().partition("/")[0] not in {MARK, PRIVATE_NAME} and step.mode != _REPOSITORY


def _diff(git: Git, before: str, after: str) -> list[_Step]:
    options = ("-r", "-z", "--raw", "--no-renames", "--no-commit-id", "--no-abbrev")
    words = git.run("diff-tree", *options, before or make_empty_tree(git), after).decode("utf-8", "surrogateescape")
    fields = words.split("\0")[:-1]
    steps = []
    for about, path in zip(fields[::2], fields[1::2], strict=True):
        _, mode, old, new, _ = about.split(" ")
        steps.append(_Step(path, old.strip("0") and old, new.strip("0") and new, mode))
    return steps


def _refuse_if_in_the_way(git: Git, steps: Sequence[_Step]) -> None:
    # What someone has taken out of the folder by hand is in nobody's way, and comes back.
    changed = {name for _, name in list_changes(git) if os.path.lexists(git.folder / name)}
    blocked = _list_blocked(git, steps)
    found = [step.path for step in steps if step.path in changed or step.path in blocked]
    if found and find_entry_id(found[0]):
        raise ReflectError(
            f"{displayable(found[0])} holds two versions of some words, between lines of <<<<<<< and >>>>>>>, "
            "and someone else has changed it too",
            "keep the words you want, in a text editor, then: journal sync",
        )
    if found:
        raise ReflectError(
            f"{displayable(found[0])} has been changed both here and elsewhere, and it is not an entry",
            "move your version to another folder, then: journal sync",
        )


def _list_blocked(git: Git, steps: Sequence[_Step]) -> set[str]:
    """Return the files that come where a folder stands, or in a folder where there is a file that git does not know."""
    coming: dict[str, list[str]] = {}
    for step in steps:
        if step.after:
            parent, _, name = step.path.rpartition("/")
            coming.setdefault(parent, []).append(name)
    blocked = set[str]()
    for parent, names in coming.items():
        folder = git.folder / parent
        if folder.is_dir():
            inner = {entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)}
            standing = [name for name in names if name in inner and any((folder / name).iterdir())]
        else:
            above = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
            is_free = above.is_dir() or git.run("ls-files", "--", above.relative_to(git.folder).as_posix())
            standing = [] if is_free else names
        blocked.update(f"{parent}/{name}".lstrip("/") for name in standing)
    return blocked


def _write(git: Git, steps: Sequence[_Step]) -> None:
    there = [step for step in steps if step.after]
    gone = [step.path for step in steps if not step.after]
    if gone:
        from_list = ("--pathspec-from-file=-", "--pathspec-file-nul")
        git.run("rm", "--quiet", "--force", "--ignore-unmatch", *from_list, feed=_join(gone))
    if there:
        # Asked to restore a list of files, git would hold each of them against the whole list.
        lines = [f"{step.mode} {step.after}\t{step.path}" for step in there]
        git.run("update-index", "--replace", "-z", "--index-info", feed=_join(lines))
        paths = [step.path for step in there]
        git.run("checkout-index", "--quiet", "--force", "--index", "-z", "--stdin", feed=_join(paths))
        sync_to_disk([git.folder / path for path in paths])
    # git takes a folder away with its last file, and the journal's own is never one of them.
    make_folder(git.folder)


def _finish(git: Git, branch: str, before: str, after: str) -> None:
    git.run("update-ref", "-m", "journal sync", f"refs/heads/{branch}", after, before or _NOTHING)
    _forget(git)


def _forget(git: Git) -> None:
    git.run("update-ref", "-d", _NEXT)
    git.run("update-ref", "-d", _BEFORE)


def _keep_what_is_neither(git: Git, steps: Sequence[_Step]) -> None:
    for step in steps:
        path = git.folder / step.path
        if not os.path.isfile(path):  # noqa: PTH113
            continue
        content = path.read_bytes()
        if not any(is_blob_of(blob, content) for blob in (step.before, step.after)) and not _is_half(git, step):
            _keep_beside(path)


def _is_half(git: Git, step: _Step) -> bool:
    # git writes a file from its beginning on, where it will be.
    return bool(step.after) and git.run("cat-file", "blob", step.after).startswith(
        (git.folder / step.path).read_bytes()
    )


def _keep_beside(path: Path) -> None:
    text = read_lenient_text(path)
    with suppress(FileExistsError):
        create_new(path.with_name(f"{path.stem}.edit-{sha256(text.encode()).hexdigest()[:8]}-kept.md"), text)


@contextmanager
def _locked(folder: Path, steps: Sequence[_Step]) -> Iterator[None]:
    """Keep other windows of ours from replacing one of these files meanwhile."""
    folders = {folder / name for name in {step.path.rpartition("/")[0] for step in steps}}
    with ExitStack() as stack:
        for parent in sorted(filter(Path.is_dir, folders)):
            stack.enter_context(locked_folder(parent))
        yield


def _join(fields: Sequence[str]) -> bytes:
    return "".join(f"{field}\0" for field in fields).encode("utf-8", "surrogateescape")


def _make_nothing(git: Git) -> str:
    # A note that there was no commit before has to be something, too.
    return git.run("hash-object", "-w", "--stdin").decode().strip()

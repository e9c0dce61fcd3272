"""Between private and shared: the words as they stand, and nothing of what they were before."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import ID_LETTERS
from compassion_cli.history.allowed_settings import open_git
from compassion_cli.history.change import Change
from compassion_cli.history.failures import in_plain_words
from compassion_cli.history.recorder import Recorder
from compassion_cli.history.remote_setup import SENT
from compassion_cli.history.versions import History
from compassion_cli.storage.journal import Journal, SharedJournal
from compassion_cli.storage.read_files import read_text
from compassion_cli.storage.write_files import remove_if_it_holds

#: More often nobody changes their mind.
_MOST_NAMES = 100


def move_to_shared(path: Path, text: str, shared: SharedJournal, in_shared: Recorder, in_private: Recorder) -> Path:
    """Put an entry into the shared journal, and only then take it out of the private one; return its new file.

    Args:
        path: The private entry.
        text: What was in it when someone read it and said yes.
        shared: The journal it goes to.
        in_shared: Records it there.
        in_private: Records that it has gone. The earlier versions stay in the private history.

    Raises:
        ReflectError: It says something else by now, or another entry has its name there; nothing has changed.
        FileWriteError: It cannot be written; nothing has changed.
    """
    if read_text(path) != text:
        raise ReflectError(
            "this entry has been changed since you read it", f"journal share {path.stem[-4:]}", "Nothing was shared."
        )
    return _move(path, text, shared, in_shared, in_private)


def move_to_private(path: Path, text: str, shared: SharedJournal, in_private: Recorder, in_shared: Recorder) -> Path:
    """Put an entry that was never sent into the private journal, and only then take it out of the shared one.

    What is sent from then on holds no version of it: see :mod:`compassion_cli.history.withhold`.

    Args:
        path: The shared entry.
        text: What was in it when it was looked at.
        shared: The journal it is in.
        in_private: Records it there.
        in_shared: Records that it has gone.

    Returns:
        Its new file.

    Raises:
        ReflectError: It says something else by now, or another entry has its name there; nothing has changed.
        FileWriteError: It cannot be written; nothing has changed.
    """
    if read_text(path) != text:
        raise ReflectError(
            "this entry has just been changed", f"journal unshare {path.stem[-4:]}", "It has not been moved."
        )
    private = shared.private
    private.prepare()
    return _move(path, text, private, in_private, in_shared)


def _move(path: Path, text: str, journal: Journal, in_new: Recorder, in_old: Recorder) -> Path:
    """Put an entry into a journal, and only then take it out of the one it is in; return its new file."""
    in_old.settle(path)
    target = _add(path, text, journal)
    in_new.record([target], Change.UNSHARED if journal.is_private else Change.SHARED)
    remove_if_it_holds(path, text)
    in_old.record([path], Change.MOVED_TO_PRIVATE if journal.is_private else Change.MOVED_TO_SHARED)
    return target


def _add(path: Path, text: str, journal: Journal) -> Path:
    kind = "private" if journal.is_private else "shared"
    for number in range(_MOST_NAMES):
        name, words = _rename(path, text, number)
        target = journal.find_place(name)
        if target.exists():
            # It may have been moved before, by a program that was killed before the other one was gone.
            if read_text(target) == words:
                return target
            if not number:
                what = f"the {kind} journal already has another entry called {path.stem}"
                raise ReflectError(what, safe="Nothing was changed.")
        elif journal.is_private or not _is_recorded(journal, target):
            return journal.add(name, words)
    raise ReflectError(f"this entry has been in the {kind} journal too often", safe="Nothing was changed.")


def _rename(path: Path, text: str, number: int) -> tuple[str, str]:
    """Return a name for an entry and its text with that: its own, or another that follows from it and a number.

    What it said when it was in the shared journal before is recorded there under its own name, and is not sent as long
    as nothing has that name.
    """
    if not number:
        return path.name, text
    digest = sha256(f"{path.stem} {number}".encode()).digest()
    piece = "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in digest[: len("k7m2")])
    stem = path.stem[: -len("k7m2")] + piece
    # Whichever way it is quoted, in TOML or YAML.
    return f"{stem}.md", re.sub(
        rf"^(id\s*[=:]\s*[\"']?){re.escape(path.stem)}\b", rf"\g<1>{stem}", text, count=1, flags=re.MULTILINE
    )


def _is_recorded(journal: Journal, path: Path) -> bool:
    """Tell whether the history of a journal holds any version of a file."""
    # A history that is not begun yet has no last commit.
    return _finds(journal, path, "HEAD", allowed=(0, 128))


def _finds(journal: Journal, path: Path, *commits: str, allowed: tuple[int, ...] = (0,)) -> bool:
    if not History(journal.folder).exists:
        return False
    with in_plain_words():
        # Without --full-history, git passes over a side line of a merge that comes to the same in the end.
        words = ("rev-list", "-1", "--full-history", *commits, "--", path.relative_to(journal.folder).as_posix())
        return bool(open_git(journal.folder).run(*words, allowed=allowed).strip())


def was_sent(journal: SharedJournal, path: Path) -> bool:
    """Tell whether any version of a file has been sent anywhere, or come from there, as far as the history here knows.

    Raises:
        GitMissingError: There is no git program.
        HistoryError: The history cannot be read.
    """
    return _finds(journal, path, "--remotes", f"--glob={SENT}*")

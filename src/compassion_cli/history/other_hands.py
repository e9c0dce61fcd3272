"""Whose hands an entry went through besides those of whoever it says it is by.

The name in an entry is a line of text that anybody can write who shares the journal. Who recorded a version is noted
by their own copy of this program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from compassion_cli.core.review import Hand, is_same_person
from compassion_cli.history.allowed_settings import put_foreign_settings_aside
from compassion_cli.history.change import Change
from compassion_cli.history.failures import HistoryError, in_plain_words
from compassion_cli.history.git import Git, GitMissingError
from compassion_cli.storage.private_mark import find_git_folder
from compassion_cli.storage.read_files import read_beginning

#: What changes no words.
_NO_WORDS = tuple(
    f"{change.value}:"
    for change in (
        Change.ACTION,
        Change.SHARED,
        Change.MOVED_TO_SHARED,
        Change.UNSHARED,
        Change.MOVED_TO_PRIVATE,
        Change.DELETED,
    )
)
#: Of more files at once nobody could take it in.
MOST_ASKED_FOR = 200
_SETTINGS_SIZE = 64 * 1024


def list_other_hands(folder: Path, authors: Mapping[Path, str], span: Sequence[str] = ()) -> dict[Path, list[Hand]]:
    """Return who else recorded words of some entries and responses, in order; nothing where that cannot be told.

    Args:
        folder: The journal's. Where it is shared with nobody, there is nobody else.
        authors: Who each file says it is by.
        span: The commits of interest, as git is told; all up to now where there is none.

    Raises:
        ForeignSettingsError: There were settings in the folder that could start programs. They are out of the way now.
    """
    names = {path.relative_to(folder).as_posix(): path for path in authors if path.is_relative_to(folder)}
    if not names or len(names) > MOST_ASKED_FOR or not _is_shared(folder):
        return {}
    out = b""
    words = ("log", "--reverse", "--no-renames", "--name-status", "--format=%x00%an%x00%aI%x00%s", *span, "--", *names)
    put_foreign_settings_aside(folder)
    with suppress(HistoryError, GitMissingError), in_plain_words():
        out = Git(folder).run(*words, allowed=(0, 128))
    found: dict[Path, list[Hand]] = {}
    fields = out.decode("utf-8", "replace").split("\0")[1:]
    for name, when, rest in zip(fields[::3], fields[1::3], fields[2::3], strict=False):
        subject, *lines = rest.split("\n")
        for letter, _, place in (line.partition("\t") for line in lines):
            if place not in names:
                continue
            is_first = letter == "A"
            is_own = is_same_person(name, authors[names[place]])
            if not is_own and (is_first or not subject.startswith(_NO_WORDS)):
                hand = Hand(name, datetime.fromisoformat(when), is_first)
                found.setdefault(names[place], []).append(hand)
    return found


def _is_shared(folder: Path) -> bool:
    return b"[remote " in read_beginning(find_git_folder(folder) / "config", _SETTINGS_SIZE)

"""Entries that lie where none is looked for: in another folder, or under another name.

People tidy a folder with their file manager, notes programs give files the name of their heading, and shared drives
make copies. Whatever begins as an entry does is one, and is named with where it belongs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from compassion_cli.core.errors import Problem
from compassion_cli.core.file_names import find_entry_id, is_edit
from compassion_cli.core.form import ENTRY_ID
from compassion_cli.formats.task_list import digest_words
from compassion_cli.storage.private_mark import MARK, PRIVATE_NAME
from compassion_cli.storage.read_files import FileReadError, read_beginning, read_text

_SUFFIXES = (".md", ".markdown", ".txt")
_ID = re.compile(rf"""^id\s*[=:]\s*["']?(?P<id>{ENTRY_ID.pattern}(\.review-\w{{4}})?)["']?\s*$""", re.MULTILINE)
_PACK = re.compile(r"^pack\s*[=:]", re.MULTILINE)
_FENCES = ("+++", "---")
#: In bytes; front matter comes first.
_BEGINNING = 4096
#: A folder of notes that someone keeps an entry in may hold any number of them, below each other.
_MOST_LOOKED_AT = 2_000
_DEEPEST = 4


def find_strays(folder: Path, names: Iterable[str]) -> Iterator[Problem]:
    """Name the entries among some files of a journal, and in some of its folders, where none is looked for.

    Args:
        folder: The journal's.
        names: The paths of the files and folders in it.
    """
    visited = (path for name in names for path in _walk(folder, name, _DEEPEST))
    for path in islice(visited, _MOST_LOOKED_AT):
        name = path.relative_to(folder).as_posix()
        if find_entry_id(name) is None and not is_edit(path.name) and (problem := describe_stray(path, folder)):
            yield problem


def describe_stray(path: Path, folder: Path) -> Problem | None:
    """Say of a file under an unusual name or in an unusual place what it is, if it begins as an entry does."""
    if not path.name.lower().endswith(_SUFFIXES):
        return None
    beginning = read_beginning(path, _BEGINNING).decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    named = _ID.search(beginning)
    if not named or not beginning.startswith(_FENCES) or not _PACK.search(beginning):
        return None
    inside = Path(named["id"][:4]) / f"{named['id']}.md"
    private = folder / PRIVATE_NAME / inside
    place = private if os.path.lexists(private) else folder / inside
    if not os.path.lexists(place):
        is_moved = path.name == place.name
        remedy = f"move it to the folder {place.parent}" if is_moved else f"give it this name and place: {place}"
        return Problem(str(path), "it is an entry that was moved or renamed, so it was not read", remedy)
    with suppress(FileReadError):
        if digest_words(read_text(path)) == digest_words(read_text(place)):
            remedy = f"keep {place}, and delete the copy"
            return Problem(str(path), "it is a copy of an entry, with the same words", remedy)
    remedy = f"before you delete the copy, put the words you want in {place}: journal edit {place.stem[-4:]}"
    return Problem(str(path), "it is a copy of an entry, but its words are different", remedy)


def _walk(folder: Path, name: str, depth: int) -> Iterator[Path]:
    """Yield files, and those in folders, but for what belongs to another journal or to a program."""
    path = folder / name
    if path.is_symlink() or path.name.startswith(".") or path.name.casefold() == PRIVATE_NAME:
        return
    if path.is_file():
        yield path
    elif depth and path.is_dir() and not any(os.path.lexists(path / mark) for mark in (".git", MARK)):
        with suppress(OSError):
            for inner in sorted(os.listdir(path)):  # noqa: PTH208 - the names alone are wanted
                yield from _walk(folder, f"{name}/{inner}", depth - 1)

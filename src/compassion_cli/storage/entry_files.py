"""The files of entries, found by their names alone: newest first, and none is opened."""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.change import is_other_version
from compassion_cli.core.errors import Problem
from compassion_cli.core.form import ENTRY_ID
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.reading import explain


class EntryFile(NamedTuple):
    """The file of an entry, which nobody has opened yet. Its id is the file's stem."""

    path: Path
    id: str
    day: date
    journal: Journal


def list_files(journals: Sequence[Journal], problems: list[Problem] | None = None) -> Iterator[EntryFile]:
    """Yield the files of all entries of several journals, newest day first, without opening any.

    Args:
        journals: Where to look.
        problems: Takes the folders that cannot be opened.
    """
    files = [_list_one(journal, problems) for journal in journals]
    return heapq.merge(*files, key=lambda file: file.day, reverse=True)


def _list_one(journal: Journal, problems: list[Problem] | None) -> Iterator[EntryFile]:
    folder = journal.folder
    for year in sorted(filter(_is_year, _list_names(folder, problems, folders=True)), reverse=True):
        for name in sorted(_list_names(folder / year, problems, folders=False), reverse=True):
            found = ENTRY_ID.fullmatch(name.removesuffix(".md")) if name.endswith(".md") else None
            day = _read_day(found["date"]) if found else None
            if day:
                yield EntryFile(folder / year / name, name.removesuffix(".md"), day, journal)
            elif problems is not None and is_other_version(f"{year}/{name}"):
                problems.append(_name_other_version(folder / year / name))


def _list_names(folder: Path, problems: list[Problem] | None, *, folders: bool) -> list[str]:
    is_kind = os.DirEntry.is_dir if folders else os.DirEntry.is_file
    try:
        return [entry.name for entry in os.scandir(folder) if is_kind(entry, follow_symlinks=False)]
    except FileNotFoundError:
        return []
    except OSError as error:
        if problems is not None:
            problems.append(Problem(str(folder), explain(error), "see that you are allowed to open it"))
        return []


def _name_other_version(path: Path) -> Problem:
    remedy = f"journal resolve {path.name.partition('.')[0]}"
    return Problem(str(path), "two people changed this entry, and this is the other version", remedy)


def _is_year(name: str) -> bool:
    return len(name) == len("2026") and name.isdecimal()


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

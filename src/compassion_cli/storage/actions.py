"""The actions in the entries and reviews of journals, and changing the one line that holds one of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.action import Action, DateReader, State
from compassion_cli.core.errors import Problem, ReflectError
from compassion_cli.core.form import Entry
from compassion_cli.formats.dates import read_as_written
from compassion_cli.formats.task_list import Task, list_tasks
from compassion_cli.storage.byte_filter import Sieve, holds_any
from compassion_cli.storage.entry_files import EntryFile, list_files
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.read_entry import EntryUnreadableError, read_with_text
from compassion_cli.storage.read_files import is_utf8, read_text
from compassion_cli.storage.write_files import FileChangedError, replace

#: For how many seconds others may be faster, line by line.
_PATIENCE = 10.0
#: More actions than anybody keeps in one entry would hold up all others.
_MOST_ACTIONS = 1_000
_BOXES = {State.OPEN: (b"[ ]",), State.DONE: (b"[x]", b"[X]"), State.DROPPED: (b"[-]",)}


class FoundAction(NamedTuple):
    """An action, and where it stands.

    Attributes:
        task: The action, with its line.
        entry: The entry it belongs to.
        holder: The entry itself, or the response to it, in which it stands.
        path: The file of the holder.
    """

    task: Task
    entry: Entry
    holder: Entry
    path: Path
    journal: Journal

    @property
    def read_date(self) -> DateReader:
        """Return what reads the days in its line by what they meant when it was written."""
        return read_as_written(self.holder.created.date())

    @property
    def action(self) -> Action:
        """Return the action alone."""
        return self.task.action


class Actions(NamedTuple):
    """Some actions, newest entry first, and what could not be read on the way."""

    found: tuple[FoundAction, ...]
    problems: tuple[Problem, ...]


def list_actions(journals: Sequence[Journal], states: Sequence[State] = tuple(State)) -> Actions:
    """Return the actions that are in one of some states, wherever they stand. Only files that hold some are read."""
    problems: list[Problem] = []
    found: list[FoundAction] = []
    for file in list_files(journals, problems, sieve=_make_sieve(states)):
        try:
            found += [one for one in _list_of_entry(file, problems) if one.action.state in states]
        except EntryUnreadableError as error:
            problems.append(error.problem)
    return Actions(tuple(found), tuple(problems))


def list_unread_days(path: Path) -> list[str]:
    """Return the words of the open actions in one file that end in a day which nobody can read."""
    try:
        holder, text = read_with_text(path)
    except EntryUnreadableError:
        return []
    tasks = _list_tasks(path, holder, text)
    return [one.action.words for one in tasks if one.action.state is State.OPEN and one.action.has_unread_day]


def _make_sieve(states: Sequence[State]) -> Sieve:
    return holds_any(*(box for state in states for box in _BOXES[state]))


def _list_of_entry(file: EntryFile, problems: list[Problem]) -> Iterator[FoundAction]:
    entry, text = read_with_text(file.path)
    holders = [(file.path, entry, text)]
    for path in file.review_paths:
        try:
            holders.append((path, *read_with_text(path)))
        except EntryUnreadableError as error:
            problems.append(error.problem)
    for path, holder, text in holders:
        for number, task in enumerate(_list_tasks(path, holder, text)):
            if number == _MOST_ACTIONS:
                what = f"it has more than {_MOST_ACTIONS} actions, so only the first are listed"
                problems.append(Problem(str(path), what, "split it up in a text editor"))
                break
            yield FoundAction(task, entry, holder, path, file.journal)


def _list_tasks(path: Path, holder: Entry, text: str) -> Iterator[Task]:
    return list_tasks(text, path.stem, read_as_written(holder.created.date()))


def change_line(found: FoundAction, change: Callable[[str], str]) -> None:
    """Change the line of an action, and no other byte of its file.

    Args:
        found: The action, as it was read.
        change: Makes the new line of the old one.

    Raises:
        ReflectError: The line is not what it was, or others do not leave off changing the file; or it is in another
            encoding than UTF-8.
        FileWriteError: The file cannot be written; it is as it was.
    """
    if not is_utf8(found.path):
        what = "the file of this entry is in UTF-16, so changing one line would rewrite the whole file"
        remedy = f"to change the line yourself: journal edit {found.entry.piece}{found.journal.option}"
        raise ReflectError(what, remedy, "Nothing was changed.")
    deadline = time.monotonic() + _PATIENCE
    while not _change_line_once(found, change):
        if time.monotonic() > deadline:
            raise _tell_of_change(found)


def _change_line_once(found: FoundAction, change: Callable[[str], str]) -> bool:
    """Change it; tell whether that was done, rather than someone having changed another line at this moment."""
    text = read_text(found.path)
    task = next((one for one in _list_tasks(found.path, found.holder, text) if one.id == found.task.id), None)
    if task is None or task.action != found.action:
        raise _tell_of_change(found)
    lines = text.split("\n")
    line = lines[task.place].removesuffix("\r")
    lines[task.place] = change(line) + lines[task.place][len(line) :]
    try:
        replace(found.path, "\n".join(lines), read=text)
    except FileChangedError:
        return False
    return True


def _tell_of_change(found: FoundAction) -> ReflectError:
    what = "someone has just changed the entry this action is in"
    return ReflectError(what, f"journal actions{found.journal.option}", "Nothing was changed.")

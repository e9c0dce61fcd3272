"""The task lists in the file of an entry or review: their lines, and what two people did with them in one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from compassion_cli.core.action import Action, DateReader, State, parse_task
from compassion_cli.core.errors import FormFaultError
from compassion_cli.core.form import ID_LETTERS
from compassion_cli.core.text import bare
from compassion_cli.formats.dates import read_as_written
from compassion_cli.formats.front_matter import find_front_matter

_ID_LENGTH = 8
_RANKS = {State.OPEN: 0, State.DROPPED: 1, State.DONE: 2}
_ANY_DAY = date(2000, 1, 1)
_HAS_BOX = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX-]\][ \t]")


class Task(NamedTuple):
    """An action in a file.

    Attributes:
        id: Eight characters that follow from the file and the words alone. They stay when the action is done or
            carried, or its line moves, and are others when its words change.
        place: Which line of the file it is, counted from 0.
    """

    id: str
    action: Action
    place: int


def list_tasks(text: str, file_id: str, read_date: DateReader) -> Iterator[Task]:
    """Yield the actions in the text of a file.

    Args:
        file_id: Its stem.
        read_date: Reads the days by which they are due, as of when that was written.
    """
    seen = Counter[str]()
    lines = text.split("\n")
    for place in range(find_body(lines), len(lines)):
        if not _HAS_BOX.match(lines[place]):
            continue
        action = parse_task(lines[place], read_date)
        if action:
            seen[action.words] += 1
            yield Task(_name_task(f"{file_id}\n{action.words}\n{seen[action.words]}"), action, place)


def find_body(lines: list[str]) -> int:
    """Return the number of the first line after the front matter, counted from 0; 0 without front matter."""
    try:
        return find_front_matter(lines).body
    except FormFaultError:
        return 0


def _name_task(what: str) -> str:
    digest = sha256(what.encode("utf-8", "surrogateescape")).digest()
    return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in digest[:_ID_LENGTH])


def digest_words(text: str, written: date = _ANY_DAY) -> str:
    """Return what tells whether the words in a file are still what they were.

    What was done with an action since is no change of words, and neither is what a Markdown formatter does.

    Args:
        written: The day it was written, from which the days in its actions count.
    """
    return _digest("".join(map(bare, _list_words(text, written))))


def digest_lines(text: str, written: date) -> str:
    """Return what tells whether the lines in a file are still what they were, but for what was done with actions.

    It is what :func:`digest_words` was in earlier responses.
    """
    return _digest("\n".join(_list_words(text, written)))


def _list_words(text: str, written: date) -> list[str]:
    lines = text.replace("\r\n", "\n").rstrip().split("\n")
    return [_strip_marks(line, written) for line in lines[find_body(lines) :]]


def _digest(words: str) -> str:
    return sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _strip_marks(line: str, written: date) -> str:
    # Whatever day someone gave, as a date or in words, it may be another by now.
    action = parse_task(line, read_as_written(written)) if _HAS_BOX.match(line) else None
    return f"- [ ] {action.text} (who: {action.owner})" if action else line.rstrip()


def merge_tasks(base: str, own: str, theirs: str, file_id: str, written: date) -> str | None:
    """Return one text for two, where one side did no more than to tick, drop or carry actions.

    That is done in the text of the other side, be it with changed words or not.

    Args:
        base: What both have changed.
        file_id: The file's stem.
        written: The day it was written, from which the days in its actions count.

    Returns:
        The text; None where both changed words.
    """
    before = _Tasks(base, file_id, written)
    for ticked, other in ((own, theirs), (theirs, own)):
        after = _Tasks(ticked, file_id, written)
        if before.differ_alone_from(after):
            return after.do_likewise(before, _Tasks(other, file_id, written))
    return None


def _rank(action: Action) -> tuple[int, date]:
    return _RANKS[action.state], action.due or date.min


class _Tasks:
    """A text, its lines, and the actions in it."""

    def __init__(self, text: str, file_id: str, written: date) -> None:
        self.lines = text.split("\n")
        self.found = {task.id: task for task in list_tasks(text, file_id, read_as_written(written))}
        self.counts = Counter(task.action.words for task in self.found.values())
        self._digest = digest_lines(text, written)

    def find_line(self, task: Task) -> str:
        """Return the line of an action, without a return at its end."""
        return self.lines[task.place].removesuffix("\r")

    def differ_alone_from(self, after: _Tasks) -> bool:
        """Tell whether a later text has the same words, and nothing in it differs but lines of actions."""
        if self._digest != after._digest or len(self.lines) != len(after.lines):
            return False
        places = {task.place for task in self.found.values()}
        pairs = enumerate(zip(self.lines, after.lines, strict=True))
        return all(place in places for place, (line, other) in pairs if line != other)

    def do_likewise(self, before: _Tasks, other: _Tasks) -> str | None:
        """Return another text with its actions treated in the same way; None where that cannot be."""
        lines = list(other.lines)
        for task in self.found.values():
            base = before.found[task.id]
            was, now = before.find_line(base), self.find_line(task)
            if was == now:
                continue
            there = other.found.get(task.id)
            # Of several with the same words, nobody can tell any more which is which.
            if there is None or any(text.counts[task.action.words] > 1 for text in (before, self, other)):
                return None
            line = other.find_line(there)
            # Of what both did, done counts before dropped, and a later day before an earlier; another owner is a word.
            is_first = _rank(task.action) > _rank(there.action)
            if is_first and there.action.owner != base.action.owner:
                return None
            if line == was or is_first:
                lines[there.place] = now + lines[there.place][len(line) :]
        return "\n".join(lines)

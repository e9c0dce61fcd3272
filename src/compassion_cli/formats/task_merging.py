"""What two people did with the actions of one file, brought together: boxes and days, and never any words."""

from __future__ import annotations

from collections import Counter
from datetime import date

from compassion_cli.core.action import State
from compassion_cli.formats.dates import read_as_written
from compassion_cli.formats.task_list import Task, digest_words, list_tasks


def merge_tasks(base: str, own: str, theirs: str, file_id: str, written: date) -> str | None:
    """Return one text for two, where one side did no more than to tick, drop or carry actions.

    That is done in the text of the other side, be it with changed words or not.

    Args:
        base: What both have changed.
        own: The text of one side.
        theirs: That of the other.
        file_id: The file's stem.
        written: The day it was written, from which the days in its actions count.

    Returns:
        The text; None where both changed words, or did different things with one action.
    """
    before = _Tasks(base, file_id, written)
    for ticked, other in ((own, theirs), (theirs, own)):
        after = _Tasks(ticked, file_id, written)
        if before.differ_alone_from(after):
            return after.do_likewise(before, _Tasks(other, file_id, written))
    return None


class _Tasks:
    """A text, its lines, and the actions in it."""

    def __init__(self, text: str, file_id: str, written: date) -> None:
        self.lines = text.split("\n")
        self.found = {task.id: task for task in list_tasks(text, file_id, read_as_written(written))}
        self.counts = Counter(task.action.words for task in self.found.values())
        self._digest = digest_words(text, written)

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
        """Return another text with its actions treated as they were here; None where that cannot be."""
        lines = list(other.lines)
        for task in self.found.values():
            was, now = before.find_line(before.found[task.id]), self.find_line(task)
            if was == now:
                continue
            there = other.found.get(task.id)
            # Of several with the same words, nobody can tell any more which is which.
            if there is None or any(text.counts[task.action.words] > 1 for text in (before, self, other)):
                return None
            line = other.find_line(there)
            if line == was:
                lines[there.place] = now + lines[there.place][len(line) :]
            elif line != now and (task.action.state is State.OPEN or there.action.state is not task.action.state):
                return None
        return "\n".join(lines)

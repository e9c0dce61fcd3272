"""Actions: what someone said they would do, a line of a task list each.

``- [ ] Ask for a debrief slot (who: team lead) (due 2026-12-01)``. A box with ``x`` is done, one with ``-`` dropped,
and both may say since when. The marks in brackets stand at the end, in any order; what cannot be read as one of them is
part of the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from compassion_cli.core.errors import ReflectError, UsageError

#: Returns the day that a text means. Raises ``ReflectError`` where it means none; the reason is in it.
DateReader = Callable[[str], date]

_TASK = re.compile(r"(?P<head>\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\[)(?P<box>[ xX-])\](?P<gap>[ \t]+)(?P<text>\S.*)")
_LOOSE_TASK = re.compile(r"(?:[-*+]\s+|\d{1,9}[.)]\s+(?=\[))?(?:\[(?P<box>[ xX-])\](?:\s+|\Z))?(?P<text>.*)")
_TASK_MARK = re.compile(
    r"\((?P<what>due|by|who(?=:)|done|dropped)(?::\s*|\s+)(?P<value>[^()]{1,60})\)\Z", re.IGNORECASE
)
#: Also where the day stands behind something else, as in ``(Sam, due Friday)``; but not ``(due to illness)``.
_UNREAD_DAY = re.compile(r"\((?:[^()]*\W)?due:?\s+(?!to\b)[^()]+\)\.?\Z", re.IGNORECASE)
_LONGEST_MARK = 120
_DUE_WORD = re.compile(r"\bdue\b", re.IGNORECASE)


class State(StrEnum):
    """What has become of an action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


_STATES_BY_BOX = {" ": State.OPEN, "x": State.DONE, "X": State.DONE, "-": State.DROPPED, None: State.OPEN}
_STATE_SIGNS = {State.OPEN: " ", State.DONE: "x", State.DROPPED: "-"}


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something someone said they would do.

    Attributes:
        due: By when.
        owner: Whose it is, as a role or a name; empty where nobody said.
        ended: Since when it is done or dropped, where that is known.
        ended_as: Which of the two ``ended`` says, where its box says something else: someone has changed that by hand.
    """

    text: str
    due: date | None = None
    state: State = State.OPEN
    owner: str = ""
    ended: date | None = None
    ended_as: State | None = None

    @property
    def ended_on(self) -> date | None:
        """Return since when it is what its box says, where that is known."""
        return None if self.ended_as or self.state is State.OPEN else self.ended

    @property
    def words(self) -> str:
        """Return its text, however it is spaced: what it is known by."""
        return " ".join(self.text.split())

    @property
    def has_unread_day(self) -> bool:
        """Tell whether its text ends in a day by which it is due that nobody can read, such as ``(due soon)``."""
        # No day takes more room than this.
        return self.due is None and _UNREAD_DAY.search(self.text[-_LONGEST_MARK:]) is not None

    def to_text(self) -> str:
        """Return it as a line of a task list."""
        marks = [f"(who: {self.owner})"] if self.owner else []
        marks += [f"(due {self.due.isoformat()})"] if self.due else []
        marks += [f"({(self.ended_as or self.state).value} {self.ended.isoformat()})"] if self.ended else []
        return " ".join([f"- [{_STATE_SIGNS[self.state]}] {self.text}", *marks])


def read_iso_date(text: str) -> date:
    """Return the date that ``2026-12-01`` stands for.

    Raises:
        UsageError: It is none.
    """
    try:
        return date.fromisoformat(text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else "")
    except ValueError:
        raise UsageError("it is not in the form year-month-day") from None


def parse_task(line: str, read_date: DateReader = read_iso_date) -> Action | None:
    """Return the action that a line of a text holds; None where it is no line of a task list."""
    task = _TASK.fullmatch(line.rstrip("\r\n"))
    return _read_action(task["text"], _STATES_BY_BOX[task["box"]], read_date) if task else None


def parse_loose_task(line: str, read_date: DateReader = read_iso_date) -> Action:
    """Return the action that a line holds which is known to hold one, with its box or without.

    Raises:
        ReflectError: It ends in a date that begins with a digit, and that date cannot be meant.
    """
    task = _LOOSE_TASK.fullmatch(line.strip())
    text, box = (task["text"], task["box"]) if task else (line.strip(), None)
    action = _read_action(text, _STATES_BY_BOX[box], read_date)
    mark = _TASK_MARK.search(action.text.removesuffix("."))
    if mark and not action.due and mark["what"].lower() in ("due", "by") and mark["value"][0].isdigit():
        read_date(mark["value"].strip())
    return action


def settle_days(text: str, read_date: DateReader, before: str = "") -> str:
    """Return a text in which the days in its task lists are dates, whatever words they were given in.

    "next Friday" is another day for whoever reads it a week later. What cannot be read as a day stays as it is.

    Args:
        read_date: Reads a day as it is meant now.
        before: What stood there before. A line that is still there stays as it is, and so does the day in one that
            seems to be such a line with other words: it was not meant now.
    """
    lines, old = text.split("\n"), set(before.split("\n"))
    taken_over = {_find_due(line, read_date) for line in old.difference(lines)} - {""}
    return "\n".join(
        line if line in old or _find_due(line, read_date) in taken_over else _settle_line(line, read_date)
        for line in lines
    )


def _find_due(line: str, read_date: DateReader) -> str:
    """Return the mark in a line that says when its action is due, exactly as written; empty without one."""
    task = _TASK.fullmatch(line.rstrip("\r"))
    place = _peel_marks(task["text"], _STATES_BY_BOX[task["box"]], read_date).places.get("due") if task else None
    return task["text"][slice(*place)].lower() if task and place else ""


def _settle_line(line: str, read_date: DateReader) -> str:
    action = parse_task(line, read_date)
    if action is None or action.due is None:
        return line
    bare = line.removesuffix("\r")
    return carry_task(bare, action.due, read_date) + line[len(bare) :]


def leave_out_tasks(text: str) -> str:
    """Return a text without the lines of its task lists, or all of it where nothing else would be left."""
    left = "\n".join(line for line in text.split("\n") if not _TASK.fullmatch(line.rstrip("\r")))
    return left if left.strip() else text


def end_task(line: str, state: State, day: date, read_date: DateReader = read_iso_date) -> str:
    """Return the line of a task list with its action done or dropped on a day; all else in it stays.

    A day that was noted before someone opened its box again by hand goes.
    """
    task = _match_task(line)
    text = task["text"].rstrip()
    if place := _peel_marks(text, _STATES_BY_BOX[task["box"]], read_date).places.get("ended"):
        text = f"{text[: place[0]].rstrip()} {text[place[1] :].lstrip()}".rstrip()
    return f"{task['head']}{_STATE_SIGNS[state]}]{task['gap']}{text} ({state.value} {day.isoformat()})"


def carry_task(line: str, day: date, read_date: DateReader) -> str:
    """Return the line of a task list with another day by which it is due; all else in it stays."""
    task, due = _match_task(line), f"(due {day.isoformat()})"
    place = _peel_marks(task["text"], _STATES_BY_BOX[task["box"]], read_date).places.get("due")
    text = task["text"].rstrip()
    text = f"{text[: place[0]]}{due}{text[place[1] :]}" if place else f"{text} {due}"
    return f"{line[: task.start('text')]}{text}"


def _match_task(line: str) -> re.Match[str]:
    task = _TASK.fullmatch(line)
    if task is None:
        raise ValueError("this is not a line of a task list")
    return task


class _Peeled(NamedTuple):
    """The words of an action, without the marks at their end, and what those say."""

    text: str
    values: dict[str, Any]
    places: dict[str, tuple[int, int]]


def _read_action(text: str, state: State, read_date: DateReader) -> Action:
    peeled = _peel_marks(text, state, read_date)
    return Action(text=peeled.text, state=state, **peeled.values)


def _peel_marks(text: str, state: State, read_date: DateReader) -> _Peeled:
    values: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}
    text = text.rstrip()
    # From the last bracket on, so that a line of any length is looked at once. A full stop may stand behind it.
    while (marked := text.removesuffix(".")).endswith(")") and (mark := _TASK_MARK.match(marked, marked.rfind("("))):
        key, value = _read_mark(mark["what"].lower(), mark["value"].strip(), read_date)
        if not key or key in values:
            break
        values[key], places[key] = value, mark.span()
        if key == "ended" and mark["what"].lower() != state.value:
            values["ended_as"] = State(mark["what"].lower())
        text = text[: mark.start()].rstrip()
    return _Peeled(text, values, places)


def _read_mark(what: str, value: str, read_date: DateReader) -> tuple[str, str | date]:
    try:
        if what == "who":
            # With a day in it, it would say neither.
            return ("owner", value) if value and not _DUE_WORD.search(value) else ("", "")
        if what == "by" and value.isalpha() and not value.lower().endswith(("day", "tomorrow")):
            # By May, or by April: it may well be a person.
            return "", ""
        if what in ("due", "by"):
            return "due", read_date(value)
        return "ended", read_iso_date(value)
    except ReflectError:
        return "", ""

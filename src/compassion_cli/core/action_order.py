"""Following up: in which order actions want attention, whose they are, and the shortest name each can have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compassion_cli.core.action import Action, State
from compassion_cli.core.form import Entry
from compassion_cli.core.review import is_meant, is_same_person
from compassion_cli.core.text import enumerate_words

SHORTEST_NAME = 4


def is_overdue(action: Action, today: date) -> bool:
    """Tell whether an action should have been done by now."""
    return action.state is State.OPEN and action.due is not None and action.due < today


def rank_action(action: Action, written: date, today: date) -> tuple[int, int]:
    """Return what to sort by.

    Overdue first, the longest first; then what is due soonest; then what is oldest; at last what has ended, the latest
    first.
    """
    if action.state is not State.OPEN:
        return 3, -(action.ended_on or written).toordinal()
    if is_overdue(action, today):
        return 0, (action.due or today).toordinal()
    return (1, action.due.toordinal()) if action.due else (2, written.toordinal())


def say_whose(action: Action, entry: Entry, holder: Entry) -> str:
    """Say whose an action is: its owner, else who wrote it down; for one agreed in a response, both people."""
    both = [entry.author] if is_same_person(entry.author, holder.author) else [entry.author, holder.author]
    return action.owner or enumerate_words(both, "and")


def concerns(action: Action, entry: Entry, holder: Entry, name: str) -> bool:
    """Tell whether an action has to do with someone: they own it, or wrote the entry or the response it is in."""
    return any(is_meant(other, name) for other in (action.owner, entry.author, holder.author))


def shorten_ids(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id its shortest beginning that names no other of them; four characters at least."""
    ordered = sorted(set(ids))
    short = {}
    for place, one in enumerate(ordered):
        near = [other for other in ordered[max(0, place - 1) : place + 2] if other != one]
        shared = max((_count_shared(one, other) for other in near), default=0)
        short[one] = one[: max(SHORTEST_NAME, shared + 1)]
    return short


def _count_shared(one: str, other: str) -> int:
    return next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))

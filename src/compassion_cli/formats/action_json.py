"""Actions as JSON, for scripts. The shape has a version; a key that is there now stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from compassion_cli.core.action_order import is_overdue, say_whose
from compassion_cli.core.errors import Problem
from compassion_cli.core.form import Entry
from compassion_cli.formats.entry_json import VERSION, Origin, describe_origin, describe_problems, dump
from compassion_cli.formats.task_list import Task

#: An action, the entry it belongs to, the entry or response it stands in, and where that was found.
ListedAction = tuple[Task, Entry, Entry, Origin]


def render_actions_json(actions: Sequence[ListedAction], problems: Sequence[Problem], today: date) -> str:
    """Return actions in the order given: ``{"version", "actions": […], "problems": […]}``."""
    listed = [
        {
            "id": task.id,
            "text": task.action.text,
            "state": task.action.state.value,
            "due": task.action.due.isoformat() if task.action.due else None,
            "overdue": is_overdue(task.action, today),
            "ended": task.action.ended_on.isoformat() if task.action.ended_on else None,
            "owner": task.action.owner,
            "whose": say_whose(task.action, entry, holder),
            "written": holder.created.isoformat(),
            "author": holder.author,
            "entry": entry.id,
            "review": holder.id if holder.reviewed else None,
            "private": origin.is_private,
            **describe_origin(origin),
        }
        for task, entry, holder, origin in actions
    ]
    return dump({"version": VERSION, "actions": listed, **describe_problems(problems)})

"""Entries and actions as JSON, for scripts. The shape has a version; a key that is there now stays.

Everything outside ASCII is escaped, so that what a file holds can do nothing to a terminal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from compassion_cli.core.action_order import is_overdue, say_whose
from compassion_cli.core.errors import Problem
from compassion_cli.core.form import Entry, FormQuestion, FormSection
from compassion_cli.core.search import Passage
from compassion_cli.formats.task_list import Task

_SHAPE_VERSION = 1


class Origin(NamedTuple):
    """Where something was found: its file, and the name, else the folder, of the journal that is in."""

    file: str
    journal: str
    is_private: bool


#: An entry, the responses to it, and where it was found.
Listed = tuple[Entry, Sequence[Entry], Origin]


def render_entry_json(listed: Listed) -> str:
    """Return one entry, whole: ``{"version", "entry": {…, "sections": [{…, "questions": […]}], "reviews": […]}}``."""
    return _dump_json({"version": _SHAPE_VERSION, "entry": _describe_whole_entry(listed)})


def render_entries_json(entries: Sequence[Listed], problems: Sequence[Problem]) -> str:
    """Return several entries, whole, newest first: ``{"version", "entries": […], "problems": […]}``."""
    return _dump_json(
        {
            "version": _SHAPE_VERSION,
            "entries": list(map(_describe_whole_entry, entries)),
            **_describe_problems(problems),
        }
    )


def render_list_json(entries: Sequence[Listed], problems: Sequence[Problem]) -> str:
    """Return several entries without their sections' text: ``{"version", "entries": […], "problems": […]}``."""
    listed = [
        {
            **_describe_entry(entry, is_private=origin.is_private),
            **_describe_origin(origin),
            "first_words": entry.first_text[:200],
            "reviewed_by": list(dict.fromkeys(review.author for review in reviews)),
        }
        for entry, reviews, origin in entries
    ]
    return _dump_json({"version": _SHAPE_VERSION, "entries": listed, **_describe_problems(problems)})


def render_hits_json(hits: Sequence[tuple[Listed, Sequence[Passage]]], problems: Sequence[Problem]) -> str:
    """Return what a search has found: as ``render_list_json``, and for each entry its ``passages``.

    A passage has the ``text`` it was found in, ``where`` that stands, and ``marks``: where in it each word begins and
    ends, counted in characters.
    """
    listed = [
        {
            **_describe_entry(entry, is_private=origin.is_private),
            **_describe_origin(origin),
            "reviewed_by": list(dict.fromkeys(review.author for review in reviews)),
            "passages": [{"where": p.label, "text": p.text, "marks": list(map(list, p.marks))} for p in passages],
        }
        for (entry, reviews, origin), passages in hits
    ]
    return _dump_json({"version": _SHAPE_VERSION, "entries": listed, **_describe_problems(problems)})


def _describe_problems(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the part of every list that says what something is wrong with."""
    return {"problems": [{"place": p.place, "what": p.what, "remedy": p.remedy} for p in problems]}


def _describe_origin(origin: Origin) -> dict[str, Any]:
    """Return the part of what is listed that says where it was found."""
    return {"journal": origin.journal, "file": origin.file}


def _describe_whole_entry(listed: Listed) -> dict[str, Any]:
    entry, reviews, origin = listed
    return {
        **_describe_entry(entry, is_private=origin.is_private),
        **_describe_origin(origin),
        "sections": list(map(_describe_section, entry.sections)),
        "reviews": [
            {
                **_describe_entry(review, is_private=origin.is_private),
                "reviewed_digest": review.reviewed.digest if review.reviewed else "",
                "sections": list(map(_describe_section, review.sections)),
            }
            for review in reviews
        ],
    }


def _describe_entry(entry: Entry, *, is_private: bool) -> dict[str, Any]:
    return {
        "id": entry.id,
        "private": is_private,
        "day": entry.day.isoformat(),
        "created": entry.created.isoformat(),
        "author": entry.author,
        "pack": entry.pack,
        "pack_version": entry.pack_version,
        "format": entry.format,
        "section_ids": [section.id for section in entry.sections],
        "setting": entry.setting,
        "people": entry.people,
        "tags": list(entry.tags),
        "title": entry.title,
        "loose": entry.loose,
        "answered": sum(bool(question.text) for question in entry.questions),
        "asked": sum(question.asked for question in entry.questions),
    }


def _describe_section(section: FormSection) -> dict[str, Any]:
    questions = [_describe_question(question) for question in section.questions]
    return {"id": section.id, "title": section.title, "loose": section.loose, "questions": questions}


def _describe_question(question: FormQuestion) -> dict[str, Any]:
    return {
        "key": question.key,
        "number": question.number,
        "wording": question.wording,
        "guidance": list(question.guidance),
        "text": question.text,
        "choice": question.value or None,
        "asked": question.asked,
    }


def _dump_json(value: Any) -> str:
    """Return a value as JSON, in ASCII alone."""
    # JSON leaves DEL as it is, and some terminals act on it.
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f")


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
            **_describe_origin(origin),
        }
        for task, entry, holder, origin in actions
    ]
    return _dump_json({"version": _SHAPE_VERSION, "actions": listed, **_describe_problems(problems)})

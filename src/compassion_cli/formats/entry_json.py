"""Entries as JSON, for scripts. The shape has a version; a key that is there now stays.

Everything outside ASCII is escaped, so that what a file holds can do nothing to a terminal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from compassion_cli.core.errors import Problem
from compassion_cli.core.form import Entry, FormQuestion, FormSection

VERSION = 1


def render_entry_json(entry: Entry, *, is_private: bool) -> str:
    """Return one entry, whole: ``{"version", "entry": {…, "sections": [{…, "questions": […]}]}}``."""
    sections = [_section(section) for section in entry.sections]
    return _dump({"version": VERSION, "entry": {**_describe(entry, is_private=is_private), "sections": sections}})


def render_list_json(entries: Sequence[tuple[Entry, bool]], problems: Sequence[Problem]) -> str:
    """Return several entries without their sections' text: ``{"version", "entries": […], "problems": […]}``.

    Args:
        entries: Each with whether it is private.
        problems: What something is wrong with.
    """
    listed = [{**_describe(entry, is_private=p), "first_words": entry.first_text[:200]} for entry, p in entries]
    faults = [{"place": p.place, "what": p.what, "remedy": p.remedy} for p in problems]
    return _dump({"version": VERSION, "entries": listed, "problems": faults})


def _describe(entry: Entry, *, is_private: bool) -> dict[str, Any]:
    return {
        "id": entry.id,
        "private": is_private,
        "created": entry.created.isoformat(),
        "author": entry.author,
        "pack": entry.pack,
        "pack_version": entry.pack_version,
        "section_ids": [section.id for section in entry.sections],
        "setting": entry.setting,
        "tags": list(entry.tags),
        "title": entry.title,
        "loose": entry.loose,
        "answered": sum(bool(question.text) for question in entry.questions),
        "asked": sum(question.asked for question in entry.questions),
    }


def _section(section: FormSection) -> dict[str, Any]:
    questions = [_question(question) for question in section.questions]
    return {"id": section.id, "title": section.title, "loose": section.loose, "questions": questions}


def _question(question: FormQuestion) -> dict[str, Any]:
    return {
        "key": question.key,
        "number": question.number,
        "wording": question.wording,
        "guidance": list(question.guidance),
        "text": question.text,
        "asked": question.asked,
    }


def _dump(value: Any) -> str:
    # JSON leaves DEL as it is, and some terminals act on it.
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f")

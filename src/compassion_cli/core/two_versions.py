"""Two versions of one entry: where they differ, and both in one."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from compassion_cli.core.form import Entry, FormQuestion, FormSection
from compassion_cli.core.text import join_texts


class Difference(NamedTuple):
    """A question that was answered in two ways."""

    question: FormQuestion
    other: str


def find_differences(entry: Entry, other: Entry) -> list[Difference]:
    """Return the questions of an entry whose answers are not those of another version."""
    texts = {question.key: question.text for question in other.questions}
    return [
        Difference(question, texts.get(question.key, ""))
        for question in entry.questions
        if question.text != texts.get(question.key, "")
    ]


def can_join(entry: Entry, other: Entry) -> bool:
    """Tell whether both have the same questions in the same sections."""
    return _list_question_keys(entry) == _list_question_keys(other)


def join_versions(entry: Entry, other: Entry) -> Entry:
    """Return an entry that holds the words of both versions: where they differ, one after the other."""
    sections = tuple(_join_section(*pair) for pair in zip(entry.sections, other.sections, strict=True))
    tags = tuple(dict.fromkeys([*entry.tags, *other.tags]))
    return replace(entry, loose=join_texts(other.loose, entry.loose), tags=tags, sections=sections)


def _join_section(section: FormSection, other: FormSection) -> FormSection:
    questions = tuple(
        replace(question, text=join_texts(twin.text, question.text), asked=question.asked or twin.asked)
        for question, twin in zip(section.questions, other.questions, strict=True)
    )
    return replace(section, loose=join_texts(other.loose, section.loose), questions=questions)


def _list_question_keys(entry: Entry) -> list[tuple[str, list[str]]]:
    return [(section.id, [question.key for question in section.questions]) for section in entry.sections]

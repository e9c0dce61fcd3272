"""Entries as plain lines, and the sentences about them that the coloured view shares.

What a file holds is untrusted. It is made harmless first and is never markup; every word of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from compassion_cli.core.form import Entry, FormQuestion
from compassion_cli.core.text import displayable, enumerate_words
from compassion_cli.formats.dates import render_date
from compassion_cli.terminal.screen import wrap


def say_when_and_who(entry: Entry, *, is_private: bool = False) -> str:
    """Say when an entry was written, by whom, and what names it."""
    private = " Private." if is_private else ""
    return f"{render_date(entry.created.date())}, {entry.created:%H:%M}, by {entry.author}. Entry {entry.id}.{private}"


def say_extras(entry: Entry) -> str:
    """Say what else was recorded: the setting and tags."""
    setting = f"Setting: {entry.setting.value}." if entry.setting else ""
    tags = f"Tags: {', '.join(entry.tags)}." if entry.tags else ""
    return " ".join(filter(None, (setting, tags)))


def list_unanswered(questions: tuple[FormQuestion, ...]) -> list[str]:
    """Say quietly which questions have no answer, and which did not apply."""
    lines = []
    for asked, words in ((True, "Not answered"), (False, "Not applicable, after an earlier answer")):
        numbers = [question.number for question in questions if not question.text.strip() and question.asked is asked]
        if numbers:
            plural = "question" if len(numbers) == 1 else "questions"
            lines.append(f"{words}: {plural} {enumerate_words(numbers, 'and')}.")
    return lines


def list_lines(entry: Entry, width: int | None, *, is_private: bool = False) -> list[str]:
    """Return an entry as plain lines that make sense read aloud, wrapped where a width is given."""
    return [
        piece
        for line in _list_paragraphs(entry, is_private=is_private)
        for piece in (wrap(line, width).split("\n") if width else [line])
    ]  # fmt: skip


def _list_paragraphs(entry: Entry, *, is_private: bool) -> Iterator[str]:
    yield displayable(entry.title or entry.pack)
    yield displayable(say_when_and_who(entry, is_private=is_private))
    yield from filter(None, [displayable(say_extras(entry))])
    yield from _spaced(entry.loose)
    for section in entry.sections:
        yield ""
        yield displayable(section.title or section.id)
        yield from map(displayable, section.guidance)
        yield from _spaced(section.loose)
        for question in section.questions:
            if question.text.strip():
                yield ""
                yield displayable(f"Question {question.number}. {question.wording}")
                yield from map(displayable, question.parts)
                yield from _spaced(question.text)
        unanswered = list_unanswered(section.questions)
        yield from ["", *unanswered] if unanswered else []


def _spaced(text: str) -> list[str]:
    return ["", *displayable(text).split("\n")] if text.strip() else []

"""Forms and entries: one document, blank, half filled, filled or saved.

A form keeps the wording as it was asked, so that a pack that changes later does not change the past, and each
answer as text, so that an entry can be read without its pack. Plain dataclasses: what comes from a file is checked
once, by the codec, and reading a journal costs no more than that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self, TypeVar

from compassion_cli.core.action import leave_out_tasks
from compassion_cli.core.text import enumerate_words

#: The file's stem: the day it was written, pack, section, and four random characters.
ENTRY_ID = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-[a-z0-9-]+-[a-z0-9]{4}")

#: The stem of a review's file: the entry it responds to, and four random characters of its own.
REVIEW_ID = re.compile(rf"(?P<entry>{ENTRY_ID.pattern})\.review-(?P<piece>[a-z0-9]{{4}})")

#: Of what this program writes. The first, which said nothing of itself, kept questions without an answer in entries.
FORMAT = 2

PACK_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

#: What begins a line of guidance that says how to answer, rather than what is asked.
OPTION = "- "

#: Said before a question that may bring up difficult feelings: which it is, and "it" or "them".
CARE = "{} may bring up difficult feelings. You can skip {}, and you do not have to say why."

#: File names stay short enough for the 260 characters a path may have on Windows.
_MOST_NAMED_SECTIONS = 2

#: No vowels, so that no word is spelt by chance, and no characters that look alike.
ID_LETTERS = "23456789bcdfghjkmnpqrstvwxz"


F = TypeVar("F", bound="Form")


class Setting(StrEnum):
    """Who is in the room."""

    INDIVIDUAL = "individual"
    SUPERVISION = "supervision"
    GROUP = "group"


@dataclass(frozen=True, kw_only=True)
class FormQuestion:
    """A question as it was asked and what was written under it.

    Attributes:
        key: Section and question id, as in ``self.1``.
        number: Letters, digits and hyphens; in a heading, the first full stop ends it.
        wording: One line, like everything here but ``text``.
        guidance: Parts, choices and other short lines that stand under the wording.
        text: The answer as text; empty where there is none.
        value: Of the choice that was made, whatever its label is called later; empty where there was nothing to choose.
        asked: False where an earlier answer made it not applicable; there is no text then.
    """

    key: str
    number: str
    wording: str
    guidance: tuple[str, ...] = ()
    text: str = ""
    value: str = ""
    asked: bool = True

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the guidance that belongs to what was asked, without how to answer it."""
        return _leave_out_options(self.guidance)


@dataclass(frozen=True, kw_only=True)
class FormSection:
    """A section and its questions; ``loose`` is text that is under its heading and under no question."""

    id: str
    title: str
    guidance: tuple[str, ...] = ()
    loose: str = ""
    questions: tuple[FormQuestion, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the guidance that says what the section is about, without how to answer it."""
        return _leave_out_options(self.guidance)


def _leave_out_options(guidance: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in guidance if not line.startswith(OPTION))


@dataclass(frozen=True)
class Progress:
    """What only a draft has: how far it has come, and where it will be saved.

    Attributes:
        journal: The folder of its journal; empty where its name cannot be written down.
        pending: Keys of the questions still to be put or left half way; None where that is not known, as in a form
            that is filled in an editor.
        written: The ``Form.measures`` of the draft as the program wrote it: what someone adds to a heading, or quotes
            right under it, looks like the program's own.
        seal: What tells that the draft is still as it was when its entry was about to be saved; empty before that.
    """

    journal: str
    pending: tuple[str, ...] | None = None
    written: tuple[int, ...] = ()
    seal: str = ""


@dataclass(frozen=True)
class Reviewed:
    """What a review responds to.

    Attributes:
        digest: Of its words as they were read: see ``formats.task_list``. Empty where that is not known.
    """

    entry_id: str
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A whole form.

    Attributes:
        people: How many took part, where someone said so. Never who.
        format: Of its file. One that is higher than ``FORMAT`` was written by a newer version of this program.
        reviewed: What it responds to, where it is a review; None for a reflection.
        progress: Of a draft; nothing else has any.
        extra: Front matter keys this program does not know, kept as they are.
        loose: Text that stands before the first section.
    """

    pack: str
    pack_version: int
    setting: Setting | None = None
    people: int | None = None
    tags: tuple[str, ...] = ()
    format: int = FORMAT
    reviewed: Reviewed | None = None
    progress: Progress | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    title: str
    loose: str = ""
    sections: tuple[FormSection, ...]

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """Return the questions of all sections, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def is_newer(self) -> bool:
        """Tell whether a newer version of this program wrote it, so that there may be more in it than is known here."""
        return self.format > FORMAT

    @property
    def measures(self) -> tuple[int, ...]:
        """Return the length of the title, then of each heading, with the number of lines of guidance under it."""
        numbers = [len(self.title)]
        for section in self.sections:
            numbers += [len(section.title), len(section.guidance)]
            for question in section.questions:
                numbers += [len(question.wording), len(question.guidance)]
        return tuple(numbers)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Return the keys of the questions to carry on with: those still to be put, else those without an answer."""
        if self.progress and self.progress.pending is not None:
            return self.progress.pending
        return tuple(question.key for question in self.questions if question.asked and not question.text.strip())

    def answered(self) -> Self:
        """Return it without the questions that have no answer, and without sections that hold nothing then."""
        kept = tuple(
            replace(section, questions=tuple(question for question in section.questions if question.text.strip()))
            for section in self.sections
        )
        sections = tuple(section for section in kept if section.questions or section.loose.strip())
        return replace(self, sections=sections, title=name_left(self.title, self.sections, sections))

    @property
    def score(self) -> str:
        """Say how far it has come, as in ``2 of 5``: questions answered, of all that are asked."""
        asked = [question for question in self.questions if question.asked]
        waiting = self.waiting
        answered = [question for question in asked if question.text.strip() and question.key not in waiting]
        return f"{len(answered)} of {len(asked)}"

    @property
    def first_text(self) -> str:
        """Return the first thing that was written."""
        texts = [self.loose, *(t for s in self.sections for t in (s.loose, *(q.text for q in s.questions)))]
        return next((text for text in texts if text.strip()), "")

    @property
    def opening(self) -> str:
        """Return what it is told by in a list: the first thing that was written, without the lines of task lists."""
        return leave_out_tasks(self.first_text)


@dataclass(frozen=True, kw_only=True)
class Entry(Form):
    """A finished form, saved in a journal. ``created``, which knows its offset from UTC, is when it was written.

    A review is one too: someone's finished response, saved beside the entry it responds to.
    """

    id: str
    created: datetime
    author: str

    @property
    def day(self) -> date:
        """Return the day it is about, by which entries are found and ordered: the one in its name."""
        if self.reviewed is None:
            with suppress(ValueError):
                return date.fromisoformat(self.id[: len("2026-11-23")])
        return self.created.date()

    @property
    def order(self) -> tuple[date, datetime]:
        """Return what entries are ordered by."""
        return self.day, self.created

    @property
    def piece(self) -> str:
        """Return the end of its id, which is nearly always enough to name it."""
        return self.id[-4:]


def name_left(title: str, sections: Sequence[FormSection], left: Sequence[FormSection]) -> str:
    """Return the title of a form that names its sections, for when only some of them are left.

    A title that does not end with the names of all of them is not the program's own, and stays.
    """
    before, after = (enumerate_words((section.title for section in some), "and") for some in (sections, left))
    if not left or not title.endswith(f": {before}"):
        return title
    return title.removesuffix(before) + after


def name_entry(created: datetime, form: Form, piece: str) -> str:
    """Return the id of a form saved at a time; ``piece`` is its four random characters."""
    if form.reviewed:
        return f"{form.reviewed.entry_id}.review-{piece}"
    return "-".join(filter(None, (created.date().isoformat(), form.pack, _name_sections(form), piece)))


def _name_sections(form: Form) -> str:
    ids = [section.id for section in form.sections]
    return "-".join(ids) if len(ids) <= _MOST_NAMED_SECTIONS else "several"

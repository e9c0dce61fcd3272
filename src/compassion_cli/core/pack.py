"""A pack: one question set, as its author wrote it. It knows nothing of answers or of TOML."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import Setting
from compassion_cli.core.pack_heading import ALL_SECTIONS, RESERVED_OPTIONS
from compassion_cli.core.text import enumerate_words, nearest

#: Ids stand in file names and on command lines, so they are safe on every file system and need no quoting.
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
#: Wording becomes a heading in an entry, so it is one line.
OneLine = Annotated[
    str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f-\x9f]([^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*\S)?$")
]


class Model(BaseModel):
    """A frozen value."""

    # Built when first used: most commands use few of the models.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class Kind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    CHOICE = "choice"
    SCALE = "scale"
    ACTIONS = "actions"


class Choice(Model):
    """One thing to choose: ``value`` for programs, ``label`` for people and for the file."""

    value: Id
    label: OneLine


class Scale(Model):
    """A rating from 1 to ``steps``, with the meaning of both ends."""

    low: OneLine
    high: OneLine
    steps: Annotated[int, Field(ge=2, le=10)] = 5


class When(Model):
    """Ask only after one of these answers to an earlier choice; while that is unanswered, ask as well."""

    question: str
    values: Annotated[tuple[Id, ...], Field(alias="is", min_length=1)]


class Question(Model):
    """One numbered question.

    Attributes:
        id: The number it has in the briefing, or a word where it has none.
        parts: What one number asks separately, shown as short lines under it.
        purpose: What the question is for, said to somebody who asks why.
        note: Words that invite more after a choice or a rating; with it, a rating may be left out.
        care: It may stir something up: said gently beforehand, and easy to skip.
    """

    id: Id
    kind: Kind = Kind.TEXT
    text: OneLine
    parts: tuple[OneLine, ...] = ()
    purpose: OneLine | None = None
    choices: tuple[Choice, ...] = ()
    scale: Scale | None = None
    note: OneLine | None = None
    care: bool = False
    when: When | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind is Kind.CHOICE) != (len(self.choices) > 1):
            raise ValueError('a question of kind "choice" needs two or more "choices", and no other kind has any')
        if (self.kind is Kind.SCALE) != (self.scale is not None):
            raise ValueError('a question of kind "scale" needs a "scale" with low and high, and no other kind has one')
        if self.note and self.kind not in (Kind.CHOICE, Kind.SCALE):
            raise ValueError('only a question of kind "choice" or "scale" has a "note"')
        if any(name.strip().isdigit() for choice in self.choices for name in (choice.value, choice.label)):
            raise ValueError("a choice cannot be called by a number: numbers are typed to choose")
        _refuse_repeats("choice", [choice.value for choice in self.choices])
        _refuse_repeats("label", [choice.label.casefold() for choice in self.choices])
        return self


class Section(Model):
    """A lens, role or concept: the part of a pack that is answered in one go."""

    id: Id
    title: OneLine
    aliases: tuple[Id, ...] = ()
    intro: OneLine | None = None
    care: bool = False
    questions: tuple[Question, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name it goes by."""
        return (self.id, *self.aliases)


class Source(Model):
    """Where the questions come from."""

    work: OneLine
    part: OneLine
    relation: Annotated[str, StringConstraints(pattern="^(paraphrase|derived)$")]
    numbers: Annotated[str, StringConstraints(pattern="^(briefing|ours)$")] = "briefing"


class Pack(Model):
    """A question set.

    Attributes:
        minutes: What one section takes, on average.
        section_name: The word for its sections on the command line, such as ``lens``; none where it has one only.
        each: Questions asked for every section, after its own.
    """

    id: Id
    version: Annotated[int, Field(ge=1)]
    title: OneLine
    summary: OneLine
    minutes: Annotated[int, Field(ge=1, le=240)]
    settings: Annotated[tuple[Setting, ...], Field(min_length=1)] = (Setting.INDIVIDUAL,)
    section_name: Id | None = None
    source: Source
    each: tuple[Question, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _refuse_repeats("section", [name for section in self.sections for name in section.names])
        if self.section_name in RESERVED_OPTIONS:
            raise ValueError(f'"{self.section_name}" is an option of every pack and cannot be the "section_name"')
        if any(ALL_SECTIONS in section.names for section in self.sections):
            raise ValueError(f'"{ALL_SECTIONS}" means every section and cannot be the name of one')
        for section in self.sections:
            questions = self.questions_of(section)
            if not questions:
                raise ValueError(f'the section "{section.id}" has no questions')
            _refuse_repeats("question", [question.id for question in questions])
        self._check_conditions()
        return self

    def _check_conditions(self) -> None:
        earlier: dict[str, Question] = {}
        for section in self.sections:
            for question in self.questions_of(section):
                if question.when:
                    _check_condition(question.when, earlier)
                earlier[question.id] = question

    def questions_of(self, section: Section) -> tuple[Question, ...]:
        """Return all questions of a section, those asked for each one included."""
        return section.questions + self.each

    def find_section(self, name: str) -> Section:
        """Return the section of this name or alias.

        Raises:
            UsageError: There is none; the remedy names the nearest, or all.
        """
        for section in self.sections:
            if name.lower() in section.names:
                return section
        word = self.section_name or "section"
        names = [name for section in self.sections for name in section.names]
        near = nearest(name, names)
        remedy = f"--{word} {near}" if near else f"--{word} " + enumerate_words([*(s.id for s in self.sections), "all"])
        raise UsageError(f'{self.id} has no {word} called "{name}"', remedy)


def _check_condition(when: When, earlier: dict[str, Question]) -> None:
    asked = earlier.get(when.question)
    if asked is None or asked.kind is not Kind.CHOICE:
        raise ValueError(f'"when" must name an earlier question of kind "choice", and "{when.question}" is none')
    known = [choice.value for choice in asked.choices]
    unknown = [value for value in when.values if value not in known]
    if unknown:
        raise ValueError(f'"when" names "{unknown[0]}", which is no choice of "{when.question}": {", ".join(known)}')


def _refuse_repeats(what: str, names: list[str]) -> None:
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise ValueError(f'the {what} "{min(repeated)}" is there twice')

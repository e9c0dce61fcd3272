"""A pack: one question set, as its author wrote it. It knows nothing of answers or of TOML.

Plain dataclasses, as the forms are. Each holds its own rules, so that there is no pack that breaks one; whether the
values are of the right types is for whoever reads them from a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import Setting
from compassion_cli.core.pack_heading import ALL_SECTIONS, RESERVED_OPTIONS
from compassion_cli.core.pack_rules import (
    MOST_MINUTES,
    PackRuleError,
    expect_ids,
    expect_lines,
    expect_number,
    expect_some,
    refuse_repeats,
)
from compassion_cli.core.text import enumerate_words, nearest


class Kind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    CHOICE = "choice"
    SCALE = "scale"
    ACTIONS = "actions"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose.

    Attributes:
        value: For programs. It stays when the label is reworded.
        label: For people, and for the file.
        was: What the label was in earlier versions of the pack, so that older files still read.
    """

    value: str
    label: str
    was: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        expect_ids(value=self.value)
        expect_lines(label=self.label, was=self.was)

    @property
    def labels(self) -> tuple[str, ...]:
        """Return every label it has had, the present one first."""
        return (self.label, *self.was)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A rating from 1 to ``steps``, with the meaning of both ends."""

    low: str
    high: str
    steps: int = 5

    def __post_init__(self) -> None:
        expect_lines(low=self.low, high=self.high)
        expect_number("steps", self.steps, 2, 10)


@dataclass(frozen=True, kw_only=True)
class When:
    """Ask only after one of these answers to an earlier choice; while that is unanswered, ask as well."""

    question: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        expect_some("is", self.values)
        expect_ids(**{"is": self.values})


@dataclass(frozen=True, kw_only=True)
class Question:
    """One numbered question.

    Attributes:
        id: The number it has in the briefing, or a word where it has none.
        parts: What one number asks separately, shown as short lines under it.
        purpose: What the question is for, said to someone who asks why.
        basis: On what the purpose rests, in one line.
        note: Words that invite more after a choice or a rating; with it, a rating may be left out.
        care: It may bring up difficult feelings: said gently beforehand, and easy to skip.
    """

    id: str
    kind: Kind = Kind.TEXT
    text: str
    parts: tuple[str, ...] = ()
    purpose: str | None = None
    basis: str | None = None
    choices: tuple[Choice, ...] = ()
    scale: Scale | None = None
    note: str | None = None
    care: bool = False
    when: When | None = None

    def __post_init__(self) -> None:
        expect_ids(id=self.id)
        expect_lines(text=self.text, parts=self.parts, purpose=self.purpose, basis=self.basis, note=self.note)
        if (self.kind is Kind.CHOICE) != (len(self.choices) > 1):
            raise PackRuleError('a question of kind "choice" needs two or more "choices"; other kinds cannot have them')
        if (self.kind is Kind.SCALE) != (self.scale is not None):
            raise PackRuleError(
                'a question of kind "scale" needs a "scale" with low and high; other kinds cannot have one'
            )
        if self.note and self.kind not in (Kind.CHOICE, Kind.SCALE):
            raise PackRuleError('only a question of kind "choice" or "scale" can have a "note"')
        if any(name.strip().isdigit() for choice in self.choices for name in (choice.value, *choice.labels)):
            raise PackRuleError("a choice cannot have a number as its name, because people type numbers to choose")
        refuse_repeats("choice", [choice.value for choice in self.choices])
        refuse_repeats("label", [label.casefold() for choice in self.choices for label in choice.labels])

    @property
    def takes_words(self) -> bool:
        """Tell whether words are asked for under a choice or a rating."""
        return self.kind in (Kind.CHOICE, Kind.SCALE) and bool(self.note or self.parts)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A lens, role or concept: the part of a pack that is answered in one go.

    Attributes:
        minutes: What it takes, where that is not what the pack says of its sections.
    """

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    intro: str | None = None
    minutes: int | None = None
    care: bool = False
    questions: tuple[Question, ...] = ()

    def __post_init__(self) -> None:
        expect_ids(id=self.id, aliases=self.aliases)
        expect_lines(title=self.title, intro=self.intro)
        if self.minutes is not None:
            expect_number("minutes", self.minutes, 1, MOST_MINUTES)

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name it goes by."""
        return (self.id, *self.aliases)


class Relation(StrEnum):
    """What the questions are to the work they come from."""

    PARAPHRASE = "paraphrase"
    DERIVED = "derived"


class Numbers(StrEnum):
    """Whose numbers the questions have."""

    BRIEFING = "briefing"
    OURS = "ours"


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the questions come from."""

    work: str
    part: str
    relation: Relation
    numbers: Numbers = Numbers.BRIEFING

    def __post_init__(self) -> None:
        expect_lines(work=self.work, part=self.part)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A question set.

    Attributes:
        minutes: How long a section takes, unless it says so itself.
        section_name: The word for its sections on the command line, such as ``lens``; none where it has one only.
        each: Questions asked for every section, after its own.
    """

    id: str
    version: int
    title: str
    summary: str
    minutes: int
    settings: tuple[Setting, ...] = (Setting.INDIVIDUAL,)
    section_name: str | None = None
    source: Source
    each: tuple[Question, ...] = ()
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        expect_ids(id=self.id, section_name=self.section_name)
        expect_lines(title=self.title, summary=self.summary)
        expect_number("version", self.version, 1)
        expect_number("minutes", self.minutes, 1, MOST_MINUTES)
        expect_some("settings", self.settings)
        expect_some("sections", self.sections)
        refuse_repeats("section", [name for section in self.sections for name in section.names])
        if self.section_name in RESERVED_OPTIONS:
            raise PackRuleError(f'"{self.section_name}" is an option of every pack and cannot be the "section_name"')
        if any(ALL_SECTIONS in section.names for section in self.sections):
            raise PackRuleError(f'"{ALL_SECTIONS}" means every section and cannot be the name of one')
        for section in self.sections:
            questions = self.questions_of(section)
            if not questions:
                raise PackRuleError(f'the section "{section.id}" has no questions')
            refuse_repeats("question", [question.id for question in questions])
        self._check_conditions()

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

    def minutes_of(self, section: Section) -> int:
        """Return how many minutes a section takes."""
        return section.minutes or self.minutes

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
        known = enumerate_words([*(s.id for s in self.sections), "all"])
        remedy = f"--{word} {near}" if near else f"--{word} with one of these: {known}"
        raise UsageError(f'{self.id} has no {word} called "{name}"', remedy)


def _check_condition(when: When, earlier: dict[str, Question]) -> None:
    asked = earlier.get(when.question)
    if asked is None or asked.kind is not Kind.CHOICE:
        raise PackRuleError(f'"when" must name an earlier question of kind "choice", and "{when.question}" is not one')
    known = [choice.value for choice in asked.choices]
    unknown = [value for value in when.values if value not in known]
    if unknown:
        raise PackRuleError(
            f'"when" names "{unknown[0]}", which is not a choice of "{when.question}": {", ".join(known)}'
        )

"""A pack: one question set, as its author wrote it. It knows nothing of answers or of TOML.

Plain dataclasses, as the forms are. Each holds its own rules, so that there is no pack that breaks one; whether the
values are of the right types is for whoever reads them from a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import PACK_ID, Setting
from compassion_cli.core.pack_heading import ALL_SECTIONS, RESERVED_OPTIONS
from compassion_cli.core.text import enumerate_words, is_plain_line, nearest

#: Ids stand in file names, so they are short.
_MOST_IN_ID = 40


class PackRuleError(ValueError):
    """A value that breaks a rule of packs.

    Args:
        what: What is wrong, or what would be right where there is a key.
        key: The way to the value, from the part of the pack that holds it; empty where it is no single value.
    """

    def __init__(self, what: str, key: tuple[str | int, ...] = ()) -> None:
        super().__init__(what)
        self.key = key


class Kind(StrEnum):
    """What sort of answer a question takes."""

    TEXT = "text"
    CHOICE = "choice"
    SCALE = "scale"
    ACTIONS = "actions"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose: ``value`` for programs, ``label`` for people and for the file."""

    value: str
    label: str

    def __post_init__(self) -> None:
        _expect_ids(value=self.value)
        _expect_lines(label=self.label)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A rating from 1 to ``steps``, with the meaning of both ends."""

    low: str
    high: str
    steps: int = 5

    def __post_init__(self) -> None:
        _expect_lines(low=self.low, high=self.high)
        _expect_number("steps", self.steps, 2, 10)


@dataclass(frozen=True, kw_only=True)
class When:
    """Ask only after one of these answers to an earlier choice; while that is unanswered, ask as well."""

    question: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        _expect_some("is", self.values)
        _expect_ids(**{"is": self.values})


@dataclass(frozen=True, kw_only=True)
class Question:
    """One numbered question.

    Attributes:
        id: The number it has in the briefing, or a word where it has none.
        parts: What one number asks separately, shown as short lines under it.
        purpose: What the question is for, said to somebody who asks why.
        note: Words that invite more after a choice or a rating; with it, a rating may be left out.
        care: It may stir something up: said gently beforehand, and easy to skip.
    """

    id: str
    kind: Kind = Kind.TEXT
    text: str
    parts: tuple[str, ...] = ()
    purpose: str | None = None
    choices: tuple[Choice, ...] = ()
    scale: Scale | None = None
    note: str | None = None
    care: bool = False
    when: When | None = None

    def __post_init__(self) -> None:
        _expect_ids(id=self.id)
        _expect_lines(text=self.text, parts=self.parts, purpose=self.purpose, note=self.note)
        if (self.kind is Kind.CHOICE) != (len(self.choices) > 1):
            raise PackRuleError('a question of kind "choice" needs two or more "choices", and no other kind has any')
        if (self.kind is Kind.SCALE) != (self.scale is not None):
            raise PackRuleError(
                'a question of kind "scale" needs a "scale" with low and high, and no other kind has one'
            )
        if self.note and self.kind not in (Kind.CHOICE, Kind.SCALE):
            raise PackRuleError('only a question of kind "choice" or "scale" has a "note"')
        if any(name.strip().isdigit() for choice in self.choices for name in (choice.value, choice.label)):
            raise PackRuleError("a choice cannot be called by a number: numbers are typed to choose")
        _refuse_repeats("choice", [choice.value for choice in self.choices])
        _refuse_repeats("label", [choice.label.casefold() for choice in self.choices])


@dataclass(frozen=True, kw_only=True)
class Section:
    """A lens, role or concept: the part of a pack that is answered in one go."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    intro: str | None = None
    care: bool = False
    questions: tuple[Question, ...] = ()

    def __post_init__(self) -> None:
        _expect_ids(id=self.id, aliases=self.aliases)
        _expect_lines(title=self.title, intro=self.intro)

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
        _expect_lines(work=self.work, part=self.part)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A question set.

    Attributes:
        minutes: What one section takes, on average.
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
        _expect_ids(id=self.id, section_name=self.section_name)
        _expect_lines(title=self.title, summary=self.summary)
        _expect_number("version", self.version, 1)
        _expect_number("minutes", self.minutes, 1, 240)
        _expect_some("settings", self.settings)
        _expect_some("sections", self.sections)
        _refuse_repeats("section", [name for section in self.sections for name in section.names])
        if self.section_name in RESERVED_OPTIONS:
            raise PackRuleError(f'"{self.section_name}" is an option of every pack and cannot be the "section_name"')
        if any(ALL_SECTIONS in section.names for section in self.sections):
            raise PackRuleError(f'"{ALL_SECTIONS}" means every section and cannot be the name of one')
        for section in self.sections:
            questions = self.questions_of(section)
            if not questions:
                raise PackRuleError(f'the section "{section.id}" has no questions')
            _refuse_repeats("question", [question.id for question in questions])
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
        raise PackRuleError(f'"when" must name an earlier question of kind "choice", and "{when.question}" is none')
    known = [choice.value for choice in asked.choices]
    unknown = [value for value in when.values if value not in known]
    if unknown:
        raise PackRuleError(f'"when" names "{unknown[0]}", which is no choice of "{when.question}": {", ".join(known)}')


def _expect_ids(**values: str | tuple[str, ...] | None) -> None:
    _expect_each("small letters, digits and single hyphens, at most 40", _is_id, values)


def _expect_lines(**values: str | tuple[str, ...] | None) -> None:
    _expect_each("one line of text", _is_wording, values)


def _expect_each(right: str, fits: Callable[[str], object], values: dict[str, str | tuple[str, ...] | None]) -> None:
    for key, value in values.items():
        wrong: list[tuple[str | int, ...]]
        if isinstance(value, tuple):
            wrong = [(key, place) for place, text in enumerate(value) if not fits(text)]
        else:
            wrong = [(key,)] if value is not None and not fits(value) else []
        if wrong:
            raise PackRuleError(right, wrong[0])


def _is_id(text: str) -> bool:
    return len(text) <= _MOST_IN_ID and PACK_ID.fullmatch(text) is not None


def _is_wording(text: str) -> bool:
    # It becomes a heading in an entry.
    return is_plain_line(text) and text == text.strip() != ""


def _expect_number(key: str, value: int, least: int, most: int | None = None) -> None:
    if value < least or (most is not None and value > most):
        raise PackRuleError(f"a number from {least}" + (f" to {most}" if most else ""), (key,))


def _expect_some(key: str, values: tuple[object, ...]) -> None:
    if not values:
        raise PackRuleError("one or more", (key,))


def _refuse_repeats(what: str, names: list[str]) -> None:
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise PackRuleError(f'the {what} "{min(repeated)}" is there twice')

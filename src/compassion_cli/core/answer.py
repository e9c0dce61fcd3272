"""Answers, and the one place where they are checked.

Every asker hands over text; :func:`check_answer` makes an answer of it or says in a sentence what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compassion_cli.core.action import Action, DateReader, parse_loose_task, read_iso_date, settle_days
from compassion_cli.core.errors import AnswerFaultError, ReflectError
from compassion_cli.core.pack import Choice, Kind, Question, Scale
from compassion_cli.core.text import clean, enumerate_words

_RATING = re.compile(r"(\d{1,4})(?:\s*(?:of|out of|/)\s*(\d{1,4}))?\.?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class TextAnswer:
    """What someone wrote."""

    text: str

    def to_text(self) -> str:
        """Return the answer as written in a file."""
        return self.text


@dataclass(frozen=True, kw_only=True)
class ChoiceAnswer:
    """One of several choices, and anything added to it."""

    value: str
    label: str
    note: str = ""

    def to_text(self) -> str:
        """Return the answer as written in a file: the label, then what was added."""
        return f"{self.label}\n\n{self.note}" if self.note else self.label


@dataclass(frozen=True, kw_only=True)
class ScaleAnswer:
    """A rating, what was added to it, or only the latter."""

    rating: int | None
    steps: int
    note: str = ""

    def to_text(self) -> str:
        """Return the answer as written in a file: ``4 of 5``, then what was added."""
        rating = f"{self.rating} of {self.steps}" if self.rating else ""
        return "\n\n".join(filter(None, (rating, self.note)))


@dataclass(frozen=True, kw_only=True)
class ActionsAnswer:
    """A list of actions."""

    actions: tuple[Action, ...]

    def to_text(self) -> str:
        """Return the answer as written in a file: a task list."""
        return "\n".join(action.to_text() for action in self.actions)


Answer = TextAnswer | ChoiceAnswer | ScaleAnswer | ActionsAnswer


def check_answer(
    question: Question, text: str, read_date: DateReader = read_iso_date, *, known: str = ""
) -> Answer | None:
    """Return the answer that a text gives to a question; None where it says nothing.

    Args:
        read_date: Reads the date by which an action is due. It is written down as a date.
        known: The value of the choice that the text was for another version of the pack, whose label may be gone.

    Raises:
        AnswerFaultError: The question cannot take this text. Its message never repeats the text.
    """
    text = clean(text)
    if not text:
        return None
    if question.kind is not Kind.ACTIONS:
        text = settle_days(text, read_date)
    if question.kind is Kind.CHOICE:
        return _check_choice(question, text, known)
    if question.kind is Kind.SCALE and question.scale:
        return _check_scale(question, question.scale, text)
    if question.kind is Kind.ACTIONS:
        lines = [line for line in text.split("\n") if line.strip()]
        return ActionsAnswer(actions=tuple(_check_action(n, line, read_date) for n, line in enumerate(lines, 1)))
    return TextAnswer(text=text)


def _check_choice(question: Question, text: str, known: str) -> ChoiceAnswer:
    head, _, rest = text.partition("\n")
    typed = head.strip().rstrip(".)").casefold()
    for number, choice in enumerate(question.choices, 1):
        # An earlier label stays as it was written: it belongs to the wording that was asked.
        meanings = {label.rstrip(".)").casefold(): label for label in choice.labels}
        meanings |= {str(number): choice.label, choice.value: choice.label}
        if typed in meanings:
            return ChoiceAnswer(value=choice.value, label=meanings[typed], note=clean(rest))
    if known in [choice.value for choice in question.choices]:
        return ChoiceAnswer(value=known, label=head.strip(), note=clean(rest))
    raise AnswerFaultError(
        f"The first line must be one of these: {describe_choices(question.choices)}. Write anything else below it."
    )


def _check_scale(question: Question, scale: Scale, text: str) -> ScaleAnswer:
    head, _, rest = text.partition("\n")
    rating = _RATING.fullmatch(head.strip())
    if rating and 1 <= int(rating[1]) <= scale.steps and rating[2] in (None, str(scale.steps)):
        return ScaleAnswer(rating=int(rating[1]), steps=scale.steps, note=clean(rest))
    if not rating and question.note:
        return ScaleAnswer(rating=None, steps=scale.steps, note=text)
    raise AnswerFaultError(
        f"The first line must be a whole number from 1 to {scale.steps}. Write anything else below it."
        + (" Or leave out the number, and write only words." if question.note else "")
    )


def _check_action(number: int, line: str, read_date: DateReader) -> Action:
    try:
        action = parse_loose_task(line, read_date)
    except ReflectError as error:
        # Where the reason names what was typed, it would repeat someone's words.
        reason = f"{error.what[:1].upper()}{error.what[1:]}. " if '"' not in error.what else ""
        raise AnswerFaultError(
            f"I could not read the date in line {number}. {reason}"
            "Write it as (due 2026-12-01) or (due 1 December 2026)."
        ) from None
    if not action.text:
        raise AnswerFaultError(f"Line {number} has no words. Write what you will do, one thing on each line.")
    return action


def describe_choices(choices: tuple[Choice, ...]) -> str:
    """Name choices with their numbers, as a sentence does."""
    return enumerate_words(f"{number} ({choice.label})" for number, choice in enumerate(choices, 1))

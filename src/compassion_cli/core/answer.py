"""Answers, and the one place where they are checked.

Every asker hands over text; :func:`check` makes an answer of it or says in a sentence what is wrong.
"""

from __future__ import annotations

import re
from datetime import date

from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.model import Model
from compassion_cli.core.pack import Choice, Kind, Question, Scale
from compassion_cli.core.text import clean, enumerate_words

_RATING = re.compile(r"(\d{1,4})(?:\s*(?:of|out of|/)\s*(\d{1,4}))?\.?", re.IGNORECASE)
_LIST_MARK = re.compile(r"(?:[-*+]\s+)?(?:\[(?P<done>[ xX])\]\s+)?(?P<text>.*)")
#: Only with a digit: "(due to her fall)" is no date.
_DUE = re.compile(r"\(due:? {0,3}(?P<due>\d[^()]{0,30})\)$", re.IGNORECASE)


class TextAnswer(Model):
    """What somebody wrote."""

    text: str

    def to_text(self) -> str:
        """Return the answer as it stands in a file."""
        return self.text


class ChoiceAnswer(Model):
    """One of several choices, and anything added to it."""

    value: str
    label: str
    note: str = ""

    def to_text(self) -> str:
        """Return the answer as it stands in a file: the label, then what was added."""
        return f"{self.label}\n\n{self.note}" if self.note else self.label


class ScaleAnswer(Model):
    """A rating, what was added to it, or only the latter."""

    rating: int | None
    steps: int
    note: str = ""

    def to_text(self) -> str:
        """Return the answer as it stands in a file: ``4 of 5``, then what was added."""
        rating = f"{self.rating} of {self.steps}" if self.rating else ""
        return "\n\n".join(filter(None, (rating, self.note)))


class Action(Model):
    """Something somebody said they would do, perhaps by a date."""

    text: str
    due: date | None = None
    done: bool = False


class ActionsAnswer(Model):
    """A list of actions."""

    actions: tuple[Action, ...]

    def to_text(self) -> str:
        """Return the answer as it stands in a file: a task list."""
        return "\n".join(map(_render_action, self.actions))


Answer = TextAnswer | ChoiceAnswer | ScaleAnswer | ActionsAnswer


def check(question: Question, text: str) -> Answer | None:
    """Return the answer that a text gives to a question; None where it says nothing.

    Raises:
        AnswerFaultError: The question cannot take this text. Its message never repeats the text.
    """
    text = clean(text)
    if not text:
        return None
    if question.kind is Kind.CHOICE:
        return _check_choice(question, text)
    if question.kind is Kind.SCALE and question.scale:
        return _check_scale(question, question.scale, text)
    if question.kind is Kind.ACTIONS:
        lines = [line for line in text.split("\n") if line.strip()]
        return ActionsAnswer(actions=tuple(_check_action(n, line) for n, line in enumerate(lines, 1)))
    return TextAnswer(text=text)


def _check_choice(question: Question, text: str) -> ChoiceAnswer:
    head, _, rest = text.partition("\n")
    for number, choice in enumerate(question.choices, 1):
        if head.strip().rstrip(".)").casefold() in (
            str(number),
            choice.value,
            choice.label.rstrip(".)").casefold(),
        ):
            return ChoiceAnswer(value=choice.value, label=choice.label, note=clean(rest))
    raise AnswerFaultError(
        f"The first line must be one of these: {describe_choices(question.choices)}. Anything more goes below it."
    )


def _check_scale(question: Question, scale: Scale, text: str) -> ScaleAnswer:
    head, _, rest = text.partition("\n")
    rating = _RATING.fullmatch(head.strip())
    if rating and 1 <= int(rating[1]) <= scale.steps and rating[2] in (None, str(scale.steps)):
        return ScaleAnswer(rating=int(rating[1]), steps=scale.steps, note=clean(rest))
    if not rating and question.note:
        return ScaleAnswer(rating=None, steps=scale.steps, note=text)
    raise AnswerFaultError(
        f"The first line must be a whole number from 1 to {scale.steps}. Anything more goes below it."
    )


def _check_action(number: int, line: str) -> Action:
    mark = _LIST_MARK.fullmatch(line.strip())
    text, done = (mark["text"], mark["done"] in ("x", "X")) if mark else (line.strip(), False)
    due = _DUE.search(text)
    text = text[: due.start()].rstrip() if due else text
    if not text:
        raise AnswerFaultError(f"Line {number} has no words. Write what you will do, one thing on each line.")
    return Action(text=text, due=_check_due(number, due["due"].strip()) if due else None, done=done)


def _check_due(number: int, due: str) -> date:
    try:
        return date.fromisoformat(due if "-" in due else "")
    except ValueError:
        raise AnswerFaultError(
            f"The date in line {number} cannot be read. Write it as year-month-day, for example (due 2026-12-01)."
        ) from None


def _render_action(action: Action) -> str:
    due = f" (due {action.due.isoformat()})" if action.due else ""
    return f"- [{'x' if action.done else ' '}] {action.text}{due}"


def describe_choices(choices: tuple[Choice, ...]) -> str:
    """Name choices with their numbers, as a sentence does."""
    return enumerate_words(f"{number} ({choice.label})" for number, choice in enumerate(choices, 1))

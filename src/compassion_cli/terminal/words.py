"""What is said while asking, and the words that can be answered instead of an answer. Shared by all askers."""

from __future__ import annotations

import re
from collections.abc import Callable

from compassion_cli.core.asking import Step
from compassion_cli.core.form import CARE
from compassion_cli.core.pack import Kind
from compassion_cli.core.session import Item, Session
from compassion_cli.terminal.frames import add_frame

#: Words that lead somewhere else when they stand on a line of their own.
STEPS = {":back": Step.BACK, ":skip": Step.SKIP, ":pause": Step.PAUSE, ":edit": Step.EDIT}
HELP = ":help"
WHY = ":why"
CLEAR = ":clear"
#: At the last look: makes what is shared private, and the other way round.
TURN = "p"

HELP_TEXT = """\
Write as much or as little as you like. Press Enter on an empty line to finish. Leave the answer empty to skip.
Type one of these on a line by itself:
:back go to the previous question
:skip go to the next question
:pause stop here and keep everything
:why see what this question is for, and where it comes from
:edit carry on with this answer in an editor
:clear delete this answer
:help see this list
To mark something you will do, so that you can find it again, begin its line with - [ ]"""


def say_help(session: Session, _: Item) -> str:
    """Say what can be typed, and how people write together where there are several."""
    return add_frame(HELP_TEXT, session.setting)


def say_why(session: Session, item: Item) -> str:
    """Say what a question is for, and where it comes from in its source."""
    source = session.pack.source
    place = f"{source.part}, in {source.work}"
    if source.relation == "derived":
        origin = f"It was written for this program, based on {place}."
    elif source.numbers == "briefing":
        origin = f"It is question {item.number} of {place}. The wording is our own."
    else:
        origin = f"It is based on {place}. The wording and the number are our own."
    basis = item.question.basis and f"Based on {item.question.basis}."
    return "\n".join(filter(None, (item.question.purpose, basis, origin)))


#: Words that are answered, with what is said.
SAYINGS: dict[str, Callable[[Session, Item], str]] = {HELP: say_help, WHY: say_why}


def is_word(line: str) -> bool:
    """Tell whether a line is one of the words."""
    return line.strip().lower() in (*STEPS, *SAYINGS, CLEAR)


def say_start(session: Session) -> str:
    """Say what is coming."""
    count = len(session.open_items)
    questions = "1 question" if count == 1 else f"{count} questions"
    return f"{session.title}. {questions}, {_say_time_left(session)}."


def _say_time_left(session: Session) -> str:
    minutes = session.minutes_left
    return "about a minute" if minutes == 1 else f"about {minutes} minutes"


def list_before(item: Item, last: Item | None) -> list[str]:
    """Return what is said before a question: what its section is about, once, and a gentle note where it is due."""
    is_new_section = last is None or last.section.id != item.section.id
    intro = [item.section.intro] if is_new_section and item.section.intro else []
    if item.question.care:
        return [*intro, CARE.format("This question", "it")]
    return [*intro, CARE.format("These questions", "them")] if is_new_section and item.section.care else intro


def list_progress(session: Session, item: Item) -> list[str]:
    """Say where in the session a question stands."""
    # An answer that is being changed may be one that no longer applies.
    asked = [other for other in session.items if other == item or session.applies(other)]
    left = f"{_say_time_left(session)} left"
    return [f"Question {asked.index(item) + 1} of {len(asked)}", item.section.title, left]


def say_how_to_answer(item: Item) -> str:
    """Say in a few words what the question takes."""
    if item.question.kind is Kind.CHOICE:
        more = ", then your words on the next lines" if item.question.takes_words else ""
        return f"Type a number from 1 to {len(item.question.choices)}{more}."
    if item.question.kind is Kind.SCALE and item.question.scale:
        return f"Type a number from 1 to {item.question.scale.steps}, then your words on the next lines."
    return ""


def label_items(session: Session) -> dict[str, Item]:
    """Return the questions by the number to type for each: its own number, or its place where numbers repeat."""
    items = session.open_items
    numbers = [item.number for item in items]
    labels = numbers if len(set(numbers)) == len(numbers) else [str(place) for place in range(1, len(items) + 1)]
    return dict(zip(labels, items, strict=True))


def join_typed(earlier: str, lines: list[str]) -> str:
    """Return what stands under a question that is left half way: the answer so far, and what was typed since."""
    return "\n\n".join(filter(None, (earlier, "\n".join(lines))))


def join_note(item: Item, choice: str, refused: str) -> str:
    """Return a choice or rating typed in answer to a fault, with the words that stood in the refused text under it."""
    if item.question.kind not in (Kind.CHOICE, Kind.SCALE) or "\n" in choice or choice in ("", refused):
        return choice
    head, _, rest = refused.partition("\n")
    is_mere_number = bool(re.fullmatch(r"\s*[\d./]*\s*", head))
    return f"{choice}\n{rest if is_mere_number else refused}".strip()

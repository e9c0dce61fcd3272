"""Lists of actions: what, by when, whose, how old, and in which entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from compassion_cli.core.action import Action, State
from compassion_cli.core.action_order import is_overdue
from compassion_cli.core.text import displayable
from compassion_cli.formats.dates import render_date
from compassion_cli.terminal.screen import Screen, wrap
from compassion_cli.terminal.styled import StyledLine, style


class Line(NamedTuple):
    """An action as it is shown.

    Attributes:
        name: What to type to mean it.
        whose: Whose it is.
        entry: What names the entry it belongs to.
        written: The day it was written down.
    """

    name: str
    action: Action
    whose: str
    entry: str
    written: date
    is_private: bool = False


def print_actions(lines: Sequence[Line], today: date, screen: Screen) -> None:
    """Print actions, two or more lines each on a terminal and one line each elsewhere."""
    if screen.has_coloured_results:
        screen.show_styled(list(_style_actions(lines, today)))
        return
    width = screen.result_width
    for line in lines:
        text, about = displayable(line.action.words), say_about(line, today)
        if width is None:
            screen.result(f"{line.name}. {end_sentence(text)} {about}")
        else:
            screen.result(wrap(f"{line.name}  {text}", width))
            screen.result(wrap(about, width, "      "))


def _style_actions(lines: Sequence[Line], today: date) -> Iterator[StyledLine]:
    for line in lines:
        yield StyledLine(((line.name, "cyan"), (f"  {displayable(line.action.words)}", "")))
        yield style(say_about(line, today), "yellow" if is_overdue(line.action, today) else "dim", indent=6)


def say_about(line: Line, today: date) -> str:
    """Say by when an action is due, or since when it is done, whose it is, how old, and in which entry."""
    private = " Private." if line.is_private else ""
    whose = end_sentence(displayable(" ".join(line.whose.split())))
    parts = (_say_state(line.action, today), whose, _say_age(line.written, today))
    return " ".join(filter(None, (*parts, f"Entry {line.entry}.{private}")))


def _say_state(action: Action, today: date) -> str:
    if action.state is not State.OPEN:
        since = f", {render_date(action.ended_on)}" if action.ended_on else ""
        return f"{action.state.value.capitalize()}{since}."
    if action.due is None:
        return "I could not read its date." if action.has_unread_day else ""
    return f"{'Overdue, was due' if is_overdue(action, today) else 'Due'} {render_date(action.due)}."


def _say_age(written: date, today: date) -> str:
    days = (today - written).days
    if days <= 0:
        return "From today."
    return "1 day old." if days == 1 else f"{days} days old."


def end_sentence(text: str) -> str:
    """Return a text that ends as a sentence does."""
    return text if text[-1:] in (".", "!", "?", "…") else f"{text}."

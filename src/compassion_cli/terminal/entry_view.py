"""Entries as plain lines, and the sentences about them that the coloured view shares.

What a file holds is untrusted. It is made harmless first and is never markup; every word of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from compassion_cli.core.form import Entry, FormSection
from compassion_cli.core.review import Hand, Response
from compassion_cli.core.text import displayable, enumerate_words
from compassion_cli.formats.dates import render_date
from compassion_cli.terminal.screen import wrap
from compassion_cli.terminal.styled import StyledLine, style

_CHANGED = "The entry has changed since this response was written."
_NEWER = (
    "A newer version of compassion-cli wrote this. It is all kept, but some of it may not be shown here. "
    "Please update compassion-cli."
)


class Shown(NamedTuple):
    """An entry as shown, with the responses to it, and who recorded its words besides its author.

    Attributes:
        left_out: By section, the numbers of the questions that have no answer. Only its author is shown them.
    """

    entry: Entry
    is_private: bool = False
    responses: tuple[Response, ...] = ()
    hands: tuple[Hand, ...] = ()
    left_out: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def say_when_and_who(entry: Entry, *, is_private: bool = False) -> str:
    """Say when an entry was written, by whom, and what names it."""
    private = " Private." if is_private else ""
    what = f"Response to {entry.reviewed.entry_id}" if entry.reviewed else f"Entry {entry.id}"
    day = render_date(entry.day)
    if entry.day != entry.created.date():
        written = f"{render_date(entry.created.date())}, {entry.created:%H:%M}"
        return f"{day}, by {entry.author}. Written {written}. {what}.{private}"
    return f"{day}, {entry.created:%H:%M}, by {entry.author}. {what}.{private}"


def say_hands(hands: Sequence[Hand]) -> list[str]:
    """Say who recorded or changed an entry that says it is by someone else."""
    first = [f"Recorded by {hand.name}, {_say_when(hand)}." for hand in hands if hand.is_first]
    # Who changed it many times is named once, with the last.
    last = {hand.name: hand for hand in hands if not hand.is_first}
    return first + [f"Changed by {hand.name}, {_say_when(hand)}." for hand in last.values()]


def _say_when(hand: Hand) -> str:
    return f"{render_date(hand.when.date())}, {hand.when:%H:%M}"


def say_extras(entry: Entry) -> str:
    """Say what else was recorded: the setting and tags."""
    people = f", {entry.people} people" if entry.people else ""
    setting = f"Setting: {entry.setting.value}{people}." if entry.setting else ""
    tags = f"Tags: {', '.join(entry.tags)}." if entry.tags else ""
    return " ".join(filter(None, (setting, tags)))


def say_left_out(shown: Shown, section: FormSection) -> list[str]:
    """Say quietly, to whoever wrote an entry, which questions of a section have no answer."""
    numbers = shown.left_out.get(section.id, ())
    plural = "question" if len(numbers) == 1 else "questions"
    return [f"Not answered: {plural} {enumerate_words(numbers, 'and')}."] if numbers else []


def list_notes(shown: Shown) -> list[str]:
    """Return what is said below an entry, a line each: that more may be in it, and how its author can add some."""
    notes = [_NEWER] if shown.entry.is_newer else []
    if shown.left_out:
        # A command is copied, so it is on a line with as little before it as can be.
        notes += [
            "Only you are shown which questions have no answer.",
            f"To answer one: journal edit {shown.entry.piece}",
        ]
    return notes


def say_response(response: Response) -> list[str]:
    """Say who responded and when, whether that is new, and whether the entry has changed since."""
    review = response.review
    new = " New." if response.is_new else ""
    head = f"Response by {review.author}, {render_date(review.created.date())}, {review.created:%H:%M}.{new}"
    return [head, *say_hands(response.hands), *([_CHANGED] if response.has_changed else [])]


def list_lines(shown: Shown, width: int | None) -> list[str]:
    """Return an entry as plain lines that make sense read aloud, wrapped where a width is given."""
    return [piece for line in _list_paragraphs(shown) for piece in (wrap(line, width).split("\n") if width else [line])]


def list_all_lines(several: Sequence[Shown], width: int | None) -> list[str]:
    """Return several entries as plain lines, each with its place among them."""
    lines: list[str] = []
    for place, shown in enumerate(several, 1):
        lines += [*([""] if place > 1 else []), f"Entry {place} of {len(several)}."] if len(several) > 1 else []
        lines += list_lines(shown, width)
    return lines


def _list_paragraphs(shown: Shown) -> Iterator[str]:
    entry = shown.entry
    yield displayable(entry.title or entry.pack)
    yield displayable(say_when_and_who(entry, is_private=shown.is_private))
    yield from map(displayable, say_hands(shown.hands))
    yield from filter(None, [displayable(say_extras(entry))])
    yield from _spaced(entry.loose)
    for section in entry.sections:
        yield ""
        yield displayable(section.title or section.id)
        yield from map(displayable, section.parts)
        yield from _spaced(section.loose)
        for question in section.questions:
            if question.text.strip():
                yield ""
                yield displayable(f"Question {question.number}. {question.wording}")
                yield from map(displayable, question.parts)
                yield from _spaced(question.text)
        left_out = say_left_out(shown, section)
        yield from ["", *left_out] if left_out else []
    notes = list_notes(shown)
    yield from map(displayable, ["", *notes] if notes else [])
    for response in shown.responses:
        yield from _list_response(response)


def _list_response(response: Response) -> Iterator[str]:
    yield ""
    yield from map(displayable, say_response(response))
    yield from _spaced(response.review.loose)
    for section in response.review.sections:
        yield from _spaced(section.loose)
        for question in section.questions:
            if question.text.strip():
                yield from ["", displayable(question.wording or f"Question {question.number}")]
                yield from _spaced(question.text)


def _spaced(text: str) -> list[str]:
    return ["", *displayable(text).split("\n")] if text.strip() else []


def style_entries(several: Sequence[Shown]) -> Iterator[StyledLine]:
    """Yield several entries in colour, with a rule between them."""
    for place, shown in enumerate(several):
        if place:
            yield StyledLine((), is_rule=True)
        yield from _style_entry(shown)


def _style_entry(shown: Shown) -> Iterator[StyledLine]:
    entry = shown.entry
    yield style(entry.title or entry.pack, "bold")
    yield style(say_when_and_who(entry, is_private=shown.is_private), "dim")
    yield from (style(line, "yellow") for line in say_hands(shown.hands))
    if extras := say_extras(entry):
        yield style(extras, "dim")
    yield from _style_text(entry.loose, indent=0)
    for section in entry.sections:
        yield from _style_section(section)
        yield from (style(line, "dim", above=1) for line in say_left_out(shown, section))
    yield from (style(note, "dim", above=int(place == 0)) for place, note in enumerate(list_notes(shown)))
    for response in shown.responses:
        yield from _style_response(response)


def _style_section(section: FormSection) -> Iterator[StyledLine]:
    yield style(section.title or section.id, "bold magenta", above=1)
    yield from (style(line, "italic") for line in section.parts)
    yield from _style_text(section.loose, indent=0)
    for question in section.questions:
        if question.text.strip():
            yield style(f"{question.number}. {question.wording}", "cyan", above=1)
            yield from (style(line, "cyan", indent=3) for line in question.parts)
            yield from _style_text(question.text)


def _style_response(response: Response) -> Iterator[StyledLine]:
    head, *more = say_response(response)
    yield style(head, "bold green", above=1)
    yield from (style(line, "yellow") for line in more)
    for loose in (response.review.loose, *(section.loose for section in response.review.sections)):
        yield from _style_text(loose)
    for question in response.review.questions:
        if question.text.strip():
            yield style(question.wording or f"Question {question.number}", "cyan", above=1)
            yield from _style_text(question.text)


def _style_text(text: str, indent: int = 3) -> Iterator[StyledLine]:
    if text.strip():
        yield style(text, indent=indent, above=1)

"""The page for a meeting: its headings and lines, and all of it as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from compassion_cli.core.action import Action, State
from compassion_cli.core.agenda import Agenda, Followed, Opener, Resting, Written, is_waiting
from compassion_cli.core.text import displayable, enumerate_words, first_words
from compassion_cli.formats.dates import render_date

_LONGEST_WORDS = 100
_MOST_ITEMS = 20
#: What a reader of Markdown would take for something else than words.
_MARKUP = re.compile(r"[\\`*_<\[\]~&]")
_MARKDOWN_BOXES = {State.OPEN: "[ ] ", State.DONE: "[x] ", State.DROPPED: "[-] "}


class PageItem(NamedTuple):
    """One line of a list; ``box`` is that of a task list."""

    text: str
    box: str = ""


class Part(NamedTuple):
    """A heading and its list; ``none`` is said where the list is empty."""

    heading: str
    items: tuple[PageItem, ...]
    none: str


class Page(NamedTuple):
    """The whole page."""

    title: str
    about: str
    parts: tuple[Part, ...]


def build_page(agenda: Agenda) -> Page:
    """Return the page of an agenda. Parts that have nothing to say are left out, but for the first three."""
    journals = {one.journal for one in (*agenda.recent, *agenda.waiting)}
    journals |= {one.journal for one in (*agenda.overdue, *agenda.open, *agenda.ended)}
    say = _Sayer(is_of_one=bool(agenda.person), is_of_many=len(journals) > 1)
    parts = (
        Part(_say_start(agenda), _list_most(map(say.entry, agenda.recent)), "Nothing was written."),
        Part("No response yet", _list_waiting(agenda, say), "Nothing from the last year is left to respond to."),
        Part("Overdue", _list_most(map(say.action, agenda.overdue)), "Nothing is overdue."),
        Part("Still to be done", _list_most(map(say.action, agenda.open)), ""),
        Part("Done or dropped since", _list_most(map(say.action, agenda.ended)), ""),
        Part("Flagged for supervision", _list_most(map(say.entry, agenda.flagged)), ""),
        Part("What you have not looked at for a while", _list_most(_say_resting(agenda.resting)), ""),
        Part("Questions to open with", _list_most(map(_say_opener, agenda.openers)), ""),
    )
    whose = f" with {agenda.person}" if agenda.person else ""
    title = f"Supervision{whose}, {render_date(agenda.today)}"
    return Page(title, _say_since(agenda), tuple(part for part in parts if part.items or part.none))


def _say_start(agenda: Agenda) -> str:
    return "Since the last meeting" if agenda.meeting else f"Since {render_date(agenda.since)}"


def _say_since(agenda: Agenda) -> str:
    if agenda.meeting:
        return f"The last meeting recorded was on {render_date(agenda.since)} (entry {agenda.meeting.piece})."
    return "Private entries are never on this page."


def _list_most(items: Iterable[PageItem]) -> tuple[PageItem, ...]:
    listed = list(items)
    more = [PageItem(f"and {len(listed) - _MOST_ITEMS} more")] if len(listed) > _MOST_ITEMS else []
    return (*listed[:_MOST_ITEMS], *more)


class _Sayer(NamedTuple):
    """Puts things into lines. Who wrote them and in which journal is said only where more than one is on the page."""

    is_of_one: bool
    is_of_many: bool

    def entry(self, one: Written) -> PageItem:
        """Return the line of an entry."""
        entry = one.entry
        by = "" if self.is_of_one else f", {entry.author}"
        state = "; no response yet" if is_waiting(one) else ""
        words = first_words(displayable(entry.opening), _LONGEST_WORDS)
        what = f"{render_date(entry.day)}, {entry.title or entry.pack}{by}"
        return PageItem(" ".join(f"{what} ({entry.piece}{self._where(one.journal)}{state}): {words}".split()))

    def action(self, one: Followed) -> PageItem:
        """Return the line of an action."""
        text, action = displayable(one.action.words), one.action
        where = f"{one.entry.piece}{self._where(one.journal)}"
        return PageItem(
            f"{text} ({' '.join(one.whose.split())}{_say_when(action)}; {where})", _MARKDOWN_BOXES[action.state]
        )

    def _where(self, journal: str) -> str:
        return f", in {journal}" if self.is_of_many else ""


def _list_waiting(agenda: Agenda, say: _Sayer) -> tuple[PageItem, ...]:
    """Return the entries that wait. Those that are on the page already, and say so there, are only counted."""
    above = {one.entry.id for one in agenda.recent[:_MOST_ITEMS]}
    rest = [one for one in agenda.waiting if one.entry.id not in above]
    count = len(agenda.waiting) - len(rest)
    share = f"all {count}" if count == len(above) else f"{count} of the {len(above)}"
    counted = [PageItem("the entry above" if len(above) == 1 else f"{share} entries above")]
    return (*(counted if count else []), *_list_most(map(say.entry, rest)))


def _say_when(action: Action) -> str:
    if action.state is State.OPEN:
        return f", due {render_date(action.due)}" if action.due else ""
    return f", {action.state.value} {render_date(action.ended_on)}" if action.ended_on else f", {action.state.value}"


def _say_resting(resting: Sequence[Resting]) -> Iterator[PageItem]:
    for one in resting:
        if one.is_used:
            sections = enumerate_words((_say_section(title, day) for title, day in one.sections), "and")
            yield PageItem(f"{one.pack.title}: {sections}")
    unused = [one.pack.title for one in resting if not one.is_used]
    if unused:
        yield PageItem(f"Not in the last year: {enumerate_words(unused, 'and')}")


def _say_section(title: str, day: date | None) -> str:
    return f"{title} (last on {render_date(day)})" if day else f"{title} (not in the last year)"


def _say_opener(opener: Opener) -> PageItem:
    return PageItem(f"{opener.question.text} ({opener.pack.title}, question {opener.number})")


def render_markdown(page: Page) -> str:
    """Return a page as Markdown, in which nothing that someone wrote is markup."""
    lines = [f"# {_escape_markup(page.title)}", "", _escape_markup(page.about)]
    for part in page.parts:
        lines += ["", f"## {part.heading}", ""]
        lines += [f"- {item.box}{_escape_markup(item.text)}" for item in part.items] or [part.none]
    return "\n".join(lines)


def _escape_markup(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", displayable(" ".join(text.split())))

"""Entries that were found, as commands hand them on: shown, with what is special about each, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from compassion_cli.cli.context import Context
from compassion_cli.core.query import Query
from compassion_cli.core.review import Response, find_own
from compassion_cli.core.text import enumerate_words
from compassion_cli.formats.as_json import Listed, Origin
from compassion_cli.formats.dates import render_date
from compassion_cli.storage.entry_query import Found, Listing
from compassion_cli.storage.responses import list_responses
from compassion_cli.terminal.entry_view import Shown, list_all_lines, style_entries
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen


def list_marks(several: Sequence[Found], context: Context, *, is_of_many: bool = False) -> list[str]:
    """Say of each entry what is special: where it lies, and whether someone has responded. Mostly nothing is."""
    marks = []
    for found in several:
        journal = found.file.journal
        where = f"In {journal.name}." if is_of_many and journal.name else ""
        reviewed = _say_reviewed(found, context.me) if found.reviews else ""
        marks.append(" ".join(filter(None, (where, "Private." if journal.is_private else "", reviewed))))
    return marks


def _say_reviewed(found: Found, me: str) -> str:
    responses = list_responses(found, me)
    if any(response.is_new for response in responses):
        return f"New response by {_name_authors([response for response in responses if response.is_new])}."
    is_by_others = not find_own(found.reviews, me) and not find_own((found.entry,), me)
    return f"Reviewed by {_name_authors(responses)}." if is_by_others else "Reviewed."


def _name_authors(responses: Sequence[Response]) -> str:
    return enumerate_words(dict.fromkeys(response.review.author for response in responses), "and")


def show_entries(shown: Sequence[Shown], screen: Screen) -> None:
    """Print entries as the screen can show them."""
    if screen.has_coloured_results:
        screen.show_styled(list(style_entries(shown)), pages=True)
    else:
        screen.result("\n".join(list_all_lines(shown, screen.result_width)))


def say_none(query: Query) -> str:
    """Say that nothing matches, in the words of what was asked for."""
    if query.anniversary:
        return f"Nothing was written on {render_date(query.anniversary).rpartition(' ')[0]} in earlier years."
    if query == Query(waits_for=query.waits_for):
        return f"{query.waits_for} has nothing left to respond to."
    if query == Query(answered_to=query.answered_to):
        return f"Nobody has responded to an entry by {query.answered_to} yet."
    return f"No entry matches{_say_days(query)}."


def _say_days(query: Query) -> str:
    """Say from which day to which, so that whoever typed it in words sees what was understood."""
    since = f" from {render_date(query.since)} on" if query.since else ""
    until = f"{',' if since else ''} up to {render_date(query.until)}" if query.until else ""
    return since + until


def say_rest(listing: Listing, screen: Screen) -> None:
    """Say, after the good results, that there are more, and name what something is wrong with."""
    if listing.has_more:
        count = len(listing.entries)
        screen.say(f"There are older entries too. To see more, add: -n {count * 5}")
    say_problems(listing.problems, screen)


def list_for_json(several: Sequence[Found]) -> list[Listed]:
    """Return entries as JSON tells of them: with the responses, and where each was found."""
    return [
        (found.entry, found.reviews, Origin(found.file.place, found.file.journal.label, found.file.journal.is_private))
        for found in several
    ]

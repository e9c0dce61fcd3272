"""What ``journal list`` does, once its options are read. Imported only then."""

from __future__ import annotations

from collections.abc import Sequence

from compassion_cli.cli.filtering import check_names
from compassion_cli.cli.opening import find_me, open_journals, open_own_screen, say_others
from compassion_cli.core.query import Query
from compassion_cli.core.review import Response, find_own
from compassion_cli.core.text import enumerate_words
from compassion_cli.formats.dates import render_date
from compassion_cli.storage.entry_query import Found, Listing, select
from compassion_cli.storage.journals import ALL
from compassion_cli.terminal.list_view import print_entries, say_problems
from compassion_cli.terminal.screen import Screen, spell_commands


def list_entries(folder: str | None, query: Query, limit: int, *, private: bool, as_json: bool, plain: bool) -> None:
    """Print the newest entries that match, then name what something is wrong with."""
    journals = open_journals(folder, only_private=private)
    listing = select(journals, query, limit, with_reviews=True)
    screen = open_own_screen(plain=plain)
    if as_json:
        from compassion_cli.cli.origins import list_entry  # noqa: PLC0415 - start-up counts here
        from compassion_cli.formats.entry_json import render_list_json  # noqa: PLC0415

        screen.result(render_list_json(list(map(list_entry, listing.found)), listing.problems))
        return
    marks = list_marks(listing.found, is_of_many=folder == ALL)
    print_entries([(found.entry, mark) for found, mark in zip(listing.found, marks, strict=True)], screen)
    if not listing.entries:
        check_names(query, "journal list")
        none_yet = f"There is no entry yet in {journals[0].folder}. Write the first with: reflect"
        screen.say(spell_commands(none_yet if query == Query() else say_none(query)))
        say_others(folder, screen)
    say_rest(listing, screen)


def list_marks(several: Sequence[Found], *, is_of_many: bool = False) -> list[str]:
    """Say of each entry what is special: where it lies, and whether somebody has responded. Mostly nothing is."""
    me = find_me() if any(found.reviews for found in several) else ""
    marks = []
    for found in several:
        journal = found.file.journal
        where = f"In {journal.name}." if is_of_many and journal.name else ""
        reviewed = _say_reviewed(found, me) if found.reviews else ""
        marks.append(" ".join(filter(None, (where, "Private." if journal.is_private else "", reviewed))))
    return marks


def _say_reviewed(found: Found, me: str) -> str:
    from compassion_cli.storage.responses import list_responses  # noqa: PLC0415 - start-up counts here

    responses = list_responses(found, me)
    if any(response.is_new for response in responses):
        return f"New response by {_name([response for response in responses if response.is_new])}."
    is_by_others = not find_own(found.reviews, me) and not find_own((found.entry,), me)
    return f"Reviewed by {_name(responses)}." if is_by_others else "Reviewed."


def _name(responses: Sequence[Response]) -> str:
    return enumerate_words(dict.fromkeys(response.review.author for response in responses), "and")


def say_none(query: Query) -> str:
    """Say that nothing matches, in the words of what was asked for."""
    if query == Query(waits_for=query.waits_for):
        return f"Nothing waits for a response by {query.waits_for}."
    if query == Query(answered_to=query.answered_to):
        return f"Nobody has responded yet to an entry by {query.answered_to}."
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
        screen.say(f"There are older ones too. To see more, add -n {count * 5}.")
    say_problems(listing.problems, screen)

"""What ``journal list`` does, once its options are read. Imported only then."""

from __future__ import annotations

from compassion_cli.cli.opening import open_journals, open_own_screen
from compassion_cli.core.errors import UsageError
from compassion_cli.core.query import Query
from compassion_cli.core.text import enumerate_words, nearest
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.journals import ALL
from compassion_cli.storage.selecting import Listing, select
from compassion_cli.terminal.list_view import print_entries, say_problems
from compassion_cli.terminal.screen import Screen, spell_commands


def _find_section(name: str) -> str:
    # An alias means the section it is an alias of.
    from compassion_cli.storage.packs import open_shelf  # noqa: PLC0415 - start-up counts here

    sections = [section for heading in open_shelf().headings.values() for section in heading.sections]
    return next((section.id for section in sections if name in section.aliases), name)


def read_count(text: str) -> int:
    """Return the number that ``-n`` was given.

    Raises:
        UsageError: It is no whole number from 1 on.
    """
    if text.isascii() and text.isdigit() and len(text) < len("1000000000") and int(text):
        return int(text)
    raise UsageError(f'-n needs a whole number from 1 on, and "{text}" is none', "journal list -n 20")


def list_entries(folder: str | None, query: Query, limit: int, *, private: bool, as_json: bool, plain: bool) -> None:
    """Print the newest entries that match, then name what something is wrong with."""
    journals = open_journals(folder, only_private=private)
    listing = select(journals, query, limit)
    screen = open_own_screen(plain=plain)
    if as_json:
        from compassion_cli.formats.entry_json import render_list_json  # noqa: PLC0415 - start-up counts here

        listed = [(found.entry, found.file.journal.is_private) for found in listing.found]
        screen.result(render_list_json(listed, listing.problems))
        return
    say_where = _say_where_of_many if folder == ALL else _say_where
    print_entries([(found.entry, say_where(found.file.journal)) for found in listing.found], screen)
    _say_rest(journals[0], query, listing, screen)


def _say_where(journal: Journal) -> str:
    return "Private." if journal.is_private else ""


def _say_where_of_many(journal: Journal) -> str:
    return " ".join(filter(None, (f"In {journal.name}." if journal.name else "", _say_where(journal))))


def read_query(since: str, until: str, pack: str, section: str) -> Query:
    """Return the query that the filters of the command line stand for; what is empty was not given.

    Raises:
        UsageError: A date cannot be read.
    """
    pack, section = pack.lower(), _find_section(section.lower()) if section else ""
    if not (since or until):
        return Query(pack=pack or None, section=section or None)
    from compassion_cli.formats.dates import parse_date  # noqa: PLC0415 - start-up counts here

    return Query(
        since=parse_date(since, "--since") if since else None,
        until=parse_date(until, "--until") if until else None,
        pack=pack or None,
        section=section or None,
    )


def _say_rest(journal: Journal, query: Query, listing: Listing, screen: Screen) -> None:
    if not listing.entries:
        if query.pack or query.section:
            _check_names(query)
        if query == Query():
            screen.say(spell_commands(f"There is no entry yet in {journal.folder}. Write the first with: reflect"))
        else:
            screen.say("No entry matches.")
    if listing.has_more:
        count = len(listing.entries)
        screen.say(f"There are older ones too. To see more, add -n {count * 5}.")
    say_problems(listing.problems, screen)


def _check_names(query: Query) -> None:
    # Entries of a pack that is gone can still be listed by its name, so a name is doubted only when nothing matches.
    from compassion_cli.storage.packs import open_shelf  # noqa: PLC0415 - only needed when something was mistyped

    shelf = open_shelf()
    if query.pack and query.pack not in shelf.headings:
        near = nearest(query.pack, shelf.headings)
        raise UsageError(
            f'no pack called "{query.pack}", and no entry of one',
            f"journal list --pack {near or enumerate_words(shelf.headings)}",
        )
    sections = {
        name
        for heading in shelf.headings.values()
        for section in heading.sections
        for name in (section.id, *section.aliases)
    }
    if query.section and query.section not in sections:
        near = nearest(query.section, sections)
        raise UsageError(
            f'no lens, role, concept or stage called "{query.section}", and no entry of one',
            f"journal list --lens {near or enumerate_words(sorted(sections))}",
        )

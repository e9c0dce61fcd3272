"""What ``list``, ``show`` and ``search`` can narrow down to, from the words of the command line to a query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from compassion_cli.core.errors import UsageError
from compassion_cli.core.query import Query
from compassion_cli.core.text import enumerate_words, nearest
from compassion_cli.formats import dates


@dataclass(frozen=True, kw_only=True)
class Filters:
    """The filters as they were given; what is empty was not."""

    since: str = ""
    until: str = ""
    pack: str = ""
    lens: str = ""
    tag: str = ""
    author: str = ""
    unreviewed: bool = False
    answered: bool = False


def read_count(text: str, command: str = "journal list") -> int:
    """Return the number that ``-n`` was given.

    Raises:
        UsageError: It is no whole number from 1 on.
    """
    if text.isascii() and text.isdigit() and len(text) < len("1000000000") and int(text):
        return int(text)
    raise UsageError(f'-n needs a whole number from 1 on, and "{text}" is none', f"{command} -n 20")


def read_query(filters: Filters, now: Callable[[], datetime], find_me: Callable[[], str]) -> Query:
    """Return the query that the filters of the command line stand for.

    Args:
        filters: As they were given.
        now: The clock.
        find_me: Who asks; called only where that matters.

    Raises:
        UsageError: A date cannot be read, or filters shut each other out.
    """
    if filters.unreviewed and filters.answered:
        raise UsageError(
            "--unreviewed is what others wrote, and --answered is what you wrote; nothing is both", "one of them"
        )
    since, until = _read_days(filters, now)
    return Query(
        since=since,
        until=until,
        pack=filters.pack.lower() or None,
        section=_find_section(filters.lens.lower()) if filters.lens else None,
        tag=filters.tag.strip() or None,
        author=filters.author.strip() or None,
        waits_for=find_me() if filters.unreviewed else None,
        answered_to=find_me() if filters.answered else None,
    )


def _read_days(filters: Filters, now: Callable[[], datetime]) -> tuple[date | None, date | None]:
    if not (filters.since or filters.until):
        return None, None
    today = now().date()
    since = read_days("--since", filters.since, today).first if filters.since else None
    until = read_days("--until", filters.until, today).last if filters.until else None
    if since and until and since > until:
        raise UsageError("--since is later than --until, so no day is in between", "the earlier day after --since")
    return since, until


def read_days(option: str, text: str, today: date, *, ahead: bool = False) -> dates.Period:
    """Return the days that an option was given.

    Raises:
        UsageError: It is no date, or cannot be meant; the remedy names the option.
    """
    try:
        return dates.read_period(text, today, ahead=ahead)
    except dates.DateFaultError as error:
        error.advise(f"{option} {error.remedy}", "")
        raise


def _find_section(name: str) -> str:
    # An alias means the section it is an alias of.
    from compassion_cli.storage.packs import open_shelf  # noqa: PLC0415 - start-up counts here

    sections = [section for heading in open_shelf().headings.values() for section in heading.sections]
    if any(section.id == name for section in sections):
        return name
    return next((section.id for section in sections if name in section.aliases), name)


def check_names(query: Query, command: str) -> None:
    """See whether a pack or section that nothing was found of is known at all.

    Entries of a pack that is gone can still be found by its name, so a name is doubted only when nothing matches.

    Raises:
        UsageError: It is not; the remedy names the nearest.
    """
    if not (query.pack or query.section):
        return
    from compassion_cli.storage.packs import open_shelf  # noqa: PLC0415 - only needed when something was mistyped

    shelf = open_shelf()
    if query.pack and query.pack not in shelf.headings:
        near = nearest(query.pack, shelf.headings)
        raise UsageError(
            f'no pack called "{query.pack}", and no entry of one',
            f"{command} --pack {near or enumerate_words(shelf.headings)}",
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
            f"{command} --lens {near or enumerate_words(sorted(sections))}",
        )

"""What ``list``, ``show`` and ``search`` can narrow down to: their common options, and the query those stand for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from inspect import Signature, signature
from typing import Annotated, Any

import typer

from compassion_cli.cli.context import Context, find_context
from compassion_cli.core.errors import UsageError
from compassion_cli.core.query import Query
from compassion_cli.core.text import enumerate_words, nearest
from compassion_cli.formats import dates
from compassion_cli.storage.packs import PackShelf


def read_filters(
    context: Context,
    *,
    since: Annotated[
        str, typer.Option(metavar="DATE", help="From this date on: 2026-11-23, or in words: last month.")
    ] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Up to and including this date.")] = "",
    pack: Annotated[str, typer.Option(metavar="NAME", help="Show only entries from this pack.")] = "",
    lens: Annotated[str, typer.Option(metavar="NAME", help="Show only this lens, role, concept or stage.")] = "",
    tag: Annotated[str, typer.Option(metavar="WORD", help="Show only entries with this tag.")] = "",
    author: Annotated[str, typer.Option(metavar="NAME", help="Show only entries by this person.")] = "",
    unreviewed: Annotated[
        bool,
        typer.Option("--unreviewed", help="Show only entries others have shared that you have not responded to."),
    ] = False,
    answered: Annotated[bool, typer.Option("--answered", help="Show only your entries that have a response.")] = False,
) -> Query:
    """Return the query that the filters of the command line stand for; what is empty was not given.

    Raises:
        UsageError: A date cannot be read, or filters shut each other out.
    """
    if unreviewed and answered:
        raise UsageError(
            "--unreviewed is what others wrote, and --answered is what you wrote; no entry can be both",
            "leave one of them out",
        )
    first, last = _read_both_days(since, until, context)
    return Query(
        since=first,
        until=last,
        pack=pack.lower() or None,
        section=_find_section(lens.lower(), context.shelf) if lens else None,
        tag=tag.strip() or None,
        author=author.strip() or None,
        waits_for=context.me if unreviewed else None,
        answered_to=context.me if answered else None,
    )


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filters among its options, in the place of its ``query``, and hand it what they stand for."""
    own = signature(command, eval_str=True)
    filters = list(signature(read_filters, eval_str=True).parameters.values())[1:]
    before, _, after = _split_options(list(own.parameters.values()), "query")

    @wraps(command)
    def run(ctx: typer.Context, **given: Any) -> None:
        values = {option.name: given.pop(option.name) for option in filters}
        command(ctx, query=read_filters(find_context(ctx), **values), **given)

    options = [*before, *filters, *after]
    # What Typer looks at first.
    setattr(run, "__signature__", Signature(options))  # noqa: B010 - a function has no such attribute to a type checker
    run.__annotations__ = {option.name: option.annotation for option in options}
    return run


def _split_options(options: list[Any], name: str) -> tuple[list[Any], Any, list[Any]]:
    place = next(place for place, option in enumerate(options) if option.name == name)
    return options[:place], options[place], options[place + 1 :]


def read_count(text: str, command: str) -> int:
    """Return the number that ``-n`` was given.

    Raises:
        UsageError: It is not a whole number from 1 up.
    """
    if text.isascii() and text.isdigit() and len(text) < len("1000000000") and int(text):
        return int(text)
    raise UsageError(f'-n must be 1 or more, not "{text}"', f"{command} -n 20")


def _read_both_days(since: str, until: str, context: Context) -> tuple[date | None, date | None]:
    if not (since or until):
        return None, None
    today = context.now().date()
    first = read_days("--since", since, today).first if since else None
    last = read_days("--until", until, today).last if until else None
    if first and last and first > last:
        raise UsageError(
            "--since is later than --until, so there are no dates between them", "put the earlier date after --since"
        )
    return first, last


def read_days(option: str, text: str, today: date, *, ahead: bool = False) -> dates.Period:
    """Return the days that an option was given.

    Raises:
        UsageError: It is no date, or cannot be meant; the remedy names the option.
    """
    try:
        return dates.read_period(text, today, ahead=ahead)
    except dates.DateFaultError as error:
        raise UsageError(error.what, error.spell(option)) from None


def _find_section(name: str, shelf: PackShelf) -> str:
    # An alias means the section it is an alias of.
    sections = [section for heading in shelf.headings.values() for section in heading.sections]
    if any(section.id == name for section in sections):
        return name
    return next((section.id for section in sections if name in section.aliases), name)


def check_names(query: Query, command: str, context: Context) -> None:
    """See whether a pack or section that nothing was found of is known at all.

    Entries of a pack that is gone can still be found by its name, so a name is doubted only when nothing matches.

    Raises:
        UsageError: It is not; the remedy names the nearest.
    """
    if not (query.pack or query.section):
        return
    headings = context.shelf.headings
    if query.pack and query.pack not in headings:
        near = nearest(query.pack, headings)
        raise UsageError(
            f'there is no pack called "{query.pack}", and you have no entry from it',
            f"{command} --pack {near}" if near else f"one of these packs: {enumerate_words(headings)}",
        )
    sections = {name for heading in headings.values() for section in heading.sections for name in section.names}
    if query.section and query.section not in sections:
        near = nearest(query.section, sections)
        raise UsageError(
            f'there is no lens, role, concept or stage called "{query.section}", and you have no entry from it',
            f"{command} --lens {near}" if near else f"one of these names: {enumerate_words(sorted(sections))}",
        )

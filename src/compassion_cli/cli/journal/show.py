"""``journal show``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.entries_as_json import list_whole_for_json
from compassion_cli.cli.filters import check_names, filtered, read_count
from compassion_cli.cli.found_entries import say_none, say_rest
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import (
    EntryArgument,
    JournalOption,
    JsonOption,
    NumberOption,
    PlainOption,
    PrivateOption,
)
from compassion_cli.cli.shown_entries import show_found
from compassion_cli.core.errors import UsageError
from compassion_cli.core.query import Query
from compassion_cli.formats.as_json import render_entries_json, render_entry_json
from compassion_cli.storage.entry_lookup import LATEST, find_file, find_latest, is_latest
from compassion_cli.storage.entry_query import Listing, read_one, select
from compassion_cli.storage.read_files import read_text
from compassion_cli.terminal.screen import is_terminal, print_clean


@filtered
def run(
    ctx: typer.Context,
    *,
    entry: EntryArgument = LATEST,
    number: NumberOption = "",
    query: Query,
    on_this_day: Annotated[
        bool, typer.Option("--on-this-day", help="Show what was written on this day in earlier years.")
    ] = False,
    private: PrivateOption = False,
    raw: Annotated[bool, typer.Option("--raw", help="Show the file itself, unchanged.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Show an entry with the responses to it.

    This is the latest entry, unless you name another. With filters, you see every entry that matches, oldest first.
    """
    context = find_context(ctx, plain=plain)
    if on_this_day:
        query = query._replace(anniversary=context.now().date())
    limit = read_count(number, "journal show") if number else None
    choice = JournalChoice(context, journal)
    journals, screen = choice.open_parts(only_private=private), context.screen
    if query == Query():
        with choice.looking():
            path = None if is_latest(entry) else find_file(journals, entry, context.now().date())
            if path and raw:
                _print_raw(path.path)
                return
            listing = read_one(path) if path else find_latest(journals)
        _show_one(listing, context, raw=raw, as_json=as_json)
        return
    if entry != LATEST or raw:
        what = "the name of an entry" if entry != LATEST else "--raw"
        raise UsageError(f"{what} cannot be used with filters", "leave one of them out")
    listing = select(journals, query, limit, with_reviews=True)
    if as_json:
        screen.result(render_entries_json(list_whole_for_json(listing.found, context), listing.problems))
        return
    if listing.found:
        show_found(tuple(reversed(listing.found)), context)
    else:
        check_names(query, "journal show", context)
        screen.say(say_none(query))
        choice.say_others()
    say_rest(listing, screen)


def _show_one(listing: Listing, context: Context, *, raw: bool, as_json: bool) -> None:
    if raw:
        _print_raw(listing.found[0].file.path)
    elif as_json:
        context.screen.result(render_entry_json(list_whole_for_json(listing.found, context)[0]))
    else:
        show_found(listing.found, context)
    say_rest(listing._replace(has_more=False), context.screen)


def _print_raw(path: Path) -> None:
    text = read_text(path)
    if is_terminal(sys.stdout):
        print_clean(text)
        return
    if sys.stdout:
        sys.stdout.buffer.write(text.encode("utf-8"))

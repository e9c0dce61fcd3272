"""``journal list``."""

from __future__ import annotations

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.filters import check_names, filtered, read_count
from compassion_cli.cli.found_entries import list_for_json, list_marks, say_none, say_rest
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, JsonOption, NumberOption, PlainOption, PrivateOption
from compassion_cli.core.query import Query
from compassion_cli.formats.as_json import render_list_json
from compassion_cli.storage.entry_query import select
from compassion_cli.terminal.list_view import print_entries


@filtered
def run(
    ctx: typer.Context,
    *,
    number: NumberOption = "20",
    query: Query,
    private: PrivateOption = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """List entries, newest first."""
    context = find_context(ctx, plain=plain)
    limit = read_count(number, "journal list")
    choice = JournalChoice(context, journal)
    journals = choice.open_parts(only_private=private)
    listing = select(journals, query, limit, with_reviews=True)
    screen = context.screen
    if as_json:
        screen.result(render_list_json(list_for_json(listing.found), listing.problems))
        return
    marks = list_marks(listing.found, context, is_of_many=choice.is_all)
    print_entries([(found.entry, mark) for found, mark in zip(listing.found, marks, strict=True)], screen)
    if not listing.entries:
        check_names(query, "journal list", context)
        none_yet = f"There are no entries in {journals[0].folder} yet. To write the first entry: reflect"
        if listing.problems:
            none_yet = f"I could not read any entry in {journals[0].folder}."
        screen.advise(none_yet if query == Query() else say_none(query))
        choice.say_others()
    say_rest(listing, screen)

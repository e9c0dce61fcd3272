"""``journal search``."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Annotated

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.filters import check_names, filtered, read_count
from compassion_cli.cli.found_entries import list_for_json, list_marks, say_rest
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, JsonOption, NumberOption, PlainOption, PrivateOption
from compassion_cli.core.errors import NotFoundError, UsageError
from compassion_cli.core.query import Query
from compassion_cli.core.search import Passage, Search, parse_regex, parse_words
from compassion_cli.formats.as_json import render_hits_json
from compassion_cli.storage.entry_query import Found, select
from compassion_cli.terminal.search_view import Hit, print_hits
from compassion_cli.terminal.time_limit import limit_time

#: In seconds.
_LONGEST_LOOK = 1.0


@filtered
def run(
    ctx: typer.Context,
    *,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...", help='Words to find; an entry must have all of them. For a phrase: "several words".'
        ),
    ],
    regex: Annotated[bool, typer.Option("--regex", help="WORDS is a regular expression.")] = False,
    number: NumberOption = "20",
    query: Query,
    private: PrivateOption = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Find words in what was written.

    Responses are searched, too. Capitals and accents make no difference. The newest entry comes first.
    """
    context = find_context(ctx, plain=plain)
    search = parse_regex(words, _limit_time) if regex else parse_words(words)
    limit = read_count(number, "journal search WORDS")
    choice = JournalChoice(context, journal)
    listing = select(choice.open_parts(only_private=private), query._replace(search=search), limit)
    screen = context.screen
    marks = list_marks(listing.found, context, is_of_many=choice.is_all)
    pairs = zip(listing.found, marks, strict=True)
    hits = [Hit(found.entry, mark, _list_passages(found, search)) for found, mark in pairs]
    if as_json:
        listed = list(zip(list_for_json(listing.found), [hit.passages for hit in hits], strict=True))
        screen.result(render_hits_json(listed, listing.problems))
    else:
        print_hits(hits, screen)
        say_rest(listing, screen)
    if not hits:
        check_names(query, "journal search WORDS", context)
        more = "fewer words, or part of a word" if query == Query() else "fewer words, or no filters"
        with choice.looking():
            raise NotFoundError("nothing was found", more)


def _limit_time() -> AbstractContextManager[None]:
    what = "that regular expression takes too long to search one entry"
    return limit_time(_LONGEST_LOOK, UsageError(what, "a simpler one, with no repeat inside a repeat"))


def _list_passages(found: Found, search: Search) -> list[Passage]:
    passages = search.list_passages(found.entry) if search.finds(found.entry) else []
    for review in found.reviews:
        if search.finds(review):
            label = f"Response by {review.author}"
            passages += [passage._replace(label=label) for passage in search.list_passages(review)]
    return passages

"""What ``journal search`` does, once its options are read. Imported only then."""

from __future__ import annotations

from compassion_cli.cli.filtering import check_names
from compassion_cli.cli.listing import list_marks, say_rest
from compassion_cli.cli.opening import looking_in, open_journals, open_own_screen
from compassion_cli.core.errors import NotFoundError
from compassion_cli.core.query import Query
from compassion_cli.core.search import Passage, Search
from compassion_cli.storage.entry_query import Found, select
from compassion_cli.storage.journals import ALL
from compassion_cli.terminal.search_view import Hit, print_hits


class NothingFoundError(NotFoundError):
    """No entry holds what was looked for."""


def search_entries(
    folder: str | None, search: Search, query: Query, limit: int, *, private: bool, as_json: bool, plain: bool
) -> None:
    """Print the newest entries that hold what is looked for, in them or in a response to them.

    Raises:
        NothingFoundError: There is none.
    """
    journals = open_journals(folder, only_private=private)
    listing = select(journals, query._replace(search=search), limit)
    screen = open_own_screen(plain=plain)
    marks = list_marks(listing.found, is_of_many=folder == ALL)
    pairs = zip(listing.found, marks, strict=True)
    hits = [Hit(found.entry, mark, _list(found, search)) for found, mark in pairs]
    if as_json:
        from compassion_cli.cli.origins import list_entry  # noqa: PLC0415 - start-up counts here
        from compassion_cli.formats.entry_json import render_hits_json  # noqa: PLC0415

        passages = [hit.passages for hit in hits]
        listed = list(zip(map(list_entry, listing.found), passages, strict=True))
        screen.result(render_hits_json(listed, listing.problems))
    else:
        print_hits(hits, screen)
        say_rest(listing, screen)
    if not hits:
        check_names(query, "journal search WORDS")
        more = "fewer words, or a piece of one" if query == Query() else "fewer words, or without filters"
        with looking_in(folder):
            raise NothingFoundError("nothing was found", more)


def _list(found: Found, search: Search) -> list[Passage]:
    passages = search.list_passages(found.entry) if search.finds(found.entry) else []
    for review in found.reviews:
        if search.finds(review):
            label = f"Response by {review.author}"
            passages += [passage._replace(label=label) for passage in search.list_passages(review)]
    return passages

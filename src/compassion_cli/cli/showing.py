"""What ``journal show`` does, once its options are read. Imported only then."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from compassion_cli.cli.filtering import check_names
from compassion_cli.cli.listing import say_none, say_rest
from compassion_cli.cli.opening import find_me, looking_in, open_journals, open_own_screen, say_others
from compassion_cli.core.errors import UsageError
from compassion_cli.core.query import Query
from compassion_cli.core.text import displayable
from compassion_cli.formats.dates import render_date
from compassion_cli.storage.entry_lookup import LATEST, find_file, find_latest
from compassion_cli.storage.entry_query import Found, read_one, select
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.read_files import read_text
from compassion_cli.storage.responses import list_responses, note_read
from compassion_cli.terminal.entry_view import Shown, list_all_lines
from compassion_cli.terminal.screen import Screen, is_terminal


@dataclass(frozen=True)
class ShowRequest:
    """What somebody wants to see, and how.

    Attributes:
        reference: The one entry; latest where none was named, which stands back where the query wants something.
        limit: How many at most; None for all.
    """

    folder: str | None
    reference: str
    query: Query
    limit: int | None = None
    private: bool = False
    raw: bool = False
    as_json: bool = False
    plain: bool = False

    @property
    def wants_several(self) -> bool:
        """Tell whether it is not about one entry."""
        return self.query != Query()


def show(request: ShowRequest) -> None:
    """Print one entry, or all that are wanted: rendered, as their files are, or as JSON."""
    journals = open_journals(request.folder, only_private=request.private)
    screen = open_own_screen(plain=request.plain)
    if not request.wants_several:
        with looking_in(request.folder):
            _show_one(journals, request, screen)
        return
    if request.reference != LATEST or request.raw:
        what = "an entry that is named" if request.reference != LATEST else "--raw, which prints one file,"
        raise UsageError(f"{what} has no place beside a filter", "leave one of them out")
    listing = select(journals, request.query, request.limit, with_reviews=True)
    if request.as_json:
        from compassion_cli.cli.origins import list_entry  # noqa: PLC0415 - start-up counts here
        from compassion_cli.formats.entry_json import render_entries_json  # noqa: PLC0415

        screen.result(render_entries_json(list(map(list_entry, listing.found)), listing.problems))
        return
    if listing.found:
        show_found(tuple(reversed(listing.found)), screen)
    else:
        check_names(request.query, "journal show")
        screen.say(_say_none(request.query))
        say_others(request.folder, screen)
    say_rest(listing, screen)


def _say_none(query: Query) -> str:
    if query.anniversary:
        return f"Nothing was written on {render_date(query.anniversary).rpartition(' ')[0]} in earlier years."
    return say_none(query)


def _show_one(journals: Sequence[Journal], request: ShowRequest, screen: Screen) -> None:
    is_latest = request.reference.lower() == LATEST
    file = None if is_latest else find_file(journals, request.reference)
    if file and request.raw:
        _print_raw(file.path)
        return
    listing = read_one(file) if file else find_latest(journals)
    found = listing.found[0]
    if request.raw:
        _print_raw(found.file.path)
    elif request.as_json:
        from compassion_cli.cli.origins import list_entry  # noqa: PLC0415 - start-up counts here
        from compassion_cli.formats.entry_json import render_entry_json  # noqa: PLC0415

        screen.result(render_entry_json(list_entry(found)))
    else:
        show_found((found,), screen)
    say_rest(listing._replace(has_more=False), screen)


def _print_raw(path: Path) -> None:
    text = read_text(path)
    if is_terminal(sys.stdout):
        print(displayable(text))
        return
    if sys.stdout:
        sys.stdout.buffer.write(text.encode("utf-8"))


def show_found(several: Sequence[Found], screen: Screen) -> None:
    """Print entries with the responses to them, and note that these have been read."""
    me = find_me() if any(found.reviews for found in several) else ""
    responses = [list_responses(found, me) for found in several]
    pairs = list(zip(several, responses, strict=True))
    print_shown([Shown(found.entry, found.file.journal.is_private, said) for found, said in pairs], screen)
    for found, said in pairs:
        note_read(found, said)


def print_shown(shown: Sequence[Shown], screen: Screen) -> None:
    """Print entries as the screen can show them."""
    if not screen.has_coloured_results:
        screen.result("\n".join(list_all_lines(shown, screen.result_width)))
        return
    from compassion_cli.terminal.entry_view_rich import print_coloured  # noqa: PLC0415 - only terminals pay for Rich

    print_coloured(shown, screen.width)

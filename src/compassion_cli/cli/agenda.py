"""What ``journal agenda`` does, once its options are read. Imported only then."""

from __future__ import annotations

from collections.abc import Sequence

from compassion_cli.cli.environment import Environment
from compassion_cli.cli.filtering import read_days
from compassion_cli.cli.opening import looking_in, open_each, open_own_screen, say_others
from compassion_cli.core.agenda import LOOKING_BACK, Followed, Written, make_agenda
from compassion_cli.core.errors import NotFoundError, ReflectError
from compassion_cli.core.query import Query
from compassion_cli.core.review import is_same_person
from compassion_cli.core.text import enumerate_words, nearest
from compassion_cli.formats.agenda_page import build_page, render_markdown
from compassion_cli.storage.actions import list_actions
from compassion_cli.storage.packs import open_shelf
from compassion_cli.storage.selecting import select
from compassion_cli.terminal.agenda_view import print_page
from compassion_cli.terminal.list_view import say_problems


class PersonNotFoundError(NotFoundError):
    """Nobody of that name has written here."""


def show_agenda(folder: str | None, person: str, since: str, environment: Environment, *, plain: bool) -> None:
    """Print the page for a meeting, as Markdown where it goes elsewhere than to a terminal.

    Args:
        folder: What ``--journal`` was given.
        person: Whose meeting it is; empty for everybody in the journal.
        since: From which day on entries count, as it was typed; empty for since the last meeting.
        environment: The world outside.
        plain: Plain lines were asked for.
    """
    screen, today = open_own_screen(plain=plain), environment.now().date()
    start = read_days("--since", since, today).first if since else None
    # Both people may read this page, so nothing private is on it.
    journals = [journal for journal in open_each(folder) if not journal.is_private]
    if not journals:
        raise ReflectError(
            "this journal is private, and both people read an agenda", "journal agenda, of the shared one"
        )
    listing = select(journals, Query(since=min(start or today, today - LOOKING_BACK)), None, with_reviews=True)
    written = [Written(found.entry, found.reviews, str(found.file.journal.folder)) for found in listing.found]
    with looking_in(folder):
        person = _find_person(person.strip(), written)
    actions = list_actions(journals)
    shelf = open_shelf()
    agenda = make_agenda(
        written,
        [Followed(one.action, one.entry, one.holder, str(one.journal.folder)) for one in actions.found],
        list(shelf.headings.values()),
        [shelf.load(pack_id) for pack_id in shelf.headings],
        person=person,
        today=today,
        since=start,
    )
    page = build_page(agenda)
    if screen.result_width is None:
        screen.result(render_markdown(page))
    else:
        print_page(page, screen)
    if not (written or actions.found):
        say_others(folder, screen)
    names = sorted({one.entry.author for one in written})
    if not person and len(names) > 1:
        screen.say(
            f"On this page is what {enumerate_words(names, 'and')} wrote. For a meeting with one of them: --for NAME"
        )
    say_problems(tuple(dict.fromkeys((*listing.problems, *actions.problems))), screen)


def _find_person(person: str, written: Sequence[Written]) -> str:
    """Return the name of somebody as their entries carry it."""
    if not person:
        return ""
    names = list(dict.fromkeys(one.entry.author for one in written))
    found = next((name for name in names if is_same_person(name, person)), None)
    if found is None:
        near = nearest(person, names)
        remedy = f'--for "{near}"' if near else "journal agenda, for everybody"
        known = f": only {enumerate_words(names, 'and')}" if names else ""
        raise PersonNotFoundError(f'nobody called "{person}" has written here in the last year{known}', remedy)
    return found

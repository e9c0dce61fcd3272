"""What ``journal agenda`` does, once its options are read. Imported only then."""

from __future__ import annotations

from collections.abc import Sequence

from compassion_cli.cli.environment import Environment
from compassion_cli.cli.filtering import read_days
from compassion_cli.cli.opening import (
    find_me,
    looking_in,
    open_each,
    open_own_screen,
    say_others,
    spell_journal,
)
from compassion_cli.core.agenda import LOOKING_BACK, Followed, Written, make_agenda
from compassion_cli.core.errors import NotFoundError, Problem, ReflectError
from compassion_cli.core.folding import fold
from compassion_cli.core.pack import Pack
from compassion_cli.core.query import Query
from compassion_cli.core.review import is_meant, is_same_person
from compassion_cli.core.text import enumerate_words, nearest
from compassion_cli.formats.agenda_page import build_page, render_markdown
from compassion_cli.storage.actions import list_actions
from compassion_cli.storage.entry_query import select
from compassion_cli.storage.packs import PackShelf, PackUnusableError, open_shelf
from compassion_cli.terminal.agenda_view import print_page
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen


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
    written = [Written(found.entry, found.reviews, found.file.journal.label) for found in listing.found]
    with looking_in(folder):
        person = _find_person(person.strip(), written, spell_journal(folder))
    actions = list_actions(journals)
    shelf = open_shelf()
    packs, faulty = _load_packs(shelf)
    agenda = make_agenda(
        written,
        [Followed(one.action, one.entry, one.holder, one.journal.label) for one in actions.found],
        list(shelf.headings.values()),
        packs,
        person=person,
        today=today,
        since=start,
        reader=find_me(),
    )
    page = build_page(agenda)
    if screen.result_width is None:
        screen.result(render_markdown(page))
    else:
        print_page(page, screen)
    if not (written or actions.found):
        say_others(folder, screen)
    _say_of_whom(person, written, screen)
    say_problems(tuple(dict.fromkeys((*listing.problems, *actions.problems, *faulty))), screen)


def _load_packs(shelf: PackShelf) -> tuple[list[Pack], list[Problem]]:
    """Return the packs that can be used, and what is wrong with the others: a page is wanted whatever they are like."""
    packs, faulty = [], []
    for pack_id in shelf.headings:
        try:
            packs.append(shelf.load(pack_id))
        except PackUnusableError as error:
            faulty.append(error.problem)
    return packs, faulty


def _say_of_whom(person: str, written: Sequence[Written], screen: Screen) -> None:
    names = _list_names(written)
    journals = dict.fromkeys(one.journal for one in written if is_same_person(one.entry.author, person))
    if person and len(journals) > 1:
        screen.say(
            f"Entries by {person} are in {enumerate_words(journals, 'and')}. "
            "If that is not one person, take one journal: --journal NAME"
        )
    if not person and len(names) > 1:
        screen.say(
            f"On this page is what {enumerate_words(names, 'and')} wrote. For a meeting with one of them: --for NAME"
        )


def _list_names(written: Sequence[Written]) -> list[str]:
    """Return who has written, each once, however their name was spelt."""
    names: list[str] = []
    for one in written:
        if not any(is_same_person(one.entry.author, name) for name in names):
            names.append(one.entry.author)
    return sorted(names)


def _find_person(person: str, written: Sequence[Written], options: str) -> str:
    """Return the name of somebody as their entries carry it."""
    if not person:
        return ""
    names = _list_names(written)
    meant = [name for name in names if is_same_person(name, person)] or [n for n in names if is_meant(n, person)]
    if len(meant) == 1:
        return meant[0]
    # Part of a name is a better guess than one that is spelt alike.
    parts = [name for name in names if set(fold(person).split()) <= set(fold(name).split())]
    guesses = meant or parts or list(filter(None, [nearest(person, names)]))
    remedy = "\n".join(f'--for "{name}"' for name in guesses) or f"journal agenda{options}, for everybody"
    known = f": only {enumerate_words(names, 'and')}" if names else ""
    raise PersonNotFoundError(f'nobody called "{person}" has written here in the last year{known}', remedy)

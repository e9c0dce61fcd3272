"""``journal agenda``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.filters import read_days
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, PlainOption
from compassion_cli.core.agenda import LOOKING_BACK, Followed, Written, make_agenda
from compassion_cli.core.errors import NotFoundError, Problem, ReflectError
from compassion_cli.core.pack import Pack
from compassion_cli.core.query import Query
from compassion_cli.core.review import Person, is_meant, is_same_person, recognise
from compassion_cli.core.text import enumerate_words, fold, nearest
from compassion_cli.formats.agenda_page import build_page, render_markdown
from compassion_cli.storage.actions import list_actions
from compassion_cli.storage.entry_query import select
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.packs import PackUnusableError
from compassion_cli.terminal.agenda_view import print_page
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen


def run(
    ctx: typer.Context,
    *,
    person: Annotated[
        str, typer.Option("--for", metavar="NAME", help="Show only this person's entries and actions.")
    ] = "",
    since: Annotated[
        str, typer.Option(metavar="DATE", help="From this date on. If left out: since the last recorded meeting.")
    ] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Put together the page for a supervision meeting.

    It has what was written since the last meeting, what has no response yet, and what is still to be done. It also has
    what was given the tag supervision, what you have not looked at for a while, and a few opening questions. Nothing
    private is on it. If you save it to a file, it is Markdown.
    """
    context = find_context(ctx, plain=plain)
    start = read_days("--since", since, context.now().date()).first if since else None
    choice = JournalChoice(context, journal)
    journals = choice.open_shared()
    if not journals:
        raise ReflectError(
            "an agenda is for both people, and this journal is private", "to use your shared journal: journal agenda"
        )
    print_agenda(journals, choice, person.strip(), start)


def print_agenda(journals: Sequence[SharedJournal], choice: JournalChoice, person: str, since: date | None) -> None:
    """Print the page of some journals, which both people may read: as Markdown, where it goes into a file."""
    context, screen, today = choice.context, choice.context.screen, choice.context.now().date()
    listing = select(journals, Query(since=min(since or today, today - LOOKING_BACK)), None, with_reviews=True)
    written = [Written(found.entry, found.reviews, found.file.journal.label) for found in listing.found]
    with choice.looking():
        person = _find_person(person, _list_names(written, context.me), choice.option)
    actions = list_actions(journals)
    packs, faulty = _load_packs(context)
    agenda = make_agenda(
        written,
        [Followed(one.action, one.entry, one.holder, one.journal.label) for one in actions.found],
        list(context.shelf.headings.values()),
        packs,
        person=person,
        today=today,
        since=since,
        reader=context.me,
    )
    page = build_page(agenda)
    if screen.result_width is None:
        screen.result(render_markdown(page))
    else:
        print_page(page, screen)
    if not (written or actions.found):
        choice.say_others()
    _say_of_whom(person, written, _list_names(written, context.me), screen)
    say_problems(tuple(dict.fromkeys((*listing.problems, *actions.problems, *faulty))), screen)


def _load_packs(context: Context) -> tuple[list[Pack], list[Problem]]:
    """Return the packs that can be used, and what is wrong with the others: a page is wanted whatever they are like."""
    packs, faulty = [], []
    for pack_id in context.shelf.headings:
        try:
            packs.append(context.shelf.load(pack_id))
        except PackUnusableError as error:
            faulty.append(error.problem)
    return packs, faulty


def _say_of_whom(person: str, written: Sequence[Written], names: Sequence[str], screen: Screen) -> None:
    journals = dict.fromkeys(one.journal for one in written if is_same_person(one.entry.author, person))
    if person and len(journals) > 1:
        screen.say(
            f"Entries by {person} are in {enumerate_words(journals, 'and')}. "
            "If this is more than one person, choose one journal: --journal NAME"
        )
    if not person and len(names) > 1:
        screen.say(
            f"This page has what {enumerate_words(names, 'and')} wrote. For a meeting with one person, add: --for NAME"
        )


def _list_names(written: Sequence[Written], me: Person) -> list[str]:
    """Return who has written, each once, however their name was spelt, and whatever mine was before."""
    names: list[str] = []
    for one in written:
        if not any(is_same_person(one.entry.author, name) for name in names):
            names.append(recognise(one.entry.author, me))
    return sorted(names)


def _find_person(person: str, names: Sequence[str], options: str) -> str:
    """Return the name of someone as their entries carry it."""
    if not person:
        return ""
    meant = [name for name in names if is_same_person(name, person)] or [n for n in names if is_meant(n, person)]
    if len(meant) == 1:
        return meant[0]
    # Part of a name is a better guess than one that is spelt alike.
    parts = [name for name in names if set(fold(person).split()) <= set(fold(name).split())]
    guesses = meant or parts or list(filter(None, [nearest(person, names)]))
    remedy = "\n".join(f'--for "{name}"' for name in guesses) or f"for everyone: journal agenda{options}"
    known = f": only {enumerate_words(names, 'and')}" if names else ""
    raise NotFoundError(f'nobody called "{person}" has written here in the last year{known}', remedy)

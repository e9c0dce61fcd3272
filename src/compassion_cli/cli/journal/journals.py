"""``journal journals``."""

from __future__ import annotations

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.options import PlainOption
from compassion_cli.core.errors import ReflectError
from compassion_cli.formats.dates import render_date
from compassion_cli.history.sync import count_unsent
from compassion_cli.storage.entry_files import list_files
from compassion_cli.storage.journal import Journal, SharedJournal
from compassion_cli.storage.journals import find_all


def run(ctx: typer.Context, *, plain: PlainOption = False) -> None:
    """List your journals, and what is still to be sent."""
    context = find_context(ctx, plain=plain)
    screen, journals = context.screen, find_all(context.settings)
    if not journals:
        screen.advise("You have no journal yet. To write your first entry: reflect")
    for journal in journals:
        screen.result(f"{journal.name}: {journal.folder}. {_say_last(journal)} {_say_unsent(journal)}")


def _say_last(journal: Journal) -> str:
    if not journal.exists:
        return "The folder does not exist."
    newest = next(list_files([journal]), None)
    return f"Last entry {render_date(newest.day)}." if newest else "No entries yet."


def _say_unsent(journal: Journal) -> str:
    try:
        count = count_unsent(journal) if isinstance(journal, SharedJournal) else None
    except ReflectError as error:
        return f"I could not check what is still to be sent: {error.what}."
    if count is None:
        return "On this computer only."
    return f"{count} still to be sent." if count else "Everything has been sent."

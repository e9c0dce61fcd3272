"""``reflect`` alone: a numbered menu of packs."""

from __future__ import annotations

from compassion_cli.cli.context import Context
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.reflect.pack import ask_pack
from compassion_cli.cli.reflect.waiting import say_waiting
from compassion_cli.terminal.menu import choose


def run(context: Context) -> None:
    """Offer a numbered menu of packs, and ask the one that is chosen."""
    headings = list(context.shelf.headings.values())
    options = [f"{heading.summary} ({heading.duration})" for heading in headings]
    with context.reader.held():
        say_waiting(context)
        place = choose(context.screen, context.reader, "What would you like to reflect on?", options)
        if place is not None:
            ask_pack(headings[place].id, context, JournalChoice(context, None), reader=context.reader)

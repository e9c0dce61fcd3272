"""``journal share``."""

from __future__ import annotations

from typing import Annotated

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.found_entries import show_entries
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, PlainOption
from compassion_cli.cli.saved import open_recorder
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError
from compassion_cli.history.share import move_to_shared
from compassion_cli.history.sync import find_address
from compassion_cli.storage.entry_lookup import LATEST, find_file
from compassion_cli.storage.journal import PrivateJournal, SharedJournal
from compassion_cli.storage.read_entry import read_with_text
from compassion_cli.terminal.entry_view import Shown
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.menu import confirm
from compassion_cli.terminal.screen import Screen


def run(
    ctx: typer.Context,
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="A private entry, named as for show.")] = LATEST,
    yes: Annotated[bool, typer.Option("--yes", help="Share it without being asked.")] = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Move a private entry into the shared journal. Shows it, and asks first."""
    context = find_context(ctx, plain=plain)
    screen, reader = context.screen, context.reader
    file = find_file(JournalChoice(context, journal).open_parts(only_private=True), entry)
    if not isinstance(file.journal, PrivateJournal):
        raise ReflectError(f"{file.id} is not private", "journal list --private")
    # What is in one that was moved out of its place goes where everything goes.
    shared = file.journal.shared or next(iter(JournalChoice(context, None).open_shared()), None)
    if shared is None:
        raise ReflectError(
            "this private journal is not inside a shared one",
            "move its folder back into your journal, then: journal share",
        )
    private_entry, text = read_with_text(file.path)
    with reader.held():
        if not yes:
            show_entries([Shown(private_entry, is_private=True)], screen)
            screen.say()
            _ask(f"Share this entry, as it stands here? {_say_who(shared)}", screen, reader)
        recorders = [open_recorder(folder, context) for folder in (shared.folder, file.journal.folder)]
        path = move_to_shared(file.path, text, shared, *recorders)
    screen.advise("Shared. Others see it after: journal sync")
    screen.result(str(path))


def _ask(question: str, screen: Screen, reader: LineReader) -> None:
    safe = "The entry is private, as it was."
    try:
        is_sure = confirm(screen, reader, question)
    except KeyboardInterrupt:
        raise InterruptedReflectionError("stopped; nothing was shared", safe=safe) from None
    if not is_sure:
        raise ReflectError("nothing was shared", "journal share ENTRY --yes, to share it without being asked", safe)


def _say_who(shared: SharedJournal) -> str:
    address = find_address(shared)
    if address:
        return f"With the next journal sync, everybody who can open {address} can read it. That cannot be undone."
    return f"It goes to {shared.folder}, which is on this computer only until you share that journal."

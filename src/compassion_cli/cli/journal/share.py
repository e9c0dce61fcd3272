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
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Which private entry (as in journal show).")] = LATEST,
    yes: Annotated[bool, typer.Option("--yes", help="Share without confirming.")] = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Move a private entry into the shared journal. You see it first, and are asked to confirm."""
    context = find_context(ctx, plain=plain)
    screen, reader = context.screen, context.reader
    file = find_file(JournalChoice(context, journal).open_parts(only_private=True), entry, context.now().date())
    if not isinstance(file.journal, PrivateJournal):
        raise ReflectError(f"{file.id} is not private", "to see your private entries: journal list --private")
    # What is in one that was moved out of its place goes where everything goes.
    shared = file.journal.shared or next(iter(JournalChoice(context, None).open_shared()), None)
    if shared is None:
        raise ReflectError(
            "this private journal is not inside a shared one",
            "move its folder back into your journal, then: journal share",
        )
    private_entry, text = read_with_text(file.path)
    address = find_address(shared)
    with reader.held():
        if not yes:
            show_entries([Shown(private_entry, is_private=True)], screen)
            screen.say()
            _ask(f"Share this entry, as you see it here? {_say_who(shared, address)}", screen, reader)
        recorders = [open_recorder(folder, context) for folder in (shared.folder, file.journal.folder)]
        path = move_to_shared(file.path, text, shared, *recorders)
    sends = f" To send it to others: journal sync{shared.option}" if address else ""
    screen.advise(f"Shared.{sends}")
    screen.result(str(path))


def _ask(question: str, screen: Screen, reader: LineReader) -> None:
    safe = "The entry is still private."
    try:
        is_sure = confirm(screen, reader, question)
    except KeyboardInterrupt:
        raise InterruptedReflectionError("stopped; nothing was shared", safe=safe) from None
    if not is_sure and screen.is_interactive:
        raise ReflectError("nothing was shared", safe=safe)
    if not is_sure:
        raise ReflectError("nothing was shared", "to share it without confirming: journal share ENTRY --yes", safe)


def _say_who(shared: SharedJournal, address: str | None) -> str:
    if address:
        return f"After the next sync, everyone who can open {address} can read it. You cannot undo this."
    return f"It will be in {shared.folder}, which stays on this computer until you share that journal."

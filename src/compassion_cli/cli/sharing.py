"""What ``journal share`` does, once its options are read. Imported only then."""

from __future__ import annotations

import sys

from compassion_cli.cli.environment import Environment
from compassion_cli.cli.opening import open_journals, open_own_screen
from compassion_cli.cli.recording import open_recorder
from compassion_cli.cli.showing import print_shown
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError
from compassion_cli.history.share import move_to_shared
from compassion_cli.history.sync import find_address
from compassion_cli.storage.entry_lookup import find_file
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.read_entry import read_with_text
from compassion_cli.terminal.entry_view import Shown
from compassion_cli.terminal.lines import LineReader, open_reader
from compassion_cli.terminal.menu import confirm
from compassion_cli.terminal.screen import Screen, spell_commands


def share(folder: str | None, reference: str, environment: Environment, *, yes: bool, plain: bool) -> None:
    """Show a private entry and who will see it, and move it once somebody has said yes."""
    screen = open_own_screen(plain=plain)
    reader = open_reader(sys.stdin, is_interactive=screen.is_interactive, is_plain=screen.is_plain)
    file = find_file(open_journals(folder, only_private=True), reference)
    if not file.journal.is_private:
        raise ReflectError(f"{file.id} is not private", "journal list --private")
    shared = file.journal.shared
    entry, text = read_with_text(file.path)
    with reader.held():
        if not yes:
            print_shown([Shown(entry, is_private=True)], screen)
            screen.say()
            _ask(f"Share this entry, as it stands here? {_say_who(shared)}", screen, reader)
        recorders = [open_recorder(journal.folder, environment, screen) for journal in (shared, file.journal)]
        path = move_to_shared(file.path, text, shared, *recorders)
    screen.say(spell_commands("Shared. Others see it after: journal sync"))
    screen.result(str(path))


def _ask(question: str, screen: Screen, reader: LineReader) -> None:
    safe = "The entry is private, as it was."
    try:
        is_sure = confirm(screen, reader, question)
    except KeyboardInterrupt:
        raise InterruptedReflectionError("stopped; nothing was shared", safe=safe) from None
    if not is_sure:
        raise ReflectError("nothing was shared", "journal share ENTRY --yes, to share it without being asked", safe)


def _say_who(shared: Journal) -> str:
    address = find_address(shared.folder)
    if address:
        return f"With the next journal sync, everybody who can open {address} can read it. That cannot be undone."
    return f"It goes to {shared.folder}, which is on this computer only until you share that journal."

"""What ``journal journals`` does, once its options are read. Imported only then."""

from __future__ import annotations

from compassion_cli.cli.opening import open_own_screen
from compassion_cli.core.errors import ReflectError
from compassion_cli.formats.dates import render_date
from compassion_cli.history.sync import count_unsent
from compassion_cli.history.versions import History
from compassion_cli.storage.entry_files import list_files
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.journals import find_all
from compassion_cli.storage.settings import load_settings
from compassion_cli.terminal.screen import spell_commands


def list_journals(*, plain: bool) -> None:
    """List all journals: folder, last entry, and what waits to be sent."""
    screen = open_own_screen(plain=plain)
    journals = find_all(load_settings())
    if not journals:
        screen.say(spell_commands("There is no journal yet. Write the first entry with: reflect"))
    for journal in journals:
        screen.result(f"{journal.name}: {journal.folder}. {_say_last(journal)} {_say_unsent(journal)}")


def _say_last(journal: Journal) -> str:
    if not journal.exists:
        return "The folder is not there."
    newest = next(list_files([journal]), None)
    return f"Last entry {render_date(newest.day)}." if newest else "No entry yet."


def _say_unsent(journal: Journal) -> str:
    try:
        count = count_unsent(History(journal.folder))
    except ReflectError as error:
        return f"What is unsent cannot be told: {error.what}."
    if count is None:
        return "On this computer only."
    return f"{count} not sent yet." if count else "All is sent."

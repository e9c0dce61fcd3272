"""Asking, once, what name entries should carry."""

from __future__ import annotations

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.text import clean_line, displayable
from compassion_cli.history.author import find_account, find_author, find_chosen_author
from compassion_cli.storage.settings import change_setting, load_settings
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.screen import Screen, spell_commands


def find_or_ask_author(screen: Screen, reader: LineReader) -> str:
    """Return the name entries carry. Where nobody ever chose one, whoever is at a terminal is asked, once.

    Raises:
        SettingsFaultError: The settings cannot be used.
        KeyboardInterrupt: The program is to end.
    """
    settled = load_settings().name
    if screen.is_interactive and not find_chosen_author(settled):
        return _ask(screen, reader)
    return find_author(settled)


def _ask(screen: Screen, reader: LineReader) -> str:
    account = find_account()
    screen.say("What name should your entries carry? Whoever reads your journal sees it.")
    screen.say(f"Type it, then Enter. Enter alone takes the name of your account, {account}.")
    line = reader.read()
    if line is None:
        return account
    # Nothing in a name may make it read differently from what it holds.
    name = clean_line(displayable(clean_line(line))) or account
    try:
        change_setting("name", name)
    except ReflectError as error:
        screen.say(f"The name could not be kept for next time: {error.what}.")
    else:
        screen.say(spell_commands(f'Your entries carry the name {name}. Change it with: journal config name "NAME"'))
    return name

"""What is asked before the questions of a pack: what name entries should carry, once, and how many are in a group."""

from __future__ import annotations

import re

from compassion_cli.cli.context import Context
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError, UsageError
from compassion_cli.core.form import Setting
from compassion_cli.core.pack import Pack
from compassion_cli.core.text import clean_line, displayable
from compassion_cli.history.author import find_account, find_chosen_author
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.screen import Screen

_FEWEST = 2
_RANGE = f"a whole number from {_FEWEST} to 999"


def find_or_ask_author(context: Context, reader: LineReader) -> str:
    """Return the name entries carry. Where nobody ever chose one, whoever is at a terminal is asked, once.

    Raises:
        SettingsFaultError: The settings cannot be used.
        KeyboardInterrupt: The program is to end.
    """
    if context.screen.is_interactive and not find_chosen_author(context.settings.name):
        return _ask_author(context, reader)
    return context.me


def _ask_author(context: Context, reader: LineReader) -> str:
    account, screen = find_account(), context.screen
    screen.say("What name should be on your entries? Everyone who reads your journal will see it.")
    screen.say(f"Type it and press Enter. Or just press Enter to use your account name ({account}).")
    line = reader.read()
    if line is None:
        return account
    # Nothing in a name may make it read differently from what it holds.
    name = clean_line(displayable(clean_line(line))) or account
    try:
        context.change_setting("name", name)
    except ReflectError as error:
        screen.say(f"I could not save the name for next time: {error.what}.")
    else:
        screen.advise(f'Your name on entries will be {name}. To change it: journal config name "NAME"')
    return name


def read_people(text: str | None, setting: Setting | None, pack: Pack) -> int | None:
    """Return the number that ``--people`` was given; None where it was not.

    Raises:
        UsageError: It is not a number of people, or this is not a group.
    """
    if text is None:
        return None
    if Setting.GROUP not in pack.settings:
        raise UsageError(f"--people is for groups, and {pack.id} is not made for groups", "leave --people out")
    people = _count_people(text)
    if people is None:
        # What was typed may be names, so it is not repeated.
        what = f"--people takes {_RANGE}: how many people take part (names are not kept)"
        raise UsageError(what, "--setting group --people 6")
    if setting is not Setting.GROUP:
        raise UsageError("--people is for groups, so it needs --setting group", f"--setting group --people {people}")
    return people


def ask_people(screen: Screen, reader: LineReader) -> int | None:
    """Ask how many are here; None where someone leaves it out.

    Raises:
        InterruptedReflectionError: The program is to end.
    """
    screen.say("How many of you are here? Only the number is kept.")
    while True:
        screen.say("Type a number and press Enter. To leave it out, press Enter.")
        try:
            line = reader.read()
        except KeyboardInterrupt:
            raise InterruptedReflectionError("stopped; nothing had been written yet") from None
        if line is None or not line.strip():
            return None
        if people := _count_people(line.strip().rstrip(".")):
            return people
        screen.say(f"Please type {_RANGE}.")


def _count_people(text: str) -> int | None:
    digits = re.fullmatch(r"\s*([0-9]{1,3})\s*", text)
    return int(digits[1]) if digits and int(digits[1]) >= _FEWEST else None

"""How many take part in a group: read from the command line, or asked for once. Never who."""

from __future__ import annotations

import re

from compassion_cli.core.errors import InterruptedReflectionError, UsageError
from compassion_cli.core.form import Setting
from compassion_cli.core.pack import Pack
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.screen import Screen

_FEWEST = 2
_RANGE = f"a whole number from {_FEWEST} to 999"


def read_people(text: str | None, setting: Setting | None, pack: Pack) -> int | None:
    """Return the number that ``--people`` was given; None where it was not.

    Raises:
        UsageError: It is none, or this is no group.
    """
    if text is None:
        return None
    if Setting.GROUP not in pack.settings:
        raise UsageError(f"--people counts a group, and {pack.id} is not made for one", "leave it out")
    people = _parse(text)
    if people is None:
        # What was typed may be names, so it is not repeated.
        raise UsageError(f"--people takes {_RANGE}: how many take part, never who", "--setting group --people 6")
    if setting is not Setting.GROUP:
        raise UsageError("--people counts a group, so it needs that setting", f"--setting group --people {people}")
    return people


def ask_people(screen: Screen, reader: LineReader) -> int | None:
    """Ask how many are here; None where somebody leaves it out.

    Raises:
        InterruptedReflectionError: The program is to end.
    """
    screen.say("How many of you are here? Only the number is kept.")
    while True:
        screen.say("Type a number, then Enter. Enter alone leaves it out.")
        try:
            line = reader.read()
        except KeyboardInterrupt:
            raise InterruptedReflectionError("stopped; nothing had been written yet") from None
        if line is None or not line.strip():
            return None
        if people := _parse(line.strip().rstrip(".")):
            return people
        screen.say(f"That is not {_RANGE}.")


def _parse(text: str) -> int | None:
    digits = re.fullmatch(r"\s*([0-9]{1,3})\s*", text)
    return int(digits[1]) if digits and int(digits[1]) >= _FEWEST else None

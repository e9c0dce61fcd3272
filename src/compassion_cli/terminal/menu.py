"""Numbered menus: a list, and a number to type. Screen readers and every terminal can follow them."""

from __future__ import annotations

from collections.abc import Sequence

from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.screen import Screen


def confirm(screen: Screen, reader: LineReader, question: str) -> bool:
    """Ask a question that only the word yes affirms."""
    screen.say(question)
    screen.say("To confirm, type yes and press Enter. Anything else changes nothing.")
    line = reader.read()
    return line is not None and line.strip().lower() == "yes"


def choose(screen: Screen, reader: LineReader, title: str, options: Sequence[str]) -> int | None:
    """Show numbered options and return the place, from 0, of the one chosen; None where someone turns away."""
    screen.say(title)
    for number, option in enumerate(options, 1):
        screen.say(f"{number}. {option}", indent="  ")
    while True:
        screen.say("Type a number and press Enter. To stop, press Enter.")
        line = reader.read()
        if line is None or not line.strip():
            return None
        numbers = [str(number) for number in range(1, len(options) + 1)]
        if line.strip().rstrip(".") in numbers:
            return numbers.index(line.strip().rstrip("."))
        screen.say(f"That is not a number from 1 to {len(options)}.")

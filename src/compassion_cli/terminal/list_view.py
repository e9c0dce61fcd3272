"""Lists of entries and of problems."""

from __future__ import annotations

from collections.abc import Sequence

from compassion_cli.core.errors import Problem
from compassion_cli.core.form import Entry
from compassion_cli.core.text import displayable, first_words
from compassion_cli.formats.dates import render_date
from compassion_cli.terminal.screen import Screen, spell_commands

_WORDS = 160


def print_entries(entries: Sequence[tuple[Entry, str]], screen: Screen) -> None:
    """Print entries, two lines each on a terminal and one line each elsewhere.

    Args:
        entries: Each with a sentence of what is special about where it lies; mostly none.
        screen: Where to.
    """
    width = screen.result_width
    if screen.has_coloured_results:
        _print_coloured(entries, screen.width)
        return
    for entry, where in entries:
        words = first_words(displayable(entry.opening), width - 2 if width else _WORDS)
        line = f"{say_what(entry)}. {displayable(entry.author)}. {entry.piece}." + (f" {where}" if where else "")
        screen.result(f"{line}\n  {words}" if width else f"{line} {words}")


def _print_coloured(entries: Sequence[tuple[Entry, str]], width: int) -> None:
    from rich.console import Console  # noqa: PLC0415 - only terminals pay for Rich
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for entry, where in entries:
        head = Text.assemble(
            (say_what(entry), "bold"), "  ", displayable(entry.author), "  ", (entry.piece, "cyan"), "  ", where
        )  # fmt: skip
        head.rstrip()
        words = Text(f"  {displayable(' '.join(entry.opening[: width * 4].split()))}", style="dim")
        words.truncate(width, overflow="ellipsis")
        console.print(head)
        console.print(words, overflow="ellipsis", no_wrap=True)


def say_what(entry: Entry) -> str:
    """Say in a few words what an entry is: its day, pack and sections."""
    sections = ", ".join(section.id for section in entry.sections)
    return displayable(f"{render_date(entry.created.date())}  {entry.pack} {sections}")


def say_problems(problems: Sequence[Problem], screen: Screen) -> None:
    """Name the files that something is wrong with, after the good results."""
    if not problems:
        return
    screen.say("1 file needs a look:" if len(problems) == 1 else f"{len(problems)} files need a look:")
    for problem in problems:
        screen.say(f"{problem.place}: {problem.what}", indent="  ")
    for remedy in dict.fromkeys(problem.remedy for problem in problems if problem.remedy):
        screen.say(f"try: {spell_commands(remedy)}", indent="  ")

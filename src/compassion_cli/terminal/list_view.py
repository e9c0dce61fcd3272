"""Lists of entries and of problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compassion_cli.core.errors import Problem
from compassion_cli.core.form import Entry
from compassion_cli.core.text import displayable, first_words
from compassion_cli.formats.dates import render_date
from compassion_cli.terminal.screen import Screen, spell_remedy
from compassion_cli.terminal.styled import StyledLine

#: How much of an entry stands in a line that no terminal limits, in characters.
LONGEST_LINE = 160

#: Of files with the same fault.
_MOST_NAMED = 5


def print_entries(entries: Sequence[tuple[Entry, str]], screen: Screen) -> None:
    """Print entries, two lines each on a terminal and one line each elsewhere.

    Args:
        entries: Each with a sentence of what is special about where it lies; mostly none.
        screen: Where to.
    """
    width = screen.result_width
    if screen.has_coloured_results:
        screen.show_styled(list(_style_entries(entries, screen.width)))
        return
    for entry, where in entries:
        words = first_words(displayable(entry.opening), width - 2 if width else LONGEST_LINE)
        line = f"{say_what(entry)}. {displayable(entry.author)}. {entry.piece}." + (f" {where}" if where else "")
        screen.result(f"{line}\n  {words}" if width else f"{line} {words}")


def _style_entries(entries: Sequence[tuple[Entry, str]], width: int) -> Iterator[StyledLine]:
    for entry, where in entries:
        yield style_head(entry, where)
        words = " ".join(entry.opening[: width * 4].split())
        yield StyledLine(((f"  {words}", "dim"),), is_cut=True)


def style_head(entry: Entry, note: str) -> StyledLine:
    """Return the line that says what an entry is, by whom, what names it, and what is special about it."""
    return StyledLine(
        (
            (say_what(entry), "bold"),
            ("  ", ""),
            (entry.author, ""),
            ("  ", ""),
            (entry.piece, "cyan"),
            (f"  {note}", ""),
        )
    )


def say_what(entry: Entry) -> str:
    """Say in a few words what an entry is: its day, pack and sections."""
    sections = ", ".join(section.id for section in entry.sections)
    return displayable(f"{render_date(entry.day)}  {entry.pack} {sections}")


def _group(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        alike.setdefault(problem.what, []).append(problem)
    return alike


def say_problems(problems: Sequence[Problem], screen: Screen) -> None:
    """Name the files that something is wrong with, after the good results."""
    if not problems:
        return
    screen.say("1 file needs a look:" if len(problems) == 1 else f"{len(problems)} files need a look:")
    named: list[Problem] = []
    for what, alike in _group(problems).items():
        named += alike[:_MOST_NAMED]
        for problem in alike[:_MOST_NAMED]:
            screen.say(f"{problem.place}: {what}", indent="  ")
        if len(alike) > _MOST_NAMED:
            screen.say(f"and {len(alike) - _MOST_NAMED} more of the same kind: {what}", indent="  ")
    for remedy in dict.fromkeys(problem.remedy for problem in named if problem.remedy):
        screen.say(f"try: {spell_remedy(remedy)}", indent="  ")

"""Printing lines in colour, with Rich; through the pager, where they do not fit and that is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from compassion_cli.core.text import displayable
from compassion_cli.terminal.pager import show_in_pager
from compassion_cli.terminal.styled import StyledLine


def print_lines(lines: Sequence[StyledLine], width: int) -> None:
    """Print lines on stdout, wrapped to so many columns."""
    console = _open_console(width)
    for line in lines:
        _print_line(line, width, console)


def page_lines(lines: Sequence[StyledLine], width: int) -> None:
    """Print lines on stdout, through the pager where they do not fit in the window."""
    console = _open_console(width)
    with console.capture() as capture:
        for line in lines:
            _print_line(line, width, console)
    text = capture.get()
    fits = text.count("\n") < Console().height
    if fits or not show_in_pager(text):
        console.file.write(text)
        console.file.flush()


def _open_console(width: int) -> Console:
    return Console(width=width, highlight=False, markup=False, emoji=False)


def _print_line(line: StyledLine, width: int, console: Console) -> None:
    if line.is_rule:
        console.print(Rule(style="dim"))
        return
    # Text, never a string: a string would be read as markup.
    text = Text.assemble(*((displayable(piece), how) for piece, how in line.pieces))
    text.rstrip()
    if line.is_cut:
        text.truncate(width, overflow="ellipsis")
        console.print(text, overflow="ellipsis", no_wrap=True)
    else:
        console.print(Padding(text, (line.above, 0, 0, line.indent)))

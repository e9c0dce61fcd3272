"""Printing lines in colour, with Rich; through the pager, where they do not fit and that is wanted."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from compassion_cli.core.text import displayable
from compassion_cli.terminal.pager import show_in_pager
from compassion_cli.terminal.styled import StyledLine

_MORE = "For more, press Enter. To stop, type q and press Enter: "
_STOPPING = {"q", "quit", ":q", "stop"}


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
    height = Console().height
    if text.count("\n") < height:
        _write(text, console)
    elif not show_in_pager(text):
        _write_in_screenfuls(text.splitlines(keepends=True), height - 1, console)


def _write_in_screenfuls(lines: Sequence[str], height: int, console: Console) -> None:
    """Write lines where no pager is found, as on most computers with Windows, so that none scrolls away unread."""
    size = max(1, height) if sys.stdin and sys.stdin.isatty() else len(lines)
    for start in range(0, len(lines), size):
        _write("".join(lines[start : start + size]), console)
        if start + size < len(lines):
            _write(_MORE, console)
            if sys.stdin.readline().strip().casefold() in _STOPPING:
                return


def _write(text: str, console: Console) -> None:
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

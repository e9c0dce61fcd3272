"""The page for a meeting on a terminal: headings, and a line for each thing."""

from __future__ import annotations

from compassion_cli.core.text import displayable
from compassion_cli.formats.agenda_page import Page
from compassion_cli.terminal.screen import Screen, wrap


def print_page(page: Page, screen: Screen) -> None:
    """Print a page, wrapped, in colour where the screen has it."""
    if screen.has_coloured_results:
        _print_coloured(page, screen.width)
        return
    width = screen.width
    lines = [wrap(displayable(page.title), width), wrap(page.about, width)]
    for part in page.parts:
        lines += ["", f"{part.heading}:"]
        lines += [wrap(displayable(f"{item.box}{item.text}"), width, "  ") for item in part.items] or [f"  {part.none}"]
    screen.result("\n".join(lines))


def _print_coloured(page: Page, width: int) -> None:
    from rich.console import Console  # noqa: PLC0415 - only terminals pay for Rich
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=width, highlight=False, markup=False, emoji=False)
    console.print(Text(displayable(page.title), style="bold"))
    console.print(Text(page.about, style="dim"))
    for part in page.parts:
        style = "bold yellow" if part.heading == "Overdue" and part.items else "bold magenta"
        console.print(Padding(Text(part.heading, style=style), (1, 0, 0, 0)))
        for item in part.items:
            console.print(Padding(Text(displayable(f"{item.box}{item.text}")), (0, 0, 0, 2)))
        if not part.items:
            console.print(Padding(Text(part.none, style="dim"), (0, 0, 0, 2)))

"""The page for a meeting on a terminal: headings, and a line for each thing."""

from __future__ import annotations

from collections.abc import Iterator

from compassion_cli.core.text import displayable
from compassion_cli.formats.agenda_page import Page
from compassion_cli.terminal.screen import Screen, wrap
from compassion_cli.terminal.styled import StyledLine, style


def print_page(page: Page, screen: Screen) -> None:
    """Print a page, wrapped, in colour where the screen has it."""
    if screen.has_coloured_results:
        screen.show_styled(list(_style_page(page)))
        return
    width = screen.width
    lines = [wrap(displayable(page.title), width), wrap(page.about, width)]
    for part in page.parts:
        lines += ["", f"{part.heading}:"]
        lines += [wrap(displayable(f"{item.box}{item.text}"), width, "  ") for item in part.items] or [f"  {part.none}"]
    screen.result("\n".join(lines))


def _style_page(page: Page) -> Iterator[StyledLine]:
    yield style(page.title, "bold")
    yield style(page.about, "dim")
    for part in page.parts:
        yield style(
            part.heading, "bold yellow" if part.heading == "Overdue" and part.items else "bold magenta", above=1
        )
        for item in part.items:
            yield style(f"{item.box}{item.text}", indent=2)
        if not part.items:
            yield style(part.none, "dim", indent=2)

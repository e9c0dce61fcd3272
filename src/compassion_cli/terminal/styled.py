"""Lines in colour, as plain data: what a view puts together, and what Rich prints where there is colour."""

from __future__ import annotations

from typing import NamedTuple

#: A stretch of text and its style, as Rich names styles; none for the terminal's own.
StyledPiece = tuple[str, str]


class StyledLine(NamedTuple):
    """A paragraph in colour.

    Attributes:
        indent: How many columns it is moved to the right, on each of its lines.
        above: How many blank lines stand above it.
        is_cut: It takes one line, and what does not fit is cut off; otherwise it is wrapped.
        is_rule: It is a line across the window.
    """

    pieces: tuple[StyledPiece, ...]
    indent: int = 0
    above: int = 0
    is_cut: bool = False
    is_rule: bool = False


def style(text: str, how: str = "", indent: int = 0, above: int = 0) -> StyledLine:
    """Return a paragraph in one style."""
    return StyledLine(((text, how),), indent, above)

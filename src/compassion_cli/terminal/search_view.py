"""What a search has found: each entry, with the words in their context and marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from compassion_cli.core.excerpt import Piece, cut_excerpt
from compassion_cli.core.form import Entry
from compassion_cli.core.search import Passage
from compassion_cli.core.text import displayable
from compassion_cli.terminal.list_view import LONGEST_LINE, say_what, style_head
from compassion_cli.terminal.screen import Screen
from compassion_cli.terminal.styled import StyledLine, style

_MOST_PASSAGES = 3
_INDENT = "  "


class Hit(NamedTuple):
    """An entry in which something was found.

    Attributes:
        note: What is special about where it lies; mostly nothing.
        passages: Where it was found, those in responses with their author in the label.
    """

    entry: Entry
    note: str
    passages: Sequence[Passage]


def print_hits(hits: Sequence[Hit], screen: Screen) -> None:
    """Print what was found: in colour, or with what was looked for in square brackets."""
    if screen.has_coloured_results:
        screen.show_styled(list(_style_hits(hits, screen.width)))
        return
    for hit in hits:
        head = f"{say_what(hit.entry)}. {displayable(hit.entry.author)}. {hit.entry.piece}."
        screen.result(f"{head} {hit.note}".rstrip())
        for passage in hit.passages[:_MOST_PASSAGES]:
            pieces = _cut_passage(passage, screen.result_width)
            marked = "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)
            screen.result(f"{_INDENT}{_label(passage)}: {marked}")
        if more := _say_more(hit):
            screen.result(f"{_INDENT}{more}")


def _style_hits(hits: Sequence[Hit], width: int) -> Iterator[StyledLine]:
    for hit in hits:
        yield style_head(hit.entry, hit.note)
        for passage in hit.passages[:_MOST_PASSAGES]:
            pieces = [(piece.text, "bold yellow" if piece.is_marked else "") for piece in _cut_passage(passage, width)]
            yield StyledLine(((_INDENT, ""), (f"{_label(passage)}: ", "dim"), *pieces))
        if more := _say_more(hit):
            yield style(f"{_INDENT}{more}", "dim")


def _cut_passage(passage: Passage, width: int | None) -> list[Piece]:
    room = (width or LONGEST_LINE) - len(_label(passage)) - len(_INDENT) - len(": []")
    pieces = cut_excerpt(passage.text, passage.marks, max(room, LONGEST_LINE // 8))
    return [piece._replace(text=displayable(piece.text)) for piece in pieces]


def _label(passage: Passage) -> str:
    return displayable(passage.label)


def _say_more(hit: Hit) -> str:
    count = len(hit.passages) - _MOST_PASSAGES
    return f"And in {count} more {'answer' if count == 1 else 'answers'}." if count > 0 else ""

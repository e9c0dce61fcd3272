"""What a search has found: each entry, with the words in their context and marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from compassion_cli.core.excerpt import Piece, cut_excerpt
from compassion_cli.core.form import Entry
from compassion_cli.core.search import Passage
from compassion_cli.core.text import displayable
from compassion_cli.terminal.list_view import say_what
from compassion_cli.terminal.screen import Screen

_WORDS = 160
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
        _print_coloured(hits, screen.width)
        return
    for hit in hits:
        head = f"{say_what(hit.entry)}. {displayable(hit.entry.author)}. {hit.entry.piece}."
        screen.result(f"{head} {hit.note}".rstrip())
        for passage in hit.passages[:_MOST_PASSAGES]:
            pieces = _cut(passage, screen.result_width)
            marked = "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)
            screen.result(f"{_INDENT}{_label(passage)}: {marked}")
        if more := _say_more(hit):
            screen.result(f"{_INDENT}{more}")


def _print_coloured(hits: Sequence[Hit], width: int) -> None:
    from rich.console import Console  # noqa: PLC0415 - only terminals pay for Rich
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for hit in hits:
        author, note = displayable(hit.entry.author), hit.note
        head = Text.assemble(
            (say_what(hit.entry), "bold"), "  ", author, "  ", (hit.entry.piece, "cyan"), "  ", note
        )  # fmt: skip
        head.rstrip()
        console.print(head)
        for passage in hit.passages[:_MOST_PASSAGES]:
            pieces = [(piece.text, "bold yellow" if piece.is_marked else "") for piece in _cut(passage, width)]
            console.print(Text.assemble(_INDENT, (f"{_label(passage)}: ", "dim"), *pieces))
        if more := _say_more(hit):
            console.print(Text(f"{_INDENT}{more}", style="dim"))


def _cut(passage: Passage, width: int | None) -> list[Piece]:
    room = (width or _WORDS) - len(_label(passage)) - len(_INDENT) - len(": []")
    pieces = cut_excerpt(passage.text, passage.marks, max(room, _WORDS // 8))
    return [piece._replace(text=displayable(piece.text)) for piece in pieces]


def _label(passage: Passage) -> str:
    return displayable(passage.label)


def _say_more(hit: Hit) -> str:
    count = len(hit.passages) - _MOST_PASSAGES
    return f"And in {count} more {'answer' if count == 1 else 'answers'}." if count > 0 else ""

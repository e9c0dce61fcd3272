"""A piece of a long text on one line, around what was found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_MORE = "…"
_GAP = re.compile(r"\s+")
#: Of a longer word than this, a half is shown.
_LONGEST_HALF = 15


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_marked: bool = False


def cut_excerpt(text: str, marks: Sequence[tuple[int, int]], width: int) -> list[Piece]:
    """Return the part of a text around the first mark, on one line.

    Args:
        marks: Where what was found begins and ends, in order; at least one.
        width: About how many characters there may be. What was found is never cut.
    """
    marks = merge_marks(marks)
    first = marks[0]
    room = max(0, width - 2 * len(_MORE))
    start = 0 if len(text) <= room else max(0, first[0] - max(0, room - (first[1] - first[0])) // 3)
    start = _skip_half_word(text, start, first[0]) if start else 0
    end = max(first[1], min(len(text), start + room))
    end = _drop_half_word(text, end, first[1]) if end < len(text) else end
    pieces = _cut_pieces(text, [mark for mark in marks if mark[1] <= end], start, end)
    before, after = [Piece(_MORE)] if start else [], [Piece(_MORE)] if end < len(text) else []
    return [*before, *pieces, *after]


def merge_marks(marks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return marks in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _cut_pieces(text: str, marks: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    for mark in marks:
        yield Piece(_flatten(text[start : mark[0]]))
        yield Piece(_flatten(text[mark[0] : mark[1]]), is_marked=True)
        start = mark[1]
    yield Piece(_flatten(text[start:end]))


def _flatten(text: str) -> str:
    return _GAP.sub(" ", text)


def _skip_half_word(text: str, start: int, limit: int) -> int:
    gap = _GAP.search(text, start, min(start + _LONGEST_HALF, limit))
    return gap.end() if gap else start


def _drop_half_word(text: str, end: int, limit: int) -> int:
    gaps = [gap.start() for gap in _GAP.finditer(text, max(end - _LONGEST_HALF, limit), end)]
    return gaps[-1] if gaps else end

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from compassion_cli.core.excerpt import Piece, cut_excerpt, merge_marks

ALPHABET = [
    "a",
    "b",
    "felt",
    "heard",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "\u2028",
    "\xa0",
    "é",
    "e\u0301",
    "🙂",
    "👩🏽‍⚕️",
    "…",
]

texts = st.lists(st.sampled_from(ALPHABET) | st.text(max_size=3), min_size=1).map("".join).filter(bool)
widths = st.integers(0, 100)
Marks = list[tuple[int, int]]


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, Marks]:
    text = draw(texts)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    marks = draw(st.lists(ends, min_size=1, max_size=5))
    found = sorted((start, end) for start, end in marks if start < end)
    assume(found)
    return text, found


def flatten(text: str) -> str:
    return " ".join(text.split())


def join(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def show(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


@given(texts_with_marks(), widths)
@example(("felt heard by the team", [(0, 4), (0, 22)]), 20)
@example(("x" * 40 + "felt-heard-and-seen", [(40, 44), (42, 59)]), 20)
def test_what_was_found_first_is_whole_and_marked(found: tuple[str, Marks], width: int) -> None:
    text, marks = found
    start, end = merge_marks(marks)[0]
    marked = [piece.text for piece in cut_excerpt(text, marks, width) if piece.is_marked]
    assert [flatten(one) for one in marked[:1]] == [flatten(text[start:end])]


@given(texts_with_marks(), widths)
def test_an_excerpt_is_one_line(found: tuple[str, Marks], width: int) -> None:
    text, marks = found
    assert len(join(cut_excerpt(text, marks, width)).splitlines()) <= 1


@given(texts_with_marks(), widths)
@example(("a  a", [(1, 2)]), 3)
def test_an_excerpt_is_no_wider_than_asked_or_than_what_was_found(found: tuple[str, Marks], width: int) -> None:
    text, marks = found
    start, end = merge_marks(marks)[0]
    assert len(join(cut_excerpt(text, marks, width))) <= max(width, end - start + len("……"))


@given(texts_with_marks(), widths)
def test_an_excerpt_is_a_piece_of_the_text_in_one_stretch(found: tuple[str, Marks], width: int) -> None:
    text, marks = found
    pieces = cut_excerpt(text, marks, width)
    if pieces[0] == Piece("…"):
        pieces = pieces[1:]
    if pieces[-1] == Piece("…"):
        pieces = pieces[:-1]
    assert flatten(join(pieces)) in flatten(text)


@given(texts_with_marks())
def test_what_fits_three_times_over_is_shown_whole(found: tuple[str, Marks]) -> None:
    text, marks = found
    pieces = cut_excerpt(text, marks, 4 * len(text) + 8)
    assert flatten(join(pieces)) == flatten(text)
    assert len([piece for piece in pieces if piece.is_marked]) == len(merge_marks(marks))


def test_a_text_that_fits_is_shown_whole() -> None:
    text = "Nobody asked what the night staff had seen, and in the end they left unheard."
    start = text.index("unheard")
    assert show(cut_excerpt(text, [(start, start + 7)], 80)) == text.replace("unheard", "[unheard]")


def test_the_words_around_it_are_shown_and_half_words_are_not() -> None:
    text = "In the morning the whole team sat down.\nI felt heard, and said so to all of them at once."
    start = text.index("felt")
    assert show(cut_excerpt(text, [(start, start + 4)], 34)) == "…down. I [felt] heard, and said so…"


@pytest.mark.parametrize(
    ("text", "mark", "shown"),
    [
        ("felt it", (0, 4), "[felt] it"),
        ("we felt", (3, 7), "we [felt]"),
        ("felt", (0, 4), "[felt]"),
        ("\n\nfelt\n\n", (2, 6), " [felt] "),
        ("felt " + "again " * 50, (0, 4), "[felt] again again again again…"),
    ],
)
def test_at_an_end_of_the_text_there_is_no_ellipsis(text: str, mark: tuple[int, int], shown: str) -> None:
    assert show(cut_excerpt(text, [mark], 33)) == shown


def test_marks_that_overlap_or_touch_are_one() -> None:
    marks = [(0, 4), (2, 6), (6, 8), (9, 10)]
    assert merge_marks(marks) == [(0, 8), (9, 10)]
    assert show(cut_excerpt("felt-sad, ok", marks, 60)) == "[felt-sad],[ ]ok"


def test_a_mark_inside_another_is_part_of_it() -> None:
    assert show(cut_excerpt("supervision", [(0, 11), (0, 5), (3, 4)], 60)) == "[supervision]"


def test_a_phrase_over_a_line_break_is_one_mark_on_one_line() -> None:
    assert show(cut_excerpt("we felt\n  heard today", [(3, 15)], 60)) == "we [felt heard] today"


def test_what_was_found_is_never_cut_however_narrow_the_screen() -> None:
    text = "x" * 5000 + "unheard" + "x" * 5000
    assert show(cut_excerpt(text, [(5000, 5007)], 0)) == "…[unheard]…"


def test_of_a_very_long_word_the_part_around_is_shown() -> None:
    text = "x" * 5000 + "unheard" + "y" * 5000
    shown = show(cut_excerpt(text, [(5000, 5007)], 40))
    assert shown == f"…{'x' * 10}[unheard]{'y' * 21}…"


def test_more_of_it_further_on_is_marked_as_well() -> None:
    assert show(cut_excerpt("felt it, felt it", [(0, 4), (9, 13)], 60)) == "[felt] it, [felt] it"


def test_emoji_are_kept() -> None:
    assert show(cut_excerpt("🙂 felt 👩🏽‍⚕️", [(2, 6)], 40)) == "🙂 [felt] 👩🏽‍⚕️"

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_cli.core.text import clean, displayable, enumerate_words, first_words, nearest

HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
ODD = st.characters(max_codepoint=0x2070) | st.sampled_from("\u200d\ufe0f\ufeff\U0001f3f4\U000e0067")


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("\n\n  indented\n\n", "  indented"),
        ("a\tb", "a\tb"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("one\vtwo\fthree", "one\ntwo\nthree"),
        ("bell\x07 and \x00 nothing", "bell and  nothing"),
        (" \n\t\n", ""),
        ("café 🙂 שלום", "café 🙂 שלום"),
        ("<resident name> [brackets] :smile:", "<resident name> [brackets] :smile:"),
        (b"caf\xe9 \x96 done".decode("utf-8", "surrogateescape"), "café – done"),
    ],
)
def test_typed_text_is_cleaned_and_nothing_else(typed: str, saved: str) -> None:
    assert clean(typed) == saved


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"])))
def test_cleaning_keeps_every_ordinary_character(text: str) -> None:
    assert clean(text) == text


@given(st.text(alphabet=ODD))
def test_no_control_reaches_a_terminal(text: str) -> None:
    shown = displayable(text)
    assert not HARMFUL.search(shown)
    assert displayable(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b[1;1Hgone?", "gone?"),
        ("\x1b]0;title\x07after", "]0;titleafter"),
        ("\x9b31mred", "red"),
        ("\x1b]52;c;c2VjcmV0\x1b\\after", "]52;c;c2VjcmV0\\after"),
        ("\u202eevil\u202c", "evil"),
        ("one\ntwo\r\nthree", "one\ntwo\nthree"),
        ("[b]bold[/b] <tag> :smile:", "[b]bold[/b] <tag> :smile:"),
        ("le\u200eft \u200fright \u061cmark \ufeffbegin", "left right mark begin"),
        ("un\u00adseen \u200bsp\u2060ace \u206fold", "unseen space old"),
        ("tags\U000e0041\U000e0042\U000e007f", "tags"),
        ("England \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", None),
        ("flag\U0001f3f4\U000e0041 end", "flag\U0001f3f4 end"),
        ("heart \u2764\ufe0f and \u2764\ufe0f\u200d\U0001f525", None),
        ("hidden a\ufe00\ufe01\U000e0100 text", "hidden a\ufe00 text"),
        ("\ufe0fbegin \ufe0f", "begin "),
        ("family \U0001f469\u200d\U0001f469\u200d\U0001f467", None),
        ("Persian \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645, Hindi \u0915\u094d\u200d\u0937", None),
        ("loose \u200d joiner\u200c and a\u200d\u200d\u200db", "loose  joiner and a\u200db"),
        ("Zoë’s café, naïve — £5 · Wałęsa · 日本語 · العربية", None),
    ],
)
def test_untrusted_text_is_made_harmless_and_loses_no_letter(text: str, shown: str) -> None:
    assert displayable(text) == (text if shown is None else shown)


def test_first_words_end_with_an_ellipsis_where_they_are_cut() -> None:
    assert first_words("one two\nthree", 20) == "one two three"
    assert first_words("one two\nthree", 9) == "one two…"


def test_the_nearest_word_is_found_and_a_far_one_is_not() -> None:
    assert nearest("tol3", ["tool1", "tool3", "curiosity"]) == "tool3"
    assert nearest("xyz", ["tool1", "curiosity"]) is None


def test_words_are_enumerated_as_a_sentence_does() -> None:
    assert enumerate_words(["one"]) == "one"
    assert enumerate_words(["one", "two", "three"]) == "one, two or three"
    assert enumerate_words([]) == ""

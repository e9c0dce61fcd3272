from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import Form, FormQuestion, FormSection
from compassion_cli.core.search import Search, parse_regex, parse_words
from compassion_cli.core.text import fold, fold_with_places

ALIKE = [
    ("cafe", "CAFÉ"),
    ("cafe", "cafe\u0301"),
    ("CAFÉ", "cafe\u0301"),
    ("naive", "naïve"),
    ("Strasse", "STRASSE"),
    ("straße", "STRASSE"),
    ("straße", "STRAẞE"),
    ("final", "ﬁnal"),
    ("OFFICE", "oﬃce"),
    ("istanbul", "İstanbul"),
    ("İSTANBUL", "i\u0307stanbul"),
    ("ΣΊΣΥΦΟΣ", "Σίσυφος"),
    ("σισυφος", "ΣΊΣΥΦΟΣ"),
    ("ὥρα", "ωρα"),
    ("ᾳ", "αι"),
    ("ANGSTROM", "Ångström"),
    ("Å", "\u212b"),
    ("don't", "don’t"),
    ("don't", "donʼt"),
    ("co-worker", "co\u2011worker"),
    ("co-worker", "co–worker"),
    ("wait...", "wait…"),
    ("full", "ｆｕｌｌ"),
    ("ДОМ", "дом"),
    ("Йод", "йод"),
    ("の", "の"),
    ("한", "\u1112\u1161\u11ab"),
    ("שלום", "שָׁלוֹם"),
]
#: Each is one character when folded, or none.
SIMPLE = "abe ABE'’\"-–éÉÅ\u0301\u0327İσςΣάΆｆ\u212b漢🙂д\n"

texts = st.text(alphabet=st.sampled_from(SIMPLE), max_size=30)
#: What is left out here has tests of its own, below.
letters = st.characters(categories=["L"], exclude_characters="ıŉ")


def form_with(*texts: str, tags: tuple[str, ...] = (), loose: str = "", section_loose: str = "") -> Form:
    return Form(
        pack="tool3",
        pack_version=1,
        tags=tags,
        title="Lenses",
        loose=loose,
        sections=(
            FormSection(
                id="self",
                title="Yourself",
                guidance=("Sit down first.",),
                loose=section_loose,
                questions=tuple(
                    FormQuestion(
                        key=f"self.{number}",
                        number=str(number),
                        wording="What went unheard?",
                        guidance=("Think of a shift.",),
                        text=text,
                    )
                    for number, text in enumerate(texts, 1)
                ),
            ),
        ),
    )


def mark(search: Search, text: str) -> list[str]:
    return [text[start:end] for one in search.list_passages(form_with(text)) for start, end in one.marks]


@pytest.mark.parametrize(("one", "other"), [*ALIKE, *((other, one) for one, other in ALIKE)])
def test_a_word_is_found_whatever_its_case_accents_and_marks(one: str, other: str) -> None:
    assert parse_words([one]).finds(form_with(f"So it was {other} again"))


@pytest.mark.parametrize(("one", "other"), [("ışık", "IŞIK"), ("IŞIK", "ışık")])
def test_a_turkish_word_in_capitals_is_the_same_word(one: str, other: str) -> None:
    assert parse_words([one]).finds(form_with(other))


@pytest.mark.parametrize(
    ("plain", "name"), [("Lukasz", "Łukasz"), ("Bjorn", "Bjørn"), ("Dordevic", "Đorđević"), ("Michal", "Michał")]
)
def test_a_stroke_through_a_letter_is_an_accent_to_whoever_reads_it(plain: str, name: str) -> None:
    assert parse_words([plain]).finds(form_with(name))


@pytest.mark.parametrize("unseen", ["super\u00advision", "super\u200bvision", "\u2060supervision\ufeff"])
def test_a_word_is_found_with_what_nobody_sees_in_it(unseen: str) -> None:
    assert parse_words(["supervision"]).finds(form_with(unseen))


@pytest.mark.parametrize("word", ["cafes", "caf", "ca fe", "cafe-"])
def test_letters_that_are_not_there_are_not_found(word: str) -> None:
    assert parse_words([word]).finds(form_with("café")) is (word == "caf")


CHANGES: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    str.title,
    str.casefold,
    *(lambda text, form=form: unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")),
]


@given(st.text(alphabet=letters, min_size=1, max_size=12), st.sampled_from(CHANGES), st.sampled_from(CHANGES))
def test_no_change_of_case_or_of_coding_hides_a_word(
    word: str, change: Callable[[str], str], other: Callable[[str], str]
) -> None:
    assume(fold(word).strip())
    assert parse_words([change(word)]).finds(form_with(other(word)))


def test_folding_twice_changes_nothing_more() -> None:
    characters = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000]
    changed = [hex(ord(one)) for one in characters if fold(fold(one)) != fold(one)]
    assert changed == []


@given(st.text())
def test_the_places_of_folded_text_lead_back_in_order(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


@pytest.mark.parametrize(
    "text", ["felt heard", "Felt\nheard", "felt \t\r\n  HEARD", "felt\xa0heard", "felt\u2028heard"]
)
@pytest.mark.parametrize(
    "arguments", [["felt heard"], ['"felt heard"'], ["“felt heard”"], ['"felt  heard'], ["felt\nheard"]]
)
def test_a_phrase_is_found_over_any_space(text: str, arguments: list[str]) -> None:
    assert parse_words(arguments).finds(form_with(f"We {text} there"))


@pytest.mark.parametrize("text", ["heard, felt", "feltheard", "felt un-heard", "felt, heard", "felt"])
def test_a_phrase_is_not_found_in_pieces(text: str) -> None:
    assert not parse_words(["felt heard"]).finds(form_with(text, "heard"))


@pytest.mark.parametrize(
    "arguments",
    [
        ['"felt heard" team'],
        ["“felt heard” team"],
        ['team "felt heard"'],
        ['team"felt heard"'],
        ["felt heard", "team"],
        ["team", '"felt heard'],
    ],
)
def test_an_argument_may_hold_a_phrase_and_words(arguments: list[str]) -> None:
    search = parse_words(arguments)
    assert search.finds(form_with("the team felt heard"))
    assert search.finds(form_with("felt heard", "a team"))
    assert not search.finds(form_with("felt heard"))
    assert not search.finds(form_with("the team felt it was heard"))
    assert sorted(search.words[0]) == ["felt", "heard", "team"]


@pytest.mark.parametrize("arguments", [[], [""], ["  "], ['""'], ["“”"], ['" "'], ["", '"'], ["\u0301"]])
def test_without_a_word_there_is_nothing_to_look_for(arguments: list[str]) -> None:
    with pytest.raises(UsageError, match="no words to look for were given"):
        parse_words(arguments)


@pytest.mark.parametrize("word", [".*", "a+b", "(felt)", "[x]", "^", "$", "\\w", "?", "5'6", "felt|heard"])
def test_a_word_is_no_pattern(word: str) -> None:
    assert parse_words([word]).finds(form_with(f"so {word} it was"))
    assert not parse_words([word]).finds(form_with("the team felt heard in room 5, aab"))


@pytest.mark.parametrize("word", ["unheard", "what", "yourself", "lenses", "sit", "think", "tool3", "self"])
def test_the_questions_are_not_searched(word: str) -> None:
    form = form_with("An answer", loose="Before", section_loose="Above", tags=("night",))
    assert not parse_words([word]).finds(form)
    assert parse_words([word]).list_passages(form) == []


def test_everything_somebody_wrote_is_searched_and_says_where_it_stands() -> None:
    form = form_with(
        "felt 1", "no", "felt 3", loose="felt 0", section_loose="felt too", tags=("unfelt", "Gefühlt", "felt")
    )
    passages = parse_words(["felt"]).list_passages(form)
    assert [(one.label, one.text) for one in passages] == [
        ("Before the first question", "felt 0"),
        ("Yourself", "felt too"),
        ("Question 1", "felt 1"),
        ("Question 3", "felt 3"),
        ("Tag", "unfelt"),
        ("Tag", "felt"),
    ]


@pytest.mark.parametrize(
    ("word", "text", "marked"),
    [
        ("cafe", "un CAFÉ noir, un café", ["CAFÉ", "café"]),
        ("strasse", "die Straße, die STRASSE", ["Straße", "STRASSE"]),
        ("a", "ßßßa ﬃa …a", ["a", "a", "a"]),
        ("e", "e\u0301", ["e\u0301"]),
        ("cafe", "un cafe\u0301 noir", ["cafe\u0301"]),
        ("felt heard", "we felt\n  heard it", ["felt\n  heard"]),
        ("istanbul", "İİ İstanbul'da", ["İstanbul"]),
        ("ffi", "oﬃce", ["ﬃ"]),
        ("i", "oﬃce", ["ﬃ"]),
        ("noir", "cafe\u0301\u0327 noir", ["noir"]),
        ("don't", "I don’t", ["don’t"]),
        ("felt", "🙂👩🏽‍⚕️felt", ["felt"]),
    ],
)
def test_marks_lie_on_the_characters_that_a_person_sees(word: str, text: str, marked: list[str]) -> None:
    assert mark(parse_words([word]), text) == marked


@given(texts, st.data())
def test_every_mark_holds_the_word_and_every_word_is_marked(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    word = fold(text[start:end])
    assume(word and not any(character.isspace() or character == '"' for character in word))
    marked = mark(parse_words([word]), text)
    assert [fold(one) for one in marked] == [word] * fold(text).count(word)
    assert len(marked) > 0


@given(st.text(), st.data())
def test_marks_hold_the_word_where_folding_changes_the_length(text: str, data: st.DataObject) -> None:
    text = data.draw(st.permutations([text, "ﬃ", "ß", "İ", "…", "½", "a"]).map("".join))
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    word = fold(text[start:end])
    assume(word and not any(character.isspace() or character == '"' for character in word))
    search = Search(parse_words([word]).patterns[:1], is_folded=True, words=())
    marked = mark(search, text)
    assert marked
    assert all(word in fold(one) for one in marked)


def test_several_words_are_all_marked_in_order() -> None:
    text = "the team felt heard; the team"
    assert mark(parse_words(["heard", "team", "tea"]), text) == ["tea", "team", "heard", "tea", "team"]


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "[",
        "*",
        "a{2,1}",
        "\\",
        "(?P<n",
        "(?P<n>a)(?P<n>b)",
        "(?i",
        "a(?i)b",
        "(?L)a",
        "(?<=a+)b",
        "[z-a]",
        "\\2",
        "a{99999999999999999999}",
        "(" * 20_000,
    ],
    ids=lambda pattern: pattern[:20],
)
def test_a_bad_regular_expression_is_refused_with_a_sentence(pattern: str) -> None:
    with pytest.raises(UsageError) as fault:
        parse_regex([pattern])
    assert fault.value.what.startswith("that regular expression cannot be used: ")
    assert len(fault.value.what) < 120


@pytest.mark.parametrize("pattern", ["[[a]", "[+--b]", "[a||b]", "[a&&b]", "[a~~b]"])
def test_a_regular_expression_that_may_mean_more_one_day_gives_no_warning(pattern: str) -> None:
    assert parse_regex([pattern]).finds(form_with("a b"))


@pytest.mark.parametrize(
    ("pattern", "text", "marked"),
    [
        ("^heard", "felt\nheard", ["heard"]),
        ("felt$", "felt\nheard", ["felt"]),
        ("FELT", "felt Felt", ["felt", "Felt"]),
        ("f.lt", "felt\nf\nlt", ["felt"]),
        ("caf[eé]", "cafe café", ["cafe", "café"]),
        ("cafe", "café", []),
        ("x*", "felt", []),
        ("^", "felt\nheard", []),
        ("", "felt", []),
        ("e*", "eel", ["ee"]),
        ("\\bheard", "unheard heard", ["heard"]),
    ],
)
def test_a_regular_expression_is_searched_in_the_text_as_it_is(pattern: str, text: str, marked: list[str]) -> None:
    assert mark(parse_regex([pattern]), text) == marked


@given(st.text(max_size=10))
def test_a_regular_expression_that_matches_nothing_at_all_is_harmless(text: str) -> None:
    search = parse_regex(["x*|$"])
    assert search.finds(form_with(text))
    assert mark(parse_regex([""]), text) == []
    assert mark(search, text) == [one for one in mark(parse_regex(["x+"]), text) if one]


def test_the_words_of_a_regular_expression_stay_together() -> None:
    assert mark(parse_regex(["felt", "heard"]), "felt heard, heard felt") == ["felt heard"]


def test_of_a_regular_expression_that_matches_anything_no_word_is_certain() -> None:
    assert parse_regex([r"\w+"]).words == ((),)

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compassion_cli.core.form import Entry, FormQuestion, FormSection, Reviewed
from compassion_cli.core.query import Query
from compassion_cli.core.review import find_answers, find_own, is_answered, is_same_person, waits_for
from compassion_cli.core.search import parse_regex, parse_words
from compassion_cli.formats.form_markdown import parse_entry, render_form
from compassion_cli.storage.byte_filter import make_sieve, sift

ANN, BEA = "Ann Lee", "Bea Roe"
SPELLINGS = ["Ann Lee", "ann lee", "ANN LEE", "Ann  Lee", " Ann\tLee ", "Ann\xa0Lee"]
ENTRY_ID = "2026-11-23-tool3-self-k7m2"
NAMES = [
    "Ann",
    "José",
    "Jose\u0301",
    "O’Neill",
    "O'Neill",
    "D´Arcy",
    'the "late" team',
    "a\\b",
    "Łukasz",
    "ẞtraße",
    "ﬁona",
    "İpek",
    "Σίσυφος",
    "漢字",
    "🙂",
    "co–worker",
    "½",
    "\u00a8",
    "tab\there",
    "bell\x07",
    "",
]


def entry_by(
    author: str = ANN, *, pack: str = "tool3", section: str = "self", tags: tuple[str, ...] = (), text: str = "Words"
) -> Entry:
    question = FormQuestion(key=f"{section}.1", number="1", wording="What?", text=text)
    return Entry(
        id=ENTRY_ID,
        created=datetime(2026, 11, 23, 12, tzinfo=UTC),
        author=author,
        pack=pack,
        pack_version=1,
        tags=tags,
        title="Four lenses",
        sections=(FormSection(id=section, title=section, questions=(question,)),),
    )


def review_by(author: str, text: str = "A response") -> Entry:
    entry = entry_by(author, pack="review", text=text)
    return Entry(**(vars(entry) | {"id": f"{ENTRY_ID}.review-p4xd", "reviewed": Reviewed(ENTRY_ID)}))


def test_without_filters_everything_matches() -> None:
    assert Query().wants(entry_by())
    assert Query().wants_day(date(2026, 11, 23))
    assert Query().words == ()
    assert not Query().needs_reviews


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(pack="tool3"), True),
        (Query(pack="tool"), False),
        (Query(pack="tool1"), False),
        (Query(section="self"), True),
        (Query(section="sel"), False),
        (Query(section="team"), False),
        (Query(tag="Night shift"), True),
        (Query(tag="NIGHT SHIFT"), True),
        (Query(tag="café"), True),
        (Query(tag="CAFE"), True),
        (Query(tag="night"), False),
        (Query(author="ann lee"), True),
        (Query(author="Ann"), False),
        (Query(search=parse_words(["felt"])), True),
        (Query(search=parse_words(["unfelt"])), False),
        (Query(search=parse_regex(["^F.LT"])), True),
        (Query(pack="tool3", section="self", tag="cafe", author="Ann Lee", search=parse_words(["felt"])), True),
        (Query(pack="tool3", section="team", tag="cafe", author="Ann Lee", search=parse_words(["felt"])), False),
    ],
)
def test_an_entry_matches_when_it_is_all_that_is_asked(query: Query, *, wanted: bool) -> None:
    assert query.wants(entry_by(tags=("Night shift", "cafe\u0301"), text="felt it")) is wanted


@pytest.mark.parametrize("author", SPELLINGS)
@pytest.mark.parametrize("name", SPELLINGS)
def test_a_name_is_the_same_in_other_capitals_and_spaces(author: str, name: str) -> None:
    assert is_same_person(author, name)
    assert Query(author=name).wants(entry_by(author))
    assert Query(answered_to=name).wants(entry_by(author), (review_by(BEA),))
    assert not Query(waits_for=name).wants(entry_by(author))


@pytest.mark.parametrize(("name", "other"), [("José Roe", "Jose\u0301 Roe"), ("Ştefan", "S\u0327tefan")])
def test_a_name_is_the_same_when_another_system_writes_its_accents(name: str, other: str) -> None:
    assert is_same_person(name, other)


@pytest.mark.parametrize("other", ["Ann", "Lee Ann", "AnnLee", "Ann Lees", "", "Jose"])
def test_another_name_is_somebody_else(other: str) -> None:
    assert not is_same_person(ANN, other)


@pytest.mark.parametrize(
    ("author", "reviewers", "me", "waits"),
    [
        (ANN, [], BEA, True),
        (ANN, [], ANN, False),
        (ANN, [], "ann  LEE", False),
        (ANN, [BEA], BEA, False),
        (ANN, ["bea ROE"], BEA, False),
        (ANN, [ANN], BEA, True),
        (ANN, ["Cy"], BEA, True),
        (ANN, ["Cy", BEA], BEA, False),
    ],
)
def test_an_entry_waits_for_whoever_did_not_write_it_and_has_not_responded(
    author: str, reviewers: list[str], me: str, *, waits: bool
) -> None:
    reviews = tuple(map(review_by, reviewers))
    assert waits_for(entry_by(author), reviews, me) is waits
    assert Query(waits_for=me).wants(entry_by(author), reviews) is waits


@pytest.mark.parametrize(
    ("author", "reviewers", "me", "answered"),
    [
        (ANN, [], ANN, False),
        (ANN, [ANN], ANN, False),
        (ANN, ["ANN  lee"], ANN, False),
        (ANN, [BEA], ANN, True),
        (ANN, [ANN, BEA], "ann lee", True),
        (ANN, [BEA], BEA, False),
    ],
)
def test_an_entry_is_answered_when_somebody_else_responded(
    author: str, reviewers: list[str], me: str, *, answered: bool
) -> None:
    reviews = tuple(map(review_by, reviewers))
    assert is_answered(entry_by(author), reviews, me) is answered
    assert Query(answered_to=me).wants(entry_by(author), reviews) is answered


def test_reviews_are_mine_by_my_name_and_answers_by_any_other() -> None:
    mine, other = review_by("ann LEE"), review_by(BEA)
    assert find_own([mine, other], ANN) == (mine,)
    assert find_answers(entry_by(ANN), [mine, other]) == (other,)


def test_words_may_stand_in_a_response() -> None:
    query = Query(search=parse_words(["heard"]))
    assert query.needs_reviews
    assert query.wants(entry_by(), (review_by(BEA, "You were heard"),))
    assert not query.wants(entry_by(), (review_by(BEA),))


def test_words_are_not_found_half_in_an_entry_and_half_in_a_response() -> None:
    query = Query(search=parse_words(["words", "heard"]))
    assert not query.wants(entry_by(), (review_by(BEA, "You were heard"),))


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (None, None, "abc"),
        (date(2026, 11, 22), None, "bc"),
        (None, date(2026, 11, 22), "ab"),
        (date(2026, 11, 22), date(2026, 11, 22), "b"),
        (date(2026, 11, 24), None, ""),
        (date(2026, 11, 23), date(2026, 11, 21), ""),
    ],
)
def test_both_days_are_included(since: date | None, until: date | None, days: str) -> None:
    query = Query(since=since, until=until)
    wanted = [name for name, day in zip("abc", (21, 22, 23), strict=True) if query.wants_day(date(2026, 11, day))]
    assert "".join(wanted) == days


@pytest.mark.parametrize(
    ("day", "today", "wanted"),
    [
        (date(2025, 11, 23), date(2026, 11, 23), True),
        (date(1999, 11, 23), date(2026, 11, 23), True),
        (date(2026, 11, 23), date(2026, 11, 23), False),
        (date(2027, 11, 23), date(2026, 11, 23), False),
        (date(2025, 11, 22), date(2026, 11, 23), False),
        (date(2025, 10, 23), date(2026, 11, 23), False),
        (date(2024, 2, 29), date(2028, 2, 29), True),
        (date(2027, 2, 28), date(2028, 2, 29), False),
        (date(2027, 3, 1), date(2028, 2, 29), False),
        (date(2024, 2, 28), date(2027, 2, 28), True),
    ],
)
def test_an_anniversary_is_the_same_day_of_an_earlier_year(day: date, today: date, *, wanted: bool) -> None:
    assert Query(anniversary=today).wants_day(day) is wanted


names = st.lists(st.sampled_from(NAMES) | st.text(max_size=4), max_size=3).map(" ".join)
lines = names.map(lambda name: "".join(name.encode("utf-8", "ignore").decode().splitlines()))
packs, sections = st.sampled_from(["tool1", "tool3", "x-1"]), st.sampled_from(["self", "team", "a.b"])
SPELT: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.lower,
    str.title,
    str.casefold,
    lambda name: f"  {name.replace(' ', '  ')}\t",
]


@st.composite
def entries_and_queries(draw: st.DrawFn) -> tuple[Entry, Query]:
    author, tags = draw(lines), draw(st.lists(lines, max_size=3).map(tuple))
    entry = entry_by(author, pack=draw(packs), section=draw(sections), tags=tags, text=draw(lines))
    spell = draw(st.sampled_from(SPELT))
    query = Query(
        pack=draw(st.none() | packs),
        section=draw(st.none() | sections),
        tag=draw(st.none() | st.sampled_from([*tags, *map(spell, tags)])) if tags else None,
        author=draw(st.sampled_from([None, author, spell(author)])),
        answered_to=draw(st.sampled_from([None, author, spell(author)])),
    )
    return entry, query


@given(entries_and_queries())
def test_the_words_of_a_query_never_hold_back_an_entry_that_it_wants(
    tmp_path_factory: pytest.TempPathFactory, found: tuple[Entry, Query]
) -> None:
    entry, query = found
    assume(query.wants(entry, (review_by(BEA),)))
    assert_passes(query, render_form(entry), tmp_path_factory)


@pytest.mark.parametrize("query", [Query(author="José Roe"), Query(tag="café"), Query(author="Cid Roe")])
def test_front_matter_written_with_escapes_is_found_as_well(
    query: Query, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entry = entry_by("Cid Roe" if query.author == "Cid Roe" else "José Roe", tags=("café",))
    rendered = render_form(entry).replace("é", "\\u00e9").replace("Cid", "\\u0043id")
    assert query.wants(parse_entry(rendered))
    assert_passes(query, rendered, tmp_path_factory)


def assert_passes(query: Query, rendered: str, folders: pytest.TempPathFactory) -> None:
    sieve = make_sieve(query.words)
    place = folders.getbasetemp() / "entry.md"
    place.write_text(rendered, encoding="utf-8", newline="")
    assert sieve is None or sift(str(place.parent), [place.name], sieve) == [place.name]


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_query_are_single_and_folded(name: str) -> None:
    words = Query(author=name, tag=name, pack="tool3").words
    assert words[0] == "tool3"
    assert all(word.isalnum() for word in words)

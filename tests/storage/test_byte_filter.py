from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, example, given, reject
from hypothesis import strategies as st

from compassion_cli.core.form import Entry, FormQuestion, FormSection
from compassion_cli.core.search import Search, parse_regex, parse_words
from compassion_cli.core.text import fold
from compassion_cli.formats.form_markdown import parse_entry, render_form
from compassion_cli.storage.byte_filter import holds_any, make_sieve, make_sieve_of_any, sift
from compassion_cli.storage.read_files import LARGEST, read_each

CHUNK = 64 * 1024
BEGINNING = b"+++\npack = 1\n+++\n"
PIECES = [
    "felt", "HEARD", "café", "CAFÉ", "cafe\u0301", "e", "é", "\u0301",
    "\u0327\u0301", "naïve", "don’t", "don't", "‘", "„", "–", "-",
    "straße", "STRASSE", "ẞ", "ﬁ", "oﬃce", "İstanbul", "ı", "Σίσυφος",
    "ΣΊΣΥΦΟΣ", "ὥρα", "漢字", "かが", "か\u3099", "한", "\u1112\u1161\u11ab", "שָׁלוֹם",
    "🙂", "👩🏽‍⚕️", "…", "½", "\u00a8", "´", "ｆｕｌｌ", "ﷺ",
    "\u00ad", "\u200b", "\ufeff", "\u2028", "\xa0", "\t", "\r", "\x07",
    "\0", "<!-- question: self.1 -->", "\\", "\\u00e9", "+++", "[x]", "Å", "\u212b",
    "K",
]  # fmt: skip

texts = st.lists(st.sampled_from([*PIECES, " ", " ", "\n"]) | st.text(max_size=3), max_size=12).map("".join)
#: A backslash, a comma and controls in tags have a test of their own, below.
tags = texts.map(lambda text: re.sub(r'[\\,"\x00-\x1f\x7f]', "", "".join(text.splitlines())))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    questions = tuple(
        FormQuestion(key=f"self.{number}", number=str(number), wording="What?", text=draw(texts)) for number in (1, 2)
    )
    section = FormSection(id="self", title="Self", loose=draw(texts), questions=questions)
    return entry_with(loose=draw(texts), tags=tuple(draw(st.lists(tags, max_size=2))), sections=(section,))


def entry_with(
    text: str = "", *, loose: str = "", tags: tuple[str, ...] = (), sections: tuple[FormSection, ...] = ()
) -> Entry:
    question = FormQuestion(key="self.1", number="1", wording="What?", text=text)
    return Entry(
        id="2026-11-23-tool3-self-k7m2",
        created=datetime(2026, 11, 23, 12, tzinfo=UTC),
        author="Ann",
        pack="tool3",
        pack_version=1,
        tags=tags,
        title="Four lenses",
        loose=loose,
        sections=sections or (FormSection(id="self", title="Self", questions=(question,)),),
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sieve") / "entry.md"


def passes(place: Path, data: str | bytes, *words: str) -> bool:
    place.write_bytes(data if isinstance(data, bytes) else data.encode())
    sieve = make_sieve_of_any(parse_words(words).words)
    return sieve is None or sift(str(place.parent), [place.name], sieve) == [place.name]


@contextmanager
def patience() -> Iterator[None]:
    """Give up on what waits for ever."""

    def give_up(*_: object) -> None:
        raise AssertionError("this hangs")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@given(entries(), st.data())
def test_an_entry_that_matches_always_passes(place: Path, entry: Entry, data: st.DataObject) -> None:
    rendered = render_form(entry)
    assume(parse_entry(rendered) == entry)
    written = [
        entry.loose,
        *entry.tags,
        *(text for s in entry.sections for text in (s.loose, *(q.text for q in s.questions))),
    ]
    folded = [fold(text) for text in written]
    pieces = st.sampled_from(folded).flatmap(
        lambda text: st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
            lambda ends: text[min(ends) : max(ends)]
        )
    )
    words = data.draw(st.lists(pieces | st.sampled_from(PIECES), min_size=1, max_size=3))
    assume(any(fold(word).replace('"', "").split() for word in words))
    if parse_words(words).finds(entry):
        assert passes(place, rendered, *words)


@given(st.sampled_from(PIECES), st.sampled_from(PIECES), st.sampled_from(PIECES))
@example("ẞ", "ß", "ss")
def test_a_word_passes_in_any_company(place: Path, word: str, before: str, after: str) -> None:
    entry = entry_with(f"{before} {before}{word}{after} {after}")
    assume(any(one for one in fold(word).replace('"', " ").split()))
    if parse_words([word]).finds(parse_entry(render_form(entry))):
        assert passes(place, render_form(entry), word)


@pytest.mark.parametrize("word", ["felt", "cafe", "strasse", "漢字", "🙂", "don't", "σισυφος", "naive", "½"])
def test_an_entry_without_the_word_is_held_back(place: Path, word: str) -> None:
    assert not passes(place, render_form(entry_with("Ein Stück Papier, — ‘ok’ 漢 ☺ Σ")), word)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u0301", "\ufeff"])
def test_what_nobody_sees_in_a_word_hides_it_from_no_search(place: Path, unseen: str) -> None:
    entry = entry_with(f"over{unseen}night")
    assert parse_words(["overnight"]).finds(entry)
    assert passes(place, render_form(entry), "overnight")


def test_signs_that_fold_into_one_that_is_there_as_well_pass(place: Path) -> None:
    # In which order signs are folded is another in each process, and changes with how many there are.
    others = ["".join(map(chr, range(0x4E00, 0x4E00 + count))) for count in (0, 9, 40, 150, 600)]
    words = [f"a{sign}b" for sign in "ŉ︱︲﹘"]
    entries = {(word, other): entry_with(f"{word} {fold(word)} ʼ — – {other}") for word in words for other in others}
    assert all(parse_words([word]).finds(entry) for (word, _), entry in entries.items())
    assert [word for (word, _), entry in entries.items() if not passes(place, render_form(entry), word)] == []


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        (("night", "team"), ["night, team"]),
        (("night", "team"), ["night,"]),
        (("night", "team"), ["night team"]),
        (("a\\b",), ["a\\b"]),
        (("tab\there",), ["tab here"]),
        (("tab\there",), ["tab\there"]),
        (("bell\x07", "x"), ["bell\x07"]),
        (("del\x7f",), ["del\x7f"]),
        (('the "late" team',), ["late team"]),
        (('the "late" team',), ["the", "late"]),
    ],
)
def test_a_tag_that_is_found_passes_however_the_front_matter_spells_it(
    place: Path, tags: tuple[str, ...], words: list[str]
) -> None:
    entry = entry_with(tags=tags)
    assert not parse_words(words).finds(entry) or passes(place, render_form(entry), *words)


@pytest.mark.parametrize(("tag", "escaped"), [("café", "caf\\u00e9"), ("night", "\\u006eight"), ("🙂", "\\U0001f642")])
def test_a_tag_that_somebody_wrote_with_escapes_passes(place: Path, tag: str, escaped: str) -> None:
    rendered = render_form(entry_with(tags=(tag,))).replace(tag, escaped)
    assert parse_entry(rendered).tags == (tag,)
    assert passes(place, rendered, tag)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"+",
        b"+++",
        b"# Notes\n",
        b"\xef\xbb\xbf" + BEGINNING,
        BEGINNING.replace(b"\n", b"\r\n"),
        BEGINNING.decode().encode("utf-16"),
        b" " + BEGINNING,
        b"\n" + BEGINNING,
        b"+++ \npack = 1\n+++\n",
        b"\0" * 100,
        bytes(range(256)),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_does_not_begin_as_an_entry_is_left_to_whoever_reads_it(place: Path, data: bytes) -> None:
    assert passes(place, data, "felt")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"caf\xe9 noir", "cafe"),
        (b"caf\xe9 noir", "noir"),
        (b"caf\xe9 \xc3\xa9t\xc3\xa9", "ete"),
        (b"\xe9 caf\xc3\xa9", "cafe"),
        (b"\xc3 caf\xc3\xa9", "café"),
        (b"\xa9 caf\xc3\xa9", "café"),
        (b"\x83 \xcf\x83\xce\xb9", "σι"),
        (b"\xa9\xc3\xa9 \xe2\x80\x99 don\xe2\x80\x99t", "don't"),
        (b"\xc9lise\x92s caf\xe9", "cafe"),
        (b"\xc9lise\x92s caf\xe9", "elise"),
        (b"\xc9lise\x92s day", "elise"),
        (b"\xc3a\xa9 day", "night"),
        (b"d\xe9j\xe0 vu, voil\xe0", "voila"),
        (b"felt \xff\xfe heard", "felt"),
        (b"felt \xed\xa0\x80 heard", "heard"),
    ],
)
def test_a_word_beside_stray_bytes_passes(place: Path, data: bytes, word: str) -> None:
    assert passes(place, BEGINNING + data, word)


@pytest.mark.parametrize("size", [CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5, 5 * CHUNK])
@pytest.mark.parametrize("word", ["felt", "café", "漢字"])
def test_a_long_file_is_searched_to_its_end_and_over_every_seam(place: Path, size: int, word: str) -> None:
    for cut in (0, 1, 2, 3, 9):
        end = word.encode()[:cut]
        data = BEGINNING + b"x" * (size - len(BEGINNING) - len(end)) + word.encode()
        assert passes(place, data, word), cut
        assert not passes(place, data, f"{word}s"), cut


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_a_file_is_read_as_it_is(place: Path, size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    place.write_bytes(data)
    assert list(read_each(str(place.parent), [place.name])) == [(place.name, data)]


@pytest.mark.parametrize(("size", "is_read"), [(LARGEST, True), (LARGEST + 1, False), (LARGEST + CHUNK * 3, False)])
def test_a_file_that_is_too_large_is_not_read(place: Path, size: int, *, is_read: bool) -> None:
    with place.open("wb") as file:
        file.write(BEGINNING)
        file.truncate(size)
    [(_, data)] = read_each(str(place.parent), [place.name])
    assert (data is not None) == is_read
    assert passes(place, BEGINNING + b"x" * (size - len(BEGINNING)), "felt") != is_read


@given(
    st.lists(
        st.tuples(st.sampled_from([0, 100, 20_000, 70_000]), st.sampled_from(["", "felt", "hear", "CAFÉ"])), max_size=9
    )
)
@example([(0, "")] * 8 + [(70_000, "felt")])
@example([(70_000, "felt"), (0, ""), (70_000, "felt"), (20_000, "felt")])
def test_of_many_files_those_pass_that_hold_the_word(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("many")
    names = [f"{number}.md" for number in range(len(files))]
    for name, (size, word) in zip(names, files, strict=True):
        (folder / name).write_bytes(BEGINNING + b"x" * size + word.encode())
    for word in ("felt", "cafe", "heard"):
        sieve = make_sieve([word])
        assert sieve
        assert sift(str(folder), names, sieve) == [
            name for name, (_, held) in zip(names, files, strict=True) if fold(held) == word
        ]


def test_a_word_that_two_files_hold_a_half_of_each_is_in_none(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_bytes(BEGINNING + b"+++")
    (tmp_path / "2.md").write_bytes(BEGINNING)
    sieve = make_sieve(["++++++"])
    assert sieve
    assert sift(str(tmp_path), ["1.md", "2.md"], sieve) == []


def test_several_words_must_all_be_in_one_file(tmp_path: Path) -> None:
    for number, held in enumerate(["felt", "heard", "felt, heard", "HEARD AND FELT"]):
        (tmp_path / f"{number}.md").write_bytes(BEGINNING + held.encode())
    sieve = make_sieve(["felt", "heard"])
    assert sieve
    assert sift(str(tmp_path), ["0.md", "1.md", "2.md", "3.md"], sieve) == ["2.md", "3.md"]


def test_without_words_there_is_no_sieve() -> None:
    assert make_sieve([]) is None


def test_pieces_are_looked_for_byte_for_byte(tmp_path: Path) -> None:
    for number, held in enumerate([b"- [ ] a", b"- [X] a", b"- [x] a", b"\xff[ ]"]):
        (tmp_path / f"{number}.md").write_bytes(BEGINNING + held)
    names = ["0.md", "1.md", "2.md", "3.md"]
    assert sift(str(tmp_path), names, holds_any(b"[ ]", b"[X]")) == ["0.md", "1.md", "3.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
def test_what_cannot_be_read_is_left_to_whoever_reads_it_and_stops_nothing(tmp_path: Path, nobody: None) -> None:
    good, locked, gone, folder, link = (
        tmp_path / f"{name}.md" for name in ("good", "locked", "gone", "folder", "link")
    )
    good.write_bytes(BEGINNING + b"felt")
    locked.write_bytes(BEGINNING + b"nothing")
    locked.chmod(0)
    folder.mkdir()
    link.symlink_to(tmp_path / "nowhere")
    sieve = make_sieve(["felt"])
    assert sieve
    names = [path.name for path in (good, locked, gone, folder, link)]
    assert sift(str(tmp_path), names, sieve) == names


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_nobody_writes_to_stops_nothing(tmp_path: Path) -> None:
    good, pipe = tmp_path / "good.md", tmp_path / "pipe.md"
    good.write_bytes(BEGINNING + b"felt")
    os.mkfifo(pipe)
    sieve = make_sieve(["felt"])
    assert sieve
    with patience():
        assert good.name in sift(str(tmp_path), [pipe.name, good.name], sieve)


LITERALS = ["night", "Café", "é", "ſt", "\u212aelvin", "STRASSE", "ß", "ẞ", "İ", "ı", "ς", "Σ", "12", "½", "ﬁ", "漢"]
SPELLINGS: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.title, str.swapcase)
ends = st.sampled_from(["", "?", "*", "+", "{0}", "{2}", "{0,1}", "+?", "*?", "{1,2}+", "*+"])
patterns = st.recursive(
    st.sampled_from([*LITERALS, "a", "b", " ", "-", ".", r"\b", r"\w", r"\s", "[ab]", "[a]", "[^a]", "^", "$", r"\n"]),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=2, max_size=3).map("|".join)
        | st.tuples(st.sampled_from(["(", "(?:", "(?i:", "(?-i:", "(?=", "(?!", "(?<!", "(?>"]), inner, ends).map(
            lambda parts: f"{parts[0]}{parts[1]}){parts[2]}"
        )
        | st.tuples(st.sampled_from(["(?x)", "(?a)", "(?s)", "(a)?(?(1)"]), inner).map(
            lambda parts: f"{parts[0]}{parts[1]}{')' if '(1)' in parts[0] else ''}"
        )
    ),
    max_leaves=6,
)


@st.composite
def regexes_with_matches(draw: st.DrawFn) -> tuple[str, str]:
    regex = draw(patterns)
    try:
        pattern = re.compile(regex, re.IGNORECASE | re.MULTILINE)
    except (re.error, OverflowError):
        reject()
    spell = draw(st.sampled_from(SPELLINGS))
    company = draw(st.sampled_from(["", " ", "ab", "night", "é\u0301"]))
    return regex, f"{company}{spell(draw(st.from_regex(pattern)))}{company}"


@given(regexes_with_matches())
@example(("(?:a|b)night", "bNIGHT"))
@example(("foot(?:ball|print)s?|hand", "HANDS"))
@example(("(?:night)?fall", "fall"))
@example(("(?:night){0}fall", "fall"))
@example(("ß|ss", "ẞ"))
@example(("colou?r", "color"))
@example(("(?!night)day", "day"))
def test_an_entry_that_a_regular_expression_matches_always_passes(place: Path, drawn: tuple[str, str]) -> None:
    regex, text = drawn
    search = parse_regex([regex])
    entry = parse_entry(render_form(entry_with(text)))
    if search.finds(entry):
        assert passes_search(place, render_form(entry), search)


def passes_search(place: Path, text: str, search: Search) -> bool:
    place.write_bytes(text.encode())
    sieve = make_sieve_of_any(search.words)
    return sieve is None or sift(str(place.parent), [place.name], sieve) == [place.name]


@pytest.mark.parametrize(
    ("regex", "words"),
    [
        ("zeppelin", "zeppelin"),
        ("zep+elin", "ze p elin"),
        (r"\bzeppelin\b.*air", "zeppelin air"),
        ("(zeppelin)s?", "zeppelin"),
        ("(?:zeppelin|airship) crew", "zeppelin crew | airship crew"),
        ("zeppelin|airship", "zeppelin | airship"),
        ("zeppelin|airship|[xy]", ""),
        ("(?:zeppelin)?", ""),
        ("zeppelin|.", ""),
        (r"\d+", ""),
        ("Café", "cafe"),
        ("(?x) zep pelin # airship", "zeppelin"),
        ("(?>zeppelin)++", "zeppelin"),
        ("|".join(f"{number}words" for number in range(100, 140)), "1"),
    ],
)
def test_of_a_regular_expression_those_words_are_looked_for_that_it_cannot_do_without(regex: str, words: str) -> None:
    assert sorted(parse_regex([regex]).words) == sorted(tuple(part.split()) for part in words.split("|"))


def test_letters_that_match_each_other_whatever_their_case_are_folded_alike() -> None:
    cased = [
        sign
        for sign in map(chr, range(sys.maxunicode + 1))
        if sign.isalnum() and (sign.lower(), sign.upper()) != (sign, sign)
    ]
    text = "".join(cased)
    unlike = [
        (sign, other) for sign in cased for other in re.findall(sign, text, re.IGNORECASE) if fold(sign) != fold(other)
    ]
    assert unlike == []


def test_where_python_shows_no_parse_tree_every_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(re, "_parser")
    assert parse_regex(["zeppelin"]).words == ((),)


def test_a_file_that_a_regular_expression_cannot_match_is_held_back(place: Path) -> None:
    entry = render_form(entry_with("We flew by night, in an airship"))
    held = ["zeppelin", "zeppelin|ballo+n", "(?:by|at) day", "(air)(plane|raft)", "ai?rp+lane"]
    assert [regex for regex in held if passes_search(place, entry, parse_regex([regex]))] == []
    passing = ["zeppelin|airship", "(?:by|at) night", "(air)(plane|ship)", "b[yi]", "zeppelin?|AIR"]
    assert [regex for regex in passing if not passes_search(place, entry, parse_regex([regex]))] == []

"""Filters that are decided on the front matter find what they found when every file was read whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import Form, FormQuestion, FormSection, Reviewed
from compassion_cli.core.query import Query
from compassion_cli.core.search import parse_words
from compassion_cli.storage.entry_lookup import find_file
from compassion_cli.storage.entry_query import select
from compassion_cli.storage.journal import Journal, SharedJournal

WRITERS = ("Amina Yusuf", "Bronwen Pryce", "Callum Reid", "José O'Neil", "callum  REID", "Callum")
PACKS = ("tool3", "tool-four")
TAGS: tuple[tuple[str, ...], ...] = ((), ("team",), ("Café", "duty callum"))
QUERIES = (
    *(Query(author=name) for name in ("Amina Yusuf", "bronwen pryce", "jose o’neil", "Nobody", "callum reid", "'")),
    *(Query(pack=name) for name in (*PACKS, "tool", "review")),
    *(Query(section=name) for name in ("self", "sel", "team", "self.1", "callum")),
    *(Query(tag=name) for name in ("team", "CAFE", "duty  callum", "duty callum", "duty", "ÿ")),
    *(Query(waits_for=name) for name in ("Amina Yusuf", "BRONWEN PRYCE", "José O’Neil", "Nobody", "'")),
    *(Query(answered_to=name) for name in ("Amina Yusuf", "Callum Reid", "Nobody")),
    Query(pack="tool3", tag="team", waits_for="Callum Reid"),
    Query(section="self", author="Amina Yusuf"),
    Query(section="self", waits_for="Amina Yusuf"),
    Query(search=parse_words(["words"]), tag="team"),
    Query(search=parse_words(["answered"]), author="Amina Yusuf"),
)


def leave(text: str) -> bytes:
    return text.encode()


#: What editors, scripts and people make of a file.
CHANGES: tuple[Callable[[str], bytes], ...] = (
    leave,
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: f"\ufeff{text}".encode(),
    lambda text: text.encode("utf-16"),
    lambda text: text.replace("+++\n\n", "+++ \t\n\n", 1).encode(),
    lambda text: text.replace('author = "', 'author = "\\u0020').encode(),
    lambda text: text.replace('author = "', 'author = """\\\n  ').replace('"\nformat =', '"""\nformat =').encode(),
    lambda text: text.replace("+++\n\n", 'note = """\nauthor = "Amina Yusuf"\n"""\n+++\n\n', 1).encode(),
    lambda text: text.replace("+++\n\n", '[more]\nauthor = "Amina Yusuf"\ntags = ["team"]\n+++\n\n', 1).encode(),
    lambda text: text.replace("<!-- section: self -->", "<!-- question: team.9 -->").encode(),
    lambda text: text.replace('"self"', '"callum"', 1).encode(),
    lambda text: f"{text}\n+++\nauthor = 'Callum Reid' é\n".encode(),
    lambda text: text.encode("utf-8").replace(b"words", b"words \xff"),
    lambda text: text.replace("pack_version = 1\n", "").encode(),
    lambda text: text.replace("pack_version = 1", "pack_version = [").encode(),
    lambda text: text.replace("\n+++\n", "\n", 1).encode(),
)


def form(pack: str, tags: tuple[str, ...] = (), *, reviewed: Path | None = None) -> Form:
    question = FormQuestion(key="self.1", number="1", wording="What?", text="Some words about Callum, answered")
    sections = (FormSection(id="self", title="Self", questions=(question,)),)
    made = Form(pack=pack, pack_version=1, title="Four lenses", tags=tags, sections=sections)
    return replace(made, reviewed=Reviewed(reviewed.stem)) if reviewed else made


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return SharedJournal(tmp_path / "journal")


def write(journal: Journal, number: int, author: str, pack: str = "tool3", tags: tuple[str, ...] = ()) -> Path:
    return journal.save(form(pack, tags), datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(hours=number), author)


def respond(journal: Journal, entry: Path, author: str) -> Path:
    return journal.save(form("review", reviewed=entry), datetime(2027, 1, 1, tzinfo=UTC), author)


def change(path: Path, to_bytes: Callable[[str], bytes]) -> None:
    path.write_bytes(to_bytes(path.read_text("utf-8")))


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_what_is_found_is_what_reading_every_file_would_find(journal: Journal, number: int) -> None:
    count = 0
    for author in WRITERS[:5]:
        for tags in TAGS:
            count += 1
            entry = write(journal, count, author, PACKS[count % 2], tags)
            if count % 3:
                change(respond(journal, entry, WRITERS[count % 5]), CHANGES[number] if count % 2 else leave)
            change(entry, CHANGES[number])
    everything = select([journal], Query(), None, with_reviews=True)
    for query in QUERIES:
        listing = select([journal], query, None, with_reviews=True)
        wanted = [one.entry.id for one in everything.found if query.wants(one.entry, one.reviews)]
        assert (query, [entry.id for entry in listing.entries]) == (query, wanted)
        assert set(listing.problems) <= set(everything.problems)


@pytest.mark.parametrize("number", [12, 13, 14, 15])
def test_a_damaged_file_is_named_where_it_may_be_what_is_looked_for(journal: Journal, number: int) -> None:
    write(journal, 1, "Amina Yusuf", tags=("team",))
    damaged = write(journal, 2, "Amina Yusuf", tags=("team",))
    change(damaged, CHANGES[number])
    for query in (Query(author="Amina Yusuf"), Query(tag="team"), Query(pack="tool3"), Query(waits_for="Bea")):
        listing = select([journal], query, None)
        assert (query, len(listing.found)) == (query, 1)
        assert [problem.place.partition(", line")[0] for problem in listing.problems] == [str(damaged)]


def test_words_below_the_front_matter_make_no_file_worth_reading(journal: Journal) -> None:
    change(write(journal, 1, "Amina Yusuf"), CHANGES[13])
    # Whoever wrote it, it was not Callum, of whom it only speaks.
    assert select([journal], Query(author="Callum"), None) == select([journal], Query(tag="nothing"), None)


def count_calls(act: Callable[[], object]) -> int:
    calls = 0

    def note(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "query",
    [
        Query(author="Callum"),
        Query(author="Nobody"),
        Query(pack="tool1"),
        Query(tag="callum"),
        Query(section="team"),
        Query(waits_for="Callum"),
        Query(waits_for="Bea"),
        Query(answered_to="Callum"),
        Query(author="Callum", search=parse_words(["callum"])),
    ],
)
def test_what_does_not_match_costs_less_than_half_of_reading_it(journal: Journal, query: Query) -> None:
    for number in range(30):
        entry = write(journal, number, "Callum" if query.waits_for == "Callum" else "Amina Yusuf")
        if query.waits_for:
            respond(journal, entry, "Bea")
    whole = count_calls(lambda: select([journal], Query(), None, with_reviews=query.needs_reviews))
    assert not select([journal], query, None).found
    assert count_calls(lambda: select([journal], query, None)) < whole / 2


def test_a_first_name_that_fits_one_person_means_them(journal: Journal) -> None:
    for number, name in enumerate(["Callum Reid", "Amina Yusuf", "CALLUM  reid", "José Díaz", "Jose Diaz"]):
        write(journal, number, name)
    found = select([journal], Query(author="callum"), None)
    assert [entry.author for entry in found.entries] == ["CALLUM  reid", "Callum Reid"]
    assert [entry.author for entry in select([journal], Query(author="JOSE"), None).entries] == [
        "Jose Diaz",
        "José Díaz",
    ]
    assert not select([journal], Query(author="Call"), None).found
    assert not select([journal], Query(author="Reid Amina"), None).found


def test_a_whole_name_means_nobody_whose_name_only_holds_it(journal: Journal) -> None:
    write(journal, 1, "Callum Reid")
    write(journal, 2, "Callum")
    assert [entry.author for entry in select([journal], Query(author="callum"), None).entries] == ["Callum"]
    # Whenever they wrote.
    assert not select([journal], Query(author="callum", until=date(2025, 1, 1)), None).found


def test_a_first_name_that_fits_several_people_is_asked_back(journal: Journal, tmp_path: Path) -> None:
    other = SharedJournal(tmp_path / "other")
    write(journal, 1, "Callum Reid")
    write(other, 2, "Callum Shaw")
    with pytest.raises(UsageError) as error:
        select([journal, other], Query(author="callum"), None)
    assert error.value.what == '2 people match "callum": Callum Reid and Callum Shaw'
    assert error.value.remedy == '--author "Callum Reid"\n--author "Callum Shaw"'
    assert len(select([journal], Query(author="callum"), None).found) == 1


@pytest.mark.parametrize("number", range(12))
def test_a_first_name_is_found_however_the_file_is_spelt(journal: Journal, number: int) -> None:
    for count, name in enumerate(["Bea", "Callum Reid", "Bea"]):
        change(write(journal, count, name), CHANGES[number])
    assert [entry.author.strip() for entry in select([journal], Query(author="reid"), None).entries] == ["Callum Reid"]


def test_a_line_that_only_looks_like_the_author_hides_nobody(journal: Journal) -> None:
    write(journal, 2, "Callum Reid")
    hidden = write(journal, 1, "Callum Shaw")
    hidden.write_text(
        hidden.read_text("utf-8")
        .replace('author = "Callum Shaw"', 'note = """\nauthor = "Callum Reid"\n"""\n')
        .replace("\n+++\n", "\nauthor = 'Callum Shaw'\n+++\n", 1),
        "utf-8",
    )
    with pytest.raises(UsageError):
        select([journal], Query(author="callum"), None)


def test_nobody_in_a_private_journal_is_named_to_who_could_respond(journal: Journal) -> None:
    write(journal, 1, "Callum Reid")
    write(journal.private, 2, "Callum Shaw")
    found = select([journal, journal.private], Query(author="callum", waits_for="Bea"), None).entries
    assert [entry.author for entry in found] == ["Callum Reid"]


def test_a_piece_of_an_id_is_looked_for_without_a_look_at_each_other_name(journal: Journal) -> None:
    entry = write(journal, 0, "Amina Yusuf")
    few = count_calls(lambda: find_file([journal], entry.stem[-4:]))
    for number in range(1, 60):
        entry.with_name(f"{entry.stem[:-4]}{number:04}.md").touch()
    assert find_file([journal], entry.stem[-4:]).path == entry
    assert count_calls(lambda: find_file([journal], entry.stem[-4:])) == few


@pytest.mark.parametrize("indent", ["", " ", "\t"])
def test_a_line_in_a_table_that_only_looks_like_the_author_hides_nobody(journal: Journal, indent: str) -> None:
    write(journal, 3, "Ann Lee").write_text(
        write(journal, 3, "Ann Lee").read_text("utf-8").replace("tags = []", 'tags = ["bob"]'), "utf-8"
    )
    hidden = write(journal, 2, "Bob Real")
    table = f'{indent}[extra]\nauthor = "Ann Lee"\n'
    hidden.write_text(
        hidden.read_text("utf-8")
        .replace('author = "Bob Real"', "author = 'Bob Real'")
        .replace("\n+++\n", f"\n{table}+++\n", 1),
        "utf-8",
    )
    assert [entry.author for entry in select([journal], Query(author="bob"), None).entries] == ["Bob Real"]

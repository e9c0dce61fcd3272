from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from compassion_cli.core.errors import Problem
from compassion_cli.core.form import Form, FormQuestion, FormSection, Reviewed
from compassion_cli.core.query import Query
from compassion_cli.core.search import parse_words
from compassion_cli.storage.byte_filter import make_sieve
from compassion_cli.storage.entry_files import Days, EntryFile, find_reviews, list_files
from compassion_cli.storage.entry_query import Listing, select
from compassion_cli.storage.journal import Journal, SharedJournal

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights, and links take special ones")


def save(journal: Journal, day: date, text: str = "Words", *, hour: int = 12, author: str = "Ann") -> Path:
    question = FormQuestion(key="self.1", number="1", wording="What?", text=text)
    section = FormSection(id="self", title="Self", questions=(question,))
    form = Form(pack="tool3", pack_version=1, title="Four lenses", sections=(section,))
    return journal.save(form, datetime(day.year, day.month, day.day, hour, tzinfo=UTC), author)


def respond(journal: Journal, entry: Path, text: str = "A response", *, author: str = "Bea", hour: int = 15) -> Path:
    question = FormQuestion(key="self.1", number="1", wording="What?", text=text)
    section = FormSection(id="self", title="Self", questions=(question,))
    form = Form(pack="review", pack_version=1, title="Response", reviewed=Reviewed(entry.stem), sections=(section,))
    return journal.save(form, datetime(2026, 12, 1, hour, tzinfo=UTC), author)


def texts(listing: Listing) -> list[str]:
    return [entry.first_text for entry in listing.entries]


def places(files: list[EntryFile]) -> list[str]:
    return [file.place for file in files]


def problem_files(listing: Listing) -> set[str]:
    return {Path(problem.place.partition(", line")[0]).name for problem in listing.problems}


def search(*words: str) -> Query:
    return Query(search=parse_words(words))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return SharedJournal(tmp_path / "journal")


@pytest.fixture
def other(tmp_path: Path) -> Journal:
    return SharedJournal(tmp_path / "other")


def test_the_newest_of_several_journals_come_first(journal: Journal, other: Journal) -> None:
    save(journal, date(2024, 2, 29), "1")
    save(other, date(2025, 12, 31), "2")
    save(journal, date(2026, 1, 1), "3")
    save(other, date(2026, 11, 23), "4", hour=9)
    save(journal, date(2026, 11, 23), "5", hour=10)
    save(other, date(2026, 11, 23), "6", hour=11)
    save(journal.private, date(2026, 11, 24), "7")
    journals = [journal, other, journal.private]
    assert "".join(texts(select(journals, Query(), None))) == "7654321"
    assert "".join(texts(select(journals, Query(), 3))) == "765"
    assert "".join(texts(select(list(reversed(journals)), search("5"), None))) == "5"


def test_no_journal_and_an_empty_one_hold_nothing(journal: Journal) -> None:
    assert select([], Query(), None) == Listing((), ())
    assert select([journal], Query(), None) == Listing((), ())
    journal.prepare()
    assert select([journal, journal.private], search("felt"), 1) == Listing((), ())


@pytest.mark.parametrize(
    ("limit", "found", "has_more"),
    [(1, 1, True), (2, 2, True), (4, 4, True), (5, 5, False), (6, 5, False), (None, 5, False)],
)
def test_it_is_said_when_there_are_more(
    journal: Journal, other: Journal, limit: int | None, found: int, *, has_more: bool
) -> None:
    for day in (1, 1, 2, 3):
        save(journal, date(2026, 11, day))
    save(other, date(2026, 11, 3))
    for query in (Query(), search("words")):
        listing = select([journal, other], query, limit)
        assert (len(listing.entries), listing.has_more) == (found, has_more)


def test_reviews_belong_to_their_entry_and_come_oldest_first(journal: Journal) -> None:
    entry = save(journal, date(2026, 11, 23), "one")
    near = save(journal, date(2026, 11, 23), "two", hour=13)
    second = respond(journal, entry, "second", hour=16)
    first = respond(journal, entry, "first", hour=15)
    listing = select([journal], Query(), None, with_reviews=True)
    assert [(one.entry.first_text, [review.first_text for review in one.reviews]) for one in listing.found] == [
        ("two", []),
        ("one", ["first", "second"]),
    ]
    assert listing.problems == ()
    assert find_reviews(entry) == tuple(sorted([first.name, second.name]))
    assert find_reviews(near) == ()
    files = {file.id: file for file in list_files([journal])}
    assert set(files[entry.stem].review_paths) == {first, second}


@pytest.mark.parametrize("word", ["response", "words"])
def test_an_entry_is_found_by_its_words_and_by_those_of_a_response(journal: Journal, word: str) -> None:
    entry = save(journal, date(2026, 11, 23))
    respond(journal, entry)
    save(journal, date(2026, 11, 22), "Nothing of either")
    assert texts(select([journal], search(word), None)) == ["Words"]


@pytest.mark.parametrize("query", [Query(), Query(since=date(2026, 11, 1)), search("response"), search("absent")])
def test_a_review_without_its_entry_is_a_problem(journal: Journal, query: Query) -> None:
    save(journal, date(2026, 11, 22))
    entry = save(journal, date(2026, 11, 23))
    orphan = respond(journal, entry)
    entry.unlink()
    listing = select([journal], query, None)
    assert [problem.place for problem in listing.problems] == [str(orphan)]
    assert "its entry is not here" in listing.problems[0].what


@on_posix
def test_links_are_named_and_not_followed(journal: Journal, other: Journal) -> None:
    mine = save(journal, date(2026, 11, 23), "mine")
    foreign = save(other, date(2026, 11, 22), "foreign")
    foreign_review = respond(other, foreign, "foreign response")
    links = {
        mine.parent / foreign.name: foreign,
        mine.parent / "2026-11-21-tool3-self-k7m2.md": mine,
        mine.parent / f"{mine.stem}.review-k7m2.md": foreign_review,
        journal.folder / "2025": foreign.parent,
    }
    for link, target in links.items():
        link.symlink_to(target)
    (mine.parent / "notes.md").symlink_to(foreign)
    for query in (Query(), search("foreign"), search("mine")):
        listing = select([journal], query, None, with_reviews=True)
        assert set(texts(listing)) <= {"mine"}
        assert [one.reviews for one in listing.found] in ([()], [])
        assert {problem.place for problem in listing.problems} == set(map(str, links))
        assert {problem.what for problem in listing.problems} == {"this is a link, and links are not followed"}
    of_one_day = select([journal], Query(since=date(2026, 11, 22), until=date(2026, 11, 22)), None)
    assert {problem.place for problem in of_one_day.problems} == {
        str(mine.parent / foreign.name),
        str(journal.folder / "2025"),
    }
    assert find_reviews(mine) == ()


@pytest.mark.parametrize(
    "ending",
    [
        "-LAPTOP.md",
        " (1).md",
        "-DESKTOP-AB12.md",
        ".MD",
        " - Copy.md",
        ".review-k7m2-LAPTOP.md",
        "-conflict.md",
        "_conf(1)-abcd.md",
        ".sync-conflict-20261125-101010-ABCDEFG.md",
        ".bak.md",
        ".md.md",
    ],
)
def test_a_copy_that_a_shared_drive_has_renamed_is_named_and_not_lost_from_sight(journal: Journal, ending: str) -> None:
    path = save(journal, date(2026, 11, 23))
    copy = path.rename(path.with_name(f"{path.stem}{ending}"))
    save(journal, date(2026, 11, 22))
    for query in (Query(), search("words"), search("absent")):
        listing = select([journal], query, None)
        assert [problem.place for problem in listing.problems] == [str(copy)]
        assert "it is an entry" in listing.problems[0].what
        assert str(path) in listing.problems[0].remedy


PLACES = [
    "2026/Good day with the team.md",
    "2026/11/NAME.md",
    "2026/November/week 4/NAME.md",
    "Supervision/NAME.md",
    "NAME.md",
    "2026/NAME.md.txt",
    "2026/Copy of NAME.md",
    "2026/NAME-LAPTOP.md",
    "2025/NAME.MD",
    "Supervision/2026/other.txt",
]


@pytest.mark.parametrize("place", PLACES)
def test_an_entry_that_was_moved_or_renamed_is_named_and_one_again_when_done_as_told(
    journal: Journal, place: str
) -> None:
    path = save(journal, date(2026, 11, 23))
    elsewhere = journal.folder / place.replace("NAME", path.stem)
    elsewhere.parent.mkdir(parents=True, exist_ok=True)
    path.rename(elsewhere)
    listing = select([journal], Query(), None)
    assert listing.found == ()
    assert [problem.place for problem in listing.problems] == [str(elsewhere)]
    told = Path(listing.problems[0].remedy.rpartition(" ")[2])
    elsewhere.rename(told / elsewhere.name if "to the folder" in listing.problems[0].remedy else told)
    listing = select([journal], Query(), None)
    assert [found.entry.id for found in listing.found] == [path.stem]
    assert listing.problems == ()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("same", [True, False])
def test_a_copy_is_told_from_the_entry_that_it_is_one_of(journal: Journal, place: str, *, same: bool) -> None:
    path = save(journal, date(2026, 11, 23))
    copy = journal.folder / place.replace("NAME", path.stem)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(path.read_text("utf-8") + ("\n" if same else "more words\n"), "utf-8")
    listing = select([journal], Query(), None)
    assert [found.entry.id for found in listing.found] == [path.stem]
    assert [problem.place for problem in listing.problems] == [str(copy)]
    assert ("with the same words" in listing.problems[0].what) is same
    assert str(path) in listing.problems[0].remedy


def test_foreign_files_and_other_journals_in_the_folder_are_nobodys_concern(journal: Journal) -> None:
    path = save(journal, date(2026, 11, 23))
    daily = journal.folder / "2026" / "2026-11-23 Monday.md"
    daily.write_text("---\ntags: [x]\n---\n# Monday\nid: 2026-11-23-tool3-self-k7m2\n", "utf-8")
    other = journal.folder / "team" / "2026"
    other.mkdir(parents=True)
    (other.parent / ".git").mkdir()
    (other / path.name).write_bytes(path.read_bytes())
    once = journal.folder / "private (copy)" / "2026"
    once.mkdir(parents=True)
    (once.parent / ".compassion-private").touch()
    (once / "2026-11-23-tool3-self-zzzz.md").write_text(
        path.read_text("utf-8").replace(path.stem[-4:], "zzzz"), "utf-8"
    )
    assert select([journal], Query(), None).problems == ()


@pytest.mark.parametrize(
    "name", ["notes.md", "2026.md", "2026-11-23.txt", "2026-11-23-tool3-self-k7m2.md~", ".x.md.swp"]
)
def test_what_is_no_entry_by_its_name_is_nobodys_concern(journal: Journal, name: str) -> None:
    save(journal, date(2026, 11, 23)).with_name(name).write_text("words", "utf-8")
    listing = select([journal], Query(), None)
    assert (len(listing.found), listing.problems) == (1, ())


def test_an_edit_another_version_and_a_response_are_not_misnamed(journal: Journal) -> None:
    path = save(journal, date(2026, 11, 23))
    respond(journal, path)
    path.with_name(f"{path.stem}.edit-0a1b2c3d-k7m2.md").write_text("words", "utf-8")
    path.with_name(f"{path.stem}.other-0a1b2c3d.md").write_text("words", "utf-8")
    whats = [problem.what for problem in select([journal], Query(), None).problems]
    assert whats == ["two people changed this entry, and this is the other version"]


def test_what_has_the_name_of_an_entry_and_is_no_file_is_named(journal: Journal) -> None:
    folder = save(journal, date(2026, 11, 23)).with_name("2026-11-22-tool3-self-k7m2.md")
    folder.mkdir()
    listing = select([journal], Query(), None)
    assert [(problem.place, problem.what) for problem in listing.problems] == [
        (str(folder), "it is named like an entry or a year, but it is not one")
    ]
    assert len(listing.entries) == 1


def test_other_versions_and_edits_are_no_entries_and_no_reviews(journal: Journal) -> None:
    entry = save(journal, date(2026, 11, 23))
    review = respond(journal, entry)
    for mark in (".other-0123abcd", ".edit-0123abcd-k7m2"):
        entry.with_name(f"{entry.stem}{mark}.md").write_bytes(entry.read_bytes())
        entry.with_name(f"{review.stem}{mark}.md").write_bytes(review.read_bytes())
    for query in (Query(), search("words")):
        listing = select([journal], query, None, with_reviews=True)
        assert [(file.path, file.review_paths) for _, file, _ in listing.found] == [(entry, (review,))]
        assert problem_files(listing) == {f"{entry.stem}.other-0123abcd.md", f"{review.stem}.other-0123abcd.md"}
        assert all("two people changed this entry" in problem.what for problem in listing.problems)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "2026-11-23.md",
        "2026-11-23-tool3-self-k7m2.txt",
        "2026-11-23-tool3-self-k7m2",
        "2026-11-23-Tool3-self-k7m2.md",
        ".2026-11-23-tool3-self-k7m2.md",
        ".md",
        "2026-11-23-tool3-self-k7m2.md~",
        "2026-11-23-tool3-self-k7m2.review-k7m2.md.tmp",
        "２０２６-11-23-tool3-self-k7m2.md",
        "2026-11-23-tool3-self-k7m2.\udce9.md",
    ],
)
def test_a_file_of_another_name_is_no_entry(journal: Journal, name: str) -> None:
    entry = save(journal, date(2026, 11, 22))
    Path(os.fsdecode(os.fsencode(entry.with_name(name)))).write_bytes(entry.read_bytes())
    for query in (Query(), search("words")):
        assert (
            select([journal], query, None).entries == select([journal], Query(until=date(2026, 11, 22)), None).entries
        )
        assert places(list(list_files([journal]))) == [str(entry)]


def test_a_file_of_a_day_that_no_calendar_has_is_not_passed_over_in_silence(journal: Journal) -> None:
    entry = save(journal, date(2026, 11, 22))
    wrong = entry.rename(entry.with_name("2026-02-30-tool3-self-k7m2.md"))
    listing = select([journal], Query(), None)
    assert texts(listing) == ["Words"] or problem_files(listing) == {wrong.name}


def test_an_entry_in_the_folder_of_another_year_is_found_by_its_day(journal: Journal) -> None:
    entry = save(journal, date(2026, 11, 22), "moved")
    save(journal, date(2025, 11, 22), "old")
    save(journal, date(2026, 3, 1), "new")
    entry.rename(journal.folder / "2025" / entry.name)
    # Where the newest are found by their folders, one that lies in the wrong one comes among the others there.
    assert sorted(texts(select([journal], Query(), None))) == ["moved", "new", "old"]
    assert sorted(texts(select([journal], Query(since=date(2026, 1, 1)), None))) == ["moved", "new"]


@pytest.mark.parametrize("name", ["private", "99", "20266", "notes", ".git", "2 26"])
def test_only_folders_of_years_hold_entries(journal: Journal, name: str) -> None:
    entry = save(journal, date(2026, 11, 22))
    entry.parent.rename(journal.folder / name)
    assert list(list_files([journal])) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_folders_and_pipes_with_the_name_of_an_entry_are_none(journal: Journal) -> None:
    entry = save(journal, date(2026, 11, 22))
    entry.with_name("2026-11-23-tool3-self-k7m2.md").mkdir()
    os.mkfifo(entry.with_name("2026-11-24-tool3-self-k7m2.md"))
    os.mkfifo(entry.with_name(f"{entry.stem}.review-k7m2.md"))
    (journal.folder / "2025").write_text("no folder")
    for query in (Query(), search("words")):
        assert texts(select([journal], query, None, with_reviews=True)) == ["Words"]


@on_posix
def test_without_a_sieve_no_file_is_opened(journal: Journal, nobody: None) -> None:
    entry = save(journal, date(2026, 11, 23))
    locked = [entry, respond(journal, entry), save(journal, date(2025, 1, 1))]
    for path in locked:
        path.chmod(0)
    problems: list[Problem] = []
    assert places(list(list_files([journal], problems))) == [str(locked[0]), str(locked[2])]
    assert problems == []


@on_posix
@pytest.mark.parametrize(
    ("query", "limit"),
    [(Query(), 1), (Query(since=date(2026, 11, 23)), None), (Query(anniversary=date(2027, 11, 23)), None)],
)
def test_files_of_days_that_do_not_matter_are_not_opened(
    journal: Journal, nobody: None, query: Query, limit: int | None
) -> None:
    save(journal, date(2026, 11, 23))
    for day in (date(2026, 11, 22), date(2026, 10, 23), date(2025, 11, 21)):
        save(journal, day).chmod(0)
    listing = select([journal], query, limit)
    assert (len(listing.entries), listing.problems) == (1, ())


@on_posix
def test_a_search_opens_no_file_of_days_that_do_not_matter(journal: Journal, nobody: None) -> None:
    save(journal, date(2026, 11, 23))
    save(journal, date(2026, 11, 22)).chmod(0)
    listing = select([journal], search("words")._replace(since=date(2026, 11, 23)), None)
    assert (len(listing.entries), listing.problems) == (1, ())


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (Days(), "abcd"),
        (Days(since="2025-12-31"), "abc"),
        (Days(until="2025-12-31"), "cd"),
        (Days("2026-01-01", "2026-01-01"), "b"),
        (Days("2026-01-02", "2026-11-22"), ""),
        (Days("2027-01-01"), ""),
        (Days("2026-11-23", "2025-01-01"), ""),
    ],
)
def test_days_are_told_from_names_alone(journal: Journal, days: Days, found: str) -> None:
    all_days = (date(2026, 11, 23), date(2026, 1, 1), date(2025, 12, 31), date(2024, 2, 29))
    paths = {str(save(journal, day)): name for day, name in zip(all_days, "abcd", strict=True)}
    assert "".join(paths[file.place] for file in list_files([journal], days=days)) == found
    sieve = make_sieve(["words"])
    assert "".join(paths[file.place] for file in list_files([journal], days=days, sieve=sieve)) == found


@on_posix
def test_a_folder_that_cannot_be_opened_is_a_problem_and_hides_no_other(
    journal: Journal, other: Journal, nobody: None
) -> None:
    locked = save(journal, date(2025, 1, 1)).parent
    save(journal, date(2026, 1, 1), "new")
    save(journal, date(2024, 1, 1), "old")
    save(other, date(2023, 1, 1), "other")
    locked.chmod(0)
    try:
        for query in (Query(), search("o"), search("e")):
            listing = select([journal, other], query, None)
            assert [problem.place for problem in listing.problems] == [str(locked)]
        assert texts(select([journal, other], Query(), None)) == ["new", "old", "other"]
    finally:
        locked.chmod(0o700)


VALID = b"""+++
id = "2026-11-23-tool3-self-k7m2"
created = 2026-11-23T12:00:00+00:00
author = "Ann"
pack = "tool3"
pack_version = 1
+++

# Four lenses

<!-- question: self.1 -->
### 1. What?

"""
BROKEN = {
    "empty": b"",
    "no entry": b"Notes of mine\n",
    "no end": b"+++\npack = 1\n",
    "no TOML": b"+++\npack = = 1\n+++\n",
    "no author": VALID.replace(b'author = "Ann"\n', b""),
    "no offset": VALID.replace(b"+00:00", b""),
    "UTF-16 cut short": b"\xff\xfe\x00",
    "Windows-1252": VALID + b"caf\xe9 noir",
    "Windows-1252 with quotes": VALID + b"\xc9lise\x92s day",
    "half a character": VALID + b"caf\xc3",
    "a half beside a whole one": VALID + b"\xc3a\xa9 caf\xc3\xa9",
    "a surrogate": VALID + b"\xed\xa0\x80",
}


#: What only whoever reads a file as TOML can tell. A search reads none that cannot hold what is looked for.
TOLD_BY_READING = ("no end", "no TOML", "no author", "no offset")
SEEN = [(name, Query()) for name in BROKEN] + [
    (name, search("words")) for name in BROKEN if name not in TOLD_BY_READING
]


@pytest.mark.parametrize(("name", "query"), SEEN, ids=[f"{name}-{bool(query.search)}" for name, query in SEEN])
def test_a_broken_entry_is_a_problem_after_the_good_ones_whatever_is_looked_for(
    journal: Journal, name: str, query: Query
) -> None:
    content = BROKEN[name]
    good = save(journal, date(2026, 11, 23))
    broken = good.with_name("2026-11-22-tool3-self-k7m2.md")
    broken.write_bytes(content)
    listing = select([journal], query, None)
    assert texts(listing) == ["Words"]
    assert problem_files(listing) == {broken.name}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_response_is_a_problem_and_its_entry_is_found(journal: Journal, content: bytes) -> None:
    entry = save(journal, date(2026, 11, 23))
    broken = respond(journal, entry)
    broken.write_bytes(content)
    listing = select([journal], search("words"), None)
    assert texts(listing) == ["Words"]
    assert problem_files(listing) == {broken.name}


@pytest.mark.parametrize("beginning", [b"", VALID], ids=["nothing", "an entry"])
@pytest.mark.parametrize("query", [Query(), search("words")], ids=["all", "search"])
def test_a_huge_entry_is_a_problem_after_the_good_ones_whatever_is_looked_for(
    journal: Journal, beginning: bytes, query: Query
) -> None:
    good = save(journal, date(2026, 11, 23))
    huge = good.with_name("2026-11-22-tool3-self-k7m2.md")
    with huge.open("wb") as file:
        file.write(beginning)
        file.truncate(40 * 1024 * 1024)
    listing = select([journal], query, None)
    assert texts(listing) == ["Words"]
    assert problem_files(listing) == {huge.name}


@on_posix
@pytest.mark.parametrize("query", [Query(), search("words")], ids=["all", "search"])
def test_an_entry_that_may_not_be_read_is_a_problem_whatever_is_looked_for(
    journal: Journal, query: Query, nobody: None
) -> None:
    save(journal, date(2026, 11, 23))
    locked = save(journal, date(2026, 11, 22), "Else")
    locked.chmod(0)
    listing = select([journal], query, None)
    assert texts(listing) == ["Words"]
    assert problem_files(listing) == {locked.name}


def test_a_search_finds_one_among_many_of_any_size(journal: Journal) -> None:
    for day in range(1, 29):
        save(journal, date(2026, 11, day), f"café number {day}. " + "word " * (day * 400))
    assert [text[:15] for text in texts(select([journal], search("CAFE", "number 17."), None))] == ["café number 17."]
    assert len(select([journal], search("cafe\u0301"), None).entries) == 28
    assert select([journal], search("number 29"), None).entries == ()

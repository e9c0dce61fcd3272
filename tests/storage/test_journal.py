from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from compassion_cli.core.form import Form, FormQuestion, FormSection
from compassion_cli.core.query import Query
from compassion_cli.storage.entry_query import select
from compassion_cli.storage.journal import Journal, PrivateJournal, SharedJournal, open_folder
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry
from compassion_cli.storage.write_files import FileWriteError


def form(text: str = "An answer", pack: str = "tool3", *sections: str) -> Form:
    question = FormQuestion(key="self.1", number="1", wording="What?", text=text)
    return Form(
        pack=pack,
        pack_version=1,
        title="A title",
        sections=tuple(FormSection(id=name, title=name, questions=(question,)) for name in sections or ("self",)),
    )


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return SharedJournal(tmp_path / "journal")


def test_a_journal_is_made_once_with_a_readme_and_for_its_owner_only(journal: Journal) -> None:
    assert journal.prepare() is True
    assert journal.prepare() is False
    assert "confidential" in (journal.folder / "README.md").read_text(encoding="utf-8")
    if os.name != "nt":
        assert stat.S_IMODE(journal.folder.stat().st_mode) == 0o700


def test_the_name_of_an_entry_is_its_day_pack_section_and_four_characters(journal: Journal) -> None:
    path = journal.save(form(), at(23), "A Practitioner")
    assert re.fullmatch(r"2026-11-23-tool3-self-[2-9b-df-hj-km-np-tv-xz]{4}\.md", path.name)
    assert path.parent == journal.folder / "2026"
    assert read_entry(path).author == "A Practitioner"


def test_many_sections_keep_the_name_short(journal: Journal) -> None:
    assert "-several-" in journal.save(form("x", "tool1", "a", "b", "c"), at(23), "A").name


def test_a_name_that_is_taken_is_never_overwritten(journal: Journal) -> None:
    paths = {journal.save(form(str(n)), at(23), "A", "k7m2") for n in range(3)}
    assert len(paths) == 3
    assert {read_entry(path).questions[0].text for path in paths} == {"0", "1", "2"}


def test_fifty_people_saving_at_once_make_fifty_entries(journal: Journal) -> None:
    with ThreadPoolExecutor(25) as pool:
        paths = set(pool.map(lambda n: journal.save(form(str(n)), at(23), "A", "k7m2"), range(50)))
    assert len(paths) == 50
    assert len(select([journal], Query(), None).entries) == 50


def test_the_newest_come_first_by_day_and_then_by_time(journal: Journal) -> None:
    for day, hour in ((1, 9), (3, 9), (3, 17), (2, 9)):
        journal.save(form(f"{day} {hour}"), at(day, hour), "A")
    texts = [entry.first_text for entry in select([journal], Query(), None).entries]
    assert texts == ["3 17", "3 9", "2 9", "1 9"]


def test_only_the_days_needed_are_opened(journal: Journal) -> None:
    journal.save(form(), at(3), "A")
    broken = journal.folder / "2026" / "2026-11-01-tool3-self-k7m2.md"
    broken.write_text("no entry")
    listing = select([journal], Query(), 1)
    assert len(listing.entries) == 1
    assert listing.has_more
    assert listing.problems == ()
    assert len(select([journal], Query(), None).problems) == 1


def test_filters_are_by_day_pack_and_section(journal: Journal) -> None:
    journal.save(form("a", "tool3", "self"), at(1), "A")
    journal.save(form("b", "tool3", "team"), at(2), "A")
    journal.save(form("c", "tool1", "team"), at(3), "A")

    def texts(query: Query) -> str:
        return "".join(entry.first_text for entry in select([journal], query, None).entries)

    assert texts(Query(since=date(2026, 11, 2))) == "cb"
    assert texts(Query(until=date(2026, 11, 2))) == "ba"
    assert texts(Query(pack="tool3")) == "ba"
    assert texts(Query(section="team")) == "cb"
    assert texts(Query(section="team", pack="tool3")) == "b"


@pytest.mark.skipif(os.name == "nt", reason="on Windows, links take special rights")
def test_a_link_out_of_the_journal_is_neither_read_nor_written_through(journal: Journal, tmp_path: Path) -> None:
    outside = SharedJournal(tmp_path / "outside")
    path = outside.save(form("not mine"), at(23), "A")
    journal.prepare()
    (journal.folder / "2025").mkdir()
    (journal.folder / "2025" / path.name).symlink_to(path)
    (journal.folder / "2026").symlink_to(outside.folder / "2026")
    assert select([journal], Query(), None).entries == ()
    with pytest.raises(FileWriteError, match="it is a link"):
        journal.save(form(), at(23), "A")


def test_the_id_is_the_name_of_the_file_whatever_the_file_says(journal: Journal) -> None:
    path = journal.save(form(), at(23), "A")
    renamed = path.rename(path.with_name("2026-11-22-tool3-self-zzzz.md"))
    assert read_entry(renamed).id == "2026-11-22-tool3-self-zzzz"


@pytest.mark.parametrize("content", [b"no entry", b"", b"\xff\xfe\x00", b"+++\npack = 1\n"])
def test_a_broken_file_is_a_problem_and_hides_nothing(journal: Journal, content: bytes) -> None:
    good = journal.save(form("fine"), at(22), "A")
    broken = good.with_name("2026-11-23-tool3-self-zzzz.md")
    broken.write_bytes(content)
    listing = select([journal], Query(), None)
    assert [entry.first_text for entry in listing.entries] == ["fine"]
    assert str(broken) in listing.problems[0].place
    with pytest.raises(EntryUnreadableError):
        read_entry(broken)


def test_a_private_journal_knows_the_one_it_lies_in_by_whatever_way_one_came(tmp_path: Path) -> None:
    journal = SharedJournal(tmp_path / "journal", "sam")
    journal.private.prepare()
    (journal.private.folder / "2026").mkdir()
    ways = [journal.private.folder, journal.private.folder / "2026" / ".."]
    if os.name != "nt":
        (tmp_path / "link").symlink_to(journal.private.folder)
        ways.append(tmp_path / "link")
    for way in ways:
        private = open_folder(way, "sam")
        assert isinstance(private, PrivateJournal)
        assert private.shared == journal
        assert private.label == "sam"

"""Who wrote what is shown: words that someone else recorded, or changed, in another's name are said to be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.people import Person, git

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="two people share a POSIX folder"),
    pytest.mark.usefixtures("shared"),
]


def show(person: Person, path: Path) -> str:
    return " ".join(person.type("journal", "show", path.stem).stdout.split())


def test_one_s_own_words_need_no_note(ann: Person, bea: Person) -> None:
    path = ann.write("my words\n- [ ] Rest")
    ann.change("words", "thoughts", path.stem)
    ann.sync()
    bea.sync()
    # What is done with an action is no change of words.
    bea.type("journal", "actions", "done", "Rest")
    bea.sync()
    ann.sync()
    for person in (ann, bea):
        assert "Recorded by" not in show(person, path)
        assert "Changed by" not in show(person, path)


@pytest.mark.parametrize("way", ["editor", "hand"])
def test_words_put_into_somebodys_entry_by_another_are_said_to_be(ann: Person, bea: Person, way: str) -> None:
    path = ann.write("my words")
    ann.sync()
    bea.sync()
    theirs = bea.journal / "2026" / path.name
    if way == "editor":
        bea.change("my", "her", path.stem)
    else:
        theirs.write_text(theirs.read_text("utf-8").replace("my", "her"), "utf-8")
    assert "Changed by" not in bea.sync()
    said = " ".join(ann.sync().split())
    assert f"{path.name} is by Ann. Changed by Bea, " in said
    assert "Changed by" not in ann.sync()
    for person in (ann, bea):
        assert "by Ann." in show(person, path)
        assert show(person, path).count("Changed by Bea, ") == 1
        assert "Recorded by" not in show(person, path)


def test_an_entry_in_anothers_name_is_said_to_be_recorded_by_whoever_did(ann: Person, bea: Person) -> None:
    path = bea.write("what Ann never said")
    path.write_text(path.read_text("utf-8").replace('author = "Bea"', 'author = "Ann"'), "utf-8")
    bea.sync()
    assert f"{path.name} is by Ann. Recorded by Bea, " in " ".join(ann.sync().split())
    assert "by Ann." in show(ann, path)
    assert "Recorded by Bea, " in show(ann, path)


def test_so_is_a_response(ann: Person, bea: Person) -> None:
    path = ann.write("my words")
    ann.sync()
    bea.sync()
    bea.type("journal", "review", path.stem, typed="It stood out\n\n\n\n\n", code=None)
    response = next(bea.journal.glob("2026/*.review-*.md"))
    response.write_text(response.read_text("utf-8").replace('author = "Bea"', 'author = "Cy"'), "utf-8")
    bea.sync()
    ann.sync()
    shown = show(ann, path)
    assert "Response by Cy" in shown
    assert "Recorded by Bea, " in shown


def test_somebody_who_changes_their_name_stays_one_person(
    ann: Person, bea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMPASSION_AUTHOR")
    ann.be = lambda: monkeypatch.setenv("HOME", str(ann.home))  # type: ignore[method-assign]
    ann.type("journal", "config", "name", "Ann Before")
    path = ann.write("my words")
    ann.sync()
    bea.sync()
    bea.type("journal", "review", path.stem, typed="It stood out\n\n\n\n\n", code=None)
    bea.sync()
    monkeypatch.delenv("COMPASSION_AUTHOR")
    said = ann.type("journal", "config", "name", "Ann Now")
    assert "Entries by Ann Before count as yours, too." in " ".join(said.stderr.split())
    ann.change("my", "our", path.stem)
    ann.sync()
    # It is still hers: nothing of her own waits for her, the response is one to her, and she may do with it as before.
    assert path.stem[-4:] not in ann.type("journal", "list", "--unreviewed").stdout
    assert path.stem[-4:] in ann.type("journal", "list", "--answered").stdout
    assert "Changed by" not in show(ann, path)
    assert path.stem[-4:] in ann.type("journal", "agenda", "--for", "Ann Now").stdout
    refused = ann.type("journal", "review", path.stem, code=1).stderr
    assert "you wrote this entry yourself" in refused
    # Two of one name: the other takes a fuller one, and the name before is not theirs any more.
    ann.type("journal", "config", "also_known_as", "--unset")
    assert path.stem[-4:] in ann.type("journal", "list", "--unreviewed").stdout
    ann.type("journal", "config", "also_known_as", "Ann Long Ago; Ann Before")
    ann.type("journal", "delete", path.stem, "--yes")


def test_a_name_with_a_comma_is_one_name(ann: Person, bea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bea.write("hers")
    path.write_text(path.read_text("utf-8").replace('author = "Bea"', 'author = "Jane"'), "utf-8")
    bea.sync()
    ann.sync()
    monkeypatch.delenv("COMPASSION_AUTHOR")
    ann.be = lambda: monkeypatch.setenv("HOME", str(ann.home))  # type: ignore[method-assign]
    ann.type("journal", "config", "name", "Doe, Jane")
    own = ann.write("mine")
    ann.type("journal", "config", "name", "Eve")
    ann.type("journal", "delete", path.stem, "--yes", code=1)
    ann.type("journal", "delete", own.stem, "--yes")


def test_a_history_that_cannot_be_read_hides_no_entry(ann: Person) -> None:
    path = ann.write("my words")
    head = ann.journal / ".git" / "refs" / "heads" / "main"
    head.write_text("f" * 40 + "\n")
    assert "my words" in show(ann, path)
    git(ann.journal, "config", "core.bare", "false")

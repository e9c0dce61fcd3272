"""Deleting an entry of one's own, and bringing it or an earlier version of it back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.people import Person, git


def write(run: CommandLine, words: str, *options: str) -> Path:
    said = run("reflect", "tool3", "--only", "6", *options, typed=f"{words}\n\n")
    return Path(said.stdout.strip().split("\n")[-1])


@pytest.mark.parametrize("options", [[], ["--private"]])
def test_an_entry_goes_once_somebody_has_seen_it_and_said_yes_and_comes_back(
    run: CommandLine, options: list[str]
) -> None:
    path = write(run, "my own words", *options)
    text = path.read_text("utf-8")
    done = run("journal", "delete", path.stem[-4:], typed="yes\n")
    assert "my own words" in done.stdout
    assert "You can bring it back" in done.stderr
    assert f"journal restore {path.stem[-4:]}" in done.stderr
    assert not path.exists()
    assert "my own words" not in run("journal", "list").stdout
    listed = run("journal", "history", path.stem).stdout
    assert listed.rstrip().endswith("A Practitioner: deleted")
    assert "my own words" in run("journal", "history", path.stem, "--show", "1").stdout
    assert run("journal", "restore", path.stem[-4:]).stdout.strip() == str(path)
    assert path.read_text("utf-8") == text
    assert git(path.parent.parent, "status", "--porcelain") == ""
    assert "restored" in run("journal", "history", path.stem).stdout


@pytest.mark.parametrize("typed", ["", "\n", "no\n", "y\n", "delete\n"])
def test_anything_but_yes_leaves_it(run: CommandLine, typed: str) -> None:
    path = write(run, "my own words")
    before = path.read_bytes()
    said = run("journal", "delete", "latest", typed=typed, code=1).stderr
    assert "nothing was deleted" in said
    assert path.read_bytes() == before


def test_it_is_never_deleted_without_a_name(run: CommandLine) -> None:
    path = write(run, "my own words")
    run("journal", "delete", code=2)
    run("journal", "restore", code=2)
    assert "no entry matches" in run("journal", "delete", "zzzz", "--yes", code=1).stderr
    assert "no entry matches" in run("journal", "restore", "zzzz", code=1).stderr
    assert path.exists()


def test_what_is_not_recorded_yet_is_recorded_before_it_goes(run: CommandLine) -> None:
    path = write(run, "my own words")
    changed = path.read_text("utf-8") + "and what I added by hand\n"
    path.write_text(changed, "utf-8")
    run("journal", "delete", "latest", "--yes")
    run("journal", "restore", path.stem)
    assert path.read_text("utf-8") == changed


def test_where_there_is_no_history_that_is_said_before(run: CommandLine) -> None:
    run("journal", "config", "git", "no")
    path = write(run, "my own words")
    done = run("journal", "delete", "latest", typed="no\n", code=1)
    assert "you cannot bring it back" in done.stderr
    assert path.exists()
    done = run("journal", "delete", "latest", typed="yes\n")
    assert "restore" not in done.stderr
    assert not path.exists()


def test_where_the_history_is_held_nothing_is_deleted(run: CommandLine) -> None:
    path = write(run, "my own words")
    path.write_text(path.read_text("utf-8") + "more\n", "utf-8")
    (run.journal / ".git" / "index.lock").touch()
    said = run("journal", "delete", "latest", "--yes", code=1).stderr
    assert "another program is busy" in said
    assert path.exists()


def test_an_earlier_version_comes_back_and_the_later_one_stays_in_the_history(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(run, "first words")
    first = path.read_text("utf-8")
    monkeypatch.setenv("EDITOR", "sed -i s/first/second/")
    run("journal", "edit", "latest")
    said = run("journal", "restore", "latest", code=1).stderr
    assert "this entry has not been deleted" in said
    assert "--version NUMBER" in said
    for number in ("0", "3", "-1", "x", "99999999999", "²"):
        assert "a number from 1 to 2" in run("journal", "restore", "latest", "--version", number, code=2).stderr
    run("journal", "restore", "latest", "--version", "1")
    assert path.read_text("utf-8") == first
    run("journal", "restore", "latest", "--version", "2")
    assert "second words" in path.read_text("utf-8")
    assert run("journal", "history", "latest").stdout.count("restored") == 2


def test_the_version_with_which_it_was_deleted_is_none(run: CommandLine) -> None:
    path = write(run, "words")
    run("journal", "delete", "latest", "--yes")
    said = run("journal", "restore", path.stem, "--version", "2", code=1).stderr
    assert "deleted in that version" in said
    assert not path.exists()


def test_responses_are_named_and_go_and_come_with_it(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(run, "my own words")
    monkeypatch.setenv("COMPASSION_AUTHOR", "Bea")
    run("journal", "review", path.stem, typed="It stood out\n\n\n\n\n", code=None)
    response = next(path for path in run.entries if ".review-" in path.name)
    refused = run("journal", "delete", path.stem, "--yes", code=1).stderr
    assert "an entry by A Practitioner, and you are Bea" in refused
    assert f"journal review {path.stem[-4:]}" in refused
    assert path.exists()
    monkeypatch.setenv("COMPASSION_AUTHOR", "A Practitioner")
    done = run("journal", "delete", path.stem, typed="yes\n")
    assert "What Bea wrote in response is deleted too" in " ".join(done.stderr.split())
    assert not response.exists()
    assert "needs a look" not in run("journal", "list").stderr
    monkeypatch.setenv("COMPASSION_AUTHOR", "Bea")
    assert "ask A Practitioner to restore it" in run("journal", "restore", path.stem, code=1).stderr
    monkeypatch.setenv("COMPASSION_AUTHOR", "A Practitioner")
    run("journal", "restore", path.stem)
    assert "It stood out" in run("journal", "show", path.stem).stdout
    assert response.exists()


@pytest.mark.skipif(os.name == "nt", reason="two people share a POSIX folder")
def test_it_goes_everywhere_with_the_next_sync_and_comes_back_so(ann: Person, bea: Person, shared: Path) -> None:
    path = ann.write("ann's words")
    ann.sync()
    bea.sync()
    name = f"2026/{path.name}"
    ann.type("journal", "delete", path.stem, "--yes")
    assert "Sent 1 deleted entry" in ann.sync()
    assert "Received 1 deleted entry" in bea.sync()
    assert name not in bea.texts
    assert "deleted here by hand" not in bea.sync()
    ann.type("journal", "restore", path.stem)
    ann.sync()
    bea.sync()
    assert "ann's words" in bea.texts[name]
    # What someone changed meanwhile is not lost by it.
    bea.add("more", path.stem)
    bea.sync()
    ann.type("journal", "delete", path.stem, "--yes")
    ann.sync()
    bea.sync()
    ann.sync()
    assert ann.texts == bea.texts
    assert "more" in git(ann.journal, "log", "-p")


def test_what_the_history_never_takes_is_not_deleted_with_an_entry(run: CommandLine) -> None:
    path = write(run, "my own words")
    others = [
        path.with_name(f"{path.stem}.sync-conflict-20261127-101010-ABC.md"),
        path.with_name(f"{path.stem}.edit-0a1b2c3d-kept.md"),
    ]
    for other in others:
        other.write_text(path.read_text("utf-8").replace("my own", "other"), "utf-8")
    run("journal", "delete", path.stem, "--yes")
    assert not path.exists()
    assert all("other words" in other.read_text("utf-8") for other in others)


@pytest.mark.parametrize("place", ["Archive/NAME", "2026/notes.md"])
def test_an_entry_that_was_moved_is_not_deleted(run: CommandLine, place: str) -> None:
    path = write(run, "my own words")
    moved = run.journal / place.replace("NAME", path.name)
    moved.parent.mkdir(exist_ok=True)
    path.rename(moved)
    moved.write_text(moved.read_text("utf-8") + "and newer ones\n", "utf-8")
    assert "moved or renamed" in run("journal", "delete", str(moved), "--yes", code=1).stderr
    assert "newer" in moved.read_text("utf-8")


@pytest.mark.parametrize("reason", ["git off", "merge"])
def test_restoring_a_version_never_takes_the_place_of_words_that_are_not_recorded(
    run: CommandLine, reason: str
) -> None:
    path = write(run, "one")
    if reason == "git off":
        run("journal", "config", "git", "no")
    else:
        (run.journal / ".git" / "MERGE_HEAD").write_text("0" * 40)
    path.write_text(path.read_text("utf-8") + "NEW\n", "utf-8")
    run("journal", "restore", path.stem, "--version", "1", code=1)
    assert "NEW" in path.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="two people share a POSIX folder")
def test_what_was_in_a_private_journal_is_not_sent_once_it_is_deleted_there(ann: Person, shared: Path) -> None:
    ann.write("private", "--private")
    path = ann.write("LEAK")
    moved = ann.journal / "private" / "2026" / path.name
    path.rename(moved)
    ann.type("journal", "delete", path.stem, "--yes")
    ann.sync()
    assert "LEAK" not in git(shared, "log", "-p", "--all")
    ann.type("journal", "restore", path.stem)
    assert moved.exists()
    assert not path.exists()
    ann.sync()
    assert "LEAK" not in git(shared, "log", "-p", "--all")


@pytest.mark.skipif(os.name == "nt", reason="two people share a POSIX folder")
def test_what_was_shared_from_a_private_journal_is_sent_deleted_and_restored(ann: Person, shared: Path) -> None:
    path = ann.write("open now", "--private")
    ann.type("journal", "share", path.stem, "--yes")
    ann.sync()
    assert "open now" in git(shared, "log", "-p", "--all")
    ann.type("journal", "delete", path.stem, "--yes")
    ann.type("journal", "restore", path.stem)
    assert "open now" in ann.type("journal", "show", path.stem).stdout


@pytest.mark.skipif(os.name == "nt", reason="two people share a POSIX folder")
def test_a_response_that_was_withdrawn_does_not_come_back_with_the_entry(
    ann: Person, bea: Person, shared: Path
) -> None:
    path = ann.write("ann's words")
    ann.sync()
    bea.sync()
    bea.type("journal", "review", path.stem, typed="It stood out\n\n\n\n\n", code=None)
    response = next(bea.journal.glob("2026/*.review-*.md"))
    said = bea.type("journal", "delete", str(response), "--yes").stderr
    command = said.split("To bring it back: ")[1].split()
    bea.type(*command)
    assert response.exists()
    bea.sync()
    bea.type("journal", "delete", str(response), "--yes")
    bea.sync()
    ann.sync()
    ann.type("journal", "delete", path.stem, "--yes")
    ann.type("journal", "restore", path.stem)
    assert not (ann.journal / "2026" / response.name).exists()
    assert "It stood out" not in ann.type("journal", "show", path.stem).stdout


def test_bytes_that_are_no_text_come_back_as_what_they_most_likely_are(run: CommandLine) -> None:
    path = write(run, "cafx words")
    path.write_bytes(path.read_bytes().replace(b"cafx", b"caf\xe9"))
    write(run, "another")
    git(run.journal, "commit", "--quiet", "--all", "--message", "by hand")
    path.unlink()
    run("journal", "restore", path.stem)
    assert "café words" in path.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="two people share a POSIX folder")
@pytest.mark.usefixtures("shared")
def test_a_response_to_an_entry_that_was_deleted_meanwhile_says_how_that_comes_back(ann: Person, bea: Person) -> None:
    path = ann.write("from ann")
    ann.sync()
    bea.sync()
    bea.type("journal", "review", path.stem, typed="It stood out\n\n\n\n\n", code=None)
    ann.type("journal", "delete", path.stem, "--yes")
    ann.sync()
    bea.sync()
    ann.sync()
    said = " ".join(ann.type("journal", "list").stderr.split())
    command = f"journal restore {path.stem}"
    assert f"the person who wrote it can restore it: {command}" in said
    ann.type(*command.split())
    shown = ann.type("journal", "show", path.stem)
    assert "It stood out" in shown.stdout
    assert "needs a look" not in ann.type("journal", "list").stderr

"""A private journal says by a mark inside it that it is private, wherever it lies and whatever it is called."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.people import git

from compassion_cli.storage.journal import SHARED_README
from compassion_cli.storage.private_mark import MARK, PRIVATE_README

WORDS = "nobody-reads-this"


def write_privately(run: CommandLine) -> Path:
    run("reflect", "tool3", "--only", "6", "--private", typed=f"{WORDS}\n\n")
    return run.journal / "private"


def move(run: CommandLine, private: Path) -> Path:
    return private.rename(run.home / "elsewhere")


def rename(run: CommandLine, private: Path) -> Path:
    return private.rename(private.with_name("mine"))


def link(run: CommandLine, private: Path) -> Path:
    (run.home / "link").symlink_to(private)
    return run.home / "link"


def copy(run: CommandLine, private: Path) -> Path:
    return Path(shutil.copytree(private, run.home / "copy"))


def stay(_: CommandLine, private: Path) -> Path:
    return private


def take_history_away(run: CommandLine, private: Path) -> Path:
    shutil.rmtree(private / ".git", ignore_errors=True)
    return private.rename(run.home / "bare")


def begin_history_anew(run: CommandLine, private: Path) -> Path:
    folder = take_history_away(run, private)
    git(folder, "init", "--quiet")
    return folder


WAYS = [stay, move, rename, link, copy, take_history_away, begin_history_anew]
if os.name == "nt":
    WAYS.remove(link)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("is_marked", [True, False], ids=["marked", "made before there were marks"])
def test_a_private_journal_is_never_sent_whatever_became_of_its_folder(
    run: CommandLine, tmp_path: Path, *, way: object, is_marked: bool
) -> None:
    assert callable(way)
    private = write_privately(run)
    if not is_marked:
        (private / MARK).unlink()
    folder, drive = way(run, private), tmp_path / "drive"
    refused = run("journal", "init", str(folder), "--remote", str(drive), code=2).stderr
    assert "a private journal is never shared" in refused
    assert not drive.exists()
    assert "a private journal is never sent" in run("journal", "sync", "--journal", str(folder), code=1).stderr
    assert "this journal is private" in run("journal", "agenda", "--journal", str(folder), code=1).stderr
    assert "Private." in run("journal", "list", "--journal", str(folder)).stdout
    reviewed = run("journal", "review", "latest", "--journal", str(folder), code=1).stderr
    assert "this entry is private" in reviewed


def test_a_folder_called_private_is_private_because_of_its_mark_and_not_its_name(run: CommandLine) -> None:
    private = write_privately(run)
    assert (private / MARK).is_file()
    (run.home / "private").mkdir()
    run("journal", "init", str(run.home / "private"))
    assert "Private." not in run("journal", "list", "--journal", str(run.home / "private")).output


def test_a_private_journal_that_was_moved_goes_on_and_its_entries_can_be_shared(run: CommandLine) -> None:
    moved = write_privately(run).rename(run.home / "elsewhere")
    more = run("reflect", "tool3", "--only", "7", "--journal", str(moved), typed="more of it\n\n")
    assert str(moved) in more.stdout
    assert "--private" in more.stderr
    shared = run("journal", "share", "latest", "--yes", "--journal", str(moved)).stdout.strip()
    assert Path(shared).is_relative_to(run.journal)
    assert len(list(moved.glob("2026/*.md"))) == 1


def test_a_private_journal_made_before_there_were_marks_gets_one_when_it_is_opened(run: CommandLine) -> None:
    private = write_privately(run)
    (private / MARK).unlink()
    run("journal", "list")
    assert (private / MARK).is_file()


def test_one_whose_readme_somebody_has_changed_is_known_by_the_journal_around_it(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="for all\n\n")
    private = write_privately(run)
    (private / MARK).unlink()
    (private / "README.md").write_text("mine\n", encoding="utf-8")
    assert "Private." in run("journal", "list", "--journal", str(private)).stdout
    assert (private / MARK).is_file()


def test_a_private_journal_that_is_all_somebody_has_is_shared_nowhere(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = write_privately(run).rename(run.home / "elsewhere")
    monkeypatch.setenv("COMPASSION_JOURNAL", str(moved))
    refused = run("journal", "share", "latest", "--yes", code=1).stderr
    assert "this private journal is not inside a shared one" in refused
    assert len(list(moved.glob("2026/*.md"))) == 1


def test_a_mark_that_came_from_elsewhere_makes_nobodys_journal_private(run: CommandLine, tmp_path: Path) -> None:
    run("reflect", "tool3", "--only", "6", typed="for all\n\n")
    run("journal", "init", "--remote", str(tmp_path / "drive"))
    run("journal", "sync")
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(tmp_path / "drive"), str(other))
    (other / MARK).write_text("private\n")
    (other / "README.md").write_text(PRIVATE_README)
    git(other, "add", "--all")
    git(other, "commit", "--quiet", "--message", "odd")
    git(other, "push", "--quiet")
    run("journal", "sync")
    run("reflect", "tool3", "--only", "7", typed="after that\n\n")
    assert "Sent 1 entry" in run("journal", "sync").stdout
    assert "Private." not in run("journal", "list").stdout
    # Also where someone has taken it with git itself.
    git(run.journal, "-c", "core.hooksPath=/dev/null", "checkout", "--quiet", "HEAD", "--", MARK)
    assert (run.journal / MARK).is_file()
    run("reflect", "tool3", "--only", "8", typed="and then\n\n")
    assert "Sent 1 entry" in run("journal", "sync").stdout


def expect_private(run: CommandLine, folder: Path, drive: Path) -> None:
    """See that a journal is private, and goes on being so wherever it is moved."""
    assert (folder / MARK).is_file()
    assert (folder / "README.md").read_text("utf-8") == PRIVATE_README
    assert (folder / ".gitignore").read_text("utf-8") == "*\n"
    moved = folder.rename(run.home / "diary")
    assert "never sent" in run("journal", "sync", "--journal", str(moved), code=1).stderr
    assert run("journal", "init", "--remote", str(drive), str(moved), code=None).exit_code
    assert not drive.exists()


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("has_git", [True, False])
def test_a_private_reflection_that_was_broken_off_is_private_when_it_goes_on(
    run: CommandLine, tmp_path: Path, *, is_first: bool, has_git: bool
) -> None:
    if not has_git:
        run("journal", "config", "git", "no")
    if not is_first:
        run("reflect", "tool3", "--only", "6", typed="shared\n\n")
    run("reflect", "tool3", "--only", "1,2", "--private", typed=WORDS, code=None)
    said = run("reflect", "resume", typed="\n\n\n\n")
    assert "--private" in said.stderr
    assert (run.journal / "README.md").read_text("utf-8") == SHARED_README
    expect_private(run, run.journal / "private", tmp_path / "drive")


def test_a_journal_that_is_made_under_the_name_private_is_private(run: CommandLine, tmp_path: Path) -> None:
    folder = run.home / "three" / "private"
    folder.parent.mkdir()
    run("journal", "init", str(folder))
    run("reflect", "tool3", "--only", "6", "--journal", str(folder), typed=f"{WORDS}\n\n")
    assert "Private." in run("journal", "list", "--journal", str(folder)).stdout
    expect_private(run, folder, tmp_path / "drive")


@pytest.mark.parametrize("address", ["", "file://"])
def test_nobody_takes_a_private_journal_for_a_shared_one(run: CommandLine, address: str) -> None:
    private = write_privately(run)
    said = run("journal", "init", "--clone", f"{address}{private}", "--name", "copy", code=1)
    assert "private journal" in said.stderr
    assert "journal share ENTRY" in said.stderr
    assert not (run.home / "reflective-journal-copy").exists()


def test_a_folder_inside_a_private_journal_is_private(run: CommandLine, tmp_path: Path) -> None:
    year = write_privately(run) / "2026"
    run("journal", "init", "--remote", str(tmp_path / "drive"), str(year), code=2)
    assert not (tmp_path / "drive").exists()


def test_a_mark_that_somebody_has_recorded_counts_where_nothing_can_have_come(run: CommandLine, tmp_path: Path) -> None:
    private = write_privately(run)
    (private / "README.md").write_text("Mine.\n", encoding="utf-8")
    git(private, "add", "--force", ".")
    git(private, "commit", "--quiet", "--message", "all")
    moved = private.rename(run.home / "diary")
    assert run("journal", "init", "--remote", str(tmp_path / "drive"), str(moved), code=None).exit_code
    assert "Private." in run("journal", "list", "--journal", str(moved)).stdout


@pytest.mark.parametrize("place", [b"\xff", b"gitdir: a\0b", b"gitdir: \xff\n"])
def test_a_note_of_where_the_history_is_that_cannot_be_read_is_no_crash(run: CommandLine, place: bytes) -> None:
    private = write_privately(run)
    shutil.rmtree(private / ".git")
    for folder in (private, run.journal):
        shutil.rmtree(folder / ".git", ignore_errors=True)
        (folder / ".git").write_bytes(place)
    assert WORDS in run("journal", "list", "--journal", str(private)).stdout
    assert run("journal", "list").exit_code == 0

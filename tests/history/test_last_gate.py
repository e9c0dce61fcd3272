"""What is private never leaves, however it came to be in the history of what is shared."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.people import Person, git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what is done by hand here is done with POSIX programs")


@pytest.fixture
def drive(shared: Path) -> Path:
    return shared


def add_the_folder(ann: Person) -> None:
    git(ann.journal, "add", "--force", "private")
    git(ann.journal, "commit", "--quiet", "--message", "everything")


def add_the_folder_without_its_history(ann: Person) -> None:
    shutil.rmtree(ann.journal / "private" / ".git")
    add_the_folder(ann)


def rename_the_folder_for_git(ann: Person) -> None:
    (ann.journal / "private").rename(ann.journal / "PRIVATE")
    shutil.rmtree(ann.journal / "PRIVATE" / ".git")
    git(ann.journal, "add", "--force", "PRIVATE")
    git(ann.journal, "commit", "--quiet", "--message", "everything")
    (ann.journal / "PRIVATE").rename(ann.journal / "private")


def add_and_take_out_again(ann: Person) -> None:
    add_the_folder_without_its_history(ann)
    git(ann.journal, "rm", "--quiet", "-r", "--cached", "private")
    git(ann.journal, "commit", "--quiet", "--message", "nothing")


def copy_an_entry(ann: Person) -> None:
    for path in (ann.journal / "private").glob("2026/*.md"):
        shutil.copy(path, ann.journal / "2026" / path.name)


def merge_a_line_of_its_own(ann: Person) -> None:
    git(ann.journal, "checkout", "--quiet", "-b", "side")
    add_the_folder_without_its_history(ann)
    git(ann.journal, "checkout", "--quiet", "--force", "main")
    ann.write("in between")
    # git takes the folder away with the line of history that has it.
    git(ann.journal, "merge", "--quiet", "--no-edit", "side")


WAYS: list[Callable[[Person], None]] = [
    add_the_folder,
    add_the_folder_without_its_history,
    rename_the_folder_for_git,
    add_and_take_out_again,
    copy_an_entry,
    merge_a_line_of_its_own,
]


@pytest.mark.parametrize(
    ("way", "others_write"),
    [*((way, True) for way in WAYS), (add_the_folder, False), (merge_a_line_of_its_own, False)],
)
def test_what_is_private_is_not_sent_and_is_named_and_the_rest_goes_out(
    ann: Person, bea: Person, drive: Path, way: Callable[[Person], None], *, others_write: bool
) -> None:
    private = ann.write("SECRET", "--private")
    ann.write("open words")
    way(ann)
    if others_write:
        bea.write("from bea")
        bea.sync()
    said = ann.sync()
    assert "not sent: " in said
    assert "on this computer" in said
    everything = git(drive, "log", "-p", "-m", "--all", "--root")
    assert "SECRET" not in everything
    assert "private" not in git(drive, "log", "--all", "--format=", "--name-only", "--root").lower()
    assert "open words" in everything
    # The private entry is where it was, and all goes on.
    assert "SECRET" in private.read_text("utf-8")
    assert "SECRET" in ann.type("journal", "list", "--private").stdout
    ann.write("the next")
    ann.sync()
    assert "the next" in git(drive, "log", "-p", "main")
    bea.sync()
    assert not any("SECRET" in text for text in bea.texts.values())
    assert git(ann.journal, "fsck", "--strict", "--no-dangling") == ""


def test_what_was_private_and_is_shared_is_sent(ann: Person, drive: Path) -> None:
    ann.write("SECRET", "--private")
    ann.type("journal", "share", "latest", "--yes")
    ann.sync()
    assert "SECRET" in git(drive, "log", "-p", "main")


@pytest.mark.parametrize("others_write", [False, True])
def test_what_was_deleted_before_anybody_had_it_is_not_sent_and_can_be_restored(
    ann: Person, bea: Person, drive: Path, *, others_write: bool
) -> None:
    ann.write("before")
    path = ann.write("REGRETTED")
    ann.write("after")
    ann.type("journal", "delete", path.stem, "--yes")
    if others_write:
        bea.write("from bea")
        bea.sync()
    said = ann.sync()
    assert "Sent 2 entries." in said.replace("; sent", " Sent")
    everything = git(drive, "log", "-p", "-m", "--all", "--root")
    assert "REGRETTED" not in everything
    assert "before" in everything
    assert "after" in everything
    assert (
        path.stem in ann.type("journal", "history", path.stem).stdout + ann.type("journal", "history", path.stem).stderr
    )
    ann.type("journal", "restore", path.stem)
    assert "REGRETTED" in path.read_text("utf-8")
    assert "Sent 1 entry" in ann.sync()


def test_what_others_have_and_somebody_deletes_is_deleted_everywhere_though_a_private_copy_is_there(
    ann: Person, bea: Person, drive: Path
) -> None:
    path = ann.write("open words")
    ann.sync()
    bea.sync()
    ann.write("SECRET", "--private")
    shutil.copy(path, next((ann.journal / "private").glob("????")) / path.name)
    bea.type("journal", "history", path.stem)
    ann.write("the next")
    ann.sync()
    assert f"2026/{path.name}" in git(drive, "ls-tree", "-r", "--name-only", "main")
    ann.type("journal", "delete", str(path), "--yes")
    ann.sync()
    assert f"2026/{path.name}" not in git(drive, "ls-tree", "-r", "--name-only", "main")


@pytest.mark.parametrize("way", ["deleted", "restored", "by hand", "marks", "on a side line"])
def test_every_version_that_was_never_sent_is_found_and_can_be_restored(ann: Person, drive: Path, way: str) -> None:
    if way == "on a side line":
        git(ann.journal, "checkout", "--quiet", "-b", "side")
    path = ann.write("FIRST")
    ann.change("FIRST", "SECOND", path.stem)
    if way == "by hand":
        path.unlink()
    elif way == "marks":
        text = path.read_text("utf-8")
        path.write_text(text.replace("SECOND", "<<<<<<< HEAD\nSECOND\n=======\nTHIRD\n>>>>>>> x"), "utf-8")
        git(ann.journal, "commit", "--quiet", "--all", "--message", "marks")
        path.unlink()
    else:
        ann.type("journal", "delete", path.stem, "--yes")
    if way == "on a side line":
        git(ann.journal, "checkout", "--quiet", "main")
        ann.write("in between")
        git(ann.journal, "merge", "--quiet", "--no-edit", "side")
    said = " ".join(ann.sync().split())
    assert not any(word in git(drive, "log", "-p", "-m", "--all", "--root") for word in ("FIRST", "SECOND", "THIRD"))
    if way in ("by hand", "marks"):
        assert "deleted here by hand before it was shared, so it was not sent" in said
        assert "Others still have it" not in said
    if way == "restored":
        ann.type("journal", "restore", path.stem)
    listed = ann.type("journal", "history", path.stem).stdout
    assert "1. " in listed
    assert "2. " in listed
    ann.type("journal", "restore", path.stem, "--version", "1")
    assert "FIRST" in path.read_text("utf-8")


def test_an_entry_that_is_shared_stays_so_though_a_private_copy_of_it_is_brought_back(
    ann: Person, bea: Person, drive: Path
) -> None:
    private = ann.write("SHARED", "--private")
    ann.type("journal", "share", private.stem, "--yes")
    ann.sync()
    ann.type("journal", "restore", str(private))
    shared = ann.journal / "2026" / private.name
    ann.change("SHARED", "CHANGED", str(shared))
    assert "Sent 1 change" in ann.sync()
    assert "CHANGED" in git(drive, "log", "-p", "main")
    bea.sync()


def test_what_is_withheld_as_private_is_kept_in_the_history_here(ann: Person, drive: Path) -> None:
    private = ann.write("SECRET", "--private")
    copy = ann.journal / "2026" / private.name
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(private, copy)
    ann.change("SECRET", "EDITED", str(copy))
    assert "not sent: " in ann.sync()
    ann.change("EDITED", "AGAIN", str(copy))
    ann.sync()
    kept = git(ann.journal, "log", "-p", "--all")
    assert "EDITED" in kept
    assert "AGAIN" in kept
    assert not any(word in git(drive, "log", "-p", "--all") for word in ("SECRET", "EDITED", "AGAIN"))
    # It is withheld from each sync, and kept once.
    before = git(ann.journal, "for-each-ref", "refs/compassion/")
    for words in ("one", "two"):
        ann.write(words)
        ann.sync()
    assert len(git(ann.journal, "for-each-ref", "refs/compassion/").splitlines()) <= len(before.splitlines()) + 1


def test_a_first_commit_with_nothing_but_private_files_is_not_sent(ann: Person, tmp_path: Path) -> None:
    ann.type("journal", "config", "git", "no")
    ann.write("SECRET", "--private")
    git(ann.journal, "init", "--quiet", "--initial-branch=main")
    add_the_folder(ann)
    ann.type("journal", "config", "git", "yes")
    (tmp_path / "drive").mkdir()
    ann.type("journal", "init", "--remote", str(tmp_path / "drive" / "x"))
    assert "not sent: " in ann.sync()
    assert "SECRET" not in git(tmp_path / "drive" / "x", "log", "-p", "--all")
    ann.write("open words")
    ann.sync()
    assert "open words" in git(tmp_path / "drive" / "x", "log", "-p", "main")

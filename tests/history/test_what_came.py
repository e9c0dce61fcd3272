"""What others put into the shared place by other means: it stops nobody, and has no way into the folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.people import Person, git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names are made here that Windows does not have")

ENTRY = b"100644"


def feed_git(folder: Path, words: list[str], text: bytes) -> str:
    done = subprocess.run(["git", *words], cwd=folder, input=text, capture_output=True, check=True)
    return done.stdout.decode().strip()


def commit(drive: Path, lines: str) -> None:
    """Put a tree into the shared place with more lines than everyone's own, whatever git thinks of it."""
    tree = git(drive, "ls-tree", "main") + lines
    made = feed_git(drive, ["mktree", "--missing"], tree.encode())
    new = git(drive, "commit-tree", made, "-p", "main", "-m", "by hand").strip()
    git(drive, "update-ref", "refs/heads/main", new)


def add_file(drive: Path, path: str) -> None:
    blob = feed_git(drive, ["hash-object", "-w", "--stdin"], b"by hand\n")
    first, *inner = path.split("/")
    line = f"100644 blob {blob}\t"
    for name in reversed(inner):
        line = f"040000 tree {feed_git(drive, ['mktree'], f'{line}{name}'.encode())}\t"
    commit(drive, f"{line}{first}\n")


def add_private(drive: Path) -> None:
    add_file(drive, "private/2026/2026-11-20-tool3-self-zzzz.md")


def add_private_in_capitals(drive: Path) -> None:
    add_file(drive, "Private/secret.md")


def add_repository(drive: Path) -> None:
    commit(drive, f"160000 commit {git(drive, 'rev-parse', 'main').strip()}\tmodule\n")


def add_folder_of_git(drive: Path) -> None:
    add_file(drive, ".git/config")


def add_short_name_of_git(drive: Path) -> None:
    add_file(drive, "notes/GIT~1/config")


WAYS = [add_private, add_private_in_capitals, add_repository]


@pytest.mark.parametrize(("way", "writes"), [*((way, True) for way in WAYS), (add_private, False)])
def test_it_is_named_and_all_else_comes_and_goes(
    ann: Person, bea: Person, shared: Path, way: Callable[[Path], None], *, writes: bool
) -> None:
    theirs = bea.write("from bea")
    bea.sync()
    way(shared)
    config = (ann.journal / ".git" / "config").read_bytes()
    if writes:
        ann.write("from ann")
    said = ann.sync()
    assert "it does not belong in a journal" in " ".join(said.split())
    assert f"2026/{theirs.name}" in ann.texts
    assert "by hand" not in "".join(path.read_text("utf-8") for path in ann.journal.rglob("*.md"))
    assert (ann.journal / ".git" / "config").read_bytes() == config
    assert not (ann.journal / "module").exists()
    # All goes on, in both directions.
    ann.write("the next")
    assert "Sent" in ann.sync()
    bea.sync()
    assert "the next" in "".join(bea.texts.values())
    assert ann.texts == bea.texts
    assert ann.sync() == "Nothing new to send or receive.\n"


def add_a_name_that_cannot_be_seen_to_be_gits(drive: Path) -> None:
    add_file(drive, "notes/.g\u200bit/config")


def add_a_name_that_windows_takes_for_gits(drive: Path) -> None:
    add_file(drive, ".GIT. . ::$INDEX_ALLOCATION/config")


def add_a_link_for_modules(drive: Path) -> None:
    blob = feed_git(drive, ["hash-object", "-w", "--stdin"], b"elsewhere")
    commit(drive, f"120000 blob {blob}\t.gitmodules\n")


def add_a_name_with_strokes(drive: Path) -> None:
    add_file(drive, "sub/x\\.git\\config")


def add_a_name_that_is_too_long(drive: Path) -> None:
    add_file(drive, f"sub/.git-{'x' * 300}")


def add_a_link_with_a_short_name(drive: Path) -> None:
    blob = feed_git(drive, ["hash-object", "-w", "--stdin"], b"elsewhere")
    commit(drive, f"120000 blob {blob}\tgi7eba~1\n")


REFUSED = [
    add_a_name_with_strokes,
    add_a_name_that_is_too_long,
    add_a_link_with_a_short_name,
    add_folder_of_git,
    add_short_name_of_git,
    add_a_name_that_cannot_be_seen_to_be_gits,
    add_a_name_that_windows_takes_for_gits,
    add_a_link_for_modules,
]


@pytest.mark.parametrize("way", REFUSED, ids=lambda way: way.__name__)
@pytest.mark.parametrize("writes", [True, False])
def test_what_git_itself_refuses_is_taken_out_and_all_else_comes_and_goes(
    ann: Person, bea: Person, shared: Path, way: Callable[[Path], None], *, writes: bool
) -> None:
    theirs = bea.write("from bea")
    bea.sync()
    way(shared)
    config = (ann.journal / ".git" / "config").read_bytes()
    if writes:
        ann.write("from ann")
    said = " ".join(ann.sync().split())
    assert "git refuses to work with it" in said
    assert "other file" not in said
    assert f"2026/{theirs.name}" in ann.texts
    assert git(ann.journal, "status", "--porcelain") == ""
    assert (ann.journal / ".git" / "config").read_bytes() == config
    names = git(shared, "ls-tree", "-r", "--name-only", "main").lower()
    assert "git" not in names
    assert "gi7eba" not in names
    bea.write("the next")
    bea.sync()
    assert ann.sync() == "Received 1 entry.\n"
    assert ann.texts == bea.texts


def test_a_file_called_as_a_year_takes_no_folder_away(ann: Person, bea: Person, shared: Path) -> None:
    note = ann.journal / "2026" / "notes.txt"
    note.write_text("mine")
    blob = feed_git(shared, ["hash-object", "-w", "--stdin"], b"by hand\n")
    lines = [line for line in git(shared, "ls-tree", "main").splitlines() if not line.endswith("\t2026")]
    made = feed_git(shared, ["mktree"], "\n".join([*lines, f"100644 blob {blob}\t2026"]).encode())
    git(shared, "update-ref", "refs/heads/main", git(shared, "commit-tree", made, "-p", "main", "-m", "x").strip())
    assert "it does not belong in a journal" in " ".join(ann.sync().split())
    assert note.read_text() == "mine"
    path = ann.write("the next")
    assert path.exists()
    ann.sync()
    bea.sync()
    assert "the next" in "".join(bea.texts.values())


@pytest.mark.usefixtures("shared")
def test_a_folder_that_stands_where_a_file_comes_stays(ann: Person, bea: Person) -> None:
    (bea.journal / "notes").write_text("hers")
    git(bea.journal, "add", "notes")
    git(bea.journal, "commit", "--quiet", "--message", "notes")
    bea.sync()
    (ann.journal / "notes").mkdir()
    (ann.journal / "notes" / "a.txt").write_text("mine")
    assert "move your version to another folder" in " ".join(ann.sync(code=1).split())
    assert (ann.journal / "notes" / "a.txt").read_text() == "mine"
    (ann.journal / "notes").rename(ann.journal / "moved")
    ann.sync()
    assert (ann.journal / "notes").read_text() == "hers"


@pytest.mark.usefixtures("shared")
def test_what_was_begun_and_git_refuses_to_finish_stops_nothing_for_ever(ann: Person, bea: Person) -> None:
    bea.write("from bea")
    bea.sync()
    git(ann.journal, "fetch", "--quiet", "origin")
    before, after = (git(ann.journal, "rev-parse", name).strip() for name in ("HEAD", "origin/main"))
    blob = feed_git(ann.journal, ["hash-object", "-w", "--stdin"], b"by hand\n")
    listed = git(ann.journal, "ls-tree", after) + f"100644 blob {blob}\t{'x' * 300}\n"
    tree = feed_git(ann.journal, ["mktree"], listed.encode())
    refused = git(ann.journal, "commit-tree", tree, "-p", after, "-m", "x").strip()
    git(ann.journal, "update-ref", "refs/compassion/before", before)
    git(ann.journal, "update-ref", "refs/compassion/next", refused)
    ann.write("from ann")
    assert "sent 1 entry" in ann.sync()
    assert "from bea" in "".join(ann.texts.values())
    assert git(ann.journal, "for-each-ref", "refs/compassion/next") == ""


def test_what_git_refuses_stops_nobody_where_nothing_can_be_sent(ann: Person, bea: Person, shared: Path) -> None:
    add_folder_of_git(shared)
    refuse = shared / "hooks" / "pre-receive"
    git(shared, "config", "receive.denyNonFastForwards", "true")
    refuse.parent.mkdir(exist_ok=True)
    head = git(shared, "rev-parse", "main").strip()
    lock = shared / "refs" / "heads" / "main.lock"
    for words in ("one", "two"):
        lock.touch()
        ann.write(f"{words} from ann")
        ann.sync(code=1)
        lock.unlink()
        # Someone else goes on with what git refuses still in it.
        blob = feed_git(shared, ["hash-object", "-w", "--stdin"], b"more\n")
        commit(shared, f"100644 blob {blob}\tmore-{words}.txt\n")
    assert git(shared, "merge-base", head, "main").strip() == head
    said = " ".join(ann.sync().split())
    assert "sent 2 entries" in said
    assert {"more-one.txt", "more-two.txt"} <= {path.name for path in ann.journal.iterdir()}
    assert "Received 2 entries" in bea.sync()
    assert git(shared, "ls-tree", "-r", "--name-only", "main", ".git") == ""

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
    """Put a tree into the shared place with more lines than everybody's own, whatever git thinks of it."""
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
    assert "which has no place in a journal" in " ".join(said.split())
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
    assert ann.sync() == "Nothing new, here or there.\n"


def add_a_name_that_cannot_be_seen_to_be_gits(drive: Path) -> None:
    add_file(drive, "notes/.g\u200bit/config")


def add_a_name_that_windows_takes_for_gits(drive: Path) -> None:
    add_file(drive, ".GIT. . ::$INDEX_ALLOCATION/config")


def add_a_link_for_modules(drive: Path) -> None:
    blob = feed_git(drive, ["hash-object", "-w", "--stdin"], b"elsewhere")
    commit(drive, f"120000 blob {blob}\t.gitmodules\n")


REFUSED = [
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
    assert "git refuses to work with that" in said
    assert "other file" not in said
    assert f"2026/{theirs.name}" in ann.texts
    assert git(ann.journal, "status", "--porcelain") == ""
    assert (ann.journal / ".git" / "config").read_bytes() == config
    assert "git" not in git(shared, "ls-tree", "-r", "--name-only", "main").lower()
    bea.write("the next")
    bea.sync()
    assert ann.sync() == "Received 1 entry.\n"
    assert ann.texts == bea.texts


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
        # Somebody else goes on with what git refuses still in it.
        blob = feed_git(shared, ["hash-object", "-w", "--stdin"], b"more\n")
        commit(shared, f"100644 blob {blob}\tmore-{words}.txt\n")
    assert git(shared, "merge-base", head, "main").strip() == head
    said = " ".join(ann.sync().split())
    assert "sent 2 entries" in said
    assert {"more-one.txt", "more-two.txt"} <= {path.name for path in ann.journal.iterdir()}
    assert "Received 2 entries" in bea.sync()
    assert git(shared, "ls-tree", "-r", "--name-only", "main", ".git") == ""

"""Packing the history, with real git: when it is due, and only then, and without harm where it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.people import git

from compassion_cli.history import packing

DUE = 6_700
#: Enough for most of these tests: to make thousands of objects takes seconds.
DUE_SOON = 500


def write(run: CommandLine, words: str) -> Path:
    said = run("reflect", "tool3", "--only", "6", typed=f"{words}\n\n")
    return Path(said.stdout.strip().split("\n")[-1])


def fill(journal: Path, count: int = DUE + 1_500) -> None:
    """Put many objects into a history, each in a file of its own, as saving leaves them; a commit holds them all."""
    git_folder = journal / ".git"
    places = [git_folder.parent / ".git" / f"blob-{number}" for number in range(count)]
    for number, place in enumerate(places):
        place.write_text(f"words {number}\n", "utf-8")
    names = "\n".join(map(str, places)).encode()
    made = (
        subprocess.run(
            ["git", "-C", str(journal), "hash-object", "-w", "--no-filters", "--stdin-paths"],
            input=names,
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .split()
    )
    for place in places:
        place.unlink()
    lines = "".join(f"100644 blob {name}\t{number}\n" for number, name in enumerate(made))
    tree = (
        subprocess.run(["git", "-C", str(journal), "mktree"], input=lines.encode(), capture_output=True, check=True)
        .stdout.decode()
        .strip()
    )
    env = os.environ | {f"GIT_{role}_{part}": "a@b" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    words = ["git", "-C", str(journal), "commit-tree", tree, "-m", "many"]
    commit = subprocess.run(words, env=env, capture_output=True, check=True).stdout.decode().strip()
    git(journal, "update-ref", "refs/compassion/test", commit)


def count_loose(journal: Path) -> int:
    return int(git(journal, "count-objects").split()[0])


def knows_paths(journal: Path) -> bool:
    """Tell whether the history can say of a file, without a walk, which commits changed it."""
    graph = journal / ".git" / "objects" / "info" / "commit-graph"
    return graph.is_file() and b"BIDX" in graph.read_bytes()


def test_a_save_packs_a_history_of_many_objects_and_says_nothing_of_it(run: CommandLine) -> None:
    write(run, "one")
    before = run("reflect", "tool3", "--only", "6", typed="two\n\n").stderr
    fill(run.journal)
    assert count_loose(run.journal) > DUE
    assert run("reflect", "tool3", "--only", "6", typed="three\n\n").stderr == before
    assert count_loose(run.journal) < DUE / 10
    assert knows_paths(run.journal)
    git(run.journal, "fsck", "--strict")
    listed = run("journal", "history").stdout
    assert listed.startswith("1. 23 November 2026, 12:00, A Practitioner: written")


def test_a_small_history_is_left_alone(run: CommandLine) -> None:
    write(run, "one")
    loose = count_loose(run.journal)
    write(run, "two")
    assert count_loose(run.journal) > loose
    assert not knows_paths(run.journal)


@pytest.fixture
def due_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "_DUE", DUE_SOON)


@pytest.mark.usefixtures("due_soon")
def test_a_sync_packs_after_all_has_been_sent(run: CommandLine, tmp_path: Path) -> None:
    write(run, "one")
    run("journal", "init", "--remote", str(tmp_path / "shared"))
    fill(run.journal, 4 * DUE_SOON)
    assert run("journal", "sync").stdout == "Sent 1 entry and 1 other file.\n"
    assert count_loose(run.journal) < DUE_SOON / 10
    assert knows_paths(run.journal)
    assert run("journal", "sync").stdout == "Nothing new to send or receive.\n"


@pytest.mark.skipif(os.name == "nt", reason="the program that fails is a POSIX one")
@pytest.mark.parametrize("does", ["exit 1", "kill -9 $$", "touch .git/packed-refs.lock; exit 1"])
@pytest.mark.usefixtures("due_soon")
def test_a_pack_that_fails_harms_no_save_and_is_not_tried_at_each(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    write(run, "one")
    fill(run.journal, 4 * DUE_SOON)
    tried = tmp_path / "tried"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    before = os.environ["PATH"]
    real = shutil.which("git")
    program.write_text(
        f'#!/bin/sh\ncase " $* " in *" gc "*) echo tried >> "{tried}"; {does};; esac\nexec {real} "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{before}")
    second = write(run, "two")
    assert "two" in second.read_text("utf-8")
    write(run, "three")
    assert tried.read_text("utf-8") == "tried\n"
    # A day later it is made up for.
    monkeypatch.setenv("PATH", before)
    yesterday = time.time() - 25 * 3600
    os.utime(run.journal / ".git" / "compassion-packed", (yesterday, yesterday))
    (run.journal / ".git" / "packed-refs.lock").unlink(missing_ok=True)
    write(run, "four")
    assert count_loose(run.journal) < DUE_SOON / 10
    assert git(run.journal, "log", "--format=%s").count("reflect: ") == 4
    assert git(run.journal, "status", "--porcelain") == ""

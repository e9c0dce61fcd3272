"""Other programs that use git in the folder of a journal, and git in states that people get it into."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import SCRIPTS, CommandLine
from support.people import Person, git

from compassion_cli.history.git import GIT_PATIENCE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what stands in for git here is a POSIX program")


def write(run: CommandLine, words: str, said: str = "") -> None:
    done = run("reflect", "tool3", "--only", "6", typed=f"{words}\n\n")
    assert said in " ".join(done.stderr.split())
    assert said or "Your files are saved" not in done.stderr


def detach(journal: Path) -> None:
    git(journal, "checkout", "--quiet", "--detach")


def detach_and_commit(journal: Path) -> None:
    detach(journal)
    (journal / "note.txt").write_text("note")
    git(journal, "add", "note.txt")
    git(journal, "commit", "--quiet", "--message", "note")


def rename_branch(journal: Path) -> None:
    git(journal, "branch", "--move", "work")


@pytest.mark.parametrize("change", [detach, detach_and_commit, rename_branch], ids=lambda change: change.__name__)
def test_where_nothing_is_lost_by_it_the_history_goes_on(run: CommandLine, change: Callable[[Path], None]) -> None:
    write(run, "one")
    change(run.journal)
    write(run, "two")
    assert git(run.journal, "symbolic-ref", "HEAD").startswith("refs/heads/")
    assert git(run.journal, "log", "--format=%s").count("reflect: ") == 2
    assert git(run.journal, "status", "--porcelain") == ""


def go_back(journal: Path) -> None:
    git(journal, "checkout", "--quiet", "--detach", "HEAD~1")


def bisect(journal: Path) -> None:
    git(journal, "bisect", "start", "HEAD", "HEAD~1")


def rebase(journal: Path) -> None:
    env = os.environ | {"GIT_SEQUENCE_EDITOR": "sed -i s/pick/edit/"}
    identity = ["-c", "user.name=S", "-c", "user.email=s@localhost"]
    subprocess.run(
        ["git", *identity, "rebase", "-q", "-i", "HEAD~1"], cwd=journal, env=env, capture_output=True, check=True
    )


@pytest.mark.parametrize(
    ("change", "said", "way_out"),
    [
        (go_back, "an earlier version of this journal", ["switch", "main"]),
        (bisect, "a search through earlier versions", ["bisect", "reset"]),
        (rebase, "a rebase", ["rebase", "--abort"]),
    ],
    ids=["earlier", "bisect", "rebase"],
)
def test_any_other_state_is_named_for_what_it_is_with_the_way_out(
    run: CommandLine, change: Callable[[Path], None], said: str, way_out: list[str]
) -> None:
    write(run, "one")
    write(run, "two")
    change(run.journal)
    write(run, "three", said)
    write(run, "four", " ".join(["git", *way_out]))
    git(run.journal, *way_out)
    write(run, "five")
    assert git(run.journal, "log", "--format=%s").count("reflect: ") == 5
    assert git(run.journal, "status", "--porcelain") == ""


def test_a_lock_of_a_git_that_lives_is_never_taken_away(run: CommandLine, tmp_path: Path) -> None:
    write(run, "one")
    (run.journal / "note.txt").write_text("note")
    git(run.journal, "add", "note.txt")
    held, go_on = tmp_path / "held", tmp_path / "go-on"
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\ntouch {held}\nwhile ! test -e {go_on}; do sleep 0.02; done\necho message > "$1"\n')
    editor.chmod(0o755)
    env = os.environ | {"GIT_EDITOR": str(editor)}
    command = ["git", "-c", "user.name=S", "-c", "user.email=s@localhost", "commit", "--quiet", "--all"]
    with subprocess.Popen(command, cwd=run.journal, env=env) as theirs:
        while not held.exists():
            time.sleep(0.02)
        try:
            # The second one knows that the first did not come to its end.
            write(run, "two", "another program is busy")
            write(run, "three", "if no program is open, first delete")
        finally:
            go_on.touch()
    assert theirs.returncode == 0
    write(run, "four")
    assert git(run.journal, "log", "--format=%s").count("reflect: ") == 4
    assert "message" in git(run.journal, "log", "--format=%s")
    assert git(run.journal, "status", "--porcelain") == ""


def test_a_lock_that_nobody_holds_is_named_with_its_age(run: CommandLine) -> None:
    write(run, "one")
    lock = run.journal / ".git" / "index.lock"
    lock.touch()
    os.utime(lock, (1_790_000_000, 1_790_000_000))
    said = " ".join(run("reflect", "tool3", "--only", "6", typed="two\n\n").stderr.split())
    assert "since 21 September 2026" in said
    assert "index.lock" in said


def test_git_pull_fetches_what_a_sync_would(ann: Person, bea: Person, shared: Path) -> None:
    path = bea.write("from bea")
    bea.sync()
    git(ann.journal, "pull", "--quiet", "--ff-only")
    assert f"2026/{path.name}" in ann.texts
    assert ann.sync() == "Nothing new to send or receive.\n"


def test_a_git_that_hangs_costs_two_seconds_before_the_first_question(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\ncase " $* " in *" --global "*) exec sleep 600;; esac\nexec {shutil.which("git")} "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    monkeypatch.delenv("COMPASSION_AUTHOR")
    before = time.monotonic()
    write(run, "words")
    assert time.monotonic() - before < 60
    assert "words" in run.entries[0].read_text("utf-8")


def test_a_name_outside_the_letters_of_the_locale_is_recorded(run: CommandLine) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run("journal", "config", "name", "Łucja Nowak")
    environment = {name: value for name, value in os.environ.items() if name != "COMPASSION_AUTHOR"} | env
    done = subprocess.run(
        [SCRIPTS / "reflect", "tool3", "--only", "6"],
        input=b"words\n\n",
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"not kept" not in done.stderr
    assert git(run.journal, "log", "-1", "--format=%an") == "Łucja Nowak\n"


def two_branches(drive: Path, ann: Person, names: tuple[str, str]) -> None:
    """Leave two lines of history in a shared place, none of them called as everyone's own is."""
    head = git(drive, "rev-parse", "main").strip()
    for name in names:
        git(drive, "update-ref", f"refs/heads/{name}", head)
    git(drive, "symbolic-ref", "HEAD", f"refs/heads/{names[0]}")
    git(drive, "update-ref", "-d", "refs/heads/main")


def test_the_usual_line_of_history_of_the_other_side_is_followed(ann: Person, bea: Person, shared: Path) -> None:
    two_branches(shared, ann, ("trunk", "old"))
    ann.write("from ann")
    assert "Sent 1 entry" in ann.sync()
    assert "Received 1 entry" in bea.sync()
    assert git(shared, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/old", "refs/heads/trunk"]
    assert "from ann" in "".join(bea.texts.values())


def test_where_nobody_can_tell_which_is_meant_nothing_is_sent_and_it_is_said(ann: Person, shared: Path) -> None:
    two_branches(shared, ann, ("trunk", "old"))
    git(shared, "symbolic-ref", "HEAD", "refs/heads/gone")
    ann.write("from ann")
    assert "several histories" in ann.sync(code=1)
    assert len(git(shared, "for-each-ref").splitlines()) == 2


@pytest.mark.parametrize("mark", ["--skip-worktree", "--assume-unchanged"])
@pytest.mark.parametrize("way", ["editor", "hand"])
@pytest.mark.parametrize("others_change_it", [True, False])
def test_words_in_a_file_that_git_is_told_to_pass_over_are_kept_and_sent(
    ann: Person, bea: Person, shared: Path, mark: str, way: str, *, others_change_it: bool
) -> None:
    path = ann.write("common")
    ann.sync()
    bea.sync()
    git(ann.journal, "update-index", mark, f"2026/{path.name}")
    if way == "editor":
        ann.change("common", "MINE", path.stem)
    else:
        path.write_text(path.read_text("utf-8").replace("common", "MINE"), "utf-8")
    if others_change_it:
        bea.change("common", "HERS", path.stem)
        bea.sync()
    ann.sync()
    assert "MINE" in "".join(ann.texts.values())
    assert "MINE" in git(shared, "log", "-p", "main")
    assert ("two people changed this entry" in ann.type("journal", "list").stderr) == others_change_it


@pytest.mark.parametrize("cone", ["--cone", "--no-cone"])
def test_a_journal_of_which_only_a_part_is_in_the_folder_goes_on(
    ann: Person, bea: Person, shared: Path, cone: str
) -> None:
    git(ann.journal, "sparse-checkout", "set", cone, "2020")
    theirs = bea.write("from bea")
    bea.sync()
    path = ann.write("from ann")
    assert path.exists()
    ann.sync()
    assert "from ann" in git(shared, "log", "-p", "main")
    assert f"2026/{theirs.name}" in ann.texts
    assert "deleted" not in ann.sync()
    git(ann.journal, "sparse-checkout", "disable")
    bea.sync()
    assert ann.texts == bea.texts


def test_a_journal_with_the_last_part_of_its_history_gets_the_rest(ann: Person, bea: Person, shared: Path) -> None:
    path = bea.write("from bea")
    bea.change("from", "really", path.stem)
    bea.sync()
    shutil.rmtree(ann.journal)
    git(ann.home, "clone", "--quiet", "--depth", "1", f"file://{shared}", str(ann.journal))
    ann.sync()
    said = ann.type("journal", "history", path.stem).stdout
    assert "1. " in said
    assert "2. " in said
    assert "Recorded by" not in ann.type("journal", "show", path.stem).stdout


def test_a_shared_place_with_part_of_a_history_is_named(ann: Person, shared: Path, tmp_path: Path) -> None:
    ann.write("another")
    ann.sync()
    git(tmp_path, "clone", "--quiet", "--bare", "--depth", "1", f"file://{shared}", str(tmp_path / "part"))
    taken = ann.type("journal", "init", str(ann.home / "other"), "--clone", str(tmp_path / "part"), code=1)
    assert "has only the latest part of its history" in " ".join(taken.stderr.split())


def test_a_version_that_is_not_on_this_computer_is_not_called_a_deletion(
    ann: Person, bea: Person, shared: Path
) -> None:
    path = bea.write("from bea")
    bea.change("from", "really", path.stem)
    bea.sync()
    git(shared, "config", "uploadpack.allowFilter", "true")
    shutil.rmtree(ann.journal)
    git(ann.home, "clone", "--quiet", "--filter=blob:none", f"file://{shared}", str(ann.journal))
    ann.type("journal", "list")
    ann.sync(code=None)
    for words in (["history", path.stem, "--show", "1"], ["restore", path.stem, "--version", "1"]):
        done = ann.type("journal", *words, code=None)
        said = " ".join((done.stdout + done.stderr).split())
        assert "from bea" in said or "that version is not on this computer" in said or "put aside" in said, said
        assert "deleted" not in said
        assert "taken out" not in said


def test_a_second_folder_of_the_same_history_is_left_alone(ann: Person) -> None:
    path = ann.write("common")
    other = ann.home / "other"
    git(ann.journal, "worktree", "add", "--quiet", "--detach", str(other))
    ann.type("journal", "sync", "--journal", str(other), code=None)
    assert git(other, "branch", "--show-current") == ""
    assert git(ann.journal, "status", "--porcelain") == ""
    assert path.exists()


def test_a_git_that_hangs_costs_two_seconds(ann: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ann.write("common")
    hanging = tmp_path / "bin" / "git"
    hanging.parent.mkdir()
    hanging.write_text("#!/bin/sh\nexec sleep 100\n")
    hanging.chmod(0o755)
    monkeypatch.setattr("compassion_cli.history.git._SHORT_PATIENCE", 0.5)
    monkeypatch.setenv("PATH", str(hanging.parent), prepend=os.pathsep)
    began = time.monotonic()
    assert "common" in ann.type("journal", "show", path.stem).stdout
    new = ann.write("more")
    ann.change("more", "other", new.stem)
    assert "other" in new.read_text("utf-8")
    for words in (["history", path.stem], ["sync"], ["delete", path.stem, "--yes"]):
        assert "git is not responding" in " ".join(ann.type("journal", *words, code=1).stderr.split())
    assert path.exists()
    # One of them alone would have waited for two minutes; together they take some seconds, be the machine ever so busy.
    assert time.monotonic() - began < GIT_PATIENCE

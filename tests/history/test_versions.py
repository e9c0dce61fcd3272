"""The history of a journal, with real git, on machines that are set up in every way."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.people import git


def write(run: CommandLine, words: str, *options: str) -> Path:
    said = run("reflect", "tool3", "--only", "6", *options, typed=f"{words}\n\n")
    return Path(said.stdout.strip().split("\n")[-1])


def list_subjects(folder: Path) -> list[str]:
    return git(folder, "log", "--format=%s", "--reverse").split("\n")[:-1]


def test_each_entry_is_one_commit_of_its_own_file_with_nothing_of_it_in_the_subject(run: CommandLine) -> None:
    first, second = write(run, "one"), write(run, "two")
    reflect = "reflect: tool3 supervisor 2026-11-23"
    assert list_subjects(run.journal) == ["journal: begin", reflect, reflect]
    changed = git(run.journal, "log", "--name-only", "--format=", "--reverse").split()
    assert changed == ["README.md", *(str(path.relative_to(run.journal)) for path in (first, second))]
    assert git(run.journal, "log", "--format=%an <%ae>", "-1") == "A Practitioner <journal@localhost>\n"
    assert git(run.journal, "status", "--porcelain") == ""
    if os.name != "nt":
        assert stat.S_IMODE((run.journal / ".git").stat().st_mode) == 0o700


def test_an_edit_is_one_more_and_an_older_version_can_be_read(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(run, "before")
    monkeypatch.setenv("EDITOR", "sed -i s/before/after/")
    run("journal", "edit")
    assert list_subjects(run.journal)[-1] == "edit: tool3 supervisor 2026-11-23"
    listed = run("journal", "history").stdout.split("\n")
    assert listed[:2] == [
        "1. 23 November 2026, 12:00, A Practitioner: written",
        "2. 23 November 2026, 12:00, A Practitioner: changed",
    ]
    assert "before" in run("journal", "history", path.stem[-4:], "--show", "1").stdout
    assert "after" in run("journal", "history", path.stem[-4:], "--show", "2").stdout
    assert "a number from 1 to 2" in run("journal", "history", "--show", "3", code=2).stderr


MACHINES = {
    "signatures": "[commit]\n\tgpgSign = true\n[user]\n\tsigningKey = none\n",
    "hooks": "[core]\n\thooksPath = {folder}\n",
    "line ends": "[core]\n\tautocrlf = true\n\tsafecrlf = true\n",
    "templates": "[init]\n\ttemplateDir = {folder}\n[commit]\n\ttemplate = {folder}/none\n",
    "ignored": "[core]\n\texcludesFile = {folder}/ignored\n",
    "attributes": "[core]\n\tattributesFile = {folder}/attributes\n",
    "encodings": "[i18n]\n\tcommitEncoding = latin1\n",
}


@pytest.mark.skipif(os.name == "nt", reason="the hooks are POSIX programs")
@pytest.mark.parametrize("name", MACHINES)
def test_whatever_is_set_on_a_machine_entries_are_kept_byte_for_byte(
    run: CommandLine, home: Path, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "settings"
    (folder / "hooks").mkdir(parents=True)
    for hook in ("pre-commit", "commit-msg", "post-commit", "hooks/pre-commit"):
        (folder / hook).write_text(f"#!/bin/sh\ntouch {home}/hook-ran\nexit 1\n")
        (folder / hook).chmod(0o755)
    (folder / "ignored").write_text("*\n")
    (folder / "attributes").write_text("* text eol=crlf\n")
    (home / ".gitconfig").write_text(MACHINES[name].format(folder=folder))
    path = write(run, "Zoë’s words")
    assert git(run.journal, "cat-file", "blob", f"HEAD:2026/{path.name}").encode() == path.read_bytes()
    assert not (home / "hook-ran").exists()
    # Nor do they matter to git when someone runs it by hand.
    text = path.read_bytes()
    path.unlink()
    git(run.journal, "checkout", "--", "2026")
    assert path.read_bytes() == text


def test_without_git_all_else_works_and_that_is_said_once(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = [run("reflect", "tool3", "--only", "6", typed=f"{word}\n\n").stderr for word in ("one", "two")]
    assert ["git is not installed" in words for words in said] == [True, False]
    assert len(run.entries) == 2
    assert not (run.journal / ".git").exists()
    assert "one" in run("journal", "list").stdout
    assert "git is not installed" in run("journal", "sync", code=1).stderr


def test_what_was_written_without_git_is_recorded_once_it_is_there(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        write(run, "one")
    write(run, "two")
    assert len(list_subjects(run.journal)) == 3
    assert git(run.journal, "status", "--porcelain") == ""


def test_with_git_off_there_is_no_history(run: CommandLine) -> None:
    run("journal", "config", "git", "no")
    write(run, "one")
    assert not (run.journal / ".git").exists()
    assert "switched off" in run("journal", "sync", code=1).stderr


def test_a_repository_of_somebodys_own_keeps_what_was_staged_and_what_was_not(run: CommandLine) -> None:
    run.journal.mkdir()
    git(run.journal, "init", "-q")
    (run.journal / "README.md").write_text("mine")
    git(run.journal, "add", ".")
    git(run.journal, "commit", "-qm", "mine")
    (run.journal / "README.md").write_text("changed")
    (run.journal / "staged").write_text("staged")
    git(run.journal, "add", "staged")
    before = git(run.journal, "status", "--porcelain")
    write(run, "one")
    write(run, "two", "--private")
    assert git(run.journal, "status", "--porcelain") == before
    assert list_subjects(run.journal) == ["mine", "reflect: tool3 supervisor 2026-11-23"]


def test_a_journal_inside_another_repository_is_one_of_its_own(run: CommandLine, home: Path) -> None:
    git(home, "init", "-q")
    write(run, "one")
    assert (run.journal / ".git" / "HEAD").exists()
    assert git(home, "log", "--all", "--format=%s") == ""


@pytest.mark.parametrize("lock", ["index.lock", "HEAD.lock"])
def test_where_another_program_holds_the_index_the_entry_is_saved_and_the_next_one_catches_up(
    run: CommandLine, lock: str
) -> None:
    write(run, "one")
    held = run.journal / ".git" / lock
    held.write_text("")
    os.utime(held, (1, 1))
    done = run("reflect", "tool3", "--only", "6", typed="two\n\n")
    assert "Your files are saved" in done.stderr
    assert "another program is busy" in " ".join(done.stderr.split())
    assert len(run.entries) == 2
    held.unlink()
    write(run, "three")
    assert len(list_subjects(run.journal)) == 4
    assert git(run.journal, "status", "--porcelain") == ""


def test_a_lock_that_a_killed_program_of_ours_left_is_taken_away(run: CommandLine) -> None:
    write(run, "one")
    (run.journal / ".git" / "compassion-turn").write_text("xx")
    (run.journal / ".git" / "index.lock").write_text("")
    write(run, "two")
    assert git(run.journal, "status", "--porcelain") == ""


def test_many_programs_at_once_record_every_entry(run: CommandLine) -> None:
    def save(number: int) -> None:
        run.program("reflect", "tool3", "--only", "6", typed=f"number {number}\n\n".encode())

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(save, range(20)))
    assert len(run.entries) == 20
    assert git(run.journal, "status", "--porcelain") == ""
    assert len(list_subjects(run.journal)) == 21

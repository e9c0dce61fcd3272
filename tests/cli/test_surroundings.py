"""Surroundings that are not what they should be: refused in a sentence, or borne, and never another's remedy."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from support.commands import CommandLine

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the variables and modes are those of POSIX systems")

COMMANDS = (
    ["reflect", "tool3", "--only", "6"],
    ["reflect", "resume"],
    ["journal", "list"],
    ["journal", "config"],
    ["journal", "config", "plain", "yes"],
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOME", "relative"),
        ("HOME", ""),
        ("HOME", " "),
        ("XDG_STATE_HOME", "relative"),
        ("XDG_STATE_HOME", " "),
        ("XDG_CONFIG_HOME", "relative"),
        ("COMPASSION_JOURNAL", "relative"),
        ("COMPASSION_JOURNAL", " "),
    ],
)
def test_a_folder_that_is_no_whole_path_is_refused_and_nothing_is_written_anywhere(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    refused = 0
    for words in COMMANDS:
        done = run(*words, typed="words\n\n", code=None)
        what = f'{name} is set to "{value}"' if value else f"{name} is empty"
        if done.exit_code == 1 and what in " ".join(done.stderr.split()):
            refused += 1
            assert "full path" in done.stderr
    # Some commands have no use for one of them.
    assert refused >= (2 if name.startswith(("XDG", "COMPASSION")) else len(COMMANDS))
    left = [path for path in tmp_path.rglob("*") if path.is_file() and "compassion-cli" not in path.parts]
    assert [path for path in left if "words" in path.read_text("utf-8", "replace")] == []
    assert not (tmp_path / "relative").exists()
    assert not (tmp_path / " ").exists()


@pytest.mark.parametrize("name", ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "COMPASSION_JOURNAL"])
def test_an_empty_one_is_as_if_it_were_not_set(run: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "")
    run("reflect", "tool3", "--only", "6", typed="words\n\n")
    assert len(run.entries) == 1


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277])
def test_no_folder_or_file_is_open_to_others_at_any_mask(run: CommandLine, mask: int) -> None:
    before = os.umask(mask)
    try:
        run("journal", "config", "plain", "yes")
        run("reflect", "tool3", "--only", "6,7", typed="words\n\n", code=None)
        run("reflect", "resume", typed="more\n\n", code=None)
        run("reflect", "tool3", "--only", "6", "--private", typed="words\n\n")
    finally:
        os.umask(before)
    wide = [path for path in run.home.rglob("*") if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    assert wide == []
    assert (run.home / ".config").is_dir()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TZ", "UTC-25:61"),
        ("TZ", "No/Where"),
        ("TZ", ""),
        ("PYTHONIOENCODING", "utf-16"),
        ("PYTHONIOENCODING", "utf-32"),
    ],
)
def test_a_zone_or_encoding_that_cannot_be_used_is_no_fault_of_ours(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    done = run.program("reflect", "tool3", "--only", "6", typed="a café\n\n".encode())
    assert b"a fault of ours" not in done.stderr
    assert "a café" in run.entries[0].read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EMFILE, "this computer is too busy"),
        (errno.ENOMEM, "this computer is too busy"),
        (errno.ENOENT, "git is not installed here"),
    ],
)
def test_a_git_that_cannot_be_started_now_is_not_a_git_that_is_not_there(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("compassion_cli.history.git.subprocess.Popen", refuse)
    done = run("reflect", "tool3", "--only", "6", typed="words\n\n")
    assert said in " ".join(done.stderr.split())
    assert len(run.entries) == 1


def test_without_git_sharing_says_where_it_comes_from(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    run("reflect", "tool3", "--only", "6", typed="words\n\n")
    monkeypatch.setenv("PATH", str(run.home))
    said = run("journal", "sync", code=1).stderr
    assert "git-scm.com" in said
    assert "has not changed" in said


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_settings_that_cannot_be_written_are_not_said_to_be_forbidden(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("compassion_cli.storage.write_files.os.write", refuse)
    said = " ".join(run("journal", "config", "plain", "yes", code=1).stderr.split())
    assert "could not be written" in said
    assert ("you do not have permission" in said) is (code == errno.EACCES)
    assert "allowed to change it" not in said


def test_a_drive_on_which_a_file_cannot_be_linked_is_written_to(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr("compassion_cli.storage.write_files.os.link", refuse)
    run("reflect", "tool3", "--only", "6", typed="words\n\n")
    assert "words" in run.entries[0].read_text("utf-8")


CLOUDS = {
    "OneDrive": "OneDrive",
    "OneDrive - Anytown Council": "OneDrive",
    "Dropbox": "Dropbox",
    "iCloudDrive": "iCloud Drive",
    "Library/Mobile Documents": "iCloud Drive",
    "Library/CloudStorage/Elsewhere": "a cloud service",
    "Google Drive": "Google Drive",
    "Documents": "",
    "onedrives": "",
}


@pytest.mark.parametrize(("place", "cloud"), CLOUDS.items())
@pytest.mark.parametrize("way", ["init", "reflect"])
def test_a_new_journal_in_a_folder_that_is_copied_elsewhere_is_said_to_be(
    run: CommandLine, place: str, cloud: str, way: str
) -> None:
    folder = run.home / place / "journal"
    folder.parent.mkdir(parents=True)
    if way == "init":
        said = run("journal", "init", str(folder))
    else:
        said = run("reflect", "tool3", "--only", "6", "--journal", str(folder), typed="words\n\n")
    words = " ".join(said.stderr.split())
    assert (f"That folder is in {cloud}, which copies everything in it" in words) == bool(cloud)
    assert "servers" not in run("reflect", "tool3", "--only", "6", "--journal", str(folder), typed="more\n\n").stderr


@pytest.mark.parametrize("git", ["missing", "off"])
def test_a_journal_is_made_and_named_without_git(run: CommandLine, monkeypatch: pytest.MonkeyPatch, git: str) -> None:
    if git == "off":
        run("journal", "config", "git", "no")
    monkeypatch.setenv("PATH", str(run.home))
    folder = run.home / "team"
    said = " ".join(run("journal", "init", str(folder), "--name", "team").stderr.split())
    assert "A new journal has been made" in said
    assert "It is called team here" in said
    assert ("You can get git from git-scm.com" in said) == (git == "missing")
    assert "team" in run("journal", "journals").stdout

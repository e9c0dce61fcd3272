from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.people import git

from compassion_cli.history.author import find_author


@pytest.fixture(autouse=True)
def nobody_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPASSION_AUTHOR")


def test_the_environment_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPASSION_AUTHOR", "  A Practitioner ")
    assert find_author("Sam") == "A Practitioner"


def test_then_the_settings(home: Path) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = Priya\n", encoding="utf-8")
    assert find_author(" Sam  Example") == "Sam Example"


def test_then_git(home: Path) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = Priya  Example\n", encoding="utf-8")
    assert find_author() == "Priya Example"


def test_a_repository_somebody_else_points_git_at_is_not_asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = Priya\n", encoding="utf-8")
    (home / "other").write_text("[user]\n\tname = Someone else\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "other"))
    assert find_author() == "Priya"


def test_the_folder_one_is_in_does_not_say_who_one_is(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".gitconfig").write_text("[user]\n\tname = Priya\n", encoding="utf-8")
    (tmp_path / "elsewhere" / ".git").mkdir(parents=True)
    git(tmp_path / "elsewhere", "init", "--quiet")
    (tmp_path / "elsewhere" / ".git" / "config").write_text("[user]\n\tname = build bot\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert find_author() == "Priya"


def test_then_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "pexample")
    assert find_author() == "pexample"


def test_without_git_the_account_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "pexample")
    assert find_author() == "pexample"


@pytest.mark.skipif(os.name == "nt", reason="Windows always knows the account")
def test_where_nobody_is_known_the_author_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise KeyError("no such account")

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", refuse)
    assert find_author() == "Unknown"

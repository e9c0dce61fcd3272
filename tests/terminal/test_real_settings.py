"""Settings at a real terminal: the name that is asked for once, plain lines, and mending the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.commands import SCRIPTS, CommandLine
from support.editors import make_editor

pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")

from support.terminal import Terminal, answer_the_only_question, open_terminal

from compassion_cli.storage.places import find_settings_file

pytestmark = pytest.mark.real

QUESTION = "What name should be on your entries?"
PLAIN = pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["rich", "plain"])


@pytest.fixture
def nobody_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPASSION_AUTHOR")
    monkeypatch.setenv("LOGNAME", "pexample")


def answer_and_save(terminal: Terminal, plain: list[str], text: str) -> None:
    answer_the_only_question(terminal, plain, text)
    assert terminal.save() == 0


def find_author_line(path: Path) -> str:
    return next(line for line in path.read_text(encoding="utf-8").split("\n") if line.startswith("author"))


@PLAIN
@pytest.mark.parametrize(("typed", "name"), [("  Sam  Example\r", "Sam Example"), ("\r", "pexample")])
@pytest.mark.everyday
def test_a_name_is_asked_for_before_the_first_question_and_never_again(
    run: CommandLine, nobody_said: None, plain: list[str], typed: str, name: str
) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *plain) as terminal:
        terminal.wait_for("Or just press Enter to use your account name (pexample).")
        assert "Question 1" not in terminal.text
        terminal.send(typed)
        terminal.wait_for(f"Your name on entries will be {name}.")
        answer_and_save(terminal, plain, "First")
    assert find_author_line(run.entries[0]) == f'author = "{name}"'
    with open_terminal("reflect", "tool3", "--only", "11", *plain) as terminal:
        answer_and_save(terminal, plain, "Second")
        assert QUESTION not in terminal.text
    assert [find_author_line(path) for path in run.entries] == [f'author = "{name}"'] * 2


@PLAIN
def test_ctrl_c_at_the_name_ends_with_nothing_written(run: CommandLine, nobody_said: None, plain: list[str]) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *plain) as terminal:
        terminal.wait_for("Or just press Enter")
        terminal.send("Sa")
        terminal.wait_for("Sa")
        terminal.send("\x03")
        assert terminal.finish() == 130
        assert terminal.echoes()
    assert [path for path in run.home.rglob("*") if path.is_file()] == []


def test_whoever_git_knows_is_not_asked(run: CommandLine, nobody_said: None) -> None:
    (run.home / ".gitconfig").write_text("[user]\n\tname = Priya\n", encoding="utf-8")
    with open_terminal("reflect", "tool3", "--only", "6") as terminal:
        answer_and_save(terminal, [], "First")
        assert QUESTION not in terminal.text
    assert find_author_line(run.entries[0]) == 'author = "Priya"'


def test_a_name_that_cannot_be_kept_is_used_all_the_same(run: CommandLine, nobody_said: None) -> None:
    find_settings_file().parent.parent.mkdir(parents=True, exist_ok=True)
    find_settings_file().parent.write_text("in the way")
    with open_terminal("reflect", "tool3", "--only", "6") as terminal:
        terminal.wait_for("Or just press Enter")
        terminal.send("Sam\r")
        terminal.wait_for("I could not save the name for next time:")
        answer_and_save(terminal, [], "First")
    assert find_author_line(run.entries[0]) == 'author = "Sam"'


def test_a_filled_form_is_saved_without_being_asked(run: CommandLine, nobody_said: None, tmp_path: Path) -> None:
    form = run("reflect", "tool3", "--only", "6", "--blank").stdout
    (tmp_path / "form.md").write_text(f"{form}\nWords\n", encoding="utf-8")
    with open_terminal("reflect", "tool3", "--from", "form.md") as terminal:
        assert terminal.finish() == 0
        assert QUESTION not in terminal.text
    assert find_author_line(run.entries[0]) == 'author = "pexample"'


def test_plain_lines_can_be_the_rule(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="One\n\n")
    for words in (["reflect"], ["reflect", "tool3", "--only", "6"], ["journal", "list"]):
        seen = []
        for setting in ("no", "yes"):
            run("journal", "config", "plain", setting)
            with open_terminal(*words) as terminal:
                terminal.wait_for("Question 1 of 1" if len(words) > 2 else "One" if "list" in words else "1.")
                terminal.send("\x03")
                terminal.finish()
                seen.append(b"\x1b" in terminal.raw)
        assert seen[1] is False, words
        assert seen[0] is (words != ["reflect"]), words


def test_a_file_with_a_fault_is_named_and_opened_again(run: CommandLine, tmp_path: Path) -> None:
    find_settings_file().parent.mkdir(parents=True)
    find_settings_file().write_text("plan = true\n")
    editor = make_editor(tmp_path, 'sed -i "s/^plan /plai /; t; s/^plai /plain /" "$1"')
    with Terminal([str(SCRIPTS / "journal"), "config", "--edit"], os.environ | {"VISUAL": editor}) as terminal:
        terminal.wait_for('line 1): "plai" is not a setting (did you mean "plain"?).')
        terminal.wait_for("Press Enter to open it again")
        terminal.send("\r")
        terminal.wait_for("There are no problems in your settings.")
        assert terminal.finish() == 0
    assert find_settings_file().read_text() == "plain = true\n"


def test_ctrl_c_instead_of_opening_it_again_ends(run: CommandLine, tmp_path: Path) -> None:
    editor = make_editor(tmp_path, 'echo "plan = 1" > "$1"')
    with Terminal([str(SCRIPTS / "journal"), "config", "--edit"], os.environ | {"VISUAL": editor}) as terminal:
        terminal.wait_for("Press Enter to open it again")
        terminal.send("\x03")
        assert terminal.finish() == 130
        assert "try: journal config --edit" in terminal.text

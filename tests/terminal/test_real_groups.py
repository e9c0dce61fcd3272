"""Writing together at a real terminal: how many are there, and what is said because of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import CommandLine
from support.editors import make_editor, write_under

pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")

from support.terminal import Terminal, answer_the_only_question, open_terminal

pytestmark = pytest.mark.real

PLAIN = pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["rich", "plain"])
QUESTION = "How many of you are here? Only the number is kept."
HINT = "Type a number and press Enter. To leave it out, press Enter."
GROUP = """\
One person types, and everyone can see the screen. Anyone may pass.
Write your notes without names. The entry can say how many people took part, but never who.
For each thing you agree to do, say who will do it, by role:
- [ ] Ask for a debrief slot (who: team lead) (due 1 December)
"""
SUPERVISION = """\
This is for the two of you. Before you begin, agree who types.
If you say who said something, use their role, not their name.
Casework decisions belong on the person's own file, not here.
For each thing you agree to do, say who will do it, by role:
- [ ] Ask for a debrief slot (who: supervisor) (due 1 December)
"""


def open_group(*words: str, columns: int = 80) -> Terminal:
    return open_terminal("reflect", "tool3", "--only", "6", "--setting", "group", *words, columns=columns)


@PLAIN
@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.everyday
def test_a_group_is_asked_how_many_are_there_until_it_is_a_number(
    run: CommandLine, plain: list[str], columns: int
) -> None:
    with open_group(*plain, columns=columns) as terminal:
        terminal.wait_for(f"{QUESTION} {HINT}")
        for place, wrong in enumerate(("Priya, Sam", "1", "1000", "-3"), 1):
            terminal.send(f"{wrong}\r")
            again = f"Please type a whole number from 2 to 999. {HINT}"
            terminal.wait(lambda: " ".join(terminal.text.split()).count(again) == place, again)  # noqa: B023 - at once
        assert "Question 1" not in terminal.text
        terminal.send(" 6.\r")
        terminal.wait_for(GROUP)
        answer_the_only_question(terminal, plain, "By going first")
        terminal.wait_for("This is what the group wrote:")
        assert terminal.save() == 0
        shown = " ".join(terminal.text.split())
        assert shown.count(QUESTION) == shown.count("Anyone may pass.") == 1
    assert "\npeople = 6\n" in run.entries[0].read_text(encoding="utf-8")
    assert "Setting: group, 6 people." in run("journal", "show").stdout


@PLAIN
@pytest.mark.parametrize("keys", ["\r", "\x04"])
def test_the_number_can_be_left_out(run: CommandLine, plain: list[str], keys: str) -> None:
    with open_group(*plain) as terminal:
        terminal.wait_for(HINT)
        terminal.send(keys)
        answer_the_only_question(terminal, plain, "By going first")
        assert terminal.save() == 0
    assert "people" not in run.entries[0].read_text(encoding="utf-8").partition("\n+++\n")[0]
    assert "Setting: group." in run("journal", "show").stdout


@PLAIN
def test_ctrl_c_at_the_number_ends_with_nothing_written(run: CommandLine, plain: list[str]) -> None:
    with open_group(*plain) as terminal:
        terminal.wait_for(HINT)
        terminal.send("1")
        terminal.send("\x03")
        assert terminal.finish() == 130
        assert "reflect: stopped; nothing had been written yet" in terminal.text
        assert terminal.echoes()
    assert [path for path in run.home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "words",
    [("--setting", "group", "--people", "6"), ("--setting", "supervision"), ("--setting", "individual"), ()],
    ids=["said", "supervision", "individual", "none"],
)
def test_only_a_group_that_has_not_said_so_is_asked(run: CommandLine, words: tuple[str, ...]) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *words) as terminal:
        answer_the_only_question(terminal, [], "By going first")
        assert terminal.save() == 0
        assert "How many" not in terminal.text


@PLAIN
def test_supervision_fits_a_narrow_window(run: CommandLine, plain: list[str]) -> None:
    words = ("reflect", "tool3", "--only", "6", "--setting", "supervision", *plain)
    with open_terminal(*words, columns=40) as terminal:
        terminal.wait_for(SUPERVISION)
        answer_the_only_question(terminal, plain, "By asking")
        terminal.wait_for("This is what the two of you wrote:")
        assert terminal.save() == 0


@PLAIN
def test_a_group_that_goes_on_later_is_still_a_group_and_is_not_asked_again(run: CommandLine, plain: list[str]) -> None:
    words = ("tool3", "--only", "6,7", "--setting", "group", "--people", "6")
    run("reflect", *words, typed="By going first\n\n", code=1)
    with open_terminal("reflect", "resume", *plain) as terminal:
        terminal.wait_for(f"{GROUP}")
        terminal.wait_for("Question 2 of 2")
        if not plain:
            terminal.wait_for_field()
        terminal.send("\r")
        terminal.wait_for("This is what the group wrote:")
        assert terminal.save() == 0
        assert "How many" not in terminal.text
    assert "Setting: group, 6 people." in run("journal", "show").stdout


def test_a_group_with_its_own_editor_is_asked_first(run: CommandLine, tmp_path: Path) -> None:
    env = {"VISUAL": make_editor(tmp_path, write_under("supervisor.6", "By going first"))}
    words = ("reflect", "tool3", "--only", "6", "--setting", "group", "--editor")
    with open_terminal(*words, env=env) as terminal:
        terminal.wait_for(HINT)
        terminal.send("4\r")
        assert terminal.finish() == 0
    assert "Setting: group, 4 people." in run("journal", "show").stdout


def test_a_blank_form_is_printed_without_being_asked(run: CommandLine) -> None:
    with open_group("--blank") as terminal:
        assert terminal.finish() == 0
        assert "How many" not in terminal.text

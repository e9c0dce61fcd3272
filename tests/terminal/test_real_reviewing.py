"""Responding to entries at a real terminal, one after another."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support.commands import NOON, CommandLine

pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")

from support.terminal import Terminal, open_terminal

pytestmark = pytest.mark.real

PLAIN = pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["rich", "plain"])
WIDTHS = pytest.mark.parametrize("columns", [80, 40])


def write(run: CommandLine, words: str, day: int) -> Path:
    run.now = NOON + timedelta(days=day)
    return Path(run("reflect", "tool3", "--only", "6", typed=f"{words}\n\n").stdout.strip())


def open_review(*words: str, columns: int = 80) -> Terminal:
    return open_terminal("journal", "review", *words, columns=columns, env={"COMPASSION_AUTHOR": "Alex"})


def respond(terminal: Terminal, plain: list[str], text: str) -> None:
    for number, answer in ((1, text), (2, ""), (3, "")):
        terminal.wait_for(f"Question {number} of 3")
        if not plain:
            terminal.wait_for_field()
        if answer and plain:
            terminal.send(f"{answer}\r")
            terminal.wait_for(answer)
            terminal.send("\r")
        elif answer:
            terminal.answer(answer)
        else:
            terminal.send("\r")
    terminal.wait_for("Press Enter to save.")
    terminal.send("\r")


def find_responses(run: CommandLine) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(run.journal.rglob("*.review-*.md"))]


@PLAIN
@WIDTHS
def test_all_that_wait_are_shown_oldest_first_with_a_way_out_after_each(
    run: CommandLine, plain: list[str], columns: int
) -> None:
    write(run, "The older words", 0)
    write(run, "The newer words", 1)
    with open_review(*plain, columns=columns) as terminal:
        terminal.wait_for("The older words")
        assert "The newer words" not in terminal.text
        respond(terminal, plain, "Good to read")
        terminal.wait_for("1 more to read. Press Enter for the next one,")
        terminal.send("later\r")
        assert terminal.finish() == 0
        assert terminal.echoes()
    assert [text.count("Good to read") for text in find_responses(run)] == [1]


@PLAIN
def test_an_entry_that_changes_while_another_is_read_is_shown_as_it_is_by_then(
    run: CommandLine, plain: list[str]
) -> None:
    write(run, "The older words", 0)
    newer = write(run, "The newer words", 1)
    with open_review(*plain) as terminal:
        terminal.wait_for("Question 1 of 3")
        newer.write_text(newer.read_text("utf-8").replace("The newer words", "Quite other words"), "utf-8")
        respond(terminal, plain, "Good to read")
        terminal.wait_for("1 more to read.")
        terminal.send("\r")
        terminal.wait_for("Quite other words")
        assert "The newer words" not in terminal.text
        terminal.send("\x03")
        terminal.finish()


def test_what_was_responded_to_or_has_gone_meanwhile_is_passed_over(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(run, "The first words", 0)
    second, third = write(run, "The second words", 1), write(run, "The third words", 2)
    write(run, "The fourth words", 3)
    with open_review("--plain") as terminal:
        terminal.wait_for("Question 1 of 3")
        monkeypatch.setenv("COMPASSION_AUTHOR", "Alex")
        run("journal", "review", second.stem, typed="Elsewhere\n\n\n\n")
        third.unlink()
        respond(terminal, ["--plain"], "Good to read")
        terminal.wait_for("3 more to read.")
        terminal.send("\r")
        terminal.wait_for("You have already responded to this one.")
        terminal.wait_for("2 more to read.")
        terminal.send("\r")
        terminal.wait_for("1 more to read.")
        terminal.send("\r")
        terminal.wait_for("The fourth words")
        terminal.wait_for("Question 1 of 3")
        terminal.send("\x03")
        terminal.finish()
        assert "The second words" not in terminal.text
    assert len(find_responses(run)) == 2


@PLAIN
@pytest.mark.everyday
def test_ctrl_c_in_the_middle_keeps_what_was_typed_and_resume_goes_on_with_it(
    run: CommandLine, plain: list[str]
) -> None:
    entry = write(run, "Words", 0)
    with open_review(entry.stem, *plain) as terminal:
        terminal.wait_for("Question 1 of 3")
        if not plain:
            terminal.wait_for_field()
        terminal.send("Half a resp")
        terminal.wait_for("Half a resp")
        terminal.send("\x03")
        assert terminal.finish() == 130
        assert "To carry on: reflect resume" in " ".join(terminal.text.split())
        assert terminal.echoes()
    assert find_responses(run) == []
    assert "Half a resp" in run.drafts[0].read_text("utf-8")
    with open_terminal("reflect", "resume", *plain, env={"COMPASSION_AUTHOR": "Alex"}) as terminal:
        terminal.wait_for("Words")
        terminal.wait_for("Half a resp")
        if not plain:
            terminal.wait_for_field()
        terminal.send("\r" if plain else "\r\r")
        for number in (2, 3):
            terminal.wait_for(f"Question {number} of 3")
            if not plain:
                terminal.wait_for_field()
            terminal.send("\r")
        assert terminal.save() == 0
        assert "Your response is saved" in terminal.text
    assert [text.count("Half a resp") for text in find_responses(run)] == [1]


@PLAIN
def test_in_plain_lines_no_escape_byte_is_sent(run: CommandLine, plain: list[str]) -> None:
    write(run, "Words", 0)
    with open_review(*plain) as terminal:
        respond(terminal, plain, "Good to read")
        assert terminal.finish() == 0
        assert (b"\x1b" not in terminal.raw) == bool(plain)

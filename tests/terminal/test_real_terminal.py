"""Whole sessions at a real terminal, as a person would have them."""

from __future__ import annotations

import os
import re
import signal
import socket
from functools import partial
from pathlib import Path

import pytest
from support.commands import SCRIPTS, CommandLine

pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")

from support.terminal import Terminal, answer_the_only_question, open_terminal

pytestmark = pytest.mark.real

WIDTHS = pytest.mark.parametrize("columns", [80, 40])
PLAIN = pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["rich", "plain"])
SECTIONS = [
    ("tool1", "--concept", "all", 27),
    ("tool2", "--stage", "all", 5),
    ("curiosity", "--role", "practitioner", 7),
    ("curiosity", "--role", "supervisor", 7),
    ("tool3", "--lens", "self", 5),
    ("tool3", "--lens", "supervisor", 5),
    ("tool3", "--lens", "team", 6),
    ("tool3", "--lens", "organisation", 4),
]


def answer_for(screen: str) -> str:
    """Return what the question on the screen can take: the number 2 where it wants one, else a sentence."""
    question = " ".join(screen.rpartition("Question ")[2].split())
    return "2" if "Type a number from 1" in question else "A line about the visit"


@pytest.mark.parametrize(("pack", "option", "section", "count"), SECTIONS)
def test_every_section_of_every_pack_is_asked_saved_and_read_back(
    run: CommandLine, pack: str, option: str, section: str, count: int
) -> None:
    # The narrower window is the harder one; wide ones are looked at by all the other tests.
    columns = 40
    with open_terminal("reflect", pack, option, section, columns=columns) as terminal:
        for place in range(1, count + 1):
            terminal.wait_for(f"Question {place} of {count}")
            terminal.wait_for_field()
            terminal.answer(answer_for(terminal.text))
        assert terminal.save() == 0
    assert len(run.entries) == 1
    assert run.drafts == []
    with open_terminal("journal", "show", columns=columns, env={"PAGER": "cat"}) as terminal:
        assert terminal.finish() == 0
        assert "A line about the visit" in terminal.text
        assert max(map(len, terminal.text.split("\n"))) <= columns


@pytest.mark.everyday
def test_ctrl_c_in_the_middle_of_an_answer_keeps_every_word_and_says_where(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--lens", "self") as terminal:
        terminal.wait_for("Question 1 of 5")
        terminal.answer("The first answer")
        terminal.wait_for("Question 2 of 5")
        terminal.wait_for_field()
        terminal.send("half a thou")
        terminal.wait_for("half a thou")
        terminal.send("\x03")
        assert terminal.finish() == 130
        assert "1 of 5 questions answered" in " ".join(terminal.text.split())
        assert terminal.raw.count(b"\x1b[?2004h") == terminal.raw.count(b"\x1b[?2004l"), "bracketed paste is left on"
    assert run.entries == []
    kept = run.drafts[0].read_text(encoding="utf-8")
    assert "The first answer" in kept
    assert "half a thou" in kept


@pytest.mark.everyday
def test_a_fault_is_said_under_the_question_and_the_text_stays(run: CommandLine) -> None:
    with open_terminal("reflect", "tool1", "--concept", "change", "--only", "actions") as terminal:
        terminal.answer("Ask Sam (due 31/11/2026)")
        terminal.wait_for("I could not read the date in line 1.")
        terminal.wait(lambda: terminal.screen.display[terminal.screen.cursor.y].startswith(">  Ask Sam"), "the text")
        terminal.send("\x7f" * len("31/11/2026)") + "2026-12-31)\r")
        terminal.wait_for("Ask Sam (due 2026-12-31)")
        terminal.send("\r")
        assert terminal.save() == 0
    assert "- [ ] Ask Sam (due 2026-12-31)\n" in run.entries[0].read_text(encoding="utf-8")


def test_an_answer_can_be_changed_before_saving_and_by_going_back(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--only", "6,7") as terminal:
        terminal.wait_for("Question 1 of 2")
        terminal.answer("One")
        terminal.wait_for("Question 2 of 2")
        terminal.wait_for_field()
        terminal.send("\x02")
        terminal.wait(lambda: terminal.text.count("Question 1 of 2") == 2, "the first question again")
        terminal.wait_for(">  One")
        terminal.answer(" and more")
        terminal.wait(lambda: terminal.text.count("Question 2 of 2") == 2, "the second question again")
        terminal.answer("Two")
        terminal.wait_for("Press Enter to save.")
        terminal.send("7\r")
        terminal.wait(lambda: terminal.text.count("Question 2 of 2") == 3, "the second question once more")
        terminal.answer("!")
        terminal.wait(lambda: terminal.text.count("Press Enter to save.") == 2, "the last look again")
        terminal.send("\r")
        assert terminal.finish() == 0
    text = run.entries[0].read_text(encoding="utf-8")
    assert "One and more" in text
    assert "Two!" in text


def test_a_pasted_text_with_blank_lines_is_one_answer(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--only", "6") as terminal:
        terminal.wait_for_field()
        terminal.send("\x1b[200~First paragraph.\r\n\r\nSecond\tparagraph.\x1b[31m\r\n\x1b[201~")
        terminal.wait_for("paragraph.")
        terminal.send("\r")
        assert terminal.save() == 0
    assert "First paragraph.\n\nSecond\tparagraph.\n" in run.entries[0].read_text(encoding="utf-8")


@WIDTHS
@pytest.mark.everyday
def test_a_plain_session_makes_sense_read_aloud_and_holds_no_escape_byte(run: CommandLine, columns: int) -> None:
    with open_terminal("reflect", "tool1", "--concept", "openness", "--plain", columns=columns) as terminal:
        terminal.wait_for("Question 1 of 3. Openness. About 4 minutes left.")
        terminal.send("7\nIn team meetings.\n\n")
        terminal.wait_for("The first line must be one of these")
        terminal.send("2\n\n")
        terminal.wait_for("Question 2 of 3.")
        terminal.send(":help\n")
        terminal.wait_for(":pause stop here and keep everything")
        terminal.send("Speak to Sam\n\n")
        terminal.wait_for("Question 3 of 3.")
        terminal.send(":back\n")
        terminal.wait_for("Your answer so far: - [ ] Speak to Sam")
        terminal.send("\n")
        terminal.wait(lambda: terminal.text.count("Question 3 of 3.") == 2, "the third question again")
        terminal.send(":skip\n")
        assert terminal.save() == 0
        assert b"\x1b" not in terminal.raw
    text = run.entries[0].read_text(encoding="utf-8")
    assert "Influence: I can have a say in this\n\nIn team meetings.\n" in text
    assert "- [ ] Speak to Sam\n" in text


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"COMPASSION_PLAIN": "1"}, {"ACCESSIBLE": "1"}])
def test_a_simple_terminal_gets_plain_lines_unasked(run: CommandLine, env: dict[str, str]) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", env=env) as terminal:
        terminal.wait_for("Press Enter on an empty line")
        terminal.send("An answer\n\n")
        assert terminal.save() == 0
        assert b"\x1b" not in terminal.raw
    with open_terminal("journal", "show", env=env) as terminal:
        assert terminal.finish() == 0
        assert b"\x1b" not in terminal.raw
        assert "An answer" in terminal.text


def test_no_colour_is_sent_where_none_is_wanted(run: CommandLine) -> None:
    run("reflect", "tool3", "--lens", "self", typed="An answer\n\n\n\n\n\n")
    for words in (["journal", "show"], ["journal", "list"]):
        with open_terminal(*words, env={"NO_COLOR": "1"}) as terminal:
            assert terminal.finish() == 0
            assert "An answer" in terminal.text
            assert not re.search(rb"\x1b\[[0-9;]*3[0-9]", terminal.raw), "a colour was set"


def test_plain_paste_with_blank_lines_is_one_answer(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", "--plain") as terminal:
        terminal.wait_for("Question 1 of 1.")
        terminal.send("First.\n\nSecond.\n")
        terminal.wait_for("Second.")
        terminal.send("\n")
        assert terminal.save() == 0
    assert "First.\n\nSecond.\n" in run.entries[0].read_text(encoding="utf-8")


@pytest.mark.everyday
def test_reflect_alone_is_a_menu_of_packs_and_then_of_sections(run: CommandLine) -> None:
    with open_terminal("reflect") as terminal:
        terminal.wait_for("What would you like to reflect on?")
        terminal.wait_for("(12 to 18 minutes for each lens)")
        terminal.send("nine\n")
        terminal.wait_for("That is not a number from 1 to 4.")
        terminal.send("4\n")
        terminal.wait_for("Which lens?")
        terminal.send("3\n")
        terminal.wait_for("Question 1 of 6")
        terminal.wait_for_field()
        terminal.send("\x10")
        assert terminal.finish() == 0
    assert run.entries == []


def test_pausing_keeps_the_answers_and_is_no_failure(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--lens", "self") as terminal:
        terminal.wait_for("Question 1 of 5")
        terminal.answer("Use only this", ":pause")
        assert terminal.finish() == 0
        assert "Paused." in terminal.text
    assert "Use only this" in run.drafts[0].read_text(encoding="utf-8")


def test_a_path_can_be_taken_from_stdout_while_a_person_answers(run: CommandLine) -> None:
    script = f'path=$("{SCRIPTS / "reflect"}" tool3 --only 6) && echo "path=[$path]"'
    with Terminal(["sh", "-c", script], os.environ, 200) as terminal:
        terminal.answer("An answer")
        assert terminal.save() == 0
        assert f"path=[{run.entries[0]}]" in terminal.text


def test_a_long_entry_goes_through_the_pager(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="\n".join(f"line {n}" for n in range(60)) + "\n\n")
    with open_terminal("journal", "show", env={"PAGER": "sed s/^/PAGER:/"}) as terminal:
        assert terminal.finish() == 0
        assert "PAGER:" in terminal.text
        assert "line 59" in terminal.text


def test_a_short_entry_needs_no_pager(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="Short\n\n")
    with open_terminal("journal", "show", env={"PAGER": "sed s/^/PAGER:/"}) as terminal:
        assert terminal.finish() == 0
        assert "PAGER:" not in terminal.text
        assert "Short" in terminal.text


def test_a_raw_entry_can_do_nothing_to_a_terminal(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="placeholder\n\n")
    path = run.entries[0]
    path.write_bytes(path.read_bytes().replace(b"placeholder", "\x1b]0;title\x07 \x9b2J\u202eand all".encode()))
    with open_terminal("journal", "show", "--raw") as terminal:
        assert terminal.finish() == 0
        assert "and all" in terminal.text
        assert not re.search(rb"\x1b\]|\x07|\xc2\x9b|\xe2\x80\xae", terminal.raw)


@pytest.mark.parametrize("words", [["journal", "show"], ["journal", "list"]])
@pytest.mark.everyday
def test_an_entry_can_do_nothing_to_a_terminal(run: CommandLine, words: list[str]) -> None:
    run("reflect", "tool3", "--only", "6", typed="placeholder\n\n")
    path = run.entries[0]
    text = "\x1b]0;title\x07 \x9b2J \u202e[bold]and[/bold] :smile: <all> \x1b[5;31m"
    path.write_bytes(path.read_bytes().replace(b"placeholder", text.encode()).replace(b"A Prac", b"\\u001b]0;A Prac"))
    with open_terminal(*words) as terminal:
        assert terminal.finish() == 0
        assert "[bold]and[/bold] :smile: <all>" in terminal.text
        assert not re.search(rb"\x1b\]|\x07|\xc2\x9b|\xe2\x80\xae|\x1b\[5", terminal.raw)


def _has_shown_or_ended(terminal: Terminal, screenfuls: int) -> bool:
    return terminal.text.count("For more, press Enter") >= screenfuls or "line 59" in terminal.text


@pytest.mark.parametrize("pager", ["no-such-pager", "'unbalanced", "false"])
def test_without_a_pager_that_works_the_entry_is_shown_all_the_same(run: CommandLine, pager: str) -> None:
    run("reflect", "tool3", "--only", "6", typed="\n".join(f"line {n}" for n in range(60)) + "\n\n")
    with open_terminal("journal", "show", env={"PAGER": pager}) as terminal:
        # A screenful at a time, so that nothing scrolls away unread.
        for number in range(1, 4):
            if "line 59" not in terminal.text:
                wanted = f"the end of screenful {number}"
                terminal.wait(partial(_has_shown_or_ended, terminal, number), wanted)
                terminal.send("\n")
        assert terminal.finish() == 0
        assert all(f"line {number}" in terminal.text for number in range(60))


@pytest.mark.parametrize(("keys", "code"), [("\n", 0), ("\x04", 0), ("\x03", 130)])
def test_a_menu_can_be_left(run: CommandLine, keys: str, code: int) -> None:
    with open_terminal("reflect") as terminal:
        terminal.wait_for("To stop, press Enter.")
        terminal.send(keys)
        assert terminal.finish() == code
    assert not run.journal.exists()


@pytest.mark.parametrize(("keys", "code", "said"), [("\x03", 130, "stopped"), ("\x04", 0, "Paused.")])
def test_a_plain_session_can_be_left_and_keeps_every_line(run: CommandLine, keys: str, code: int, said: str) -> None:
    with open_terminal("reflect", "tool3", "--lens", "self", "--plain") as terminal:
        terminal.wait_for("Question 1 of 5.")
        terminal.send("A first line\n")
        terminal.wait_for("A first line")
        terminal.send(keys)
        assert terminal.finish() == code
        assert said in terminal.text
    assert "A first line" in run.drafts[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("plain", [[], ["--plain"]])
def test_the_last_look_can_be_left_and_keeps_everything(run: CommandLine, plain: list[str]) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *plain) as terminal:
        terminal.wait_for("Question 1 of 1")
        if plain:
            terminal.send("An answer\n\n")
        else:
            terminal.answer("An answer")
        terminal.wait_for("Press Enter to save.")
        terminal.send("77\n")
        terminal.wait_for("That number is not in the list. Nothing has changed.")
        terminal.send("\x03")
        assert terminal.finish() == 130
    assert "An answer" in run.drafts[0].read_text(encoding="utf-8")


def test_a_journal_that_cannot_be_written_is_refused_before_anything_is_asked(run: CommandLine) -> None:
    run.journal.write_text("a file")
    with open_terminal("reflect", "tool3", "--lens", "self") as terminal:
        assert terminal.finish() == 1
        assert run.drafts == []
        assert "could not be written: there is a file where a folder should be" in " ".join(terminal.text.split())
        assert "Question 1" not in terminal.text


def test_leaving_before_anything_is_written_leaves_no_draft(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--lens", "self") as terminal:
        terminal.wait_for_field()
        terminal.send("\x03")
        assert terminal.finish() == 130
        assert "nothing had been written yet" in terminal.text
    assert run.drafts == []


def test_a_line_of_ten_thousand_words_arrives_whole_in_plain_lines(run: CommandLine) -> None:
    line = " ".join(f"word{number}" for number in range(10_000))
    with open_terminal("reflect", "tool3", "--only", "6", "--plain") as terminal:
        terminal.wait_for("Question 1 of 1.")
        terminal.send(f"{line}\n\n")
        assert terminal.save() == 0
        assert b"\x1b" not in terminal.raw
    assert f"\n{line}\n" in run.entries[0].read_text(encoding="utf-8")


def test_a_paste_that_ends_in_the_middle_of_a_line_waits_for_enter(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", "--plain") as terminal:
        terminal.wait_for("Question 1 of 1.")
        terminal.send("First.\n\nSecond.\n\nThird")
        terminal.wait_for("Third")
        terminal.send(".\n")
        terminal.wait_for("Third.")
        terminal.send("\n")
        assert terminal.save() == 0
    assert "First.\n\nSecond.\n\nThird.\n" in run.entries[0].read_text(encoding="utf-8")


@pytest.mark.everyday
def test_a_half_typed_plain_line_survives_ctrl_c_and_the_terminal_is_left_as_it_was(run: CommandLine) -> None:
    with Terminal(["sh"], os.environ | {"PS1": "$ "}) as terminal:
        terminal.wait_for("$")
        terminal.send(f"stty -a > before; {SCRIPTS / 'reflect'} tool3 --only 6 --plain; stty -a > after\n")
        terminal.wait_for("Question 1 of 1.")
        terminal.send("A whole line\nand half of ano")
        terminal.wait_for("and half of ano")
        terminal.send("\x03")
        terminal.wait_for("stopped")
        terminal.send("exit\n")
        terminal.finish()
    assert "A whole line\nand half of ano\n" in run.drafts[0].read_text(encoding="utf-8")
    assert Path("before").read_text() == Path("after").read_text()


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("Hallo\x7f\x7f\x7f\x7fello", "Hello"),
        ("Wrong words\x15Right", "Right"),
        ("One wrong\x17two", "One two"),
        ("An \x1b[D\x1b[1;5Carrow\x1bOA", "An arrow"),
        ("\x1b[200~Pasted\x1b[201~", "Pasted"),
        ("Tab\there\x01\x02", "Tab\there"),
        ("Caf\u00e9 \u4e2d\u6587x\x7f", "Caf\u00e9 \u4e2d\u6587"),
        ("\x7f\x7fStart", "Start"),
    ],
)
def test_a_plain_line_can_be_edited_with_the_usual_keys(run: CommandLine, keys: str, line: str) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", "--plain") as terminal:
        terminal.wait_for("Question 1 of 1.")
        for key in keys:
            terminal.send(key)
        terminal.send("\n")
        terminal.wait(lambda: not terminal.screen.display[terminal.screen.cursor.y].strip(), "the end of the line")
        terminal.send("\n")
        assert terminal.save() == 0
        assert b"\x1b" not in terminal.raw
    assert f"\n\n{line}\n" in run.entries[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_plain_session_that_is_told_to_end_keeps_every_word(run: CommandLine, ending: signal.Signals) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", "--plain") as terminal:
        terminal.wait_for("Question 1 of 1.")
        terminal.send("A whole line\nand half of ano")
        terminal.wait_for("and half of ano")
        terminal.kill(ending)
        assert terminal.finish() == 130
        assert terminal.echoes()
    assert "A whole line\nand half of ano\n" in run.drafts[0].read_text(encoding="utf-8")


def test_numbers_typed_ahead_in_plain_menus_are_all_taken(run: CommandLine) -> None:
    with open_terminal("reflect", "--plain") as terminal:
        terminal.wait_for("What would you like to reflect on?")
        terminal.wait_for("To stop, press Enter.")
        terminal.send("4\n3\n")
        terminal.wait_for("Question 1 of 6. Team.")
        terminal.send("\x04")
        assert terminal.finish() == 0
        assert b"\x1b" not in terminal.raw
        assert terminal.echoes()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_session_that_is_told_to_end_keeps_every_word(run: CommandLine, ending: signal.Signals) -> None:
    with open_terminal("reflect", "tool3", "--lens", "self") as terminal:
        terminal.answer("The first answer")
        terminal.wait_for("Question 2 of 5")
        terminal.wait_for_field()
        terminal.send("half a thou")
        terminal.wait_for("half a thou")
        terminal.kill(ending)
        assert terminal.finish() == 130
        assert terminal.echoes()
        assert terminal.raw.count(b"\x1b[?2004h") == terminal.raw.count(b"\x1b[?2004l"), "bracketed paste is left on"
    kept = run.drafts[0].read_text(encoding="utf-8")
    assert "The first answer" in kept
    assert "half a thou" in kept


@pytest.mark.parametrize("plain", [[], ["--plain"]])
@pytest.mark.everyday
def test_a_window_that_is_closed_takes_no_word_with_it(run: CommandLine, plain: list[str]) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *plain) as terminal:
        terminal.wait_for("Question 1 of 1")
        if not plain:
            terminal.wait_for_field()
        terminal.send("half a thou")
        terminal.wait_for("half a thou")
        terminal.hang_up()
    assert "half a thou" in run.drafts[0].read_text(encoding="utf-8")


@WIDTHS
def test_a_sync_that_takes_long_says_what_it_does_and_ctrl_c_ends_it(run: CommandLine, columns: int) -> None:
    run("reflect", "tool3", "--only", "6", typed="words\n\n")
    with socket.create_server(("127.0.0.1", 0)) as server:
        run("journal", "init", "--remote", f"git://127.0.0.1:{server.getsockname()[1]}/journal")
        with open_terminal("journal", "sync", columns=columns) as terminal:
            terminal.wait_for("Looking for what is new. Ctrl-C stops it; nothing is lost.")
            terminal.send("\x03")
            assert terminal.finish() == 130
            terminal.wait_for("Everything written here is saved here")
            assert max(map(len, terminal.text.split("\n"))) <= columns


@WIDTHS
def test_a_private_entry_is_shown_before_it_is_shared_and_stays_private_after_ctrl_c(
    run: CommandLine, columns: int
) -> None:
    run("reflect", "tool3", "--only", "6", "--private", typed="only for me\n\n")
    for keys, code in (("\x03", 130), ("yes\r", 0)):
        with open_terminal("journal", "share", columns=columns, env={"PAGER": "cat"}) as terminal:
            terminal.wait_for("To confirm, type yes and press Enter.")
            assert "only for me" in terminal.text
            assert len(run.entries) == 0
            terminal.send(keys)
            assert terminal.finish() == code
            assert ("nothing was shared" in terminal.text) is (code == 130)
    assert len(run.entries) == 1


@WIDTHS
@PLAIN
@pytest.mark.everyday
def test_who_will_read_it_is_said_and_can_be_changed_at_the_last_look(
    run: CommandLine, plain: list[str], columns: int
) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *plain, columns=columns) as terminal:
        terminal.wait_for("This goes in your journal in ~/reflective-journal, which is not shared.")
        answer_the_only_question(terminal, plain, "An answer")
        terminal.wait_for("p to make it private,")
        terminal.send("p\r")
        terminal.wait_for("Private: this is never shared. It stays in ~/reflective-journal/private.")
        terminal.wait_for("p to put it with your other entries,")
        # What it was shown with already need not be read again.
        assert terminal.text.count("This is what you wrote:") == 1
        terminal.send("P\r")
        terminal.wait(lambda: " ".join(terminal.text.split()).count("p to make it private,") == 2, "the offer again")
        terminal.send("p\r")
        assert terminal.save() == 0
    assert run.entries == []
    (path,) = (run.journal / "private").glob("????/*.md")
    assert "An answer" in path.read_text("utf-8")


@PLAIN
def test_what_was_made_private_at_the_last_look_stays_so_in_the_draft(run: CommandLine, plain: list[str]) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *plain) as terminal:
        answer_the_only_question(terminal, plain, "An answer")
        terminal.wait_for("p to make it private,")
        terminal.send("p\r")
        terminal.wait_for("p to put it with your other entries,")
        terminal.send("\x03")
        assert terminal.finish() == 130
    run("reflect", "resume")
    assert run.entries == []
    assert list((run.journal / "private").glob("????/*.md"))


def test_where_a_journal_is_shared_the_first_line_says_with_whom(run: CommandLine, tmp_path: Path) -> None:
    run("journal", "init", "--remote", str(tmp_path / "place"))
    with open_terminal("reflect", "tool3", "--only", "6", "--plain", columns=200) as terminal:
        terminal.wait_for(
            f"This goes in your journal shared at {tmp_path / 'place'}. Everyone who can open that place can read it."
        )
        answer_the_only_question(terminal, ["--plain"], "An answer")
        terminal.wait_for("p to make it private,")
        terminal.send("p\n")
        terminal.wait_for("p to share it,")
        terminal.send("p\n")
        terminal.wait(lambda: terminal.text.count("Everyone who can open that place") == 3, "the place again")
        assert terminal.save() == 0
    assert len(run.entries) == 1


@PLAIN
def test_a_session_with_a_question_that_may_hurt_ends_with_where_support_is(run: CommandLine, plain: list[str]) -> None:
    with open_terminal("reflect", "tool3", "--only", "3", *plain) as terminal:
        terminal.wait_for(
            "This question may bring up difficult feelings. You can skip it, and you do not have to say why."
        )
        answer_the_only_question(terminal, plain, "An answer")
        assert terminal.save() == 0
        assert "116 123" in terminal.text
        assert " ".join(terminal.text.split()).endswith("To see this again: reflect support")

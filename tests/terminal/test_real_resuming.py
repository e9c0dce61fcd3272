"""Stopping, going on and editors at a real terminal, as a person would have them."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from support.commands import SCRIPTS, CommandLine
from support.editors import make_editor, write_under

pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")

from support.terminal import Terminal, open_terminal

pytestmark = pytest.mark.real

PLAIN = pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["rich", "plain"])


def wait_for_question(terminal: Terminal, plain: list[str], words: str) -> None:
    terminal.wait_for(words)
    if not plain:
        terminal.wait_for_field()


@PLAIN
@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.everyday
def test_a_session_stopped_half_way_is_gone_on_with(run: CommandLine, plain: list[str], columns: int) -> None:
    with open_terminal("reflect", "tool3", "--only", "6,7,8", *plain, columns=columns) as terminal:
        wait_for_question(terminal, plain, "Question 1 of 3")
        terminal.send("The first answer\r")
        terminal.wait_for("The first answer")
        terminal.send("\r")
        terminal.wait_for("Question 2 of 3")
        terminal.send("\r")
        wait_for_question(terminal, plain, "Question 3 of 3")
        terminal.send("half a thou")
        terminal.wait_for("half a thou")
        terminal.send("\x03")
        assert terminal.finish() == 130
        last = " ".join(terminal.text.split()).rpartition("Kept: ")[2]
        assert last == "1 of 3 questions answered, and 1 unfinished. To carry on: reflect resume"
        assert "half a thoureflect" not in terminal.text
    with open_terminal("reflect", "resume", *plain, columns=columns) as terminal:
        terminal.wait_for("Picking up where you left off.")
        terminal.wait_for("The first answer")
        terminal.wait_for("(skipped)")
        terminal.wait_for("half a thou (not finished)")
        wait_for_question(terminal, plain, "Question 3 of 3")
        if plain:
            terminal.wait_for("Press Enter to keep it")
            terminal.send("\n")
        else:
            terminal.send("ght\r\r")
            terminal.wait_for("half a thought")
            terminal.send("\r")
        assert terminal.save() == 0
        assert max(map(len, terminal.text.split("\n"))) <= columns
    text = run.entries[0].read_text(encoding="utf-8")
    assert "\nThe first answer\n" in text
    assert ("\nhalf a thou\n" if plain else "\nhalf a thought\n") in text
    assert run.drafts == []


def test_an_earlier_answer_is_changed_by_going_back_from_where_one_goes_on(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6,7", typed="First\n\n", code=1)
    with open_terminal("reflect", "resume", "--plain") as terminal:
        terminal.wait_for("Question 2 of 2")
        terminal.send(":back\n")
        terminal.wait_for("Your answer so far: First")
        terminal.send("Another\n")
        terminal.wait_for("Another")
        terminal.send("\n")
        terminal.wait(lambda: terminal.text.count("Question 2 of 2") == 2, "the second question again")
        terminal.send("Second\n")
        terminal.wait_for("Second")
        terminal.send("\n")
        assert terminal.save() == 0
    assert "\nAnother\n" in run.entries[0].read_text(encoding="utf-8")


def test_of_several_drafts_one_is_chosen_by_number_and_one_is_discarded(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6,7", typed="First\n\n", code=1)
    run("reflect", "tool1", "--concept", "change", typed="2\n\nRest\n\n", code=1)
    with open_terminal("reflect", "resume", "--delete") as terminal:
        terminal.wait_for("2 unfinished drafts. Which one do you want to delete?")
        number = "1" if "1. tool3" in terminal.text else "2"
        terminal.send(f"{number}\n")
        terminal.wait_for("Delete this draft? You cannot get it back. tool3 supervisor, just now, answered 1 of 2.")
        terminal.send("yes\n")
        assert terminal.finish() == 0
    with open_terminal("reflect", "tool3", "--only", "6", "--plain") as terminal:
        terminal.wait_for(
            "You have an unfinished draft: tool1 change, just now, answered 2 of 3. To carry on, type: reflect resume"
        )
        terminal.send("\x03")
        assert terminal.finish() == 130
    with open_terminal("reflect", "resume", "--delete") as terminal:
        terminal.wait_for("To confirm, type yes and press Enter.")
        terminal.send("\n")
        assert terminal.finish() == 0
        assert "Nothing was deleted." in terminal.text
    assert len(run.drafts) == 1


def test_the_menu_says_that_a_draft_waits(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6,7", typed="First\n\n", code=1)
    with open_terminal("reflect") as terminal:
        terminal.wait_for("You have an unfinished draft: tool3 supervisor")
        terminal.wait_for("What would you like to reflect on?")
        terminal.send("\n")
        assert terminal.finish() == 0


@PLAIN
def test_why_a_question_is_asked_is_said_and_what_was_typed_stays(run: CommandLine, plain: list[str]) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *plain) as terminal:
        wait_for_question(terminal, plain, "Question 1 of 1")
        assert (":why" if plain else "F2: why this question") in terminal.text
        terminal.send("Half an answer")
        terminal.wait_for("Half an answer")
        terminal.send("\n:why\n" if plain else "\x1bOQ")
        terminal.wait_for("People who are treated with compassion at work tend to pass it on.")
        terminal.wait_for(
            "It is question 6 of Tool 3, adapted there from NHS England (2014), in Leading with compassion"
        )
        if plain:
            terminal.wait_for("What you typed is still here.")
            terminal.send("\n")
        else:
            terminal.answer()
            terminal.send("\r")
        assert terminal.save() == 0
    assert "\nHalf an answer\n" in run.entries[0].read_text(encoding="utf-8")


@PLAIN
@pytest.mark.everyday
def test_an_editor_is_opened_on_an_answer_and_finds_the_terminal_as_it_expects_it(
    run: CommandLine, tmp_path: Path, plain: list[str]
) -> None:
    editor = make_editor(tmp_path, "stty -a > during.txt", 'echo "from the editor" >> "$1"')
    with Terminal(["sh"], os.environ | {"PS1": "$ ", "EDITOR": editor}) as terminal:
        terminal.wait_for("$")
        terminal.send(f"stty -a > before.txt; '{SCRIPTS / 'reflect'}' tool3 --only 6 {' '.join(plain)}\n")
        wait_for_question(terminal, plain, "Question 1 of 1")
        terminal.send("Half an answer")
        terminal.wait_for("Half an answer")
        terminal.send("\n:edit\n" if plain else "\x18\x05")
        terminal.wait_for("Opening the editor an editor.sh.")
        terminal.wait_for("from the editor")
        if plain:
            terminal.send("\n")
        else:
            terminal.wait(lambda: terminal.screen.display[terminal.screen.cursor.y].strip() == "from the editor", "it")
            terminal.send("\r")
            terminal.send("\r")
        terminal.wait_for("Press Enter to save.")
        terminal.send("\n")
        terminal.wait_for("Saved.")
        terminal.send("exit\n")
        terminal.finish()
    assert Path("before.txt").read_text() == Path("during.txt").read_text()
    assert "\nHalf an answer\nfrom the editor\n" in run.entries[0].read_text(encoding="utf-8")


def test_a_form_with_a_fault_is_opened_again_at_once(run: CommandLine, tmp_path: Path) -> None:
    # The first time it writes what cannot be, the second time what can.
    editor = make_editor(
        tmp_path,
        "if [ -e once ]; then",
        'sed -i s/^never$/2/ "$1"',
        "else",
        write_under("change.reach", "never"),
        "touch once",
        "fi",
    )
    with open_terminal("reflect", "tool1", "--concept", "change", "--editor", env={"EDITOR": editor}) as terminal:
        terminal.wait_for("- question 1 (Change): The first line must be one of these")
        terminal.wait_for("Press Enter to open it again")
        terminal.send("\n")
        assert terminal.finish() == 0
        assert "Saved." in terminal.text
    assert "Influence: I can have a say in this" in run.entries[0].read_text(encoding="utf-8")


def test_a_form_with_a_fault_can_be_left_for_later(run: CommandLine, tmp_path: Path) -> None:
    editor = make_editor(tmp_path, write_under("change.reach", "never"))
    for keys, code in (("later\n", 1), ("\x03", 130)):
        with open_terminal("reflect", "tool1", "--concept", "change", "--editor", env={"EDITOR": editor}) as terminal:
            terminal.wait_for("Press Enter to open it again")
            terminal.send(keys)
            assert terminal.finish() == code
            assert "try: In your editor: reflect resume --editor" in terminal.text
    assert all("\nnever\n" in path.read_text(encoding="utf-8") for path in run.drafts)
    assert len(run.drafts) == 2


def test_a_program_told_to_end_while_an_editor_is_open_keeps_what_the_editor_saved(
    run: CommandLine, tmp_path: Path
) -> None:
    editor = make_editor(tmp_path, 'echo "saved in the editor" >> "$1"', "echo READY", "exec sleep 60")
    with open_terminal("reflect", "tool3", "--only", "6", "--plain", env={"EDITOR": editor}) as terminal:
        terminal.wait_for("Question 1 of 1.")
        terminal.send("Half an answer\n:edit\n")
        terminal.wait_for("READY")
        terminal.kill(signal.SIGTERM)
        assert terminal.finish() == 130
        assert terminal.echoes()
    assert "\nHalf an answer\nsaved in the editor\n" in run.drafts[0].read_text(encoding="utf-8")


def test_ctrl_c_in_an_editor_is_for_the_editor(run: CommandLine, tmp_path: Path) -> None:
    editor = make_editor(
        tmp_path,
        "trap 'echo interrupted >> caught.txt' INT",
        "echo READY",
        "until read line; do :; done",
        'echo "$line" >> "$1"',
    )
    with open_terminal("reflect", "tool3", "--only", "6", "--plain", env={"EDITOR": editor}) as terminal:
        terminal.wait_for("Question 1 of 1.")
        terminal.send("Half an answer\n:edit\n")
        terminal.wait_for("READY")
        terminal.send("\x03")
        terminal.wait(lambda: Path("caught.txt").exists(), "the editor's own way with Ctrl-C")
        terminal.send("made whole\n")
        terminal.wait_for("Your answer so far: Half an answer")
        terminal.send("\n")
        assert terminal.save() == 0
    assert "\nHalf an answer\nmade whole\n" in run.entries[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
@PLAIN
def test_a_program_told_to_end_at_the_last_look_says_where_everything_is(
    run: CommandLine, plain: list[str], ending: signal.Signals
) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", *plain) as terminal:
        wait_for_question(terminal, plain, "Question 1 of 1")
        terminal.send("An answer\r")
        terminal.wait_for("An answer")
        terminal.send("\r")
        terminal.wait_for("Press Enter to save.")
        terminal.kill(ending)
        assert terminal.finish() == 130
        assert terminal.echoes()
        assert "Kept: 1 of 1 questions answered. To carry on: reflect resume" in " ".join(terminal.text.split())
    with open_terminal("reflect", "resume") as terminal:
        assert terminal.save() == 0
    assert len(run.entries) == 1


def test_a_session_that_was_to_outlive_its_window_does(run: CommandLine) -> None:
    script = f"trap '' HUP; exec '{SCRIPTS / 'reflect'}' tool3 --only 6 --plain"
    with Terminal(["sh", "-c", script], os.environ) as terminal:
        terminal.wait_for("Question 1 of 1.")
        terminal.send("An ")
        terminal.wait_for("An ")
        terminal.kill(signal.SIGHUP)
        terminal.send("answer\n")
        terminal.wait_for("An answer")
        terminal.send("\n")
        terminal.wait_for("Press Enter to save.")


def ten_thousand_words() -> str:
    return "\n\n".join(" ".join(f"word{number}" for number in range(n, n + 100)) for n in range(0, 10_000, 100))


@PLAIN
def test_ten_thousand_words_pasted_arrive_whole_and_clean(run: CommandLine, plain: list[str]) -> None:
    text = ten_thousand_words()
    pasted = text.replace("\n", "\r\n").replace("word7 ", "\x1b[31mword7\x1b[0m ").replace("word8 ", "word8\t")
    with open_terminal("reflect", "tool3", "--only", "6", *plain) as terminal:
        wait_for_question(terminal, plain, "Question 1 of 1")
        terminal.send(f"{pasted}\r" if plain else f"\x1b[200~{pasted}\x1b[201~")
        terminal.wait(lambda: "word9999" in terminal.text, "the last word")
        if not plain:
            terminal.send("\r")
        terminal.send("\r")
        assert terminal.save() == 0
    kept = run.entries[0].read_text(encoding="utf-8")
    assert f"\n{text.replace('word8 ', 'word8' + chr(9))}\n" in kept
    assert "\x1b" not in kept


def test_a_form_pasted_half_is_kept_when_somebody_stops(run: CommandLine) -> None:
    blank = run("reflect", "tool3", "--only", "6", "--blank").stdout
    with open_terminal("reflect", "tool3", "--from", "-", "--plain") as terminal:
        terminal.wait_for("Paste the form here")
        terminal.send(blank + "\nHalf of what I wanted\nto")
        terminal.wait_for("Half of what I wanted\nto")
        terminal.send("\x03")
        assert terminal.finish() == 130
        assert "The part of the form that arrived is kept in" in " ".join(terminal.text.split())
    assert "\nHalf of what I wanted\nto" in run.drafts[0].read_text(encoding="utf-8")


def test_ctrl_c_while_a_pipe_keeps_open_after_the_last_answer_keeps_the_answers(run: CommandLine) -> None:
    script = f"(printf 'An answer\\n\\n'; sleep 30) | '{SCRIPTS / 'reflect'}' tool3 --only 6"
    with Terminal(["sh", "-c", script], os.environ) as terminal:
        terminal.wait(lambda: bool(run.drafts), "the draft")
        terminal.send("\x03")
        terminal.wait_for("To carry on: reflect resume")
    assert "An answer" in run.drafts[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["\x03", "\x10", "\x04", signal.SIGTERM])
@pytest.mark.parametrize("search", ["\x12", "\x13"], ids=["Ctrl-R", "Ctrl-S"])
def test_no_key_hides_the_answer_from_what_keeps_it(
    run: CommandLine, search: str, ending: str | signal.Signals
) -> None:
    with open_terminal("reflect", "tool3", "--only", "6,7") as terminal:
        terminal.wait_for_field()
        terminal.send("Every word of it")
        terminal.wait_for("Every word of it")
        terminal.send(search)
        if isinstance(ending, signal.Signals):
            terminal.kill(ending)
        else:
            terminal.send(ending)
        terminal.finish()
    assert "\nEvery word of it\n" in run.drafts[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("keys", ["\r\r\r", "\r\r\r\r\r"])
def test_impatient_enters_empty_no_answer(run: CommandLine, keys: str) -> None:
    run("reflect", "tool3", "--only", "6,7,8", typed="Six\n\nhalf of seven", code=1)
    with open_terminal("reflect", "resume", "--plain") as terminal:
        terminal.wait_for("Press Enter to keep it")
        terminal.send(keys)
        terminal.wait_for("Question 3 of 3")
        terminal.send("\x03")
        terminal.finish()
    text = run.drafts[0].read_text(encoding="utf-8")
    assert "\nSix\n" in text
    assert "\nhalf of seven\n" in text


def test_a_draft_that_is_open_in_one_window_is_not_taken_up_in_another(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--only", "6,7", "--plain") as terminal:
        terminal.wait_for("Question 1 of 2")
        terminal.send("Six\n")
        terminal.wait_for("Six")
        terminal.send("\n")
        terminal.wait_for("Question 2 of 2")
        assert "your draft is open in another window" in run("reflect", "resume", code=1).stderr
        assert "open in another window" in run("reflect", "resume", "--delete", typed="yes\n", code=1).stderr
        assert "waits" not in run("reflect", "tool1", "--concept", "change", typed="2\n\n\n\n").stderr
        draft = next(path for path in run.drafts if path.suffix == ".md")
        assert "open in another window" in run("reflect", "tool3", "--from", str(draft), code=1).stderr
        terminal.send("Seven\n")
        terminal.wait_for("Seven")
        terminal.send("\n")
        assert terminal.save() == 0
    assert run.drafts == []
    assert len(run.entries) == 2


def test_what_is_typed_ahead_of_its_field_survives_ctrl_c(run: CommandLine) -> None:
    for _ in range(5):
        with open_terminal("reflect", "tool3", "--only", "6,7") as terminal:
            terminal.answer("Six")
            terminal.send("typed ahead")
            terminal.send("\x03")
            assert terminal.finish() == 130
    assert all("\ntyped ahead\n" in path.read_text(encoding="utf-8") for path in run.drafts)


def test_a_paste_without_marks_does_not_spill_into_the_next_question(run: CommandLine) -> None:
    # The blank line stands where one read of the terminal ends and the next begins.
    with open_terminal("reflect", "tool3", "--only", "6,7") as terminal:
        terminal.wait_for_field()
        terminal.send("a" * 1022 + "\r\rSecond paragraph.\r\nThird line.\r\n")
        terminal.wait_for("Third line.")
        terminal.send("\x03")
        assert terminal.finish() == 130
    kept = run.drafts[0].read_text(encoding="utf-8")
    assert f"\n{'a' * 1022}\n\nSecond paragraph.\nThird line.\n" in kept


@pytest.mark.parametrize("word", [":clear", ":help", ":back"])
def test_ctrl_c_goes_before_a_word_on_the_last_line(run: CommandLine, word: str) -> None:
    with open_terminal("reflect", "tool3", "--only", "6,7") as terminal:
        terminal.wait_for_field()
        terminal.send(f"An answer\r{word}")
        terminal.wait_for(word)
        terminal.send("\x03")
        assert terminal.finish() == 130
    assert "\nAn answer\n" in run.drafts[0].read_text(encoding="utf-8")


def test_a_program_killed_while_the_first_answer_is_in_an_editor_leaves_it_to_go_on_with(
    run: CommandLine, tmp_path: Path
) -> None:
    editor = make_editor(tmp_path, 'echo "more in the editor" >> "$1"', "echo READY", "sleep 1")
    with open_terminal("reflect", "tool3", "--only", "6,7", "--plain", env={"EDITOR": editor}) as terminal:
        terminal.wait_for("Question 1 of 2.")
        terminal.send("Half an answer\n:edit\n")
        terminal.wait_for("READY")
        terminal.kill(signal.SIGKILL)
        terminal.finish()
    assert not run("reflect", "resume", typed="\nSeven\n\n").exception
    assert "\nHalf an answer\nmore in the editor\n" in run.entries[0].read_text(encoding="utf-8")


def test_a_long_line_pasted_as_a_form_arrives_whole(run: CommandLine) -> None:
    blank = run("reflect", "tool3", "--only", "6", "--blank").stdout
    line = " ".join(f"word{number}" for number in range(2000))
    with open_terminal("reflect", "tool3", "--from", "-") as terminal:
        terminal.wait_for("Paste the form here")
        terminal.send(f"{blank}\n{line}\n")
        terminal.wait_for("word1999")
        terminal.send("\x04")
        assert terminal.finish() == 0
    assert f"\n{line}\n" in run.entries[0].read_text(encoding="utf-8")


@PLAIN
def test_a_window_closed_on_an_unfinished_yes_discards_nothing(run: CommandLine, plain: list[str]) -> None:
    run("reflect", "tool3", "--only", "6,7", typed="Six\n\n", code=1)
    with open_terminal("reflect", "resume", "--delete", *plain) as terminal:
        terminal.wait_for("To confirm, type yes and press Enter.")
        terminal.send("yes")
        terminal.wait_for("yes")
        terminal.hang_up()
    assert "\nSix\n" in run.drafts[0].read_text(encoding="utf-8")


@PLAIN
def test_a_window_closed_at_the_last_look_saves_nothing(run: CommandLine, plain: list[str]) -> None:
    run("reflect", "tool3", "--only", "6,7", typed="Six\n\n", code=1)
    with open_terminal("reflect", "resume", *plain) as terminal:
        wait_for_question(terminal, plain, "Question 2 of 2")
        terminal.send("\r")
        terminal.wait_for("Press Enter to save.")
        terminal.send(" ")
        terminal.hang_up()
    assert run.entries == []
    assert "\nSix\n" in run.drafts[0].read_text(encoding="utf-8")


def test_a_window_closed_on_half_a_form_saves_no_entry(run: CommandLine) -> None:
    blank = run("reflect", "tool3", "--only", "6,7", "--blank").stdout
    run("reflect", "tool3", "--only", "6", typed="So that there is a journal\n\n")
    with open_terminal("reflect", "tool3", "--from", "-") as terminal:
        terminal.wait_for("Paste the form here")
        terminal.send(blank.partition("<!-- question: supervisor.7")[0] + "Half of it\n")
        terminal.wait_for("Half of it")
        terminal.hang_up()
    assert len(run.entries) == 1
    assert any("\nHalf of it\n" in path.read_text(encoding="utf-8") for path in run.drafts)


def test_a_draft_that_another_window_has_gone_on_with_is_not_taken_from_the_list(run: CommandLine) -> None:
    for _ in range(2):
        run("reflect", "tool3", "--only", "6,7", typed="Six\n\n", code=1)
    for discard in ([], ["--delete"]):
        with open_terminal("reflect", "resume", *discard) as terminal:
            terminal.wait_for("You have 2 unfinished drafts.")
            for draft in run.drafts:
                text = draft.read_text(encoding="utf-8")
                draft.write_text(text.replace("\nSix", "\nSix, and more"), encoding="utf-8")
            terminal.send("1\r")
            assert terminal.finish() == 1
            assert "another window has just carried on with this draft" in " ".join(terminal.text.split())
    assert len(run.drafts) == 2
    assert all("Six, and more" in draft.read_text(encoding="utf-8") for draft in run.drafts)


def test_esc_takes_no_key_with_it(run: CommandLine) -> None:
    with open_terminal("reflect", "tool3", "--only", "6", "--plain") as terminal:
        terminal.wait_for("Question 1 of 1.")
        terminal.send("\x1b")
        time.sleep(0.2)
        terminal.send("Hello there\r")
        terminal.wait_for("Hello there")
        terminal.send("\r")
        terminal.wait_for("Press Enter to save.")
        terminal.send("\x1b")
        time.sleep(0.2)
        terminal.send("6\r")
        terminal.wait(lambda: terminal.text.count("Question 1 of 1.") == 2, "the question again")
        terminal.send("\r")
        terminal.wait(lambda: terminal.text.count("Press Enter to save.") == 2, "the last look again")
        assert terminal.save() == 0
    assert "\nHello there\n" in run.entries[0].read_text(encoding="utf-8")


@PLAIN
def test_a_terminal_that_an_editor_leaves_in_disorder_is_put_right(
    run: CommandLine, tmp_path: Path, plain: list[str]
) -> None:
    editor = make_editor(tmp_path, "stty raw -echo", "echo READY", "exit 1")
    with open_terminal("reflect", "tool3", "--only", "6", *plain, env={"EDITOR": editor}) as terminal:
        wait_for_question(terminal, plain, "Question 1 of 1")
        terminal.send("Half")
        terminal.wait_for("Half")
        terminal.send("\r:edit\r" if plain else "\x18\x05")
        terminal.wait_for("closed with an error")
        wait_for_question(terminal, plain, "Your answer so far" if plain else "Half")
        terminal.send("\x03")
        assert terminal.finish() == 130
        assert terminal.echoes()


@pytest.mark.parametrize("shell", [["dash", "-i"], ["bash", "--norc", "--noediting", "-i"]], ids=lambda words: words[0])
@pytest.mark.everyday
def test_a_suspended_program_leaves_the_terminal_to_the_shell_and_goes_on(run: CommandLine, shell: list[str]) -> None:
    if not shutil.which(shell[0]):
        pytest.skip(f"there is no {shell[0]} here")
    with Terminal(shell, os.environ | {"PS1": "$ "}) as terminal:
        terminal.wait_for("$")
        terminal.send(f"'{SCRIPTS / 'reflect'}' tool3 --only 6 --plain\r")
        terminal.wait_for("Question 1 of 1.")
        terminal.send("First half")
        terminal.wait_for("First half")
        terminal.send("\x1a")
        terminal.wait_for("Stopped")
        terminal.wait(terminal.echoes, "a terminal as the shell expects it")
        terminal.send("fg\r")
        terminal.wait(lambda: not terminal.echoes(), "the program again")
        terminal.send(" and second half\r")
        terminal.wait_for("and second half")
        terminal.send("\r")
        terminal.wait_for("Press Enter to save.")
        terminal.send("\r")
        terminal.wait_for("Saved.")
    assert "\nFirst half and second half\n" in run.entries[0].read_text(encoding="utf-8")


def test_a_blank_form_is_printed_in_the_background(run: CommandLine) -> None:
    with Terminal(["sh", "-i"], os.environ | {"PS1": "$ "}) as terminal:
        terminal.wait_for("$")
        terminal.send(f"'{SCRIPTS / 'reflect'}' tool3 --only 6 --blank > form.md &\r")
        terminal.wait(lambda: Path("form.md").exists() and Path("form.md").stat().st_size > 0, "the form")
        assert "Stopped" not in terminal.text

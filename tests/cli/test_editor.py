"""Forms and answers in people's own editors, and what becomes of them when something fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.editors import make_editor, needs_a_shell, write_under

from compassion_cli.core.text import join_texts

pytestmark = needs_a_shell

OFFERED = "Questions you have not answered are in the file too. Any you leave empty will not be in the entry.\n"


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


def choose_editor(monkeypatch: pytest.MonkeyPatch, folder: Path, *commands: str, name: str = "EDITOR") -> None:
    monkeypatch.setenv(name, make_editor(folder, *commands))


def test_a_whole_form_is_written_in_an_editor(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, write_under("supervisor.6", "Six"), write_under("supervisor.7", "Seven"))
    result = run("reflect", "tool3", "--only", "6,7", "--editor")
    assert result.stdout.strip() == str(run.entries[0])
    text = run.entries[0].read_text(encoding="utf-8")
    assert "\nSix\n" in text
    assert "\nSeven\n" in text
    assert "draft_" not in text
    assert run.drafts == []


def test_an_editor_may_have_arguments_and_visual_goes_first(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, 'test "$1" = --wait && shift', write_under("supervisor.6", "Six"))
    monkeypatch.setenv("VISUAL", os.environ["EDITOR"] + " --wait")
    monkeypatch.setenv("EDITOR", "false")
    run("reflect", "tool3", "--only", "6", "--editor")
    assert len(run.entries) == 1


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        ([write_under("one.reach", "never")], "there is a problem with the form, so nothing was saved"),
        (['echo "and more" >> "$1"', "exit 3"], "closed with an error (3)"),
        ([":"], "nothing was added to the form, so nothing was saved"),
        (['sed -i s/^+++$// "$1"'], "its first line is not +++ (line 1)"),
        (['printf "\\377\\376\\377" > "$1"'], "its first line is not +++ (line 1)"),
        (["kill -9 $$"], "closed with an error (-9)"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_kept_as_a_draft(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: list[str], said: str
) -> None:
    choose_editor(monkeypatch, tmp_path, *[line.replace("one.reach", "change.reach") for line in commands])
    result = run("reflect", "tool1", "--concept", "change", "--editor", code=1)
    assert said in result.stderr
    assert f"The form is kept as a draft in {run.drafts[0]}." in result.stderr
    assert "try: In your editor: reflect resume --editor" in result.stderr
    assert run.entries == []


def test_faults_are_named_by_question_and_the_form_is_opened_again(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, write_under("change.reach", "never"), write_under("change.support", "Sam"))
    result = run("reflect", "tool1", "--concept", "change", "--editor", code=1)
    assert "- question 1 (Change): The first line must be one of these" in result.stderr
    choose_editor(monkeypatch, tmp_path, 'sed -i s/^never$/2/ "$1"')
    run("reflect", "resume", "--editor")
    text = run.entries[0].read_text(encoding="utf-8")
    assert "Influence: I can have a say in this" in text
    assert "\nSam\n" in text
    assert run.drafts == []


def test_a_session_begun_by_asking_can_be_finished_in_an_editor(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("reflect", "tool3", "--only", "6,7,8", typed="Six\n\nhalf", code=1)
    choose_editor(monkeypatch, tmp_path, 'sed -i "s/^half$/half and half/" "$1"')
    run("reflect", "resume", "--editor")
    assert "\nhalf and half\n" in run.entries[0].read_text(encoding="utf-8")


def test_a_form_kept_from_an_editor_can_be_finished_by_being_asked(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, write_under("supervisor.6", "Six"), "exit 1")
    run("reflect", "tool3", "--only", "6,7", "--editor", code=1)
    run("reflect", "resume", typed="Seven\n\n")
    text = run.entries[0].read_text(encoding="utf-8")
    assert "\nSix\n" in text
    assert "\nSeven\n" in text


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("no-such-editor --wait", "the editor no-such-editor could not be started"),
        ("'unbalanced", "EDITOR could not be understood"),
        ("", "no editor has been set, and I could not find one"),
    ],
)
def test_without_an_editor_that_works_the_form_is_kept_and_the_next_step_said(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.setenv("PATH", str(run.home))
    result = run("reflect", "tool3", "--only", "6", "--editor", code=1)
    assert said in result.stderr
    assert "any plain text editor" in result.stderr
    assert "### 6. How do you set an example" in run.drafts[0].read_text(encoding="utf-8")


def test_where_none_is_set_a_friendly_editor_is_opened(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_editor(tmp_path, write_under("supervisor.6", "Six"))
    (tmp_path / "an editor.sh").rename(tmp_path / "nano")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    run("reflect", "tool3", "--only", "6", "--editor")
    assert "\nSix\n" in run.entries[0].read_text(encoding="utf-8")


def test_the_path_of_an_editor_may_hold_spaces(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_editor(tmp_path, write_under("supervisor.6", "Six"))
    monkeypatch.setenv("EDITOR", str(tmp_path / "an editor.sh"))
    run("reflect", "tool3", "--only", "6", "--editor")
    assert len(run.entries) == 1


def test_a_journal_that_cannot_be_written_is_said_before_the_editor_opens(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.journal.write_text("a file")
    choose_editor(monkeypatch, tmp_path, f'touch "{tmp_path}/opened"')
    assert "could not be written" in run("reflect", "tool3", "--only", "6", "--editor", code=1).stderr
    assert not (tmp_path / "opened").exists()


def test_the_result_can_go_elsewhere_than_the_editor(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, write_under("supervisor.6", "Six"))
    assert run.program("reflect", "tool3", "--only", "6", "--editor").stdout.decode().strip() == str(run.entries[0])


def test_one_answer_is_opened_in_an_editor_and_comes_back(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, 'cat "$1" > seen.txt', 'echo "and from the editor" >> "$1"')
    run("reflect", "tool3", "--only", "6,7", typed="Half an answer\n:edit\n\nSeven\n\n")
    assert Path("seen.txt").read_text(encoding="utf-8") == "Half an answer\n"
    assert "\nHalf an answer\nand from the editor\n" in run.entries[0].read_text(encoding="utf-8")
    assert run.drafts == []


def test_an_editor_that_fails_on_one_answer_loses_nothing_of_it(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, 'echo "saved before it failed" >> "$1"', "exit 1")
    result = run("reflect", "tool3", "--only", "6", typed="Half an answer\n:edit\n\n")
    assert "closed with an error (1)" in result.stderr
    assert "\nHalf an answer\nsaved before it failed\n" in run.entries[0].read_text(encoding="utf-8")
    monkeypatch.setenv("EDITOR", "no-such-editor")
    result = run("reflect", "tool3", "--only", "6", typed="Another half\n:edit\n\n")
    assert "could not be started" in result.stderr
    assert any("\nAnother half\n" in path.read_text(encoding="utf-8") for path in run.entries)
    assert run.drafts == []


def test_what_an_editor_saves_after_it_seemed_to_be_closed_is_not_lost(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As an editor with a window of its own does: it comes back at once, and saves later.
    choose_editor(monkeypatch, tmp_path, 'echo "$1" > where.txt')
    result = run("reflect", "tool3", "--only", "6,7", typed="Half an answer\n:edit\n:pause\n")
    assert "Nothing was changed." in result.stderr
    page = Path(Path("where.txt").read_text(encoding="utf-8").strip())
    assert not page.exists()
    page.write_text("Half an answer\nmade whole later\n", encoding="utf-8")
    run("reflect", "resume", typed="\nSeven\n\n")
    assert "\nHalf an answer\nmade whole later\n" in run.entries[0].read_text(encoding="utf-8")
    assert run.drafts == []


def test_a_page_whose_draft_is_gone_is_named(run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_editor(monkeypatch, tmp_path, 'echo "$1" > where.txt')
    run("reflect", "tool3", "--only", "6", typed="An answer\n:edit\n\n")
    page = Path(Path("where.txt").read_text(encoding="utf-8").strip())
    page.write_text("An answer, saved too late\n", encoding="utf-8")
    result = run("reflect", "resume", code=1)
    assert str(page) in result.stderr
    assert "an editor left it behind, and its draft is gone" in result.stderr
    assert page.exists()


def test_discarding_a_draft_discards_what_an_editor_left_beside_it(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, 'echo "$1" > where.txt')
    run("reflect", "tool3", "--only", "6,7", typed="An answer\n:edit\n:pause\n")
    page = Path(Path("where.txt").read_text(encoding="utf-8").strip())
    page.write_text("An answer, saved late\n", encoding="utf-8")
    run("reflect", "resume", "--delete", typed="yes\n")
    assert run.drafts == []


@pytest.mark.parametrize("command", [': > "$1"; exit 1', 'rm "$1"; exit 1', 'rm "$1"'])
def test_an_editor_that_empties_the_form_and_fails_takes_no_answer_with_it(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    run("reflect", "tool3", "--only", "6,7,8", typed="Six\n\nhalf of seven", code=1)
    choose_editor(monkeypatch, tmp_path, command)
    run("reflect", "resume", "--editor", code=1)
    kept = run.drafts[0].read_text(encoding="utf-8")
    assert "\nSix\n" in kept
    assert "\nhalf of seven\n" in kept
    assert len(run.drafts) == 1


def test_an_editor_that_leaves_half_of_the_form_is_met_with_a_copy_of_it_as_it_was(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("reflect", "tool3", "--only", "6,7,8", typed="Six\n\nseven\n\n", code=1)
    choose_editor(monkeypatch, tmp_path, 'head -c 300 "$1" > part; cat part > "$1"; exit 1')
    result = run("reflect", "resume", "--editor", code=1)
    assert "Answers are now missing from the form." in result.stderr
    texts = [path.read_text(encoding="utf-8") for path in run.drafts]
    assert any("\nSix\n" in text and "\nseven\n" in text for text in texts)


def test_an_editor_that_cuts_off_answers_and_does_not_say_so_is_not_believed(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("reflect", "tool3", "--only", "6,7,8", typed="Six\n\nseven\n\n", code=1)
    choose_editor(monkeypatch, tmp_path, 'sed -i "/question: supervisor.7/,$ d" "$1"')
    result = run("reflect", "resume", "--editor", code=1)
    assert "question 7 (supervisor.7) and its answer are missing" in result.stderr
    assert any("\nseven\n" in path.read_text(encoding="utf-8") for path in run.drafts)
    assert run.entries == []


def test_an_editor_that_empties_an_answer_and_fails_does_not_take_it(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, ': > "$1"', "exit 1")
    run("reflect", "tool3", "--only", "6", typed="Every word\n:edit\n\n")
    assert "\nEvery word\n" in run.entries[0].read_text(encoding="utf-8")


def test_an_editor_closed_without_a_word_can_be_opened_again(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, "echo opened >> times.txt")
    run("reflect", "tool3", "--only", "6", typed=":edit\n:edit\n:edit\n\n", code=1)
    assert Path("times.txt").read_text(encoding="utf-8") == "opened\n" * 3
    assert run.drafts == []


def test_an_editor_opened_from_a_pipe_does_not_eat_the_answers_behind_it(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, 'cat >> "$1"', 'echo "from the editor" >> "$1"')
    run.program("reflect", "tool3", "--only", "6,7", typed=b"Six\n:edit\nand more\n\nSeven\n\n")
    text = run.entries[0].read_text(encoding="utf-8")
    assert "\nSix\nfrom the editor\n\nand more\n" in text
    assert "\nSeven\n" in text


def test_what_is_joined_is_not_taken_for_a_part_of_a_word() -> None:
    assert join_texts("no", "I know that") == "no\n\nI know that"
    assert join_texts("half a thou", "half a thought") == "half a thought"
    assert join_texts("second", "first\nsecond\nthird") == "first\nsecond\nthird"
    assert join_texts("", "text") == "text"


def test_an_editor_may_be_named_as_a_shell_would_read_it(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_editor(tmp_path, write_under("supervisor.6", "Six"))
    (tmp_path / "an editor.sh").rename(run.home / "ed")
    for name in ("~/ed", "$HOME/ed --"):
        monkeypatch.setenv("EDITOR", name)
        run("reflect", "tool3", "--only", "6", "--editor", code=None)
    assert run.entries


def test_an_answer_saved_in_another_encoding_is_read(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_editor(monkeypatch, tmp_path, 'printf "caf\\351\\n" > "$1"')
    run("reflect", "tool3", "--only", "6", typed="coffee\n:edit\n\n")
    assert "\ncaf\u00e9\n" in run.entries[0].read_text(encoding="utf-8")


class TestEditingAnEntry:
    @pytest.fixture(autouse=True)
    def entry(self, run: CommandLine) -> Path:
        run("reflect", "tool3", "--only", "6,7", typed="Six\n\nSeven\n\n")
        return run.entries[0]

    @staticmethod
    def edits(entry: Path) -> list[Path]:
        return sorted(entry.parent.glob("*.edit-*"))

    def test_an_entry_is_changed(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose_editor(monkeypatch, tmp_path, 'sed -i "s/^Six$/Sixty/" "$1"')
        result = run("journal", "edit")
        assert (result.stdout.strip(), result.stderr) == (str(entry), f"{OFFERED}Saved.\n")
        assert "Sixty" in run("journal", "show").stdout
        assert self.edits(entry) == []
        assert entry.stat().st_mode & 0o777 == 0o600

    def test_an_entry_left_as_it_was_is_not_touched(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose_editor(monkeypatch, tmp_path, ":")
        before = entry.stat().st_mtime_ns
        result = run("journal", "edit", entry.stem[-4:])
        assert (result.stdout, result.stderr) == ("", f"{OFFERED}Nothing was changed.\n")
        assert entry.stat().st_mtime_ns == before
        assert self.edits(entry) == []

    @pytest.mark.parametrize(
        ("command", "said"),
        [
            ('sed -i "s/^+++$//" "$1"', "its first line is not +++"),
            ('sed -i "/question: supervisor.7/d" "$1"', "the marker above question 7 (supervisor.7) is missing"),
            ('sed -i "s/^<!-- question: supervisor.7 -->/<!-- question supervisor.7 -->/" "$1"', "looks like a marker"),
            ('sed -i "s/^id = .*/id = \\"2026-11-23-tool3-self-zzzz\\"/" "$1"', "its id has been changed"),
            ('sed -i "s/^created = .*//" "$1"', 'the details at the top have no "created"'),
            ('sed -i "s/^Six$/Sixty/" "$1"; exit 1', "closed with an error (1)"),
        ],
    )
    def test_an_edit_that_is_no_entry_is_kept_beside_it_and_named(
        self,
        run: CommandLine,
        entry: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        command: str,
        said: str,
    ) -> None:
        before = entry.read_bytes()
        choose_editor(monkeypatch, tmp_path, command)
        result = run("journal", "edit", code=1)
        assert said in result.stderr
        (kept,) = self.edits(entry)
        assert f"The entry has not changed. Your edit is kept in {kept}." in result.stderr
        assert entry.read_bytes() == before
        assert f'journal edit --from "{kept}"' in result.stderr
        assert run("journal", "list").stdout.count("tool3") == 1

    def test_a_kept_edit_can_be_gone_on_with(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose_editor(monkeypatch, tmp_path, 'sed -i "s/^Six$/Sixty/; 1s/.*/broken/" "$1"')
        run("journal", "edit", code=1)
        (kept,) = self.edits(entry)
        choose_editor(monkeypatch, tmp_path, ":")
        assert str(kept) in run("journal", "edit").stderr
        choose_editor(monkeypatch, tmp_path, 'sed -i "1s/.*/+++/" "$1"')
        run("reflect", "tool3", "--only", "10", typed="Another entry\n\n")
        run("journal", "edit", "--from", str(kept))
        assert "\nSixty\n" in entry.read_text(encoding="utf-8")
        assert self.edits(entry) == []

    def test_an_entry_that_another_program_changes_meanwhile_is_left_and_both_are_kept(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose_editor(monkeypatch, tmp_path, f'sed -i "s/^Seven$/Theirs/" "{entry}"', 'sed -i "s/^Six$/Sixty/" "$1"')
        result = run("journal", "edit", code=1)
        assert "another program has changed this entry since it was opened" in result.stderr
        assert "Both versions are kept" in result.stderr
        (kept,) = self.edits(entry)
        assert "\nTheirs\n" in entry.read_text(encoding="utf-8")
        assert "\nSixty\n" in kept.read_text(encoding="utf-8")

    def test_an_entry_that_cannot_be_read_can_be_mended(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entry.write_text(entry.read_text(encoding="utf-8").replace("author =", "author"), encoding="utf-8")
        choose_editor(monkeypatch, tmp_path, 'sed -i "s/^author /author = /" "$1"')
        run("journal", "edit", entry.stem[-4:])
        assert "Six" in run("journal", "show").stdout

    def test_an_editor_that_does_not_start_leaves_nothing_behind(
        self, run: CommandLine, entry: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("EDITOR", "no-such-editor")
        assert "could not be started" in run("journal", "edit", code=1).stderr
        assert self.edits(entry) == []

    def test_windows_line_ends_of_an_editor_do_not_come_in(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose_editor(monkeypatch, tmp_path, 'sed -i "s/^Six$/Sixty/; s/$/\\r/" "$1"')
        run("journal", "edit")
        assert b"\r" not in entry.read_bytes()
        assert b"\nSixty\n" in entry.read_bytes()

    def test_a_kept_edit_does_not_take_the_place_of_what_another_program_wrote_since(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose_editor(monkeypatch, tmp_path, 'sed -i "s/^Six$/Sixty/" "$1"; exit 1')
        run("journal", "edit", code=1)
        (kept,) = self.edits(entry)
        entry.write_text(entry.read_text(encoding="utf-8").replace("Seven", "Theirs"), encoding="utf-8")
        choose_editor(monkeypatch, tmp_path, ":")
        assert "another program has changed" in run("journal", "edit", "--from", str(kept), code=1).stderr
        assert "Theirs" in entry.read_text(encoding="utf-8")
        assert kept.exists()

    def test_a_file_of_somebodys_own_is_taken_and_left(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = tmp_path / "backup.edit-mine.md"
        own.write_text(entry.read_text(encoding="utf-8").replace("Six", "Sixty"), encoding="utf-8")
        choose_editor(monkeypatch, tmp_path, ":")
        run("journal", "edit", "--from", str(own))
        assert own.exists()
        assert "Sixty" in entry.read_text(encoding="utf-8")
        assert "is the entry itself" in run("journal", "edit", "--from", str(entry), code=1).stderr

    def test_an_edit_that_is_not_there_is_said_so(self, run: CommandLine) -> None:
        result = run("journal", "edit", "--from", "nowhere.md", code=1)
        assert "there is no file nowhere.md" in result.stderr

"""Carrying on with what was left unfinished."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.commands import NOON, CommandLine
from support.packs import SMALL

from compassion_cli.core.form import Entry, Progress
from compassion_cli.formats.form_markdown import parse_entry, render_form
from compassion_cli.storage.drafts import Draft
from compassion_cli.storage.places import find_own_packs
from compassion_cli.storage.waiting_drafts import seal


def stop(run: CommandLine, typed: str, *words: str) -> Path:
    """Begin a session and let its input end in the middle; return the draft."""
    before = run.drafts
    run("reflect", *(words or ("tool3", "--lens", "self")), typed=typed, code=1)
    draft = next(path for path in run.drafts if path not in before)
    os.utime(draft, (NOON.timestamp(), NOON.timestamp()))
    return draft


def give_pack(text: str) -> None:
    find_own_packs().mkdir(parents=True, exist_ok=True)
    (find_own_packs() / "small.toml").write_text(text, encoding="utf-8")


def shown(run: CommandLine) -> str:
    return " ".join(run("journal", "show").stdout.split())


def test_a_session_goes_on_at_the_first_question_that_waits(run: CommandLine) -> None:
    stop(run, "one\n\n\nthree\n\n")
    result = run("reflect", "resume", typed="four\n\nfive\n\n")
    assert str(run.entries[0]) in result.stdout
    text = run.entries[0].read_text(encoding="utf-8")
    assert [word for word in ("one", "two", "three", "four", "five") if f"\n{word}\n" in text] == [
        "one", "three", "four", "five",
    ]  # fmt: skip
    assert run.drafts == []
    assert "draft_" not in text


def test_a_half_typed_answer_is_asked_again_and_a_blank_line_keeps_it(run: CommandLine) -> None:
    stop(run, "one\n\nhalf of two")
    run("reflect", "resume", typed="\n3\n\n4\n\n5\n\n")
    assert "\nhalf of two\n" in run.entries[0].read_text(encoding="utf-8")


def test_everything_that_was_asked_for_is_remembered(run: CommandLine, tmp_path: Path) -> None:
    words = ("tool3", "--only", "6,7", "--tag", "cpd", "--setting", "group", "--journal", str(tmp_path / "other"))
    stop(run, "six\n\n", *words)
    run("reflect", "resume", typed="seven\n\n")
    said = run("journal", "show", "--journal", str(tmp_path / "other")).stdout
    assert "Setting: group. Tags: cpd." in said
    assert "seven" in said
    assert run.entries == []


def test_a_draft_can_be_saved_in_another_journal(run: CommandLine, tmp_path: Path) -> None:
    stop(run, "six\n\n", "tool3", "--only", "6,7")
    run("reflect", "resume", "--journal", str(tmp_path / "other"), typed="seven\n\n")
    assert run.entries == []
    assert len(list((tmp_path / "other").glob("2026/*.md"))) == 1


def test_a_session_can_be_stopped_and_gone_on_with_again_and_again(run: CommandLine) -> None:
    stop(run, "one\n\n")
    for typed in ("two\n\n", "three\n\n", "four\n\n"):
        assert "To carry on: reflect resume" in run("reflect", "resume", typed=typed, code=1).stderr
        assert len(run.drafts) == 1
    run("reflect", "resume", typed="five\n\n")
    assert shown(run).count("Question") == 5


def test_with_no_draft_it_says_so(run: CommandLine) -> None:
    assert (
        run("reflect", "resume", code=1).stderr == "reflect: you have no drafts\n  try: To write a new entry: reflect\n"
    )
    stop(run, "one\n\n")
    assert 'you have no draft called "zzzz"' in run("reflect", "resume", "zzzz", code=1).stderr


def test_of_several_drafts_one_has_to_be_named_and_each_is_described(run: CommandLine) -> None:
    first = stop(run, "one\n\ntwo\n\n")
    second = stop(run, "six\n\n", "tool3", "--only", "6,7")
    an_hour = (NOON - timedelta(hours=2)).timestamp()
    os.utime(first, (an_hour, an_hour))
    result = run("reflect", "resume", code=2)
    assert "2 drafts, so name the one you want" in result.stderr
    assert f"tool3 supervisor, just now, answered 1 of 2: reflect resume {second.stem[-4:]}\n" in result.stderr
    assert f"tool3 self, 2 hours ago, answered 2 of 5: reflect resume {first.stem[-4:]}\n" in result.stderr
    run("reflect", "resume", second.stem[-4:], typed="seven\n\n")
    assert run.drafts == [first]


def test_a_new_session_says_in_one_line_that_a_draft_waits(run: CommandLine) -> None:
    stop(run, "one\n\n")
    said = run("reflect", "tool3", "--only", "6", typed="six\n\n").stderr.split("\n")
    draft = "tool3 self, just now, answered 1 of 5"
    assert said[0] == f"You have an unfinished draft: {draft}. To carry on, type: reflect resume"
    stop(run, "one\n\n")
    said = run("reflect", "tool3", "--only", "6", typed="six\n\n").stderr.split("\n")
    assert said[0] == "You have 2 unfinished drafts. To carry on with one, type: reflect resume"


@pytest.mark.parametrize("words", [("--blank",), ("--from", "form.md")])
def test_a_form_is_printed_and_taken_without_a_word_about_drafts(run: CommandLine, words: tuple[str, ...]) -> None:
    Path("form.md").write_text(run("reflect", "tool3", "--only", "6", "--blank").stdout + "\nx\n", encoding="utf-8")
    stop(run, "one\n\n")
    assert "draft" not in run("reflect", "tool3", *words).stderr


def test_discarding_asks_first(run: CommandLine) -> None:
    stop(run, "one\n\n")
    for typed in ("", "\n", "no\n", "y\n"):
        result = run("reflect", "resume", "--delete", typed=typed, code=1)
        assert "Delete this draft? You cannot get it back. tool3 self, just now, answered 1 of 5." in result.stderr
        assert "nothing was deleted" in result.stderr
        assert len(run.drafts) == 1
    assert "Deleted." in run("reflect", "resume", "--delete", typed="yes\n").stderr
    assert run.drafts == []


@pytest.mark.parametrize("other", ["--private", "--editor"])
def test_deleting_goes_with_nothing_else(run: CommandLine, other: str) -> None:
    stop(run, "one\n\n")
    refused = run("reflect", "resume", "--delete", other, typed="yes\n", code=2).stderr
    assert "--delete cannot be used with --private or --editor" in refused
    assert len(run.drafts) == 1


def test_answers_survive_a_pack_that_has_changed_since(run: CommandLine) -> None:
    give_pack(SMALL)
    stop(run, "2\nA note\n\nFar away\n\nLittle\n\n4\n\nRest\n\n", "small", "--part", "all")
    changed = SMALL.replace("Where did it lead?", "Where has it led?").replace("version = 2", "version = 3")
    changed = changed.replace('id = "do"', 'id = "plan"').replace('label = "A good deal"', 'label = "Plenty"')
    give_pack(changed)
    # The choice has another label now, and is the same choice; the answer whose question is gone is kept.
    run("reflect", "resume", code=1)
    kept = run.drafts[0].read_text(encoding="utf-8")
    assert "<!-- answer: much -->\nA good deal\n\nA note\n" in kept
    how = "> - one thing on each line; who and when can follow: (who: team lead) (due 1 December)"
    assert f"### 2. What will you do?\n{how}\n\n- [ ] Rest" in kept
    give_pack(SMALL.replace("Where did it lead?", "Where has it led?").replace("version = 2", "version = 3"))
    run("reflect", "resume", typed="Last\n\n")
    text = run.entries[0].read_text(encoding="utf-8")
    assert "### 2. Where did it lead?\n\nFar away\n" in text
    assert "\n- [ ] Rest\n" in text


def test_an_answer_to_reworded_words_that_is_deleted_stays_deleted(run: CommandLine) -> None:
    give_pack(SMALL)
    stop(run, "2\nA note\n\nFAR AWAY\n\n", "small", "--part", "one")
    changed = SMALL.replace("Where did it lead?", "Where has it led?").replace("version = 2", "version = 3")
    give_pack(changed)
    run("reflect", "resume", typed=":back\n:clear\nLast\n\n")
    text = run.entries[0].read_text(encoding="utf-8")
    assert "FAR AWAY" not in text
    assert "Where did it lead?" not in text
    assert "Last" in text


def test_an_answer_whose_question_is_gone_is_kept_in_the_entry(run: CommandLine) -> None:
    give_pack(SMALL)
    stop(run, "1\n\nLittle\n\n4\n\nRest\n\n", "small", "--part", "all")
    give_pack(SMALL.replace('id = "do"', 'id = "plan"').replace("version = 2", "version = 3"))
    run("reflect", "resume", typed="Last\n\n")
    assert "What will you do? - [ ] Rest" in shown(run)


def test_a_draft_whose_pack_is_gone_says_what_is_safe(run: CommandLine) -> None:
    give_pack(SMALL)
    draft = stop(run, "1\n\n", "small", "--part", "all")
    (find_own_packs() / "small.toml").unlink()
    result = run("reflect", "resume", code=1)
    assert 'no pack called "small"' in result.stderr
    assert f"Your draft has not changed. It is in {draft}" in " ".join(result.stderr.split())
    assert run.drafts == [draft]


def test_a_draft_that_cannot_be_read_is_named_and_hides_no_other(run: CommandLine) -> None:
    broken = stop(run, "one\n\n")
    stop(run, "six\n\n", "tool3", "--only", "6,7")
    broken.write_text(broken.read_text(encoding="utf-8").replace("pack_version = 2", "pack_version ="), "utf-8")
    result = run("reflect", "resume", typed="seven\n\n")
    assert f"{broken}, line 4" in result.stderr
    assert run.drafts == [broken]


def test_a_draft_beside_its_entry_is_dropped_and_not_saved_twice(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="six\n\n")
    entry = parse_entry(run.entries[0].read_text(encoding="utf-8"))
    draft = stop(run, "one\n\n")
    as_killed = replace(entry, progress=Progress(str(run.journal), (), (), seal(entry)))
    draft.write_text(render_form(as_killed), encoding="utf-8")
    assert "you have no drafts" in run("reflect", "resume", code=1).stderr
    assert run.drafts == []


def test_a_draft_of_an_entry_that_was_never_written_waits(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="six\n\n")
    entry = parse_entry(run.entries[0].read_text(encoding="utf-8"))
    others = (
        replace(entry, id="2026-11-23-tool3-supervisor-zzzz"),
        replace(entry, created=entry.created - timedelta(seconds=1)),
    )
    for other in others:
        assert isinstance(other, Entry)
        draft = stop(run, "one\n\n")
        progress = Progress(str(run.journal), (), (), seal(other))
        draft.write_text(render_form(replace(other, progress=progress)), encoding="utf-8")
        run("reflect", "resume", typed="")
        assert run.drafts == []
    assert len(run.entries) == 3


def test_a_draft_that_another_program_changes_is_kept_beside_ours(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Draft.keep

    def meddle(draft: Draft, form: object) -> Path | None:
        if draft.exists and "meddled" not in draft.path.read_text(encoding="utf-8"):
            draft.path.write_text("meddled", encoding="utf-8")
        return keep(draft, form)  # type: ignore[arg-type]

    monkeypatch.setattr(Draft, "keep", meddle)
    result = run("reflect", "tool3", "--lens", "self", typed="one\n\ntwo\n\n", code=1)
    assert "Another program has changed the draft" in result.stderr
    texts = [path.read_text(encoding="utf-8") for path in run.drafts]
    assert "meddled" in texts
    assert any("\ntwo\n" in text and "\none\n" in text for text in texts)


def test_a_pack_cannot_have_the_name_of_a_command(run: CommandLine) -> None:
    give_pack(SMALL.replace('id = "small"', 'id = "resume"'))
    assert '"resume" is already a command' in run("reflect", "--help").stdout
    assert "you have no drafts" in run("reflect", "resume", code=1).stderr


def test_a_journal_that_is_gone_is_said_before_anything_is_asked_and_the_draft_stays(
    run: CommandLine, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    draft = stop(run, "six\n\n", "tool3", "--only", "6,7", "--journal", str(stick / "journal"))
    stick.write_text("a file by now")
    result = run("reflect", "resume", typed="seven\n\n", code=1)
    assert "could not be written: there is a file where a folder should be" in result.stderr
    assert f"Everything you wrote is kept in {draft}." in result.stderr
    assert "reflect resume --journal FOLDER" in result.stderr
    assert "\nseven\n" in draft.read_text(encoding="utf-8")


def test_a_draft_that_was_written_into_after_its_entry_was_saved_is_not_dropped(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="six\n\n")
    entry = parse_entry(run.entries[0].read_text(encoding="utf-8"))
    draft = stop(run, "one\n\n")
    as_killed = render_form(replace(entry, progress=Progress(str(run.journal), (), (), seal(entry))))
    draft.write_text(as_killed.replace("\nsix\n", "\nsix, and words added since\n"), encoding="utf-8")
    run("reflect", "resume")
    assert any("words added since" in path.read_text(encoding="utf-8") for path in run.entries)


def test_more_text_than_questions_adds_up_and_replaces_nothing(run: CommandLine) -> None:
    stop(run, "six\n\nseven\n\nFirst surplus\n", "tool3", "--only", "6,7")
    run("reflect", "resume", typed="Second surplus\n", code=1)
    kept = run.drafts[0].read_text(encoding="utf-8")
    assert "\nFirst surplus\n\nSecond surplus\n" in kept


def test_a_pipe_adds_to_what_was_half_typed_for_it_is_told_nothing_of_replacing(run: CommandLine) -> None:
    stop(run, "First half", "tool3", "--only", "6,7")
    run("reflect", "resume", typed="second half\n\n\n")
    assert "\nFirst half\n\nsecond half\n" in run.entries[0].read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be no text")
def test_a_journal_whose_name_is_no_text_has_to_be_named_again(run: CommandLine, tmp_path: Path) -> None:
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    draft = stop(run, "six\n\n", "tool3", "--only", "6,7", "--journal", folder)
    result = run("reflect", "resume", typed="seven\n\n", code=1)
    assert "does not say which journal it is for" in result.stderr
    assert str(draft) in result.stderr
    assert run.entries == []
    run("reflect", "resume", "--journal", folder, typed="seven\n\n")
    assert len(list(Path(folder).glob("2026/*.md"))) == 1


def test_words_written_into_headings_of_a_draft_are_kept_and_said(run: CommandLine) -> None:
    draft = stop(run, "six\n\n", "tool3", "--only", "6,7")
    text = draft.read_text(encoding="utf-8")
    text = text.replace("in your setting?\n", "in your setting? ALPHA\n").replace("## Supervisor or leader\n", "\\g")
    text = text.replace("\\g", "## Supervisor or leader BETA\n").replace("or leader\n", "or leader GAMMA\n", 1)
    draft.write_text(text, encoding="utf-8")
    result = run("reflect", "resume", typed="\n")
    assert "the heading of supervisor.7 has been changed" in result.stderr
    kept = run.entries[0].read_text(encoding="utf-8")
    assert all(word in kept for word in ("ALPHA", "BETA", "GAMMA"))


def test_a_missing_marker_is_said_and_the_text_below_it_is_kept(run: CommandLine) -> None:
    draft = stop(run, "six\n\nseven\n\n", "tool3", "--only", "6,7,8")
    text = draft.read_text(encoding="utf-8").replace("<!-- question: supervisor.7 -->\n", "")
    draft.write_text(text, encoding="utf-8")
    result = run("reflect", "resume", typed="eight\n\n")
    assert "the marker above question 7 (Supervisor or leader) is missing" in " ".join(result.stderr.split())
    assert "\nseven\n" in run.entries[0].read_text(encoding="utf-8")


def test_a_quotation_written_into_a_draft_right_under_a_heading_is_kept(run: CommandLine) -> None:
    draft = stop(run, "six\n\n", "tool3", "--only", "6,7")
    text = draft.read_text(encoding="utf-8")
    for end, quoted in (("would like to see in others?\n", "quoted"), ("that everyone should meet?\n", "also quoted")):
        assert end in text
        text = text.replace(end, f"{end}> {quoted}\n")
    draft.write_text(text, "utf-8")
    run("reflect", "resume", typed="\n")
    kept = run.entries[0].read_text(encoding="utf-8")
    assert "\n> quoted\n\nsix\n" in kept or "\n> quoted\nsix\n" in kept
    assert "\n> also quoted\n" in kept
    shown = run("journal", "show").stdout
    assert "> quoted" in shown
    assert "answer -->" not in shown


def test_words_of_a_changed_pack_never_become_the_persons(run: CommandLine) -> None:
    give_pack(SMALL.replace('text = "Where did it lead?"', 'text = "Where did it lead?"\nparts = ["An old part"]'))
    stop(run, "2\n\n", "small", "--part", "all")
    give_pack(
        SMALL.replace('note = "What was it?"', 'note = "Another note"').replace("Where it begins.", "A new start.")
    )
    for _ in range(3):
        run("reflect", "resume", code=1)
    kept = run.drafts[0].read_text(encoding="utf-8")
    assert "old part" not in kept
    assert "Where it begins" not in kept.partition("<!-- section: one -->")[0]


@pytest.mark.parametrize("name", ["a copy of it.md", "it (1).md", "it.old.md"])
def test_a_renamed_draft_becomes_an_entry_that_can_be_found(run: CommandLine, name: str) -> None:
    draft = stop(run, "six\n\n", "tool3", "--only", "6,7")
    draft.rename(draft.with_name(name))
    run("reflect", "resume", typed="seven\n\n")
    assert "six" in run("journal", "list").stdout


def test_a_draft_that_cannot_be_removed_is_said_so(run: CommandLine, nobody: None) -> None:
    draft = stop(run, "six\n\n", "tool3", "--only", "6,7")
    draft.parent.chmod(0o500)
    try:
        result = run("reflect", "resume", typed="seven\n\n")
        assert f"its draft {draft} could not be deleted. Do not save it again" in " ".join(result.stderr.split())
        assert "cannot be deleted" in run("reflect", "resume", "--delete", typed="yes\n", code=1).stderr
    finally:
        draft.parent.chmod(0o700)


def test_a_piped_form_with_a_fault_stays_with_its_journal(run: CommandLine, tmp_path: Path) -> None:
    blank = run("reflect", "tool3", "--only", "6,7", "--blank").stdout
    form = blank.replace("# Four lenses", "six\n\n# Four lenses")
    other = tmp_path / "other"
    run("reflect", "tool3", "--from", "-", "--journal", str(other), typed=form, code=1)
    run("reflect", "resume", typed="one\n\ntwo\n\n")
    assert run.entries == []
    assert len(list(other.glob("2026/*.md"))) == 1


def test_an_empty_form_leaves_nothing_behind(run: CommandLine) -> None:
    assert "the form is empty" in run("reflect", "tool3", "--from", "-", typed="\n", code=1).stderr
    assert run.drafts == []


@pytest.mark.parametrize("line", ['draft_journal = ""', 'draft_journal = "a\\u0000b"', "draft_pending = 3"])
def test_a_draft_whose_own_notes_are_damaged_is_refused_and_named(run: CommandLine, line: str) -> None:
    draft = stop(run, "six\n\n", "tool3", "--only", "6,7")
    key = line.partition(" ")[0]
    lines = draft.read_text(encoding="utf-8").split("\n")
    end = lines.index("+++", 1)
    kept = [old for old in lines[1:end] if not old.startswith(key)] if "pending" not in key else lines[1:end]
    kept = [old for old in kept if key != "draft_pending" or not old.startswith(("draft_pending", "    ", "]"))]
    draft.write_text("\n".join(["+++", *kept, line, *lines[end:]]), encoding="utf-8")
    result = run("reflect", "resume", typed="seven\n\n", code=1)
    assert str(draft) in result.stderr
    assert draft.exists()


def test_an_answer_that_no_longer_applies_can_still_be_emptied_in_an_editor(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sh -c ': > \"$0\"'")
    give_pack(SMALL)
    draft = stop(run, "2\n\nFar\n\n", "small", "--part", "one")
    text = draft.read_text(encoding="utf-8").replace("\nA good deal\n", "\nNothing\n")
    draft.write_text(text.replace('"one.last"', '"one.more",\n    "one.last"'), encoding="utf-8")
    run("reflect", "resume", typed=":edit\n\nLast\n\n")
    assert "Last" in shown(run)
    assert "Far" not in shown(run)


def test_a_shortened_wording_does_not_become_an_answer(run: CommandLine) -> None:
    give_pack(
        SMALL.replace("Where did it lead?", "Where did it lead? And who helped?").replace('"Two"', '"Two, at last"')
    )
    stop(run, "2\n\nFar\n\n", "small", "--part", "all")
    give_pack(SMALL)
    for _ in range(3):
        run("reflect", "resume", code=1)
    text = run.drafts[0].read_text(encoding="utf-8")
    assert text.count("And who helped?") == 1, "only where it was asked"
    assert "at last" not in text
    assert "\n\nFar\n" in text


def test_discarding_a_draft_spares_another_with_a_name_like_it(run: CommandLine) -> None:
    draft = stop(run, "six\n\n", "tool3", "--only", "6,7")
    for name in ("copy", "v1.old"):
        copy = draft.with_name(f"{draft.stem}.{name}.md")
        copy.write_text(draft.read_text(encoding="utf-8").replace("six", f"six, and {name}"), encoding="utf-8")
    swap = draft.with_name(f".{draft.name}.swp")
    swap.write_text("what vim leaves", encoding="utf-8")
    from compassion_cli.storage.waiting_drafts import find_waiting

    (original,) = [found for found in find_waiting().drafts if found.draft.path == draft]
    original.draft.delete()
    assert not draft.exists()
    assert not swap.exists()
    assert [path.name for path in run.drafts] == [f"{draft.stem}.copy.md", f"{draft.stem}.v1.old.md"]
    assert "you have 2 drafts" in run("reflect", "resume", code=2).stderr


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("x" * 300, "its name is too long"),
        ("a file/journal", "there is a file where a folder should be"),
        ("closed/journal", "you do not have permission"),
    ],
)
def test_a_journal_that_cannot_be_written_is_named_with_the_draft_that_remains(
    run: CommandLine, tmp_path: Path, nobody: None, place: str, reason: str
) -> None:
    (tmp_path / "a file").write_text("in the way")
    (tmp_path / "closed").mkdir(mode=0o500)
    result = run("reflect", "tool3", "--only", "6", "--journal", str(tmp_path / place), typed="six\n\n", code=1)
    assert f"could not be written: {reason}" in result.stderr
    assert f"Everything you wrote is kept in {run.drafts[0]}." in result.stderr
    run("reflect", "resume", "--journal", str(tmp_path / "open"))
    assert run.drafts == []
    assert len(list((tmp_path / "open").glob("2026/*.md"))) == 1


def test_folders_that_vanish_in_the_middle_are_made_again(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    stop(run, "six\n\n", "tool3", "--only", "6,7,8")
    keep = Draft.keep_text

    def lose_the_folder(draft: Draft, text: str) -> Path | None:
        shutil.rmtree(draft.path.parent, ignore_errors=True)
        shutil.rmtree(run.journal, ignore_errors=True)
        return keep(draft, text)

    monkeypatch.setattr(Draft, "keep_text", lose_the_folder)
    run("reflect", "resume", typed="seven\n\neight\n\n")
    text = run.entries[0].read_text(encoding="utf-8")
    assert all(f"\n{word}\n" in text for word in ("six", "seven", "eight"))

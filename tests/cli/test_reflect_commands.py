"""What people see of ``reflect``."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.packs import SMALL

from compassion_cli.storage.places import find_own_packs

FIVE = "one\n\ntwo\n\nthree\n\nfour\n\nfive\n\n"


def test_help_lists_every_pack_with_its_summary(run: CommandLine) -> None:
    text = " ".join(run("reflect", "--help").stdout.split())
    assert (
        "tool3 Questions about yourself, how you supervise or lead, your team and your organisation (12 to 18" in text
    )
    for pack in ("tool1", "tool2", "curiosity"):
        assert pack in text


@pytest.mark.parametrize(
    ("pack", "option"), [("tool1", "--concept"), ("tool2", "--stage"), ("tool3", "--lens"), ("curiosity", "--role")]
)
def test_every_pack_has_the_section_option_its_file_calls_for(run: CommandLine, pack: str, option: str) -> None:
    assert option in run("reflect", pack, "--help").stdout


@pytest.mark.parametrize("words", ["reflect", "reflect tool3", "journal", "journal list", "journal actions done"])
def test_a_single_letter_asks_for_help_as_well(run: CommandLine, words: str) -> None:
    assert run(*words.split(), "-h").stdout == run(*words.split(), "--help").stdout


def test_reflect_alone_without_a_terminal_is_the_help(run: CommandLine) -> None:
    assert "Usage: reflect" in run("reflect").stdout


def test_piped_lines_make_an_entry_and_its_path_is_all_that_stands_on_stdout(run: CommandLine) -> None:
    result = run("reflect", "tool3", "--lens", "self", typed=FIVE)
    assert result.stdout == f"{run.entries[0]}\n"
    assert "Saved." in result.stderr
    assert run.drafts == []


def test_the_answers_of_a_pipe_are_those_of_the_entry(run: CommandLine) -> None:
    run("reflect", "tool3", "--lens", "self", typed="one\nmore\n\n\n\n\nfive")
    shown = run("journal", "show").stdout
    assert "one\nmore\n" in shown
    assert "five\n\nNot answered: questions 2, 3 and 4.\n\nOnly you are shown which questions have no answer." in shown


def test_leader_is_another_word_for_supervisor(run: CommandLine) -> None:
    run("reflect", "tool3", "--lens", "leader", "--only", "6", typed="x\n\n")
    assert "-tool3-supervisor-" in run.entries[0].name


def test_a_question_can_be_named_without_its_lens(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "4,17", typed="x\n\n5\nEverywhere\n\n")
    assert "-tool3-self-organisation-" in run.entries[0].name
    assert "5 of 5\n\nEverywhere\n" in run.entries[0].read_text(encoding="utf-8")


def test_setting_and_tags_are_recorded(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", "--setting", "group", "--tag", "cpd", "--tag", "pcf", typed="x\n\n")
    assert "Setting: group. Tags: cpd, pcf." in run("journal", "show").stdout


def test_what_did_not_apply_is_not_called_unanswered(run: CommandLine) -> None:
    run("reflect", "tool2", "--stage", "all", typed="\n\nnone\n\nNobody had slept.\n\n")
    shown = run("journal", "show").stdout
    assert "Not answered: questions 1 and 2." in shown
    assert "shape where the discussion went" not in shown
    assert shown.count("Not answered") == 1


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("one\n\ntwo", "the input ended before the last question", ["one", "two"]),
        (f"{FIVE}six\n", "there is more text than there are questions", ["one", "five", "six"]),
    ],
)
def test_a_pipe_that_does_not_fit_saves_nothing_as_finished_and_keeps_every_word(
    run: CommandLine, typed: str, said: str, kept: list[str]
) -> None:
    result = run("reflect", "tool3", "--lens", "self", typed=typed, code=1)
    assert said in result.stderr
    assert result.stdout == ""
    assert run.entries == []
    draft = run.drafts[0].read_text(encoding="utf-8")
    assert all(f"\n{word}\n" in draft for word in kept)
    assert str(run.drafts[0]) in result.stderr


def test_a_draft_goes_to_the_journal_it_was_begun_for(run: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "another journal"
    run("reflect", "tool3", "--lens", "self", "--journal", str(folder), typed="one\n\ntwo", code=1)
    run("reflect", "tool3", "--from", str(run.drafts[0]))
    assert run.entries == []
    run("reflect", "tool3", "--lens", "self", "--journal", str(folder), typed="one\n\ntwo", code=1)
    run("reflect", "resume", typed="\n\n\n\n")
    assert run.entries == []
    assert len(list(folder.glob("2026/*.md"))) == 2


def test_a_draft_that_stopped_being_kept_is_not_said_to_hold_everything(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Path.replace, []

    def fill_up(source: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(source, target)

    monkeypatch.setattr(Path, "replace", fill_up)
    result = run("reflect", "tool3", "--lens", "self", typed="one\n\ntwo\n\nthree", code=1)
    assert "Your draft is not being saved" in result.stderr
    assert "Everything you wrote is kept" not in result.stderr
    assert all(f"\n{word}\n" in result.stderr for word in ("one", "two", "three"))


def test_a_draft_can_be_finished_in_an_editor_and_saved(run: CommandLine) -> None:
    run("reflect", "tool3", "--lens", "self", typed="one\n\ntwo", code=1)
    draft = run.drafts[0]
    run("reflect", "tool3", "--from", str(draft))
    assert "\ntwo\n" in run.entries[0].read_text(encoding="utf-8")
    assert not draft.exists()


def test_faults_in_a_pipe_are_all_named(run: CommandLine) -> None:
    result = run("reflect", "tool1", "--concept", "change", typed="9\n\nx (due 31/11/2026)\n\n\n", code=1)
    assert "question 1 (Change): The first line must be one of these" in result.stderr
    assert "question 2 (Change): I could not read the date in line 1." in result.stderr
    assert run.entries == []


def test_a_reflection_with_nothing_in_it_is_not_saved(run: CommandLine) -> None:
    result = run("reflect", "tool3", "--lens", "self", typed="\n" * 5, code=1)
    assert "no question was answered" in result.stderr
    assert (run.entries, run.drafts) == ([], [])


def test_no_input_at_all_leaves_nothing_behind(run: CommandLine) -> None:
    assert "before anything was written" in run("reflect", "tool3", "--lens", "self", code=1).stderr
    assert (run.entries, run.drafts) == ([], [])


def test_a_blank_form_can_be_filled_and_saved(run: CommandLine, tmp_path: Path) -> None:
    blank = run("reflect", "tool3", "--lens", "team", "--blank").stdout
    assert "reflect tool3 --from FILE" in blank
    heading = next(line for line in blank.split("\n") if line.startswith("### 13."))
    form = tmp_path / "form.md"
    form.write_text(blank.replace(heading, f"{heading}\n\n<!-- my own comment -->\nBy going first."), encoding="utf-8")
    result = run("reflect", "tool3", "--from", str(form))
    assert result.stdout == f"{run.entries[0]}\n"
    assert "<!-- my own comment -->\nBy going first." in run("journal", "show").stdout
    assert form.exists()


def test_a_blank_form_without_a_section_has_all_of_them(run: CommandLine) -> None:
    assert run("reflect", "tool1", "--blank").stdout.count("<!-- question: ") == 27


def test_every_fault_of_a_form_is_named_at_once_and_the_form_is_untouched(run: CommandLine, tmp_path: Path) -> None:
    blank = run("reflect", "tool1", "--concept", "change", "--blank").stdout
    text = blank.replace("not part of my role\n", "not part of my role\n\nsecret\n")
    text += "\n<!-- question: change.other -->\n### 9. Other\n\nsecret\n"
    form = tmp_path / "form.md"
    form.write_text(text, encoding="utf-8")
    result = run("reflect", "tool1", "--from", str(form), code=1)
    assert "question 1 (Change): The first line must be" in result.stderr
    assert "tool1 has no question change.other" in result.stderr
    assert "secret" not in result.stderr
    assert form.read_text(encoding="utf-8") == text
    assert run.entries == []


def test_a_form_through_a_pipe_is_saved_and_a_faulty_one_is_kept(run: CommandLine) -> None:
    blank = run("reflect", "tool3", "--only", "6", "--blank").stdout
    run("reflect", "tool3", "--from", "-", typed=f"{blank}\nAn answer\n")
    assert "An answer" in run("journal", "show").stdout
    result = run("reflect", "tool3", "--from", "-", typed="Not a form, but someone's words", code=1)
    assert run.drafts[0].read_text(encoding="utf-8") == "Not a form, but someone's words"
    assert str(run.drafts[0]) in result.stderr


def test_a_form_of_another_pack_is_refused_with_the_right_command(run: CommandLine, tmp_path: Path) -> None:
    form = tmp_path / "form.md"
    form.write_text(run("reflect", "curiosity", "--blank").stdout, encoding="utf-8")
    result = run("reflect", "tool3", "--from", str(form), code=1)
    assert "it is a form for curiosity, not for tool3" in result.stderr
    assert f'reflect curiosity --from "{form}"' in result.stderr


def test_a_form_that_is_not_there_is_named(run: CommandLine) -> None:
    assert "form.md could not be read: it does not exist" in run("reflect", "tool3", "--from", "form.md", code=1).stderr


WRONG = [
    (["tol3"], 'reflect: there is no pack called "tol3"\n  try: reflect tool3\n'),
    (["zzzz"], 'reflect: there is no pack called "zzzz"\n  try: reflect --help\n'),
    (["tool3", "--lens", "slef"], 'reflect: tool3 has no lens called "slef"\n  try: --lens self\n'),
    (["tool3", "--lens", "zzz"], "  try: --lens with one of these: self, supervisor, team, organisation or all\n"),
    (["curiosity", "--role", "pratitioner"], "  try: --role practitioner\n"),
    (["tool3"], "reflect: tool3 needs to know which lens: self, supervisor, team, organisation or all\n"),
    (["tool3", "--only", "21"], 'reflect: there is no question "21" here\n'),
    (["tool3", "--lens", "self", "--only", "6"], "  try: one of the questions here: 1, 2, 3, 4 and 5\n"),
    (["tool3", "--lenz", "self"], 'reflect: there is no option called "--lenz" here\n  try: --lens\n'),
    (["tool3", "--zzz", "self"], 'reflect: there is no option called "--zzz" here\n  try: reflect tool3 --help\n'),
    (["tool3", "self"], "reflect: the name of a lens comes after --lens\n  try: --lens self\n"),
    (["tool3", "Self", "teem", "--private"], "  try: --lens self --lens team\n"),
    (["tool3", "leader"], "  try: --lens supervisor\n"),
    (["tool3", "self", "zzz"], 'reflect: "self zzz" was not expected here\n  try: reflect tool3 --help\n'),
    (
        ["self"],
        'reflect: "self" is part of a pack, and the name of the pack comes first\n  try: reflect tool3 --lens self\n',
    ),
    (["leader"], "  try: reflect tool3 --lens supervisor\n"),
    (["supervisor"], "  try: reflect curiosity --role supervisor\n       reflect tool3 --lens supervisor\n"),
    (["--lens", "self"], "reflect: --lens comes after the name of a pack\n  try: reflect tool3 --lens self\n"),
    (["--plain", "--role=Practitioner"], "  try: reflect curiosity --role practitioner\n"),
    (["--lens", "practitioner"], "  try: reflect --help\n"),
    (["tool3", "--lens", "self", "--setting", "groop"], "  try: --setting group\n"),
    (["tool3", "--lens"], "reflect: option '--lens' requires an argument\n"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_a_wrong_word_is_answered_with_a_sentence_and_a_remedy(run: CommandLine, words: list[str], said: str) -> None:
    result = run("reflect", *words, code=2)
    assert said in result.stderr
    assert "\n  try: " in result.stderr
    assert not run.journal.exists()


def put_pack(run: CommandLine, name: str, text: str) -> Path:
    path = find_own_packs() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pack_of_ones_own_is_a_subcommand_and_shadows_a_built_in_one(run: CommandLine) -> None:
    put_pack(run, "small.toml", SMALL)
    put_pack(run, "tool3.toml", SMALL.replace('id = "small"', 'id = "tool3"'))
    assert "--part" in run("reflect", "small", "--help").stdout
    assert "--part" in run("reflect", "tool3", "--help").stdout


def test_a_broken_pack_is_named_with_its_fault_and_hides_no_other(run: CommandLine) -> None:
    path = put_pack(run, "small.toml", SMALL.replace("version = 2", "version = = 2"))
    result = run("reflect", "small", code=1)
    assert f'the pack "small" cannot be used ({path}, line 2): it is not valid TOML' in result.stderr
    text = " ".join(run("reflect", "--help").stdout.split())
    assert "Packs that cannot be used" in text
    assert "tool3" in text
    run("reflect", "tool3", "--only", "6", typed="x\n\n")


def test_a_pack_with_a_fault_inside_says_where_and_what_would_be_right(run: CommandLine) -> None:
    path = put_pack(run, "small.toml", SMALL.replace('kind = "scale"', 'kind = "skale"'))
    result = run("reflect", "small", "--part", "all", code=1)
    assert f'({path}, line 41): "sections.2.questions.1.kind" has a value that is not known' in result.stderr
    assert "try: one of 'text', 'choice', 'scale' or 'actions'" in result.stderr


def test_a_journal_that_is_a_file_is_said_to_be(run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("reflect", "tool3", "--only", "6", "--journal", str(tmp_path / "file"), typed="x\n\n", code=1)
    assert "file could not be written: there is a file where a folder should be" in result.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_a_disk_that_fills_up_at_the_last_moment_costs_no_word(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def refuse(source: Path, target: Path) -> None:
        if run.journal in target.parents:
            raise OSError(errno.ENOSPC, "No space left on device")
        link(source, target)

    monkeypatch.setattr(os, "link", refuse)
    run("journal", "list")
    run.journal.mkdir(mode=0o700)
    result = run("reflect", "tool3", "--only", "6", typed="Every word\n\n", code=1)
    assert "could not be written: the disk is full" in result.stderr
    assert "Every word" in run.drafts[0].read_text(encoding="utf-8")
    assert f"Everything you wrote is kept in {run.drafts[0]}." in result.stderr
    assert "reflect resume" in result.stderr


def test_a_pipe_into_a_journal_that_cannot_be_written_is_kept(run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    blank = run("reflect", "tool3", "--only", "6", "--blank").stdout
    to_file = ("--journal", str(tmp_path / "file"))
    run("reflect", "tool3", "--only", "6", *to_file, typed="Every line\n\n", code=1)
    run("reflect", "tool3", "--from", "-", *to_file, typed=f"{blank}\nEvery word\n", code=1)
    kept = [path.read_text(encoding="utf-8") for path in run.drafts]
    assert sorted("Every line" in text for text in kept) == [False, True]
    assert sorted("Every word" in text for text in kept) == [False, True]


def test_a_draft_that_cannot_be_kept_is_said_so_and_the_entry_is_saved_all_the_same(run: CommandLine) -> None:
    run.block_state()
    result = run("reflect", "tool3", "--only", "6", typed="Every word\n\n")
    assert "Your draft is not being saved" in result.stderr
    assert "Every word" in run.entries[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [["--lens", "self"], ["--only", "6", "--journal", "in-the-way"]])
def test_where_nothing_can_be_written_the_words_are_shown(run: CommandLine, options: list[str]) -> None:
    run.block_state()
    Path("in-the-way").write_text("mine")
    result = run("reflect", "tool3", *options, typed="Every word\n\n", code=1)
    assert "Copy what follows to a safe place" in result.stderr
    assert "\nEvery word\n" in result.stderr


def test_a_fault_of_the_program_itself_shows_no_traceback_and_none_of_the_text(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def fail(source: Path, target: Path) -> None:
        if run.journal in target.parents:
            raise ValueError("secret words")
        link(source, target)

    monkeypatch.setattr(os, "link", fail)
    run.journal.mkdir(mode=0o700)
    result = run("reflect", "tool3", "--only", "6", typed="secret words\n\n", code=3)
    assert "this is our fault" in result.stderr
    assert "secret" not in result.stderr
    report = next(run.home.rglob("last-fault.txt")).read_text(encoding="utf-8")
    assert "ValueError" in report
    assert "secret" not in report
    assert "secret words" in run.drafts[0].read_text(encoding="utf-8")

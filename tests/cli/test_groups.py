"""Supervision and groups on the command line: what forms say, what an entry records, and what is refused."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.editors import make_editor, needs_a_shell, write_under

from compassion_cli.cli.group import LazyGroup
from compassion_cli.cli.journal import JournalGroup
from compassion_cli.cli.reflect import PackGroup

GROUP = """\
# One person types, and everyone can see the screen. Anyone may pass.
# Write your notes without names. The entry can say how many people took part, but never who.
# For each thing you agree to do, say who will do it, by role:
# - [ ] Ask for a debrief slot (who: team lead) (due 1 December)
"""
SUPERVISION = """\
# This is for the two of you. Before you begin, agree who types.
# If you say who said something, use their role, not their name.
# Casework decisions belong on the person's own file, not here.
# For each thing you agree to do, say who will do it, by role:
# - [ ] Ask for a debrief slot (who: supervisor) (due 1 December)
"""
TO_FORM = "# Write under each question, then: reflect tool3 --from FILE\n"
TO_EDITOR = (
    "# Write under each question. When you save and close the editor, your answers are saved.\n"
    "# This goes in your journal in ~/reflective-journal, which is not shared.\n"
)
FRAMES = pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--setting", "group"), GROUP),
        (("--setting", "supervision"), SUPERVISION),
        (("--setting", "individual"), ""),
        ((), ""),
    ],
    ids=["group", "supervision", "individual", "none"],
)
SIX = ("tool3", "--only", "6", "--setting", "group", "--people", "6")


@FRAMES
def test_a_blank_form_says_at_its_top_how_to_write_together(
    run: CommandLine, words: tuple[str, ...], said: str
) -> None:
    blank = run("reflect", "tool3", "--only", "6", "--blank", *words).stdout
    assert blank.startswith(f"+++\n{TO_FORM}{said}format = ")


def test_a_blank_form_for_a_group_is_filled_and_saved_with_how_many_they_were(run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(run("reflect", *SIX, "--blank").stdout + "\nBy going first\n", encoding="utf-8")
    run("reflect", "tool3", "--from", "form.md")
    shown = run("journal", "show").stdout
    assert "Setting: group, 6 people." in shown
    assert "By going first" in shown
    assert "Anyone may pass" not in run.entries[0].read_text(encoding="utf-8")


@needs_a_shell
@FRAMES
def test_a_form_in_an_editor_says_at_its_top_how_to_write_together(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("VISUAL", make_editor(tmp_path, f'cp "$1" "{tmp_path}/seen"', write_under("supervisor.6", "x")))
    run("reflect", "tool3", "--only", "6", "--editor", *words)
    assert (tmp_path / "seen").read_text(encoding="utf-8").startswith(f"+++\n{TO_EDITOR}{said}format = ")


def test_a_pipe_is_not_asked_how_many_there_are(run: CommandLine) -> None:
    result = run("reflect", "tool3", "--only", "6,7", "--setting", "group", typed="6\n\nBy asking\n\n")
    assert result.stderr.endswith("Saved. To read it: journal show\n")
    assert "How many" not in result.stderr
    shown = run("journal", "show").stdout
    assert "Setting: group.\n" in shown
    assert "\n6\n" in shown
    assert "people" not in run.entries[0].read_text(encoding="utf-8").partition("\n+++\n")[0]


def test_the_entry_records_the_setting_and_how_many_took_part(run: CommandLine) -> None:
    run("reflect", *SIX, typed="By going first\n\n")
    assert '\nsetting = "group"\npeople = 6\n' in run.entries[0].read_text(encoding="utf-8")
    assert "Setting: group, 6 people.\n" in run("journal", "show").stdout


def test_a_draft_keeps_how_many_there_are(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6,7", "--setting", "group", "--people", "999", typed="six\n\n", code=1)
    run("reflect", "resume", typed="seven\n\n")
    assert "Setting: group, 999 people.\n" in run("journal", "show").stdout


@needs_a_shell
def test_a_draft_goes_on_in_an_editor_as_it_was_begun(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("reflect", "tool3", "--only", "6,7", "--setting", "group", "--people", "2", typed="six\n\n", code=1)
    monkeypatch.setenv("VISUAL", make_editor(tmp_path, f'cp "$1" "{tmp_path}/seen"', write_under("supervisor.7", "x")))
    run("reflect", "resume", "--editor")
    assert f"{TO_EDITOR}{GROUP}" in (tmp_path / "seen").read_text(encoding="utf-8")
    assert "Setting: group, 2 people.\n" in run("journal", "show").stdout


def test_what_was_agreed_is_an_action_whatever_the_question(run: CommandLine) -> None:
    run("reflect", *SIX, typed="We said:\n- [ ] Ask for a debrief slot (who: team lead) (due 1 December)\n\n")
    assert ". Ask for a debrief slot. Due 1 December 2026. team lead." in run("journal", "actions").stdout


NO_NUMBER = "reflect: --people takes a whole number from 2 to 999: how many people take part (names are not kept)\n"
NO_GROUP = "reflect: --people is for groups, so it needs --setting group\n"


@pytest.mark.parametrize("number", ["", "six", "1", "0", "-3", "1000", "2.5", "٣", "Priya, Sam"])
def test_what_is_no_number_of_people_is_refused_with_an_example(run: CommandLine, number: str) -> None:
    result = run("reflect", "tool3", "--only", "6", "--setting", "group", "--people", number, code=2)
    assert result.stderr == f"{NO_NUMBER}  try: --setting group --people 6\n"
    assert not run.journal.exists()


@pytest.mark.parametrize("words", [(), ("--setting", "supervision"), ("--setting", "individual")])
@pytest.mark.parametrize("more", [(), ("--blank",)])
def test_a_number_of_people_needs_a_group(run: CommandLine, words: tuple[str, ...], more: tuple[str, ...]) -> None:
    result = run("reflect", "tool3", "--only", "6", *words, *more, "--people", "4", typed="x\n\n", code=2)
    assert result.stderr == f"{NO_GROUP}  try: --setting group --people 4\n"
    assert (run.entries, run.drafts) == ([], [])


def test_a_pack_that_no_group_uses_counts_nobody(run: CommandLine) -> None:
    result = run("reflect", "curiosity", "--people", "4", code=2)
    said = "reflect: --people is for groups, and curiosity is not made for groups\n  try: leave --people out\n"
    assert result.stderr == said


@pytest.mark.parametrize("number", ["4", ""])
def test_a_form_says_itself_how_many_there_were(run: CommandLine, number: str) -> None:
    result = run("reflect", "tool3", "--from", "form.md", "--people", number, code=2)
    assert "--from takes everything from the form, so --people cannot be used with it" in result.stderr


def test_the_help_says_that_nobody_is_named(run: CommandLine) -> None:
    text = " ".join(run("reflect", "tool3", "--help").stdout.split())
    assert "--people NUMBER With --setting group: how many people take part (names are not kept)." in text


@pytest.mark.parametrize("group", [JournalGroup, PackGroup])
def test_the_help_of_a_group_says_of_each_command_what_its_own_says_first(
    run: CommandLine, group: type[LazyGroup]
) -> None:
    program = group.package.rpartition(".")[2]
    for name, summary in group.summaries.items():
        own = " ".join(run(program, name, "--help").stdout.split("Options:")[0].split())
        assert f" {summary} " in f"{own} ", name
    modules = {path.stem for path in Path(import_module(group.package).__file__ or "").parent.glob("*.py")}
    assert set(group.summaries) <= modules

"""What people see of actions: the days and names they have, and what is said when a line cannot change."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from support.commands import NOON, CommandLine
from support.editors import make_editor, needs_a_shell

from compassion_cli.flows import change_action as acting
from compassion_cli.storage.actions import FoundAction, change_line


@pytest.fixture(autouse=True)
def _sam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPASSION_AUTHOR", "Sam")


def write(run: CommandLine, words: str, *options: str) -> Path:
    said = run("reflect", "tool3", "--only", "6", *options, typed=f"{words}\n\n")
    return Path(said.stdout.strip())


def edit_a_month_later(command: str, entry: Path, run: CommandLine) -> None:
    run.now = NOON + timedelta(days=30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDITOR", make_editor(run.home, command))
        run("journal", "edit", entry.stem)


def test_a_day_in_words_is_written_down_as_the_date_it_means(run: CommandLine) -> None:
    lines = {
        "Before (due tomorrow)": "Before (due tomorrow)",
        "- [ ] Ring Pat (who: me) (due in two weeks)": "- [ ] Ring Pat (who: me) (due 2026-12-07)",
        "- [x] Rest (by Friday)": "- [x] Rest (due 2026-11-27)",
        "- [ ] Read (due soon)": "- [ ] Read (due soon)",
    }
    entry = write(run, "\n".join(lines))
    assert entry.read_text("utf-8").endswith("\n\n" + "\n".join(lines.values()) + "\n")


def test_a_day_means_what_it_meant_when_it_was_typed_however_late_it_is_saved(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6,7", typed="- [ ] Ring Pat (due tomorrow)\n\n", code=1)
    run.now = NOON + timedelta(days=18)
    entry = Path(run("reflect", "resume", typed="And more.\n\n").stdout.strip().split("\n")[-1])
    assert "- [ ] Ring Pat (due 2026-11-24)" in entry.read_text("utf-8")
    assert "Overdue, was due 24 November 2026" in run("journal", "actions").stdout


@needs_a_shell
def test_a_day_in_a_line_that_is_new_counts_from_the_day_it_was_added(run: CommandLine) -> None:
    entry = write(run, "We met.\n- [ ] Old")
    old = entry.read_text("utf-8").replace("Old", "Old (due tomorrow)")
    entry.write_text(old, "utf-8")
    edit_a_month_later("sed -i 's/^- . . Old.*/&\\n- [ ] New (due tomorrow)/' \"$1\"", entry, run)
    assert entry.read_text("utf-8") == f"{old}- [ ] New (due 2026-12-24)\n"
    assert "New. Due 24 December 2026" in run("journal", "actions").stdout
    assert "Old. Overdue, was due 24 November 2026" in run("journal", "actions").stdout


@needs_a_shell
def test_to_mend_the_words_of_an_action_does_not_move_its_day(run: CommandLine) -> None:
    entry = write(run, "- [ ] Cal them (who: me)")
    entry.write_text(entry.read_text("utf-8").replace("(who: me)", "(due next Friday)"), "utf-8")
    edit_a_month_later("sed -i 's/Cal them/Call them/' \"$1\"", entry, run)
    assert entry.read_text("utf-8").endswith("- [ ] Call them (due next Friday)\n")
    assert "Call them. Overdue, was due 27 November 2026" in run("journal", "actions").stdout


@needs_a_shell
def test_a_day_that_nobody_can_read_is_said_as_soon_as_it_is_saved(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "- [ ] Ring Pat (due tomorow)\n- [ ] Write (due tomorrow)\n- [x] Rest (due once)"
    said = run("reflect", "tool3", "--only", "6", typed=f"{words}\n\n").stderr
    assert said.count("I could not read the date here, so it will never show as overdue:") == 1
    assert "Ring Pat (due tomorow)" in said
    monkeypatch.setenv("COMPASSION_AUTHOR", "Alex")
    responded = run("journal", "review", "latest", typed="Read.\n\n\nTalk (due sometime)\n\n").stderr
    assert "never show as overdue: Talk (due sometime)" in responded
    monkeypatch.setenv("EDITOR", "sed -i s/sometime/tomorrow/")
    command = responded.split("To change it: ")[1].split("\n")[0]
    assert "never show as overdue" not in run(*command.split()).stderr
    assert "Talk. Due 24 November 2026." in run("journal", "actions").stdout
    monkeypatch.setenv("EDITOR", "sed -i s/tomorow/tommorow/")
    edited = run(*said.split("To change it: ")[1].split("\n")[0].split()).stderr
    assert "Ring Pat (due tommorow)" in edited


def test_a_day_that_nobody_can_read_is_said_to_be_so(run: CommandLine) -> None:
    write(run, "- [ ] Ring Pat (due tomorow)\n- [ ] Due diligence (overdue)\n- [ ] Rest (due Friday)")
    lines = run("journal", "actions").stdout.splitlines()
    said = [line[6:] for line in lines if "I could not read its date." in line]
    assert [line.partition(". ")[0] for line in said] == ["Ring Pat (due tomorow)"]
    run("journal", "actions", "carry", "ring pat", "--to", "tomorrow")
    assert "cannot be read" not in run("journal", "actions").stdout


@pytest.mark.parametrize("who", ["May", "june", "April", "Sun", "Jan"])
def test_by_somebody_is_no_day(run: CommandLine, who: str) -> None:
    entry = write(run, f"- [ ] Have it looked over (by {who})")
    assert entry.read_text("utf-8").endswith(f"- [ ] Have it looked over (by {who})\n")
    assert "Due" not in run("journal", "actions").stdout


def test_a_day_in_a_note_is_a_date_as_well(run: CommandLine) -> None:
    said = run("reflect", "tool1", "--concept", "change", "--only", "1", typed="2\n- [ ] Ring Pat (due tomorrow)\n\n")
    assert "- [ ] Ring Pat (due 2026-11-24)" in Path(said.stdout.strip()).read_text("utf-8")


def test_a_word_is_no_name_even_where_the_name_of_another_action_begins_so(run: CommandLine) -> None:
    # Three figures: the two that the name may begin with are no word of another action.
    words = [f"Plan day {number:03}" for number in range(40)]
    entry = write(run, "\n".join(f"- [ ] {each}" for each in [*words, "Ring the surgery"]))
    lines = run("journal", "actions").stdout.splitlines()
    name = next(line.partition(". ")[0] for line in lines if "Plan" in line)
    two = name[:2]
    entry.write_text(entry.read_text("utf-8").replace("Ring the", f"Ring the {two.upper()}"), "utf-8")
    assert f"Done: Ring the {two.upper()} surgery" in run("journal", "actions", "done", two.upper()).stderr
    entry.write_text(entry.read_text("utf-8").replace("Plan day 039", f"Plan {name} day"), "utf-8")
    unclear = run("journal", "actions", "done", name, code=1).stderr
    assert f'2 actions match "{name}"' in unclear
    assert "Done: Plan day" in run("journal", "actions", "done", full_id(run, name)).stderr


@pytest.mark.parametrize(
    ("word", "is_found"),
    [
        ("de", False),
        ("debr", True),
        ("f", False),
        ("for a", True),
        ("or a", False),
        ("GP", True),
        ("brief", False),
        ("a", False),
    ],
)
def test_a_word_is_whole_or_the_beginning_of_one(run: CommandLine, word: str, *, is_found: bool) -> None:
    entry = write(run, "- [ ] Ask for a debrief slot\n- [ ] Ring the GP\n- [ ] Thank whoever disagrees")
    run("journal", "actions", "done", word, code=0 if is_found else 1)
    assert ("[x]" in entry.read_text("utf-8")) == is_found


def test_of_many_that_go_by_a_word_the_first_few_are_shown(run: CommandLine) -> None:
    write(run, "\n".join(f"- [ ] Thing number {number}" for number in range(30)))
    unclear = run("journal", "actions", "done", "thing", code=1)
    assert '30 actions match "thing"' in unclear.stderr
    assert len(unclear.stdout.splitlines()) == 8


def full_id(run: CommandLine, name: str) -> str:
    ids = (part.partition('"')[0] for part in run("journal", "actions", "--json").stdout.split('"id": "')[1:])
    return next(one for one in ids if one.startswith(name))


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
def test_where_nothing_can_be_written_the_action_is_said_to_be_as_it_was(run: CommandLine, nobody: None) -> None:
    entry = write(run, "- [ ] Ring Pat")
    before = entry.read_bytes()
    folders = [run.journal, entry.parent, run.journal / ".git"]
    for folder in folders:
        folder.chmod(0o500)
    try:
        said = run("journal", "actions", "done", "ring", code=1).stderr
    finally:
        for folder in folders:
            folder.chmod(0o700)
    assert "The action has not changed." in said
    assert "saved" not in said
    assert "--journal" not in said
    assert entry.read_bytes() == before


def test_an_entry_in_utf_16_is_not_rewritten_for_one_line_of_it(run: CommandLine) -> None:
    entry = write(run, "- [ ] Ring Pat")
    entry.write_bytes(entry.read_text("utf-8").encode("utf-16"))
    before = entry.read_bytes()
    said = run("journal", "actions", "done", "ring", code=1).stderr
    assert "changing one line would rewrite the whole file" in said
    assert "Nothing was changed." in said
    assert entry.read_bytes() == before


def test_a_day_that_cannot_be_read_is_answered_with_days_that_lie_ahead(run: CommandLine) -> None:
    write(run, "- [ ] Ring Pat (due 1 December)")
    assert '"in two weeks"' in run("journal", "actions", "--due-before", "tomorow", code=2).stderr
    assert "Ring Pat" in run("journal", "actions", "--due-before", "2 December").stdout
    assert "Ring Pat" not in run("journal", "actions", "--due-before", "yesterday").stdout


def test_the_history_of_an_entry_says_that_an_action_was_followed_up(run: CommandLine) -> None:
    entry = write(run, "- [ ] Ring Pat")
    run("journal", "actions", "done", "ring")
    assert "action followed up" in run("journal", "history", entry.stem).stdout


def id_of(run: CommandLine, words: str, *options: str) -> str:
    listed = json.loads(run("journal", "actions", "--all", "--json", *options).stdout)["actions"]
    return str(next(one["id"] for one in listed if words in one["text"]))


def test_of_several_actions_none_is_changed_where_one_has_ended_already(run: CommandLine) -> None:
    entry = write(run, "- [ ] Ring Pat\n- [ ] Write to Jo\n- [x] Rest")
    run("journal", "actions", "drop", "write to jo")
    before = entry.read_text("utf-8")
    dropped = id_of(run, "Write to Jo")
    refused = run("journal", "actions", "done", "ring pat", dropped, code=1).stderr
    assert "this action is already dropped" in refused
    assert "Nothing was changed." in refused
    assert entry.read_text("utf-8") == before
    again = run("journal", "actions", "drop", dropped, "ring pat")
    assert "Already dropped: Write to Jo" in again.stderr
    assert "Dropped: Ring Pat" in again.stderr


def test_what_is_changed_when_another_change_fails_is_said(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    write(run, "- [ ] Ring Pat")
    second = write(run, "- [ ] Write to Jo")

    def change_late(found: FoundAction, how: Callable[[str], str]) -> None:
        change_line(found, how)
        second.write_text(second.read_text("utf-8").replace("Write", "Talk"), "utf-8")

    monkeypatch.setattr(acting, "change_line", change_late)
    refused = run("journal", "actions", "done", "ring pat", "write to jo", code=1).stderr
    assert "Done: Ring Pat" in refused
    assert "Nothing was changed" not in refused
    assert "The actions named above have changed. This one and any after it have not." in refused


def test_a_journal_that_has_two_names_is_read_once(run: CommandLine) -> None:
    entry = write(run, "- [ ] Ring Pat")
    for name in ("team", "other"):
        run("journal", "init", str(run.journal), "--name", name)
    assert run("journal", "list", "--journal", "all").stdout.count("Ring Pat") == 1
    run("journal", "actions", "done", "ring pat", "--journal", "all")
    assert "[x] Ring Pat" in entry.read_text("utf-8")


def test_what_to_do_next_is_said_for_the_journal_that_was_named(run: CommandLine, tmp_path: Path) -> None:
    other = ("--journal", str(tmp_path / "my other journal"))
    option = f'--journal "{other[1]}"'
    write(run, "mine")
    entry = write(run, "- [ ] Ring Pat", *other)
    piece = entry.stem[-4:]
    assert f"journal list {option}" in run("journal", "show", "nope", *other, code=1).stderr
    assert f"journal list {option}" in run("journal", "show", "2020-01-01", *other, code=1).stderr
    assert f"journal actions --all {option}" in run("journal", "actions", "done", "no such", *other, code=1).stderr
    assert f"journal history {piece} {option}" in run("journal", "resolve", "latest", *other, code=1).stderr
    run("journal", "actions", "done", "ring pat", *other)
    name = id_of(run, "Ring Pat", *other)
    carried = run("journal", "actions", "carry", name, "--to", "tomorrow", *other, code=1).stderr
    assert f"journal edit {piece} {option}" in carried


def test_a_short_word_that_is_only_part_of_one_is_said_to_be_so(run: CommandLine) -> None:
    write(run, "- [ ] Tabbed notes")
    refused = run("journal", "actions", "done", "Tab", code=1).stderr
    assert 'no open action matches "Tab"' in refused


def test_an_action_of_an_entry_whose_sharing_was_broken_off_can_be_followed_up(run: CommandLine) -> None:
    private = write(run, "- [ ] Ring Pat", "--private")
    shared = run.journal / "2026" / private.name
    shared.parent.mkdir(parents=True, exist_ok=True)
    shared.write_bytes(private.read_bytes())
    refused = run("journal", "actions", "done", "ring pat", code=1).stderr
    assert "the entry of this action is there twice" in refused
    command = refused.split("To finish sharing it: ")[1].partition("\n")[0]
    run(*command.split(), typed="yes\n")
    assert not private.exists()
    assert "Done: Ring Pat" in run("journal", "actions", "done", "ring pat").stderr

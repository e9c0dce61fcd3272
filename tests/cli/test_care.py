"""Questions that may bring up difficult feelings: said before, and where support is to be found said after."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from support.commands import NOON, CommandLine
from support.editors import make_editor, needs_a_shell, write_under
from support.packs import SMALL

from compassion_cli.core.session import begin_session
from compassion_cli.storage.packs import open_shelf
from compassion_cli.storage.places import find_own_packs, find_support_files

PLACES = (
    "Your supervisor",
    "employee assistance programme",
    "union",
    "GP",
    "NHS 111",
    "116 123",
    "Protect",
    "checked on",
)
KIND = "You do not have to carry them alone."


def give_pack(text: str) -> None:
    find_own_packs().mkdir(parents=True, exist_ok=True)
    (find_own_packs() / "own.toml").write_text(text, encoding="utf-8")


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (["tool3", "--only", "3"], "x\n\n"),
        (["tool3", "--only", "20"], "x\n\n"),
        (["tool3", "--lens", "self"], "\n\n\nx\n\n\n"),
        (["tool1", "--concept", "openness"], "\n\nx\n\n"),
        (["curiosity", "--role", "supervisor", "--only", "7"], "x\n\n"),
    ],
)
def test_a_session_with_such_a_question_ends_with_where_support_is(
    run: CommandLine, words: list[str], typed: str
) -> None:
    result = run("reflect", *words, typed=typed)
    said = flat(result.stderr)
    assert said.index("Saved.") < said.index(KIND)
    assert all(place in said for place in PLACES)
    assert said.endswith("To see this again: reflect support")
    # What a script takes is the path, and nothing else.
    assert result.stdout.strip() == str(run.entries[0])


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (["tool3", "--only", "1"], "x\n\n"),
        (["tool3", "--lens", "self"], "x\n\n\n\n\n\n"),
        (["tool1", "--concept", "change"], "\n\nx\n\n"),
    ],
)
def test_a_session_in_which_none_was_answered_does_not(run: CommandLine, words: list[str], typed: str) -> None:
    result = run("reflect", *words, typed=typed)
    assert "Samaritans" not in result.output
    assert result.stderr.endswith("Saved. To read it: journal show\n")


@needs_a_shell
@pytest.mark.parametrize(("key", "is_careful"), [("self.3", True), ("self.1", False)])
def test_so_does_one_in_an_editor_and_a_form(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, is_careful: bool
) -> None:
    monkeypatch.setenv("EDITOR", make_editor(tmp_path, write_under(key, "Words")))
    assert (KIND in flat(run("reflect", "tool3", "--lens", "self", "--editor").stderr)) is is_careful
    form = tmp_path / "form.md"
    form.write_text(run("reflect", "tool3", "--lens", "self", "--blank").stdout, "utf-8")
    run.shell(f"{make_editor(tmp_path, write_under(key, 'Words'))} {form}")
    assert (KIND in flat(run("reflect", "tool3", "--from", str(form)).stderr)) is is_careful


NOTES = {
    ("tool3", "self"): "Questions 3 and 4 may bring up difficult feelings. You can skip them, and",
    ("tool3", "organisation"): "Question 20 may bring up difficult feelings. You can skip it, and",
    ("tool1", "openness"): "These questions may bring up difficult feelings. You can skip them, and",
    ("curiosity", "practitioner"): "Question 7 may bring up difficult feelings. You can skip it, and",
}


@pytest.mark.parametrize(("pack_id", "section_id"), NOTES)
def test_a_form_says_so_before_the_questions_and_is_read_back_without_it(
    run: CommandLine, pack_id: str, section_id: str
) -> None:
    pack = open_shelf().load(pack_id)
    blank = run("reflect", pack_id, f"--{pack.section_name}", section_id, "--blank").stdout
    note = NOTES[pack_id, section_id]
    assert blank.count("difficult feelings") == 1
    assert f"> - {note} you do not have to say why.\n" in blank
    assert blank.index(note) < blank.index("<!-- question:")
    section = pack.find_section(section_id)
    Path("form.md").write_text(f"{blank}\nWords at the end.\n", "utf-8")
    run("reflect", pack_id, "--from", "form.md")
    text = run.entries[0].read_text("utf-8")
    assert "difficult feelings" not in text
    assert (section.intro or "#") in text
    assert begin_session(pack, [section]).to_form().sections[0].guidance[-1].endswith("say why.")


def test_a_form_of_questions_that_are_not_such_says_nothing(run: CommandLine) -> None:
    assert "difficult" not in run("reflect", "tool3", "--lens", "supervisor", "--blank").stdout
    assert "difficult" not in run("reflect", "tool3", "--only", "1,2", "--blank").stdout


def test_where_support_is_can_be_seen_at_any_time(run: CommandLine) -> None:
    shown = run("reflect", "support").stdout
    assert shown.startswith("Where to find support\n\n")
    assert KIND in shown
    assert all(place in shown for place in PLACES)
    assert "<!--" not in shown
    assert "support" in run("reflect", "--help").stdout


def test_an_employer_s_text_takes_the_place_of_ours_and_one_s_own_of_that(run: CommandLine) -> None:
    own, employers, _ = find_support_files()
    employers.parent.mkdir(parents=True, exist_ok=True)
    employers.write_text("# Support at Anytown\n\n<!-- for us -->\n- Wellbeing team: 01632 960001\n", "utf-8")
    assert run("reflect", "support").stdout == "Support at Anytown\n\n- Wellbeing team: 01632 960001\n"
    assert "01632 960001" in run("reflect", "tool3", "--only", "3", typed="x\n\n").stderr
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_bytes("Ask Ren\xe9e.\n".encode("cp1252"))
    assert run("reflect", "support").stdout == "Ask Renée.\n"


def test_a_text_that_cannot_be_read_is_named_and_ours_is_shown(run: CommandLine) -> None:
    _, employers, _ = find_support_files()
    employers.mkdir(parents=True)
    result = run("reflect", "support")
    assert "116 123" in result.stdout
    assert str(employers) in result.stderr
    employers.rmdir()
    # As good as none.
    employers.write_text(" \n")
    assert "116 123" in run("reflect", "support").stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files on Windows")
@pytest.mark.parametrize("kind", ["pipe", "device", "large"])
def test_what_is_no_text_is_named_and_ours_is_shown(run: CommandLine, kind: str) -> None:
    own = find_support_files()[0]
    own.parent.mkdir(parents=True, exist_ok=True)
    if kind == "pipe":
        os.mkfifo(own)
    elif kind == "device":
        own.symlink_to("/dev/zero")
    else:
        own.write_text("<!--" * 400_000)
    result = run("reflect", "support")
    assert "116 123" in result.stdout
    assert str(own) in result.stderr


@pytest.mark.parametrize(("days", "is_old"), [(360, False), (400, True)])
def test_numbers_that_were_checked_long_ago_are_said_to_have_been(run: CommandLine, days: int, is_old: bool) -> None:
    own = find_support_files()[0]
    own.parent.mkdir(parents=True, exist_ok=True)
    checked = NOON - timedelta(days=days)
    own.write_text(f"Ring 01632 960001.\n\nChecked on {checked.day} {checked:%B %Y}.\n", "utf-8")
    assert ("more than a year ago" in run("reflect", "support").stdout) is is_old


def test_what_an_employer_writes_can_do_nothing_to_a_terminal(run: CommandLine) -> None:
    own = find_support_files()[0]
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("Ring\x1b[2J us\n", "utf-8")
    assert "\x1b" not in run("reflect", "support").output
    assert "\x1b" not in run("reflect", "tool3", "--only", "3", typed="x\n\n").output


def test_no_pack_can_be_called_support(run: CommandLine) -> None:
    give_pack(SMALL.replace('id = "small"', 'id = "support"'))
    assert "Where to find support" in run("reflect", "support").stdout
    assert '"support" is already a command' in " ".join(run("reflect", "--help").stdout.split())

"""What people see of ``journal config``, and of the settings in other commands."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.editors import make_editor, needs_a_shell

import compassion_cli
from compassion_cli.storage.places import find_employers_file, find_settings_file

ROW = """\
    sounds: bool = _row(True, SettingKind.YES_OR_NO, "A sound when an entry is saved", "sounds = false")
"""
SEVERAL = """\
import sys
from compassion_cli.cli import main
for command in sys.argv[1:]:
    sys.argv = ["journal", *command.split()]
    try:
        main.journal()
    except SystemExit:
        pass
    sys.stdout.flush()
"""


def write_own(text: str) -> Path:
    return write(find_settings_file(), text)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_all_settings_are_listed_with_where_they_come_from(run: CommandLine) -> None:
    write(find_employers_file(), 'plain = true\neditor = "notepad"\n[journals]\nteam = "/srv/team"\n')
    write_own('name = "Sam"\neditor = ""\n')
    assert run("journal", "config").stdout == (
        "name: Sam (yours)\n"
        "also_known_as: not set (built in)\n"
        "default_journal: not set (built in)\n"
        "editor: not set (yours)\n"
        "plain: yes (your employer's)\n"
        "git: yes (built in)\n"
        "journals.team: /srv/team (your employer's)\n"
        "\n"
        f"Your settings are in {find_settings_file()}\n"
        f"Your employer's settings are in {find_employers_file()}\n"
    )


def test_looking_makes_no_file_and_says_that_there_is_none(run: CommandLine) -> None:
    listed = run("journal", "config").stdout
    assert f"Your settings are in {find_settings_file()} (no such file yet)\n" in listed
    assert not find_settings_file().parent.exists()


def test_the_list_is_json_for_scripts(run: CommandLine) -> None:
    write_own('name = "Zoë"\n')
    value = json.loads(run("journal", "config", "--json").stdout)
    assert value["version"] == 1
    assert value["settings"]["name"] == {"value": "Zoë", "from": "own"}
    assert value["settings"]["git"] == {"value": True, "from": "built-in"}
    assert value["files"] == {"own": str(find_settings_file()), "employer": str(find_employers_file())}


def test_a_setting_is_set_shown_and_taken_out_again(run: CommandLine) -> None:
    assert run("journal", "config", "plain").stdout == "no\n"
    assert run("journal", "config", "plain", "On").stderr == "plain is now yes.\n"
    assert run("journal", "config", "plain").stdout == "yes\n"
    assert run("journal", "config", "plain", "--unset").stderr == "plain is now no.\n"
    run("journal", "config", "journals.team", "~/team")
    run("journal", "config", "default_journal", "team")
    assert run("journal", "config", "journals.team").stdout == "~/team\n"
    assert run("journal", "config", "default_journal", "--unset").stderr == "default_journal is no longer set.\n"


def test_what_is_taken_out_falls_back_to_the_employers(run: CommandLine) -> None:
    write(find_employers_file(), 'editor = "notepad"\n')
    run("journal", "config", "editor", "nano")
    assert run("journal", "config", "editor", "--unset").stderr == "editor is now notepad.\n"


@pytest.mark.parametrize(
    ("words", "said", "remedy"),
    [
        (["plan"], 'there is no setting called "plan"', "journal config plain"),
        (["plan", "yes"], 'there is no setting called "plan"', "journal config plain"),
        (["plan", "--unset"], 'there is no setting called "plan"', "journal config plain"),
        (["plain", "maybe"], '"plain" can only be yes or no, not "maybe"', "journal config plain yes"),
        (["journals.none"], '"journals.none" is not set', "journal config journals.none FOLDER"),
        (["plain", "yes", "--unset"], "--unset takes no value", "journal config plain --unset"),
        (["--unset"], "--unset needs to know which setting", "journal config KEY --unset"),
        (["plain", "--edit"], "--edit opens the whole file", "journal config --edit"),
        (["plain", "--json"], "--json lists all settings", "journal config --json"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(run: CommandLine, words: list[str], said: str, remedy: str) -> None:
    refused = run("journal", "config", *words, code=2)
    assert f"journal: {said}" in refused.stderr
    assert f"  try: {remedy}\n" in refused.stderr
    assert refused.stdout == ""
    assert not find_settings_file().exists()


def test_a_default_nobody_named_is_refused_and_so_is_taking_out_its_journal(run: CommandLine) -> None:
    refused = run("journal", "config", "default_journal", "team", code=1).stderr
    assert '"default_journal": no journal in the settings is called team\n' in refused
    assert "Your settings have not changed." in refused
    path = write_own('default_journal = "team"\njournals.team = "~/team"\n')
    run("journal", "config", "journals.team", "--unset", code=1)
    assert path.read_text(encoding="utf-8") == 'default_journal = "team"\njournals.team = "~/team"\n'


@pytest.mark.parametrize(
    "words",
    [
        ["journal", "config"],
        ["journal", "config", "name"],
        ["journal", "config", "name", "Sam"],
        ["journal", "list"],
        ["journal", "show"],
        ["journal", "edit"],
        ["reflect", "resume"],
        ["reflect", "tool3", "--lens", "self"],
    ],
)
def test_a_fault_ends_every_command_with_its_place_and_what_to_do(run: CommandLine, words: list[str]) -> None:
    path = write_own("name = 'Sam'\nplan = true\n")
    refused = run(*words, code=1).stderr
    assert (
        f'your settings cannot be used ({path}, line 2): "plan" is not a setting (did you mean "plain"?)\n' in refused
    )
    assert "  try: journal config --edit\n" in refused
    assert run.entries == run.drafts == []
    assert path.read_text(encoding="utf-8") == "name = 'Sam'\nplan = true\n"


def test_help_needs_no_settings(run: CommandLine) -> None:
    write_own("plan = true\n")
    for words in (["reflect"], ["reflect", "--help"], ["journal", "list", "--help"], ["reflect", "tool3", "--help"]):
        assert "Usage: " in run(*words).stdout


def test_ones_own_file_with_a_fault_is_read_by_the_real_programs_too(run: CommandLine) -> None:
    write_own("plain = 1\n")
    refused = run.program("journal", "list", code=1)
    assert b"line 1" in refused.stderr
    run.program("journal", "config", "plain", "no")
    assert run.program("journal", "config", "plain").stdout.split() == [b"no"]
    run.program("journal", "list")


def test_the_name_stands_in_entries_unless_the_environment_says_another(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("journal", "config", "name", "Sam Example")
    run("reflect", "tool3", "--only", "6", typed="One\n\n")
    assert "by A Practitioner." in run("journal", "show").stdout
    monkeypatch.delenv("COMPASSION_AUTHOR")
    run("reflect", "tool3", "--only", "11", typed="Two\n\n")
    assert "by Sam Example." in run("journal", "show", "team").stdout


def test_a_pipe_is_not_asked_for_a_name(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPASSION_AUTHOR")
    monkeypatch.setenv("LOGNAME", "pexample")
    saved = run("reflect", "tool3", "--only", "6", typed="One\n\n")
    assert "What name" not in saved.stderr
    assert "by pexample." in run("journal", "show").stdout
    assert not find_settings_file().exists()


@needs_a_shell
def test_the_editor_in_the_settings_goes_before_those_of_the_environment(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "false")
    run("reflect", "tool3", "--only", "6", typed="One\n\n")
    run("journal", "config", "editor", make_editor(tmp_path, 'echo "and two" >> "$1"'))
    run("journal", "edit")
    assert "and two" in run("journal", "show").stdout
    run("journal", "config", "editor", "no-such-editor")
    refused = run("journal", "config", "--edit", code=1).stderr
    assert "the editor no-such-editor could not be started" in refused
    assert "try: To choose another: journal config editor COMMAND" in refused
    run("journal", "config", "editor", "'unbalanced")
    assert 'the setting "editor" could not be understood' in run("journal", "config", "--edit", code=1).stderr


@needs_a_shell
def test_the_file_is_opened_made_where_there_is_none_and_looked_at_afterwards(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", make_editor(tmp_path, 'sed -i "s/^# plain/plain/" "$1"'))
    edited = run("journal", "config", "--edit")
    assert edited.stdout == f"{find_settings_file()}\n"
    assert "There are no problems in your settings." in edited.stderr
    assert run("journal", "config", "plain").stdout == "yes\n"
    monkeypatch.setenv("EDITOR", make_editor(tmp_path, 'sed -i "s/^plain/plan/" "$1"'))
    refused = run("journal", "config", "--edit", code=1).stderr
    assert f'({find_settings_file()}, line 13): "plan" is not a setting' in refused
    monkeypatch.setenv("EDITOR", make_editor(tmp_path, 'sed -i "s/^plan/plain/" "$1"'))
    run("journal", "config", "--edit")


@needs_a_shell
def test_an_employers_fault_does_not_keep_anybody_from_mending_their_own(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(find_employers_file(), "plan = true\n")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", make_editor(tmp_path, ":"))
    run("journal", "config", "--edit")
    refused = run("journal", "list", code=1).stderr
    assert f"your employer's settings cannot be used ({find_employers_file()}, line 1)" in refused
    assert "try: tell whoever looks after this computer" in refused


def test_one_new_row_makes_a_new_setting(run: CommandLine, tmp_path: Path) -> None:
    copy = shutil.copytree(Path(compassion_cli.__file__).parent, tmp_path / "src" / "compassion_cli")
    table = copy / "core" / "settings.py"
    before, last, after = table.read_text(encoding="utf-8").partition("    journals: dict[str, str]")
    table.write_text(before + ROW + last + after, encoding="utf-8")
    # A measured process would look for the copy afterwards.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}

    def journal(*commands: str) -> str:
        command = [sys.executable, "-c", SEVERAL, *commands]
        env["PYTHONPATH"] = str(copy.parent)
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True, text=True)
        return done.stdout

    said = journal(
        "config", "config sounds off", "config sounds", "config sounds maybe", "config sound", "config --json"
    )
    assert "git: yes (built in)\nsounds: yes (built in)\n\n" in said
    assert "sounds is now no.\nno\n" in said
    assert '"sounds" can only be yes or no, not "maybe"\n' in said
    assert "try: journal config sounds\n" in said
    assert '"sounds": {\n      "value": false,\n      "from": "own"\n    }' in said
    assert "# A sound when an entry is saved:\n# sounds = false\n" in find_settings_file().read_text(encoding="utf-8")
    write_own('sounds = "no"\n')
    assert '"sounds" has a value that cannot be used (it should be true or false, ' in journal("config")

"""What the documents say is what happens."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.fork_server import serving_programs
from support.transcripts import level, list_commands, type_in_a_shell

ROOT = Path(__file__).resolve().parent.parent
STORIES = [ROOT / "README.md", *sorted((ROOT / "tests" / "scenarios").glob("*.md"))]


@pytest.mark.skipif(sys.platform != "linux", reason="the blocks name folders as they are on Linux")
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.name)
def test_every_console_block_shows_what_a_person_sees(
    path: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPASSION_AUTHOR", "Sam")
    # The pages name the usual folder of settings for everyone on a computer.
    monkeypatch.delenv("XDG_CONFIG_DIRS")
    commands = list_commands(path)
    assert commands
    with serving_programs() as programs:
        for command in commands:
            seen = type_in_a_shell(command.line, tmp_path, programs)
            assert level(command.expected, home) == level(seen, home), command.line


def test_the_readme_names_every_pack_and_every_command(run: CommandLine) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for program in ("reflect", "journal"):
        listed = run(program, "--help").stdout.partition("Commands:\n")[2]
        names = re.findall(r"^  (\w+)  ", listed, re.MULTILINE)
        assert len(names) > 1
        assert all(f"{program} {name}" in readme for name in names)


def test_the_two_commands_stand_in_the_readme_and_are_those_of_the_ci() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\npython3 start.py reflect tool3 --lens self\n" in readme
    assert "\npython3 start.py test\n" in readme
    assert "python3 start.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_option_is_explained(run: CommandLine) -> None:
    journal = (["journal", name] for name in ("list", "show", "config"))
    for words in (["reflect"], ["reflect", "tool3"], ["journal"], *journal):
        options = run(*words, "--help").stdout.partition("Options:\n")[2]
        assert not re.search(r"^  -\S+( [A-Z]+)?$", options, re.MULTILINE)


def test_the_picture_is_of_this_program(run: CommandLine) -> None:
    picture = (ROOT / "docs" / "session.svg").read_text(encoding="utf-8").replace("&#160;", " ")
    assert "What already helps you deal with the feelings your work brings up?" in picture
    assert "$ reflect tool3 --lens self" in picture
    assert "Enter twice: done" in picture
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")

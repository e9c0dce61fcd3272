"""Two people with homes of their own, who share a journal by way of a folder, with real git."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import Result

from support.commands import CommandLine

#: Whoever wrote the entry is offered the next questions below it.
_ADD_WORD = """\
#!/bin/sh
awk '/^<!-- question: supervisor.7 /{{ended = 1}} {{line[NR] = $0}} !ended && NF {{last = NR}}
     END {{line[last] = line[last] "-{}"; for (n = 1; n <= NR; n++) print line[n]}}' "$1" > "$1.new"
cat "$1.new" > "$1"
rm "$1.new"
"""


@dataclass
class Person:
    """Types commands as themselves. Unless another exit code is expected, a command must succeed."""

    name: str
    home: Path
    patch: pytest.MonkeyPatch
    line: CommandLine = field(init=False)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.line = CommandLine(self.home)

    @property
    def journal(self) -> Path:
        """The journal they share, under whatever name they have it."""
        return self.home / "reflective-journal"

    def type(self, *words: str, typed: str = "", code: int | None = 0) -> Result:
        """Type a command."""
        self.be()
        return self.line(*words, typed=typed, code=code)

    def be(self) -> None:
        """Be this person from now on."""
        self.patch.setenv("HOME", str(self.home))
        self.patch.setenv("USERPROFILE", str(self.home))
        self.patch.setenv("COMPASSION_AUTHOR", self.name)

    def write(self, words: str, *options: str) -> Path:
        """Write an entry and return its file."""
        self.line.now += timedelta(minutes=1)
        said = self.type("reflect", "tool3", "--only", "6", *options, typed=f"{words}\n\n")
        return Path(said.stdout.strip().split("\n")[-1])

    def change(self, old: str, new: str, reference: str = "latest") -> None:
        """Change a word of an entry in an editor."""
        # Not in the questions, which are in the file too.
        self.patch.setenv("EDITOR", f"sed -i '/^[#<>]/!s/{old}/{new}/'")
        self.type("journal", "edit", reference)

    def add(self, word: str, reference: str) -> None:
        """Add a word to the last line of the first answer of an entry in an editor."""
        editor = self.home / "add-word"
        editor.write_text(_ADD_WORD.format(word), encoding="utf-8")
        editor.chmod(0o700)
        self.patch.setenv("EDITOR", str(editor))
        self.type("journal", "edit", reference)

    def sync(self, code: int | None = 0) -> str:
        """Sync, and return what was said."""
        done = self.type("journal", "sync", code=code)
        return done.stdout + done.stderr

    @property
    def texts(self) -> dict[str, str]:
        """The shared files there are, by their path."""
        paths = [path for path in self.journal.glob("????/*.md") if ".edit-" not in path.name]
        return {str(path.relative_to(self.journal)): path.read_text("utf-8") for path in paths}


def git(folder: Path, *words: str) -> str:
    """Run git as someone would who knows it, and return what it says."""
    command = ["git", "-c", "user.name=Someone", "-c", "user.email=s@localhost", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, env=os.environ).stdout.decode()


def copy_a_shared_journal(made: Path, folder: Path) -> None:
    """Put what two people and a drive have in a folder into another one, as if they had always been there."""
    for part in made.iterdir():
        shutil.copytree(part, folder / part.name, symlinks=True, dirs_exist_ok=True)
    for path in [*folder.rglob(".git/config"), *folder.rglob("config.toml")]:
        path.write_text(path.read_text("utf-8").replace(str(made), str(folder)), encoding="utf-8")


def share_a_journal(ann: Person, bea: Person, drive: Path) -> None:
    """Have one person begin a journal and another take it."""
    ann.write("beginning")
    ann.type("journal", "init", "--remote", str(drive))
    ann.sync()
    bea.type("journal", "init", str(bea.journal), "--clone", str(drive), "--name", "ann")

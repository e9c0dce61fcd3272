"""Console blocks in Markdown, run as they stand: in the README, and as stories in ``tests/scenarios``.

A line that begins with ``$`` is typed into a shell; the lines under it are what a person sees, both streams together.
Dates, times, random characters and the home folder differ from run to run, so both sides are brought to one form.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_VARIABLE = (
    (re.compile(r"\d{4}-\d{2}-\d{2}-([a-z0-9-]+)-[a-z0-9]{4}\b"), r"DATE-\1-PIECE"),
    (re.compile(r"/\d{4}/DATE"), "/YEAR/DATE"),
    (re.compile(r"\.edit-[a-z0-9]{8}-[a-z0-9]{4}"), ".edit-PIECE"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}"), "DAY"),
    # "Next Friday" is written down as the date it means.
    (re.compile(r"\(due \d{4}-\d{2}-\d{2}"), "(due DAY"),
    (re.compile(r"\b\d{2}:\d{2}\b"), "TIME"),
    (re.compile(r"\. [a-z0-9]{4}\. "), ". PIECE. "),
    (re.compile(r"(journal (?:history|edit)) [a-z0-9]{4}\b"), r"\1 PIECE"),
    (re.compile(r"\.review-[a-z0-9]{4}\b"), ".review-PIECE"),
    (re.compile(r"\. [a-z0-9]{4}\.$", re.MULTILINE), ". PIECE."),
    (re.compile(r"\bEntry [a-z0-9]{4}\."), "Entry PIECE."),
    (re.compile(r"^[a-z0-9]{4}\. (?=[A-Z])", re.MULTILINE), "NAME. "),
    # On the page for a meeting, what names an entry stands in brackets, alone or beside something else.
    (re.compile(r"\([a-z0-9]{4}(?=[;)])"), "(PIECE"),
    (re.compile(r"; [a-z0-9]{4}\)"), "; PIECE)"),
)


@dataclass(frozen=True)
class Command:
    """One line typed, and what should be seen."""

    line: str
    expected: str


def list_commands(path: Path) -> list[Command]:
    """Return the commands of all console blocks of a Markdown file, in order."""
    commands = []
    for block in _BLOCK.findall(path.read_text(encoding="utf-8")):
        for typed in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, expected = typed.partition("\n")
            commands.append(Command(line, expected))
    return commands


def type_in_a_shell(line: str, folder: Path, programs: Path) -> str:
    """Type a line into a shell that finds our programs in a folder, and return what is seen."""
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=180,
    )
    return done.stdout.decode("utf-8")


def level(text: str, home: Path) -> str:
    """Bring to one form what differs from run to run."""
    text = text.replace(str(home), "~")
    for pattern, replacement in _VARIABLE:
        text = pattern.sub(replacement, text)
    return text.rstrip()

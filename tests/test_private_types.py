"""What may leave the computer is a type: mypy refuses to hand a private journal to what sends, or shows to others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.real

ROOT = Path(__file__).resolve().parent.parent
TOP = """\
from pathlib import Path
from compassion_cli.cli.journal.agenda import print_agenda
from compassion_cli.cli.journal.sync import sync_one
from compassion_cli.core.review import Person
from compassion_cli.history.git import Git
from compassion_cli.history.remote import find_remote
from compassion_cli.history.remote_setup import connect
from compassion_cli.history.share import move_to_shared
from compassion_cli.history.sync import count_unsent, find_address, sync
from compassion_cli.storage.journal import PrivateJournal, SharedJournal
from compassion_cli.cli.context import Context
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.history.recorder import Recorder

def hand_over(private: PrivateJournal, shared: SharedJournal, context: Context, choice: JournalChoice,
              git: Git, recorder: Recorder) -> None:
"""
#: Each takes a shared journal in the place of the sign.
CALLS = (
    "sync(@, Person('A'), is_attended=False, watch=print)",
    "sync_one(@, context)",
    "find_remote(@, git)",
    "connect(@, 'A', 'https://example.org/journal')",
    "count_unsent(@)",
    "find_address(@)",
    "print_agenda([@], choice, '', None)",
    "move_to_shared(Path('entry.md'), 'text', @, recorder, recorder)",
)


def check(folder: Path, journal: str) -> list[str]:
    """Return what mypy says of handing a journal to each, a line for each call that it refuses."""
    path = folder / "handing_over.py"
    path.write_text(TOP + "".join(f"    {call.replace('@', journal)}\n" for call in CALLS), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--no-pretty", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return [line for line in done.stdout.splitlines() if "error:" in line]


def test_mypy_refuses_a_private_journal_wherever_a_shared_one_is_wanted(tmp_path: Path) -> None:
    refused = check(tmp_path, "private")
    assert len(refused) == len(CALLS), "\n".join(refused)
    assert all('has incompatible type "PrivateJournal"; expected' in line or "List item 0" in line for line in refused)


def test_mypy_takes_a_shared_one(tmp_path: Path) -> None:
    assert check(tmp_path, "shared") == []

"""Who records what a command does in the history of a journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from compassion_cli.cli.environment import Environment
from compassion_cli.cli.opening import find_me
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.settings import load_settings
from compassion_cli.terminal.screen import Screen


def open_recorder(folder: Path, environment: Environment, screen: Screen) -> Recorder:
    """Return what records changes in the journal of a folder, unless somebody wants no history."""
    return Recorder(folder, find_me(), environment.now, screen.advise, is_on=load_settings().git)


def open_recorder_of(path: Path, journals: Sequence[Journal], environment: Environment, screen: Screen) -> Recorder:
    """Return what records changes to one file. A copy that lies in no journal gets no history around it.

    Args:
        path: The file of an entry or a response.
        journals: Those that are open.
        environment: The world outside.
        screen: Where it is said that something could not be recorded.
    """
    folder = path.absolute().parent.parent
    recorder = open_recorder(folder, environment, screen)
    is_in_one = folder in {journal.folder for journal in journals} or (folder / ".git").exists()
    return recorder if is_in_one else replace(recorder, is_on=False)

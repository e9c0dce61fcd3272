"""Who records what a command does in the history of a journal."""

from __future__ import annotations

from pathlib import Path

from compassion_cli.cli.environment import Environment
from compassion_cli.cli.opening import find_me
from compassion_cli.flows.recording import Recorder
from compassion_cli.storage.settings import load_settings
from compassion_cli.terminal.screen import Screen


def open_recorder(folder: Path, environment: Environment, screen: Screen) -> Recorder:
    """Return what records changes in the journal of a folder, unless somebody wants no history."""
    return Recorder(folder, find_me(), environment.now, screen.say, is_on=load_settings().git)

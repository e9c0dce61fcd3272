"""Choosing between two versions. The one that is not chosen stays in the history, and goes only once that has both."""

from __future__ import annotations

from pathlib import Path

from compassion_cli.history.change import Change
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.read_files import read_text
from compassion_cli.storage.write_files import remove_if_it_holds, replace


def settle_versions(path: Path, other: Path, chosen: str, recorder: Recorder) -> None:
    """Put what was chosen in the place of a file, and take the other version away.

    Args:
        path: The file in its place.
        other: The other version beside it.
        chosen: What the file should hold.
        recorder: Records both versions before, and the choice after.

    Raises:
        FileChangedError: Someone has changed the file meanwhile; both versions are as they were.
        FileWriteError: It cannot be written; both versions are as they were.
    """
    own, others = read_text(path), read_text(other)
    recorder.settle(path)
    recorder.settle(other)
    if chosen != own:
        replace(path, chosen, read=own)
    remove_if_it_holds(other, others)
    recorder.record([path, other], Change.RESOLVED)

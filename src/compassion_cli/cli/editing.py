"""Changing an entry or a response in an editor, with the questions that its author has not answered."""

from __future__ import annotations

from pathlib import Path

from compassion_cli.cli.asking import open_editor
from compassion_cli.cli.context import Context
from compassion_cli.cli.left_out import find_offering
from compassion_cli.flows.edit_entry import edit_entry
from compassion_cli.history.recorder import Recorder


def edit_one(path: Path, begun: Path | None, context: Context, recorder: Recorder) -> bool:
    """Open an entry in an editor, with the questions that its author has not answered; tell whether it has changed.

    Args:
        path: Its file.
        begun: A saved edit, to carry on with; None to start from the current version.
        context: The run. Whoever did not write the entry is offered nothing.
        recorder: Records the versions.

    Raises:
        ReflectError: As :func:`~compassion_cli.flows.edit_entry.edit_entry` does.
    """
    offering = find_offering(path, context)
    if offering.offers and not begun:
        context.screen.say(
            "Questions you have not answered are in the file too. Any you leave empty will not be in the entry."
        )
    return edit_entry(path, begun, open_editor(context), recorder, offering)

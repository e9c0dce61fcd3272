"""Following up an action: its line is changed, and only then is that recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from compassion_cli.core.action import State, carry_task, end_task
from compassion_cli.history.change import Change
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.actions import FoundAction, change_line
from compassion_cli.storage.write_files import FileWriteError


def end_action(found: FoundAction, state: State, day: date, recorder: Recorder) -> None:
    """Note that an action is done, or dropped, since a day.

    Raises:
        ReflectError: Its line is not what it was; nothing has been changed.
        FileWriteError: Its file cannot be written; it has not changed.
    """
    _change_line_of(found, lambda line: end_task(line, state, day, found.read_date), recorder)


def carry_action(found: FoundAction, day: date, recorder: Recorder) -> None:
    """Change when an action is due.

    Raises:
        ReflectError: Its line is not what it was; nothing has been changed.
        FileWriteError: Its file cannot be written; it has not changed.
    """
    _change_line_of(found, lambda line: carry_task(line, day, found.read_date), recorder)


def _change_line_of(found: FoundAction, change: Callable[[str], str], recorder: Recorder) -> None:
    # What someone has changed by hand is a version of its own.
    recorder.settle(found.path)
    try:
        change_line(found, change)
    except FileWriteError as error:
        remedy = "check that you are allowed to write there, then type the same command again"
        raise error.saying(remedy, "The action has not changed.") from None
    recorder.record([found.path], Change.ACTION)

"""What commands that change a file do besides: record it, say that it is saved, and name what cannot be read in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from compassion_cli.cli.context import Context
from compassion_cli.core.file_names import is_review
from compassion_cli.flows.destination import Destination, Saved
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.actions import list_unread_days
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.kept_edits import find_edits
from compassion_cli.storage.support import read_support
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen
from compassion_cli.terminal.support_view import list_support


def open_recorder(folder: Path, context: Context, author: str | None = None) -> Recorder:
    """Return what records changes in the journal of a folder, unless someone wants no history.

    Args:
        folder: The journal's.
        context: The run.
        author: Who makes the changes; None for whoever types.
    """
    author = context.me if author is None else author
    return Recorder(folder, author, context.now, context.screen.advise, is_on=context.settings.git)


def open_recorder_of(path: Path, journals: Sequence[Journal], context: Context) -> Recorder:
    """Return what records changes to one file. A copy that lies in none of these journals gets no history around it."""
    folder = path.absolute().parent.parent
    recorder = open_recorder(folder, context)
    is_in_one = folder in {journal.folder for journal in journals} or (folder / ".git").exists()
    return recorder if is_in_one else replace(recorder, is_on=False)


def mention_kept_edits(path: Path, screen: Screen) -> None:
    """Say to someone who is about to edit a file that they have edits of it already, which were kept."""
    for other in find_edits(path):
        screen.advise(f'There is a saved edit of this in {other}. To carry on with it: journal edit --from "{other}"')


def say_saved(saved: Saved | None, destination: Destination, context: Context, *, is_sent: bool = True) -> None:
    """Say that an entry or a response is saved, and print its path as the result; nothing where nothing was.

    Args:
        saved: The entry or response.
        destination: Knows which journal that is in.
        context: The run.
        is_sent: Where the journal is shared, others see it with the next sync; not so for a copy outside every journal.
    """
    if saved is None:
        return
    path, screen = saved.path, context.screen
    if is_review(path.name):
        say = "Your response is saved. The entry has not changed."
        if is_sent and destination.address:
            say += f" To send it to others: journal sync{destination.options}"
    else:
        say = f"Saved. To read it: journal show{destination.options}"
    screen.advise(say)
    say_unread_days(path, destination.journal.option, screen)
    screen.result(str(path))
    if saved.needs_support:
        _say_support(context)


def _say_support(context: Context) -> None:
    support, screen = read_support(), context.screen
    screen.say()
    for line in list_support(support.text, context.now().date()):
        screen.say(line)
    screen.advise("To see this again: reflect support")
    say_problems(support.problems, screen)


def say_unread_days(path: Path, option: str, screen: Screen) -> None:
    """Say of each action in a file that has just been saved that its date cannot be read, where that is so.

    Args:
        path: The file of an entry or a response.
        option: What makes a command mean the journal it is in.
        screen: Where to.
    """
    unread = list_unread_days(path)
    for words in unread:
        screen.say(f"I could not read the date here, so it will never show as overdue: {words}")
    if unread:
        piece = path.name.partition(".")[0][-4:]
        edit = f"journal review {piece} --edit" if is_review(path.name) else f"journal edit {piece}"
        screen.advise(f"You can write a date as (due 1 December). To change it: {edit}{option}")

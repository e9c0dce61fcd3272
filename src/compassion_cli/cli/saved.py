"""What commands that change a file do besides: record it, say that it is saved, and name what cannot be read in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from compassion_cli.cli.context import Context
from compassion_cli.core.file_names import is_review
from compassion_cli.flows.destination import Destination
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.actions import list_unread_days
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.kept_edits import find_edits
from compassion_cli.terminal.screen import Screen


def open_recorder(folder: Path, context: Context, author: str | None = None) -> Recorder:
    """Return what records changes in the journal of a folder, unless somebody wants no history.

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
    """Say to somebody who is about to edit a file that they have edits of it already, which were kept."""
    for other in find_edits(path):
        screen.advise(f'An edit of this is kept in {other}. To go on with that: journal edit --from "{other}"')


def say_saved(path: Path | None, destination: Destination, screen: Screen, *, is_sent: bool = True) -> None:
    """Say that an entry or a response is saved, and print its path as the result; nothing where there is none.

    Args:
        path: The file.
        destination: Knows which journal that is in.
        screen: Where to.
        is_sent: Others see it with the next sync; not so for a copy that lies in no journal.
    """
    if path is None:
        return
    if is_review(path.name):
        say = "Saved beside the entry, which is as it was."
        say += f" Others see it after: journal sync{destination.options}" if is_sent else ""
    else:
        say = f"Saved. Read it with: journal show{destination.options}"
    screen.advise(say)
    say_unread_days(path, destination.journal.option, screen)
    screen.result(str(path))


def say_unread_days(path: Path, option: str, screen: Screen) -> None:
    """Say of each action in a file that has just been saved that its day cannot be read, where that is so.

    Args:
        path: The file of an entry or a response.
        option: What makes a command mean the journal it is in.
        screen: Where to.
    """
    unread = list_unread_days(path)
    for words in unread:
        screen.say(f"The day in this cannot be read, so it is never overdue: {words}")
    if unread:
        piece = path.name.partition(".")[0][-4:]
        edit = f"journal review {piece} --edit" if is_review(path.name) else f"journal edit {piece}"
        screen.advise(f"A day can be written as (due 1 December). To change it: {edit}{option}")

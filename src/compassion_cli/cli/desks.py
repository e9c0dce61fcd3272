"""What every command that asks begins and ends with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from compassion_cli.cli.environment import Environment
from compassion_cli.cli.naming import find_or_ask_author
from compassion_cli.core.change import is_review
from compassion_cli.flows.desk import Desk
from compassion_cli.history.author import find_author
from compassion_cli.storage.journals import find_one
from compassion_cli.storage.settings import load_settings
from compassion_cli.storage.waiting_drafts import WaitingDraft, find_answered, find_waiting
from compassion_cli.terminal.draft_view import describe_draft
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.screen import Screen, spell_commands


def say_waiting(screen: Screen, now: datetime) -> None:
    """Say in one line that a draft waits, or several do. One that holds nothing yet is not worth a word."""
    drafts = [found for found in find_waiting().drafts if found.form.first_text]
    if len(drafts) == 1:
        label = describe_waiting(drafts[0], now)
        screen.say(spell_commands(f"A draft waits: {label}. Go on with it: reflect resume"))
    elif drafts:
        screen.say(spell_commands(f"{len(drafts)} drafts wait. Go on with one: reflect resume"))


def describe_waiting(waiting: WaitingDraft, now: datetime) -> str:
    """Say in a few words which draft waits; of a response, also whose entry it responds to."""
    answered = find_answered(waiting)
    return describe_draft(waiting.form, waiting.changed, now, answered.entry if answered else None)


def open_desk(
    folder: str | None,
    screen: Screen,
    reader: LineReader,
    environment: Environment,
    *,
    private: bool = False,
    asks_name: bool = True,
) -> Desk:
    """Return what a flow works with.

    Args:
        folder: The folder of a journal; None for the person's own.
        screen: Where conversation goes.
        reader: Who is there.
        environment: The world outside.
        private: The entry is for the private journal inside it.
        asks_name: Somebody who never said so may be asked what name their entries should carry.
    """
    settings = load_settings()
    journal = find_one(folder, settings)
    journal = journal.private if private else journal
    options = journal.option + (" --private" if journal.is_private else "")
    editor = environment.make_editor(screen, reader)
    author = find_or_ask_author(screen, reader) if asks_name else find_author(settings.name)
    return Desk(journal, author, environment.now, screen.say, editor, options, keeps_history=settings.git)


def say_saved(path: Path | None, desk: Desk, screen: Screen, *, is_sent: bool = True) -> None:
    """Say that an entry or a response is saved, and print its path as the result; nothing where there is none.

    Args:
        path: The file.
        desk: Knows which journal that is in.
        screen: Where to.
        is_sent: Others see it with the next sync; not so for a copy that lies in no journal.
    """
    if path is None:
        return
    if is_review(path.name):
        say = "Saved beside the entry, which is as it was."
        say += f" Others see it after: journal sync{desk.options}" if is_sent else ""
    else:
        say = f"Saved. Read it with: journal show{desk.options}"
    screen.say(spell_commands(say))
    say_unread_days(path, desk.journal.option, screen)
    screen.result(str(path))


def say_unread_days(path: Path, options: str, screen: Screen) -> None:
    """Say of each action in a file that has just been saved that its day cannot be read, where that is so.

    Args:
        path: The file of an entry or a response.
        options: What makes a command mean the journal it is in.
        screen: Where to.
    """
    from compassion_cli.storage.actions import list_unread_days  # noqa: PLC0415 - start-up counts here

    unread = list_unread_days(path)
    for words in unread:
        screen.say(f"The day in this cannot be read, so it is never overdue: {words}")
    if unread:
        piece = path.name.partition(".")[0][-4:]
        edit = f"journal review {piece} --edit" if is_review(path.name) else f"journal edit {piece}"
        screen.say(spell_commands(f"A day can be written as (due 1 December). To change it: {edit}{options}"))

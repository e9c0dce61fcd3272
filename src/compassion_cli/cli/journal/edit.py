"""``journal edit``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.editing import edit_one
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import EntryArgument, JournalOption, PlainOption
from compassion_cli.cli.saved import mention_kept_edits, open_recorder_of, say_unread_days
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.file_names import is_review
from compassion_cli.core.review import is_same_person
from compassion_cli.storage.entry_lookup import LATEST, find_file
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.kept_edits import find_entry
from compassion_cli.storage.places import expand
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry


def run(
    ctx: typer.Context,
    *,
    entry: EntryArgument = LATEST,
    kept: Annotated[str, typer.Option("--from", metavar="FILE", help="Carry on with a saved edit.")] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Change an entry in your own editor.

    This is the latest entry, unless you name another.
    """
    context = find_context(ctx, plain=plain)
    screen, reader = context.screen, context.reader
    begun = expand(kept) if kept else None
    if begun and not begun.is_file():
        raise ReflectError(f"there is no file {begun}", "to start from the current version: journal edit")
    choice = JournalChoice(context, journal)
    journals = choice.open_parts()
    if begun and _is_same(begun, journals, entry, context.now().date()):
        raise ReflectError(f"{begun} is the entry itself, not an edit of it", "to edit the entry: journal edit")
    # An edit that was kept knows its entry by its name.
    path = (begun and find_entry(begun)) or find_file(journals, entry, context.now().date()).path
    _refuse_if_of_another(path, context)
    _mention_if_of_another(path, choice.option, context)
    if not begun:
        mention_kept_edits(path, screen)
    recorder = open_recorder_of(path, journals, context)
    with reader.held():
        changed = edit_one(path, begun, context, recorder)
    if changed:
        screen.say("Saved.")
        say_unread_days(path, choice.option, screen)
        screen.result(str(path))


def _refuse_if_of_another(path: Path, context: Context) -> None:
    if not is_review(path.name):
        return
    with suppress(EntryUnreadableError):
        author = read_entry(path).author
        if not is_same_person(author, context.me):
            raise ReflectError(
                f"this is a response by {author}, and only they can change it",
                "to change your own response: journal review ENTRY --edit",
            )


def _mention_if_of_another(path: Path, option: str, context: Context) -> None:
    with suppress(EntryUnreadableError):
        entry = read_entry(path)
        if not (entry.reviewed or is_same_person(entry.author, context.me)):
            remedy = f"To respond without changing it: journal review {entry.piece}{option}"
            context.screen.advise(f"This entry is by {entry.author}. {remedy}")


def _is_same(begun: Path, journals: Sequence[Journal], reference: str, today: date) -> bool:
    return find_entry(begun) is None and find_file(journals, reference, today).path.samefile(begun)

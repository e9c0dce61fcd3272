"""``journal unshare``."""

from __future__ import annotations

from typing import Annotated

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, PlainOption
from compassion_cli.cli.saved import open_recorder
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.file_names import is_edit
from compassion_cli.core.review import is_same_person
from compassion_cli.history.share import move_to_private, was_sent
from compassion_cli.storage.entry_files import EntryFile
from compassion_cli.storage.entry_lookup import LATEST, find_file
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.read_entry import read_with_text

_SAFE = "The entry has not changed."


def run(
    ctx: typer.Context,
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Which entry (as in journal show).")] = LATEST,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Make an entry private again, if it has not been sent yet."""
    context = find_context(ctx, plain=plain)
    file = find_file(JournalChoice(context, journal).open_parts(), entry, context.now().date())
    shared = file.journal
    if not isinstance(shared, SharedJournal):
        raise ReflectError(f"{file.id} is already private", "to see your private entries: journal list --private")
    found, text = read_with_text(file.path)
    if not is_same_person(found.author, context.me):
        raise ReflectError(f"this entry is by {found.author}, and you are {context.me}", safe=_SAFE)
    _expect_unsent(file, shared)
    in_shared, in_private = (open_recorder(folder, context) for folder in (shared.folder, shared.private.folder))
    path = move_to_private(file.path, text, shared, in_private, in_shared)
    context.screen.say("It is private now. As far as the history here knows, it was never sent.")
    context.screen.result(str(path))


def _expect_unsent(file: EntryFile, shared: SharedJournal) -> None:
    if was_sent(shared, file.path):
        raise ReflectError(
            "it is too late: this entry has already been sent",
            f"to delete it there with the next sync: journal delete {file.id[-4:]}{shared.option}",
            f"Anyone who has it already keeps it. {_SAFE}",
        )
    if file.reviews:
        raise ReflectError("someone has already responded to this entry, so it cannot be private", safe=_SAFE)
    for path in sorted(file.path.parent.glob(f"{file.path.stem}.*")):
        if path == file.path:
            continue
        what = f'to carry on with it: journal edit --from "{path}"'
        raise ReflectError(
            f"{path} belongs to this entry, and has still to be dealt with",
            what if is_edit(path.name) else f"to see what is left to decide: journal list{shared.option}",
            _SAFE,
        )

"""``journal delete``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.found_entries import show_entries
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, PlainOption
from compassion_cli.cli.saved import open_recorder_of
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError
from compassion_cli.core.file_names import find_entry_id
from compassion_cli.core.form import Entry
from compassion_cli.core.review import is_same_person
from compassion_cli.core.text import enumerate_words
from compassion_cli.flows.destination import Destination
from compassion_cli.history.deletion import delete_files
from compassion_cli.storage.entry_files import EntryFile
from compassion_cli.storage.entry_lookup import find_file
from compassion_cli.storage.entry_query import read_reviews
from compassion_cli.storage.read_entry import read_with_text
from compassion_cli.storage.read_files import read_lenient_text
from compassion_cli.terminal.entry_view import Shown
from compassion_cli.terminal.menu import confirm

_SAFE = "The entry has not changed."


def run(
    ctx: typer.Context,
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Which of your entries (as in journal show).")],
    yes: Annotated[bool, typer.Option("--yes", help="Delete without confirming.")] = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Delete one of your entries.

    You see it first, and are asked to confirm. Its earlier versions stay in the history.
    """
    context = find_context(ctx, plain=plain)
    choice = JournalChoice(context, journal)
    journals = choice.open_parts()
    file = find_file(journals, entry, context.now().date())
    found, text = read_with_text(file.path)
    if find_entry_id(f"{file.path.parent.name}/{file.path.name}") is None or not file.journal.holds_file(file.path):
        raise ReflectError(
            "this entry was moved or renamed, so the history cannot find it",
            "to see where it belongs: journal list",
        )
    _refuse_if_of_another(found, choice.option, context)
    texts = {path: read_lenient_text(path) for path in _list_beside(file)} | {file.path: text}
    recorder = open_recorder_of(file.path, journals, context)
    authors = list(dict.fromkeys(review.author for review in read_reviews(file, [])))
    is_shared = recorder.is_on and bool(Destination(file.journal, recorder).address)
    responses = f"What {enumerate_words(authors, 'and')} wrote in response is deleted too." if authors else ""
    with context.reader.held():
        if responses and yes:
            context.screen.say(responses)
        if not yes:
            show_entries([Shown(found, file.journal.is_private)], context.screen)
            context.screen.say()
        is_kept = recorder.keep(list(texts))
        if not yes:
            stays = "You can bring it back." if is_kept else "There is no history here, so you cannot bring it back."
            _ask(" ".join(filter(None, ("Delete this entry?", responses, stays))), found.piece, context)
        delete_files(texts, recorder)
    _say_what_stays(
        found.id if found.reviewed else found.piece,
        choice.option,
        context,
        is_kept=is_kept,
        is_shared=is_shared,
    )


def _refuse_if_of_another(found: Entry, option: str, context: Context) -> None:
    if not is_same_person(found.author, context.me):
        what = "a response" if found.reviewed else "an entry"
        remedy = f"ask {found.author} to delete it"
        remedy += "" if found.reviewed else f", or respond to it: journal review {found.piece}{option}"
        raise ReflectError(f"this is {what} by {found.author}, and you are {context.me}", remedy, _SAFE)


def _list_beside(file: EntryFile) -> list[Path]:
    """Return the files that belong to an entry and would mean nothing without it: responses, and other versions."""
    return sorted(
        path
        for path in file.path.parent.glob(f"{file.path.stem}.*.md")
        if find_entry_id(f"{path.parent.name}/{path.name}") and not path.is_symlink()
    )


def _ask(question: str, piece: str, context: Context) -> None:
    try:
        is_sure = confirm(context.screen, context.reader, question)
    except KeyboardInterrupt:
        raise InterruptedReflectionError("stopped; nothing was deleted", safe=_SAFE) from None
    if not is_sure and context.screen.is_interactive:
        raise ReflectError("nothing was deleted", safe=_SAFE)
    if not is_sure:
        remedy = f"to delete it without confirming: journal delete {piece} --yes"
        raise ReflectError("nothing was deleted", remedy, _SAFE)


def _say_what_stays(piece: str, option: str, context: Context, *, is_kept: bool, is_shared: bool) -> None:
    if not is_kept:
        context.screen.say("Deleted.")
        return
    others = " Anyone who already has a copy keeps it." if is_shared else ""
    context.screen.say(f"Deleted. Its earlier versions stay in the history.{others}")
    if is_shared:
        context.screen.advise(f"To delete it where the journal is shared, too: journal sync{option}")
    context.screen.advise(f"To bring it back: journal restore {piece}{option}")

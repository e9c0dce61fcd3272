"""``journal restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, PlainOption
from compassion_cli.cli.recorded_entries import choose_version, find_recorded
from compassion_cli.cli.saved import open_recorder_of
from compassion_cli.core.errors import FormFaultError, ReflectError
from compassion_cli.core.review import is_same_person
from compassion_cli.core.text import repair
from compassion_cli.formats.form_markdown import parse_entry
from compassion_cli.history.deletion import restore_files
from compassion_cli.history.versions import History


def run(
    ctx: typer.Context,
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="One of your entries, deleted or not.")],
    number: Annotated[
        str, typer.Option("--version", metavar="NUMBER", help="Bring back this version (see journal history).")
    ] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Bring back one of your deleted entries, or an earlier version."""
    context = find_context(ctx, plain=plain)
    choice = JournalChoice(context, journal)
    journals = choice.open_parts()
    home, path = find_recorded(journals, entry, context.now().date())
    if path.exists() and not number:
        piece = path.stem[-4:]
        remedy = f"to find the version: journal history {piece}\nthen: journal restore {piece} --version NUMBER"
        raise ReflectError("this entry has not been deleted", remedy, "It has not changed.")
    history = History(home.folder)
    text = _read_version(history, path, number)
    # What is missing only here was never deleted: others have it, and their version comes back.
    is_missing = not path.exists() and path.relative_to(home.folder).as_posix() in history.find_names()
    if number or not is_missing:
        _refuse_if_of_another(text, context)
    texts = {path: text}
    if not path.exists():
        texts |= _read_what_went_with(history, path)
    with context.reader.held():
        restore_files(texts, home, open_recorder_of(path, journals, context))
    context.screen.advise(f"Restored. To read it: journal show {path.stem[-4:]}{choice.option}")
    context.screen.result(str(path))


def _read_what_went_with(history: History, path: Path) -> dict[Path, str]:
    """Return the responses that were deleted together with an entry; what went before, someone meant to go."""
    deletion = history.list_versions(path)[-1].commit
    names = [name for name in history.find_deleted_names() if f"/{path.stem}.review-" in name and ".other-" not in name]
    beside = [history.folder / name for name in names]
    return {
        other: _read_version(history, other, "")
        for other in beside
        if not other.exists() and history.list_versions(other)[-1].commit == deletion
    }


def _read_version(history: History, path: Path, number: str) -> str:
    versions = history.list_versions(path)
    if number:
        versions = [choose_version(versions, number)]
    for version in reversed(versions):
        if text := repair(history.read_version(version, path).decode("utf-8", "surrogateescape")):
            return text
    raise ReflectError("the entry was deleted in that version", "choose an earlier version")


def _refuse_if_of_another(text: str, context: Context) -> None:
    try:
        author = parse_entry(text).author
    except FormFaultError:
        # It was someone's who could write here; what cannot be read can be brought back to be mended.
        return
    if not is_same_person(author, context.me):
        raise ReflectError(
            f"this is an entry by {author}, and you are {context.me}",
            f"ask {author} to restore it",
            "Nothing was changed.",
        )

"""``journal history``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.found_entries import show_entries
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, PlainOption
from compassion_cli.cli.recorded_entries import choose_version, find_recorded
from compassion_cli.core.errors import FormFaultError, ReflectError
from compassion_cli.core.text import displayable
from compassion_cli.formats.dates import render_date
from compassion_cli.formats.form_markdown import parse_entry
from compassion_cli.history.change import Change
from compassion_cli.history.versions import History, Version
from compassion_cli.storage.entry_lookup import LATEST
from compassion_cli.terminal.entry_view import Shown
from compassion_cli.terminal.screen import Screen

_CHANGES_IN_WORDS = {
    Change.WRITTEN: "written",
    Change.EDITED: "changed",
    Change.REVIEWED: "response written",
    Change.SHARED: "moved here from the private journal",
    Change.MOVED_TO_SHARED: "moved to the shared journal",
    Change.UNSHARED: "moved here from the shared journal",
    Change.MOVED_TO_PRIVATE: "moved to the private journal",
    Change.ACTION: "action followed up",
    Change.RESOLVED: "one of two versions chosen",
    Change.DELETED: "deleted",
    Change.RESTORED: "restored",
}


def run(
    ctx: typer.Context,
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Which entry (as in journal show).")] = LATEST,
    number: Annotated[str, typer.Option("--show", metavar="NUMBER", help="Print this version.")] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """List the versions of an entry, or show an older one."""
    context = find_context(ctx, plain=plain)
    found, path = find_recorded(JournalChoice(context, journal).open_parts(), entry, context.now().date())
    screen, history = context.screen, History(found.folder)
    versions = history.list_versions(path)
    if not versions:
        remedy = f'journal show "{path}"'
        raise ReflectError("no version of this entry has been recorded yet", remedy, "The entry itself is still there.")
    if number:
        _print_version(history, choose_version(versions, number), path, screen)
    else:
        _print_list(versions, path, screen)


def _print_list(versions: list[Version], path: Path, screen: Screen) -> None:
    count = "1 version" if len(versions) == 1 else f"{len(versions)} versions"
    screen.say(f"{path.stem} has {count}.")
    for number, version in enumerate(versions, 1):
        when = f"{render_date(version.when.date())}, {version.when:%H:%M}"
        screen.result(f"{number}. {when}, {displayable(version.author)}: {_say_what(version)}")
    which = "it" if len(versions) == 1 else "one of them"
    screen.advise(f"To see {which}: journal history {path.stem[-4:]} --show 1")


def _say_what(version: Version) -> str:
    return next(
        (words for change, words in _CHANGES_IN_WORDS.items() if version.what.startswith(change.value)), "recorded"
    )


def _print_version(history: History, version: Version, path: Path, screen: Screen) -> None:
    text = history.read_version(version, path).decode("utf-8", "replace")
    if not text:
        screen.say("The entry was removed from this journal in this version.")
        return
    try:
        show_entries([Shown(parse_entry(text))], screen)
    except FormFaultError:
        screen.result(displayable(text))

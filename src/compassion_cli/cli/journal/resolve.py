"""``journal resolve``."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, PlainOption
from compassion_cli.cli.saved import open_recorder
from compassion_cli.core.errors import FormFaultError, InterruptedReflectionError, ReflectError, UsageError
from compassion_cli.core.form import Entry
from compassion_cli.core.text import displayable, enumerate_words
from compassion_cli.core.two_versions import can_join, find_differences, join_versions
from compassion_cli.formats.form_markdown import parse_entry, render_form
from compassion_cli.history.other_versions import find_others, find_place_of
from compassion_cli.history.resolve import settle_versions
from compassion_cli.history.versions import History
from compassion_cli.storage.entry_lookup import find_file
from compassion_cli.storage.read_files import read_text
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.menu import choose
from compassion_cli.terminal.screen import Screen

_LABELS = {
    "this": "The first, which is in the journal now",
    "other": "The second, saved next to it",
    "both": "Both, one after the other under each question",
}


def run(
    ctx: typer.Context,
    *,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="Which entry (as in journal show).")],
    keep: Annotated[str, typer.Option(metavar="WHICH", help="Choose this, other or both without being asked.")] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Choose which version to keep when two people changed an entry."""
    context = find_context(ctx, plain=plain)
    screen, reader = context.screen, context.reader
    file = find_file(JournalChoice(context, journal).open_parts(), entry, context.now().date())
    others = find_others(file.path)
    if not others:
        raise ReflectError(
            f"there is only one version of {file.id}", f"journal history {file.id[-4:]}{file.journal.option}"
        )
    recorder = open_recorder(file.journal.folder, context)
    with reader.held():
        for other in others:
            path = find_place_of(other)
            texts = read_text(path), read_text(other)
            versions = _list_versions(*texts)
            _show_differences(path, other, texts, History(file.journal.folder), screen)
            name = _choose_version(list(versions), keep, screen, reader)
            if name is None:
                screen.say("Nothing was changed; both versions are still there.")
                return
            settle_versions(path, other, versions[name], recorder)
            screen.say("Your choice is saved. The other version stays in the history.")
            screen.result(str(path))


def _list_versions(own: str, other: str) -> dict[str, str]:
    versions = {"this": own, "other": other}
    first, second = _parse_or_none(own), _parse_or_none(other)
    if first and second and can_join(first, second):
        versions["both"] = render_form(join_versions(first, second))
    return versions


def _parse_or_none(text: str) -> Entry | None:
    try:
        return parse_entry(text)
    except FormFaultError:
        return None


def _say_by(history: History, path: Path, text: str) -> str:
    """Say who recorded the version of a file that has a text, where that is known.

    Whoever recorded the file it lies in by now may have done no more than receive it.
    """
    with suppress(ReflectError, ValueError):
        for version in reversed(history.list_versions(path.absolute())):
            if history.read_version(version, path.absolute()) == text.encode():
                return f", by {displayable(version.author)}"
    return ""


def _show_differences(path: Path, other: Path, texts: tuple[str, str], history: History, screen: Screen) -> None:
    screen.say(f"There are two versions of {path.name}.")
    first, second = map(_parse_or_none, texts)
    if not (first and second):
        screen.say(f"The first is {path}, and the second is {other}. Open both in an editor to compare them.")
        return
    by_first, by_second = (_say_by(history, path, text) for text in texts)
    differences = find_differences(first, second)
    for label, text, other_text in differences:
        screen.say()
        screen.say(displayable(label))
        screen.say(f"The first{by_first}: {displayable(text) or '(left blank)'}", indent="  ")
        screen.say(f"The second{by_second}: {displayable(other_text) or '(left blank)'}", indent="  ")
    screen.say()
    if not (differences and can_join(first, second)):
        screen.say(
            "They also differ in a heading, or in the details at the top. To compare them, open both in an editor:"
        )
        for each in (path, other):
            screen.say(str(each), indent="  ")


def _choose_version(names: list[str], keep: str, screen: Screen, reader: LineReader) -> str | None:
    if keep in names:
        return keep
    if keep or not screen.is_interactive:
        raise UsageError(f"choose which version to keep: {enumerate_words(names)}", f"--keep {names[0]}")
    try:
        place = choose(screen, reader, "Which version do you want to keep?", [_LABELS[name] for name in names])
    except KeyboardInterrupt:
        safe = "Both versions are there, and have not changed."
        raise InterruptedReflectionError("stopped; nothing was chosen", safe=safe) from None
    return None if place is None else names[place]

"""What ``journal edit`` does, once its options are read. Imported only then."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from compassion_cli.cli.desks import say_unread_days
from compassion_cli.cli.environment import Environment
from compassion_cli.cli.opening import find_me, open_journals, open_own_screen, spell_journal
from compassion_cli.cli.recording import open_recorder_of
from compassion_cli.core.change import is_review
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.review import is_same_person
from compassion_cli.flows.edit_entry import edit_entry
from compassion_cli.storage.entry_lookup import find_file
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.kept_edits import find_edits, find_entry
from compassion_cli.storage.places import expand
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry
from compassion_cli.terminal.lines import open_reader
from compassion_cli.terminal.screen import Screen, spell_commands


def edit(folder: str | None, reference: str, kept: str, environment: Environment, *, plain: bool) -> None:
    """Open an entry in the person's editor and save what comes back.

    Args:
        folder: The journal; None for the person's own.
        reference: The entry.
        kept: The file of an edit that was kept, to go on with, which knows its entry by its name; empty for none.
        environment: The world outside.
        plain: Plain lines were asked for.
    """
    screen = open_own_screen(plain=plain)
    reader = open_reader(sys.stdin, is_interactive=screen.is_interactive, is_plain=screen.is_plain)
    begun = expand(kept) if kept else None
    if begun and not begun.is_file():
        raise ReflectError(f"there is no file {begun}", "journal edit, to begin with the entry as it is")
    journals = open_journals(folder)
    if begun and _is_same(begun, journals, reference):
        raise ReflectError(f"{begun} is the entry itself, not an edit of it", "journal edit, without --from")
    path = (begun and find_entry(begun)) or find_file(journals, reference).path
    _refuse_if_of_another(path)
    _mention_if_of_another(path, folder, screen)
    if not begun:
        mention_kept_edits(path, screen)
    recorder = open_recorder_of(path, journals, environment, screen)
    with reader.held():
        changed = edit_entry(path, begun, environment.make_editor(screen, reader), recorder)
    if changed:
        screen.say("Saved.")
        say_unread_days(path, spell_journal(folder), screen)
        screen.result(str(path))


def mention_kept_edits(path: Path, screen: Screen) -> None:
    """Say to somebody who is about to edit a file that they have edits of it already, which were kept."""
    for other in find_edits(path):
        screen.say(
            spell_commands(f'An edit of this is kept in {other}. To go on with that: journal edit --from "{other}"')
        )


def _refuse_if_of_another(path: Path) -> None:
    if not is_review(path.name):
        return
    with suppress(EntryUnreadableError):
        author = read_entry(path).author
        if not is_same_person(author, find_me()):
            raise ReflectError(
                f"this is a response by {author}, and only they change it", "journal review ENTRY --edit"
            )


def _mention_if_of_another(path: Path, folder: str | None, screen: Screen) -> None:
    with suppress(EntryUnreadableError):
        entry = read_entry(path)
        if not (entry.reviewed or is_same_person(entry.author, find_me())):
            remedy = f"To respond, and leave it as it is: journal review {entry.piece}{spell_journal(folder)}"
            screen.say(spell_commands(f"This entry is by {entry.author}. {remedy}"))


def _is_same(begun: Path, journals: Sequence[Journal], reference: str) -> bool:
    return find_entry(begun) is None and find_file(journals, reference).path.samefile(begun)

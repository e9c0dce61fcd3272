"""What ``journal show`` does, once its options are read. Imported only then."""

from __future__ import annotations

import sys
from pathlib import Path

from compassion_cli.cli.opening import open_journals, open_own_screen
from compassion_cli.core.form import Entry
from compassion_cli.core.text import displayable
from compassion_cli.formats.entry_json import render_entry_json
from compassion_cli.storage.entry_reading import read_entry
from compassion_cli.storage.finding import LATEST, find_file, find_latest
from compassion_cli.storage.reading import read_text
from compassion_cli.storage.selecting import Found, Listing
from compassion_cli.terminal.entry_view import list_lines
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen, is_terminal


def show_entry(folder: str | None, reference: str, *, private: bool, raw: bool, as_json: bool, plain: bool) -> None:
    """Print one entry: rendered, as its file is, or as JSON."""
    journals = open_journals(folder, only_private=private)
    screen = open_own_screen(plain=plain)
    file = None if reference.lower() == LATEST else find_file(journals, reference)
    if file and raw:
        _print_raw(file.path)
        return
    listing = Listing((Found(read_entry(file.path), file),), ()) if file else find_latest(journals)
    found = listing.found[0]
    if raw:
        _print_raw(found.file.path)
    elif as_json:
        screen.result(render_entry_json(found.entry, is_private=found.file.journal.is_private))
    else:
        print_entry(found.entry, screen, is_private=found.file.journal.is_private)
    say_problems(listing.problems, screen)


def _print_raw(path: Path) -> None:
    text = read_text(path)
    if is_terminal(sys.stdout):
        print(displayable(text))
        return
    if sys.stdout:
        sys.stdout.buffer.write(text.encode("utf-8"))


def print_entry(entry: Entry, screen: Screen, *, is_private: bool = False) -> None:
    """Print an entry as the screen can show it."""
    if not screen.has_coloured_results:
        screen.result("\n".join(list_lines(entry, screen.result_width, is_private=is_private)))
        return
    from compassion_cli.terminal.coloured import print_coloured  # noqa: PLC0415 - only terminals pay for Rich

    print_coloured(entry, screen.width, is_private=is_private)

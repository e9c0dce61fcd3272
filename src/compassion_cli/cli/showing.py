"""What ``journal show`` does, once its options are read. Imported only then."""

from __future__ import annotations

import sys
from pathlib import Path

from compassion_cli.cli.opening import open_journal
from compassion_cli.core.form import Entry
from compassion_cli.core.text import displayable
from compassion_cli.formats.entry_json import render_entry_json
from compassion_cli.storage.finding import LATEST, find_file, find_latest
from compassion_cli.storage.journal import Listing, read_entry
from compassion_cli.storage.reading import read_text
from compassion_cli.terminal.entry_view import list_lines
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen, is_terminal, open_screen


def show_entry(folder: str | None, reference: str, *, raw: bool, as_json: bool, plain: bool) -> None:
    """Print one entry: rendered, as its file is, or as JSON."""
    journal = open_journal(folder)
    screen = open_screen(plain=plain)
    path = None if reference.lower() == LATEST else find_file(journal, reference)
    if path and raw:
        _print_raw(path)
        return
    found = Listing((read_entry(path),), ()) if path else find_latest(journal)
    entry = found.entries[0]
    if raw:
        _print_raw(find_file(journal, entry.id))
    elif as_json:
        screen.result(render_entry_json(entry))
    else:
        _print_entry(entry, screen)
    say_problems(found.problems, screen)


def _print_raw(path: Path) -> None:
    text = read_text(path)
    if is_terminal(sys.stdout):
        print(displayable(text))
        return
    if sys.stdout:
        sys.stdout.buffer.write(text.encode("utf-8"))


def _print_entry(entry: Entry, screen: Screen) -> None:
    if not screen.has_coloured_results:
        screen.result("\n".join(list_lines(entry, screen.result_width)))
        return
    from compassion_cli.terminal.coloured import print_coloured  # noqa: PLC0415 - only terminals pay for Rich

    print_coloured(entry, screen.width)

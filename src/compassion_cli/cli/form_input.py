"""A filled form as it comes in, from a file or a pipe: ``--from`` of ``reflect`` and of ``journal review``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.pack import Pack
from compassion_cli.core.text import repair
from compassion_cli.flows.destination import Destination
from compassion_cli.flows.take_form import keep_form, keep_half_a_form
from compassion_cli.storage.places import contract, expand
from compassion_cli.storage.read_files import read_text
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.open_reader import open_reader
from compassion_cli.terminal.screen import Screen, is_terminal

#: What ``--from`` is given for a pipe.
STDIN = "-"


def open_form_reader(form: str | None, screen: Screen) -> LineReader:
    """Return the reader for someone who answers questions, or whose form is taken.

    Args:
        form: What ``--from`` was given; None where there is no form.
        screen: Where conversation goes.
    """
    # A form is pasted as lines, whatever the screen can do.
    is_plain = screen.is_plain or form == STDIN
    return open_reader(sys.stdin, is_interactive=screen.is_interactive, is_plain=is_plain)


def hold_input(reader: LineReader, form: str | None) -> AbstractContextManager[None]:
    """Let nothing break off what is being done; only where someone types is the terminal held."""
    return reader.held() if form in {None, STDIN} else reader.endings.held()


def read_form_input(
    pack: Pack, name: str, destination: Destination, reader: LineReader, screen: Screen
) -> tuple[str, Path | None]:
    """Return a filled form, and the file it is in; None where it is in no file that stays.

    Args:
        pack: The pack it should be a form of.
        name: What ``--from`` was given.
        destination: Where it goes.
        reader: Reads the pipe.
        screen: Where it is said how a form is pasted.

    Raises:
        FileReadError: The file cannot be read.
        InterruptedReflectionError: The program is to end; what has come is kept.
    """
    if name == STDIN:
        if reader.is_interactive:
            screen.say("Paste the form here, then press Ctrl-D on a line by itself (on Windows, Ctrl-Z then Enter).")
        try:
            return repair(reader.read_rest()), None
        except KeyboardInterrupt:
            keep_half_a_form(pack, repair(reader.partial), destination)
    source = expand(name)
    text = read_text(source)
    # What is no file, such as a shell's <(…), is gone once it is read.
    return text, source if source.is_file() else None


@contextmanager
def keeping_a_form(pack: Pack, name: str | None, choice: JournalChoice, reader: LineReader) -> Iterator[None]:
    """Keep a form that is in no file where it cannot be taken, and say where.

    Args:
        pack: The pack it should be a form of.
        name: What ``--from`` was given; None where there is no form.
        choice: The journal it was meant for.
        reader: Reads the pipe.

    Raises:
        ReflectError: As it was raised inside, with that in what is safe.
    """
    try:
        yield
    except ReflectError as error:
        text = _read_what_passes(name, reader) if name is not None else ""
        if not text.strip():
            raise
        journal = None
        with suppress(ReflectError):
            journal = contract(choice.open_one().folder)
        kept = keep_form(pack, repair(text), journal, choice.context.screen.say)
        raise error.saying(error.remedy, f"{error.safe} {kept}".strip()) from None


def _read_what_passes(name: str, reader: LineReader) -> str:
    """Return what comes through a pipe, be it named or not. A file keeps what it holds."""
    if name == STDIN:
        # At a terminal nothing has come yet, and whoever sits there should hear at once what is wrong.
        if is_terminal(sys.stdin):
            return ""
        try:
            return reader.read_rest()
        except KeyboardInterrupt:
            return reader.partial
    with suppress(ReflectError):
        source = expand(name)
        if source.exists() and not source.is_file():
            return read_text(source)
    return ""

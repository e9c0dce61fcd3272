"""Choosing the reader that fits the terminal."""

from __future__ import annotations

import sys
from typing import TextIO

from compassion_cli.terminal.lines import LineReader

if sys.platform == "win32":
    from compassion_cli.terminal.console_reader import ConsoleReader
else:
    from compassion_cli.terminal.keyboard import KeyboardReader


def open_reader(stream: TextIO | None, *, is_interactive: bool, is_plain: bool) -> LineReader:
    """Return the reader that fits: at a terminal or in a console, one that edits the line itself.

    Args:
        stream: Where from; None where the program was started without any input.
        is_interactive: Someone is there.
        is_plain: All is read here. Otherwise a field reads as well, and no more than a line may be taken from it.
    """
    if stream is None or not is_interactive:
        return LineReader(stream, is_interactive=is_interactive)
    if sys.platform == "win32":
        return ConsoleReader(stream)
    return KeyboardReader(stream, None if is_plain else 1)

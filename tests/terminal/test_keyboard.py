"""What a terminal holds when a line is to be read from it, whoever had it before."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")
tty = pytest.importorskip("tty")

from compassion_cli.terminal.keyboard import KeyboardReader  # noqa: E402 - it needs a terminal to be imported


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """A terminal as a field leaves it in its last moment: keys come as they are, and Ctrl-C is one of them."""
    keyboard, screen = pty.openpty()
    tty.setraw(screen)
    yield keyboard, screen
    os.close(keyboard)
    os.close(screen)


@pytest.mark.parametrize("typed", ["", "half a line"])
def test_ctrl_c_that_a_field_has_left_over_still_ends_what_is_asked(terminal: tuple[int, int], typed: str) -> None:
    keyboard, screen = terminal
    os.write(keyboard, f"{typed}\x03and more\r".encode())
    with os.fdopen(os.dup(screen), encoding="utf-8") as stream:
        reader = KeyboardReader(stream)
        with reader.held(), pytest.raises(KeyboardInterrupt):
            reader.read()
        assert reader.partial == typed

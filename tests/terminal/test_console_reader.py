"""Lines typed key by key, as in a Windows console; the keys come through a pipe here."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from prompt_toolkit.input import create_pipe_input

from compassion_cli.terminal.console_reader import ConsoleReader


@contextmanager
def typing(text: str) -> Iterator[tuple[ConsoleReader, io.StringIO]]:
    """Have someone type a text."""
    shown = io.StringIO()
    with create_pipe_input() as keyboard:
        keyboard.send_text(text)
        yield ConsoleReader(io.StringIO(), lambda: keyboard, lambda: shown), shown


TYPED = {
    "a line": ("half and whole\r", "half and whole"),
    "letters of everywhere": ("Zoë — ‘好’ 👩🏽\r", "Zoë — ‘好’ 👩🏽"),
    "a tab": ("a\tb\r", "a\tb"),
    "backspace": ("abx\x7fc\r", "abc"),
    "backspace on nothing": ("\x7f\x7fa\r", "a"),
    "a word taken away": ("one two \x17three\r", "one three"),
    "all taken away": ("one two\x15three\r", "three"),
    "arrows and function keys": ("a\x1b[A\x1b[D\x1bOPb\r", "ab"),
    "an end in the middle": ("a\x04b\r", "ab"),
    "a long line": ("word " * 2000 + "\r", "word " * 2000),
    "nothing": ("\r", ""),
    "the end": ("\x04", None),
}


@pytest.mark.parametrize(("typed", "line"), TYPED.values(), ids=list(TYPED))
def test_a_line_is_what_was_typed(typed: str, line: str | None) -> None:
    with typing(typed) as (reader, shown):
        assert reader.read() == line
    assert "\x1b" not in shown.getvalue()


def test_what_was_typed_of_a_line_is_kept_at_ctrl_c() -> None:
    with typing("first\rhalf of a lin\x03") as (reader, shown):
        assert reader.read() == "first"
        with pytest.raises(KeyboardInterrupt):
            reader.read()
        assert reader.partial == "half of a lin"
    assert shown.getvalue() == "first\nhalf of a lin\n"


def test_being_told_to_end_ends_the_wait_and_keeps_what_was_typed() -> None:
    with typing("half") as (reader, _):
        threading.Timer(0.3, reader._note_ending).start()
        with pytest.raises(KeyboardInterrupt):
            reader.read()
        assert reader.partial == "half"


def test_a_paste_with_blank_lines_is_known_as_one() -> None:
    with typing("\x1b[200~one\r\n\r\ntwo\x1b[201~") as (reader, _):
        assert reader.read() == "one"
        assert reader.is_pasting()
        assert reader.read() == ""
        assert reader.is_pasting()
        threading.Timer(0.3, reader._note_ending).start()
        with pytest.raises(KeyboardInterrupt):
            reader.read()
        assert reader.partial == "two"


def test_the_rest_is_read_to_its_end() -> None:
    with typing("one\rtwo\r\x1a") as (reader, _):
        assert reader.read_rest() == "one\ntwo"

"""A real terminal for tests: a pseudo-terminal with a program in it, and the screen a person would see."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping
from itertools import islice
from types import TracebackType
from typing import Self

import pyte

from support.commands import SCRIPTS
from support.forked import PROGRAMS, be_program, can_fork_with, reset_signals

PATIENCE = 60.0


class Terminal:
    """Runs a program in a pseudo-terminal and keeps its screen. Use it as a context manager."""

    def __init__(self, command: list[str], env: Mapping[str, str], columns: int = 80, lines: int = 40) -> None:
        self.raw = b""
        self.screen = pyte.HistoryScreen(columns, lines, history=5000)
        # The library leaves this hook empty: what a terminal says back when it is asked where its cursor is.
        setattr(self.screen, "write_process_input", self._answer)  # noqa: B010 - typed as a method that is not assigned
        self._stream = pyte.ByteStream(self.screen)
        self._status: int | None = None
        self._scrolled: list[str] = []
        self._is_closed = False
        self._pid, self._handle = pty.fork()
        if self._pid == 0:
            # Before the program looks.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            if command[0] in PROGRAMS and can_fork_with(env):
                be_program(command, env)
            reset_signals()
            os.execvpe(command[0], command, dict(env))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        if not self._is_closed:
            os.close(self._handle)

    @property
    def text(self) -> str:
        """Everything shown so far, lines that have scrolled away included."""
        above = self.screen.history.top
        if not len(self._scrolled) <= len(above) < (above.maxlen or 0):
            self._scrolled.clear()
        # What has scrolled away stays as it was; a look at all of it at every look takes most of a long session's time.
        for line in islice(above, len(self._scrolled), None):
            self._scrolled.append("".join(line[column].data for column in range(self.screen.columns)).rstrip())
        return "\n".join([*self._scrolled, *(line.rstrip() for line in self.screen.display)]).rstrip()

    def send(self, keys: str) -> None:
        """Press keys, and look at the screen in between: a terminal that is not read from takes no more keys."""
        data = keys.encode()
        while data:
            if select.select([], [self._handle], [], 0.1)[1]:
                data = data[os.write(self._handle, data[:1024]) :]
            self._read(0)

    def kill(self, ending: signal.Signals) -> None:
        """Tell the program to end."""
        os.kill(self._pid, ending)

    def hang_up(self) -> None:
        """Close the window, and wait for the program to end."""
        os.close(self._handle)
        self._is_closed = True
        deadline = time.monotonic() + PATIENCE
        while self._poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)

    def echoes(self) -> bool:
        """Tell whether the terminal edits and echoes lines, as a shell expects to find it."""
        wanted = termios.ICANON | termios.ECHO
        return int(termios.tcgetattr(self._handle)[3]) & wanted == wanted

    def answer(self, *lines: str) -> None:
        """Type lines, each seen on the screen before the next, and end the answer with a blank one."""
        self.wait_for_field()
        for line in lines:
            seen_before = self.text.count(line)
            self.send(f"{line}\r")
            self._wait_for_line(line, seen_before)
        before = len(self.raw)
        self.send("\r")
        self.wait(lambda: len(self.raw) > before, "a reaction to Enter")

    def _wait_for_line(self, line: str, seen_before: int) -> None:
        self.wait(lambda: self.text.count(line) > seen_before and not self._current_line(), line)

    def wait_for_field(self) -> None:
        """Wait until there is a field to type in."""
        self.wait(lambda: self.screen.display[self.screen.cursor.y].startswith(">"), "the field to type in")

    def _current_line(self) -> str:
        return self.screen.display[self.screen.cursor.y].strip(" >")

    def wait_for(self, words: str) -> None:
        """Wait until words are on the screen, however it breaks its lines."""
        self.wait(lambda: " ".join(words.split()) in " ".join(self.text.split()), words)

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Read what the program shows until a condition holds."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if not self._read(0.2) and self._status is not None and not condition():
                raise AssertionError(f"the program ended before {what!r}; the screen was:\n{self.text}")
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for {what!r}; the screen was:\n{self.text}")

    def save(self) -> int:
        """Confirm the last look, and return the exit code."""
        self.wait_for("Press Enter to save.")
        self.send("\r")
        return self.finish()

    def finish(self) -> int:
        """Wait for the program to end and return its exit code, or minus the signal that ended it."""
        self.wait(lambda: self._poll() is not None, "the end of the program")
        while self._read(0.05):
            pass
        return os.waitstatus_to_exitcode(self._status or 0)

    def _poll(self) -> int | None:
        if self._status is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status

    def _read(self, patience: float) -> bool:
        if not select.select([self._handle], [], [], patience)[0]:
            self._poll()
            return False
        try:
            data = os.read(self._handle, 65536)
        except OSError:
            self._poll()
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def _answer(self, data: str) -> None:
        os.write(self._handle, data.encode())


def open_terminal(*words: str, columns: int = 80, env: Mapping[str, str] | None = None) -> Terminal:
    """Return a terminal in which a command has been typed."""
    known = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", **(env or {})}
    return Terminal(list(words), known, columns)


def answer_the_only_question(terminal: Terminal, plain: list[str], text: str) -> None:
    """Answer a session of one question, in whichever asker."""
    terminal.wait_for("Question 1 of 1")
    if plain:
        terminal.send(f"{text}\r")
        terminal.wait_for(text)
        terminal.send("\r")
    else:
        terminal.answer(text)

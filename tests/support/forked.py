"""Programs of ours in processes of their own that are forked from this one, with everything imported already.

A fresh Python spends ten times as long on its start as the program then takes. What only a real start can show (the
console scripts, the encoding of a locale, ``-X`` options) is tested with one, elsewhere.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NoReturn

if os.name == "posix":
    import posix

import coverage

from compassion_cli.cli import main
from compassion_cli.cli.journal import JournalGroup
from compassion_cli.cli.reflect import PackGroup

#: Loaded here once, so that no child has to.
for _group in (JournalGroup, PackGroup):
    for _name in (*_group.summaries, *(("pack", "menu") if _group is PackGroup else ())):
        __import__(f"{_group.package}.{_name}")
for _name in ("rich_asker", "styled_rich", "keyboard") if os.name == "posix" else ():
    __import__(f"compassion_cli.terminal.{_name}")
__import__("tomli_w")

PROGRAMS = ("reflect", "journal", "compassion")
#: What a Python program makes of the signals it is started with. A job in the background is started with some ignored.
_ENDING = ("SIGHUP", "SIGQUIT", "SIGTERM", "SIGTSTP")
#: What Python reads only when it starts.
_OF_A_START = ("PYTHON", "LC_", "LANG")
_MOST_HANDLES = 1024
#: The system's own way out, which nothing that measures has put itself before.
_LEAVE: Callable[[int], NoReturn] = posix._exit if os.name == "posix" else os._exit


def can_fork_with(env: Mapping[str, str]) -> bool:
    """Tell whether a program in this environment can be forked: nothing in it differs that only a start can heed."""
    names = {name for name in (*env, *os.environ) if name.startswith(_OF_A_START)}
    return hasattr(os, "fork") and all(env.get(name) == os.environ.get(name) for name in names)


def reset_signals() -> None:
    """Heed signals as a program does that someone starts at a terminal."""
    for name in _ENDING:
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def be_program(
    words: Sequence[str],
    env: Mapping[str, str],
    before: Callable[[], None] | None = None,
    *,
    is_measured: bool = True,
) -> NoReturn:
    """Be the program, in a forked process whose streams are in their places. Never returns.

    Args:
        words: The program and its arguments.
        env: All of its environment.
        before: Called before it begins.
        is_measured: Its coverage counts; for one of hundreds that do the same, that takes longer than the program.
    """
    code = 70
    if not is_measured and (measuring := coverage.Coverage.current()):
        measuring.stop()
    with suppress(BaseException):
        reset_signals()
        if before:
            before()
        # As at a real start: the ends of pipes and terminals of others must not stay open here.
        os.closerange(3, _MOST_HANDLES)
        env = dict(env)
        os.environ.clear()
        os.environ.update(env)
        sys.stdin = open(0)  # noqa: SIM115 - for as long as the process lives
        sys.stdout = open(1, "w")  # noqa: SIM115
        sys.stderr = open(2, "w", buffering=1, errors="backslashreplace")  # noqa: SIM115
        sys.argv = list(words)
        code = _call(getattr(main, words[0]))
    while True:
        # Whatever arrives at this very moment, nothing of what the tests would do next may be done here.
        with suppress(BaseException):
            for name in ("SIGINT", *_ENDING):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
            (os._exit if is_measured else _LEAVE)(code)


def _call(program: Callable[[], None]) -> int:
    """Call a program and return its exit code, as Python does at its end."""
    try:
        program()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 - whatever it is, it would be shown
        traceback.print_exc()
        code = 1
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream and not stream.closed:
                stream.flush()
        except OSError:
            code = 120
    return code


def run_forked(
    words: Sequence[str], typed: bytes, env: Mapping[str, str], patience: float
) -> subprocess.CompletedProcess[bytes]:
    """Run a program through pipes and return what it has said."""
    pipes = [os.pipe() for _ in range(3)]
    pid = os.fork()
    if pid == 0:
        for number, (reading, writing) in enumerate(pipes):
            os.dup2(reading if number == 0 else writing, number)
        be_program(words, env)
    (hearing, feed), (out, saying), (err, complaining) = pipes
    for end in (hearing, saying, complaining):
        os.close(end)
    said = _exchange(pid, feed, typed, (out, err), patience)
    _, status = os.waitpid(pid, 0)
    return subprocess.CompletedProcess(list(words), os.waitstatus_to_exitcode(status), said[out], said[err])


def _exchange(pid: int, feed: int, typed: bytes, listening: tuple[int, int], patience: float) -> dict[int, bytes]:
    """Feed a process and hear what it says, until it has closed its streams."""
    said = dict.fromkeys(listening, b"")
    reading, writing = set(listening), {feed}
    os.set_blocking(feed, False)
    while reading:
        if not typed and writing:
            os.close(feed)
            writing.clear()
        ready, free, _ = select.select(reading, writing, [], patience)
        if not ready and not free:
            os.kill(pid, signal.SIGKILL)
            raise AssertionError(f"the program hangs; it has said: {said}")
        for handle in ready:
            data = os.read(handle, 65536)
            said[handle] += data
            if not data:
                reading.discard(handle)
        if free:
            try:
                typed = typed[os.write(feed, typed) :]
            except BrokenPipeError:
                typed = b""
    if writing:
        os.close(feed)
    for handle in listening:
        os.close(handle)
    return said

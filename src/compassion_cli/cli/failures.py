"""Errors as people see them: one sentence and a remedy. No traceback, and never a word of a journal."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from contextlib import suppress

import typer

from compassion_cli.cli.bug_report import keep_report
from compassion_cli.core.errors import ExitCode, ReflectError
from compassion_cli.core.text import displayable, nearest
from compassion_cli.terminal.screen import Screen, print_clean, spell_remedy


def report(error: Exception, program: str) -> ExitCode:
    """Say on stderr what happened and what to do, and return how the program should end."""
    if isinstance(error, ReflectError):
        _say(program, error.what, error.remedy, [*(f"- {line}" for line in error.details), error.safe])
        return error.exit_code
    if isinstance(error, OSError):
        with suppress(OSError, ValueError):
            sys.stdout.close()
        if error.errno == errno.EPIPE:
            # Whoever was reading has read enough, as in: journal list | head
            return ExitCode.REFUSED
        what = f"your computer reported a problem: {(error.strerror or 'no reason given').lower()}"
        _say(program, what, "check that there is room on the disk, and that the folder you are in still exists")
        return ExitCode.REFUSED
    if isinstance(error, typer.Abort):
        _say(program, "stopped, because the input ended", f"{program} --help")
        return ExitCode.REFUSED
    if isinstance(error, typer.TyperException):
        ctx = getattr(error, "ctx", None)
        what = error.format_message().rstrip(".")
        remedy = f"{ctx.command_path if ctx else program} --help"
        if hasattr(error, "possibilities"):
            option = getattr(error, "option_name", "")
            what = f'there is no option called "{option}" here'
            remedy = nearest(option, error.possibilities or (), likeness=0.65) or remedy
        _say(program, what[:1].lower() + what[1:], remedy)
        return ExitCode(error.exit_code) if error.exit_code in set(ExitCode) else ExitCode.REFUSED
    what = "something went wrong inside the program; this is our fault, not yours"
    _say(program, what, keep_report(error))
    return ExitCode.BUG


def _say(program: str, what: str, remedy: str, more: Sequence[str] = ()) -> None:
    # Where the terminal is gone there is nobody left to tell.
    if sys.stderr:
        with suppress(OSError):
            _print(program, what, remedy, more)


def _print(program: str, what: str, remedy: str, more: Sequence[str]) -> None:
    screen = Screen(sys.stderr, is_interactive=False, is_plain=True)
    screen.say(f"{program}: {what}")
    for line in filter(None, more):
        screen.advise(line, indent="  ")
    # Not wrapped: this is to be copied.
    for number, line in enumerate(spell_remedy(displayable(remedy)).split("\n") if remedy else []):
        print_clean(f"  try: {line}" if number == 0 else f"       {line}", sys.stderr)

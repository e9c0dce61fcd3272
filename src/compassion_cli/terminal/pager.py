"""Showing a long text through the pager people have, on a terminal only."""

from __future__ import annotations

import os
import shlex
import subprocess

from compassion_cli.terminal.programs import find_program


def show_in_pager(text: str) -> bool:
    """Show text in a pager; return False where there is none that works, and nothing has been shown.

    ``PAGER`` is used as it is, arguments included. Otherwise ``less``, told to let colours through and to leave no
    trace: its secure mode writes no log and starts no other program.
    """
    command = _find_pager()
    if not command:
        return False
    less = f"{os.environ.get('LESS', '')} -R".strip()
    environment = os.environ | {"LESS": less, "LESSCHARSET": "utf-8", "LESSSECURE": "1", "LESSHISTFILE": "-"}
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603 - the user's own pager
    except OSError:
        return False
    try:
        pager.communicate(text.encode("utf-8"))
    except KeyboardInterrupt:
        # The pager decides what Ctrl-C means to it; we wait for it, or it would be left holding the terminal.
        pager.wait()
    return pager.returncode == 0


def _find_pager() -> list[str]:
    try:
        command = shlex.split(os.environ.get("PAGER", ""), posix=os.name != "nt") or ["less"]
    except ValueError:
        return []
    program = find_program(command[0])
    return [program, *command[1:]] if program else []

"""Who is writing, as far as this machine knows."""

from __future__ import annotations

import getpass
import os
import subprocess

from compassion_cli.core.text import clean_line


def find_author() -> str:
    """Return ``COMPASSION_AUTHOR``, else the name git knows, else the name of the account, else ``Unknown``."""
    for find in (_read_environment, _ask_git, _ask_system):
        if name := clean_line(find()):
            return name
    return "Unknown"


def _read_environment() -> str:
    return os.environ.get("COMPASSION_AUTHOR", "")


def _ask_git() -> str:
    try:
        asked = subprocess.run(
            ["git", "config", "--get", "user.name"],  # noqa: S607 - whichever git the user has
            capture_output=True,
            check=False,
            timeout=5,
            env={name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.decode("utf-8", "replace")


def _ask_system() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""

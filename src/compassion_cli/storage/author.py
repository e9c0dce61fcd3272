"""Who is writing, as far as this machine knows."""

from __future__ import annotations

import getpass
import os
import subprocess


def find_author() -> str:
    """Return ``COMPASSION_AUTHOR``, else the name git knows, else the name of the account, else ``Unknown``."""
    return os.environ.get("COMPASSION_AUTHOR", "").strip() or _ask_git() or _ask_system() or "Unknown"


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
    return " ".join(asked.stdout.decode("utf-8", "replace").split())


def _ask_system() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""

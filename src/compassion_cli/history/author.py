"""Who is writing, as far as this machine knows."""

from __future__ import annotations

import getpass
import os

from compassion_cli.core.text import clean_line


def find_author(settled: str = "") -> str:
    """Return the name entries carry: the one someone chose, else that of the account, else ``Unknown``.

    Args:
        settled: The name in the settings; empty where there is none.
    """
    return find_chosen_author(settled) or find_account()


def find_chosen_author(settled: str) -> str:
    """Return ``COMPASSION_AUTHOR``, else the name in the settings, else the one git knows, else nothing."""
    for find in (_read_environment, lambda: settled, _ask_git):
        if name := clean_line(find()):
            return name
    return ""


def find_account() -> str:
    """Return the name of the account, else ``Unknown``."""
    return clean_line(_ask_system()) or "Unknown"


def _read_environment() -> str:
    return os.environ.get("COMPASSION_AUTHOR", "")


def _ask_git() -> str:
    from compassion_cli.history.git import ask_user_name  # noqa: PLC0415 - most have settled their name; it takes 10 ms

    return ask_user_name()


def _ask_system() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""

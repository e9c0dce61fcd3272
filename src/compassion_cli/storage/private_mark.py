"""What makes a folder private: a mark inside it, wherever it lies and whatever it is called.

The mark counts only where this computer made it. What comes by sync is known to git, and then it says nothing: nobody
can turn someone else's journal private.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.storage.write_files import create_new

#: The folder of a private journal, inside the one it belongs to.
PRIVATE_NAME = "private"
#: The name of the mark, at the top of a private journal.
MARK = ".compassion-private"
#: What stands in the folder of a private journal for whoever opens it.
PRIVATE_README = """\
# Private reflections

These are for the person who wrote them and nobody else. compassion-cli never sends this folder anywhere. A backup of
the whole computer may hold it all the same, and a court can ask for it.

To show one of them to others: `journal share`. If the folder is not yours, please close it.
"""
_MARK_TEXT = (
    "This folder is private. compassion-cli never sends it anywhere. "
    "Please leave this file here: it marks the folder as private.\n"
)


def is_private(folder: Path) -> bool:
    """Tell whether a folder is a private journal, or lies in one, or is to be one, as one is whose name says so.

    A private journal that was made before there were marks is marked by that.
    """
    if any(map(_has_own_mark, (folder, *folder.parents))) or _is_to_be(folder):
        return True
    if not _is_of_before(folder):
        return False
    mark_private(folder)
    return True


def mark_private(folder: Path) -> None:
    """Mark a folder as private, if it is there and not marked. Where it cannot be written to, it stays unmarked."""
    # A link may lead to someone's shared journal.
    if os.path.isdir(folder) and not os.path.islink(folder) and not os.path.lexists(folder / MARK):  # noqa: PTH112, PTH114
        with suppress(ReflectError, FileExistsError):
            create_new(folder / MARK, _MARK_TEXT)


def find_git_folder(folder: Path) -> Path:
    """Return where git keeps the history of a folder, be it there or not."""
    path = folder / ".git"
    if not os.path.isfile(path):  # noqa: PTH113 - a name too long for a file is no error here
        return path
    place = os.fsdecode(_read_bytes(path)).removeprefix("gitdir:").strip()
    # What cannot be the name of anything leads nowhere.
    return folder / place if "\0" not in place else path


def _has_own_mark(folder: Path) -> bool:
    if not os.path.isfile(folder / MARK):  # noqa: PTH113 - here and below, a name too long for a file is no error
        return False
    # git's index holds the path of everything that it has put here or been given. Nothing came without another side.
    return MARK.encode() not in _read_bytes(find_git_folder(folder) / "index") or not _has_other_side(folder)


def _is_to_be(folder: Path) -> bool:
    """Tell whether a folder is called private, and nothing in it says anything else, or it is not there yet."""
    if folder.name.lower() != PRIVATE_NAME:
        return False
    try:
        return not os.listdir(folder)  # noqa: PTH208 - a name too long for a folder is no error here
    except FileNotFoundError:
        return not os.path.islink(folder)  # noqa: PTH114
    except OSError:
        return False


def _is_of_before(folder: Path) -> bool:
    """Tell whether a folder is what this program made as a private journal, before it marked them."""
    readme = folder / "README.md"
    is_ours = _read_bytes(readme).replace(b"\r\n", b"\n") == PRIVATE_README.encode()
    if folder.name.lower() == PRIVATE_NAME:
        # The journal around it was told to pass over it.
        is_ours = is_ours or f"/{PRIVATE_NAME}/".encode() in _read_bytes(
            find_git_folder(folder.parent) / "info" / "exclude"
        )
    # One that has another side is none, whatever came from there.
    return is_ours and not _has_other_side(folder)


def _has_other_side(folder: Path) -> bool:
    return b"[remote " in _read_bytes(find_git_folder(folder) / "config")


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        return b""

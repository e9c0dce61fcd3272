"""Where people can find support: one file of text that anyone can edit, and an employer can replace."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.errors import Problem
from compassion_cli.storage.places import find_support_files
from compassion_cli.storage.read_files import FileReadError, explain, read_lenient_text


class Support(NamedTuple):
    """What a file says of it, as Markdown, and the files that should have gone first and could not be read."""

    text: str
    problems: tuple[Problem, ...] = ()


#: A page or two; more is something else.
_LARGEST = 64 * 1024


def _expect_text(path: Path) -> None:
    """See that a file is one, rather than a device that never ends, and no larger than a page or two.

    Raises:
        FileReadError: It is not.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise FileReadError(path, explain(error)) from None
    if not stat.S_ISREG(found.st_mode):
        raise FileReadError(path, "it is not a file", "put a text file in its place")
    if found.st_size > _LARGEST:
        raise FileReadError(path, f"it is larger than {_LARGEST // 1024} kB", "put a shorter text in its place")


def read_support() -> Support:
    """Return the person's own text where they have one, else their employer's, else the one that is built in."""
    problems: list[Problem] = []
    for path in find_support_files():
        if not os.path.lexists(path):
            continue
        try:
            _expect_text(path)
            text = read_lenient_text(path)
        except FileReadError as error:
            problems.append(Problem(str(path), error.reason, error.remedy))
            continue
        if text.strip():
            return Support(text, tuple(problems))
    return Support("", tuple(problems))

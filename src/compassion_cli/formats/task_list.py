"""The task lists in the file of an entry or review: finding their lines, and changing one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from compassion_cli.core.action import Action, DateReader, parse_task
from compassion_cli.core.form import ID_LETTERS
from compassion_cli.formats.dates import read_as_written
from compassion_cli.formats.front_matter import FENCE

_LENGTH = 8
_ANY_DAY = date(2000, 1, 1)
_HAS_BOX = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX-]\][ \t]")


class Task(NamedTuple):
    """An action in a file.

    Attributes:
        id: Eight characters that follow from the file and the words alone. They stay when the action is done or
            carried, or its line moves, and are others when its words change.
        place: Which line of the file it is, counted from 0.
    """

    id: str
    action: Action
    place: int


def list_tasks(text: str, file_id: str, read_date: DateReader) -> Iterator[Task]:
    """Yield the actions in the text of a file.

    Args:
        text: The whole file.
        file_id: Its stem.
        read_date: Reads the days by which they are due, as of when that was written.
    """
    seen = Counter[str]()
    lines = text.split("\n")
    for place in range(find_body(lines), len(lines)):
        if not _HAS_BOX.match(lines[place]):
            continue
        action = parse_task(lines[place], read_date)
        if action:
            seen[action.words] += 1
            yield Task(_name(f"{file_id}\n{action.words}\n{seen[action.words]}"), action, place)


def find_body(lines: list[str]) -> int:
    """Return the number of the first line after the front matter, counted from 0; 0 where there is none."""
    fences = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE)
    return next(fences, -1) + 1


def _name(what: str) -> str:
    digest = sha256(what.encode("utf-8", "surrogateescape")).digest()
    return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in digest[:_LENGTH])


def digest_words(text: str, written: date = _ANY_DAY) -> str:
    """Return what tells whether the words in a file are still what they were.

    What was done with an action since is no change of words, and neither are line ends.

    Args:
        text: The whole file.
        written: The day it was written, from which the days in its actions count.
    """
    lines = text.replace("\r\n", "\n").rstrip().split("\n")
    words = [_strip_marks(line, written) for line in lines[find_body(lines) :]]
    return sha256("\n".join(words).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _strip_marks(line: str, written: date) -> str:
    # Whatever day somebody gave, as a date or in words, it may be another by now.
    action = parse_task(line, read_as_written(written)) if _HAS_BOX.match(line) else None
    return f"- [ ] {action.text} (who: {action.owner})" if action else line.rstrip()

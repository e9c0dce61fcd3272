"""Where to find support: the lines to show after a session, and in ``reflect support``."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import groupby

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CHECKED = re.compile(r"[Cc]hecked on (\d{1,2} [A-Z][a-z]+ \d{4})")
_DAYS_A_YEAR = 365
_OLD = "That is more than a year ago, so a number may have changed."


def list_support(text: str, today: date) -> list[str]:
    """Return the lines to show of a text in Markdown: without comments, signs of headings, or more than one blank line.

    Args:
        text: The text.
        today: Whatever was checked more than a year before is said to be.
    """
    lines = [line.strip().lstrip("#").strip() for line in _COMMENT.sub("", text).strip().split("\n")]
    shown = [
        line for is_blank, lines in groupby(lines, lambda line: not line) for line in ([""] if is_blank else lines)
    ]
    return [*shown, _OLD] if _is_old(text, today) else shown


def _is_old(text: str, today: date) -> bool:
    found = _CHECKED.search(text)
    try:
        checked = datetime.strptime(found[1], "%d %B %Y").date() if found else today  # noqa: DTZ007 - a day, no time
    except ValueError:
        return False
    return (today - checked).days > _DAYS_A_YEAR

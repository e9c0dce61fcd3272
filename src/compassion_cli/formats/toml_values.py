"""The values of a TOML text: the one place where TOML is read, with limits on how it is built.

TOML of a few kilobytes can hold up a reader for minutes, where it nests what nobody nests.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

#: No key of ours has more than three parts.
_MOST_PARTS = 16
NESTED = "it is nested too deeply"
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'')
_LONG_KEY = re.compile(rf"(?<![\w'-])(?:(?:[\w-]++|'')[ \t]*+\.[ \t]*+){{{_MOST_PARTS}}}")


class TomlError(Exception):
    """A text that is no TOML, or is nested too deeply.

    Attributes:
        reason: Why, in words that hold none of the text.
        line: The line it is in, counted from 1, where that is known.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def load_values(text: str) -> dict[str, Any]:
    """Return the values of a TOML text.

    Raises:
        TomlError: It is no TOML.
    """
    # What stands in quotation marks may have as many full stops as it likes.
    if found := _LONG_KEY.search(_STRING.sub("''", text)):
        raise TomlError(NESTED, found.string.count("\n", 0, found.start()) + 1)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlError(NESTED) from None
    except ValueError as error:
        # Not only tomllib's own: Python refuses to read numbers of thousands of digits.
        place = re.search(r"at line (\d+)", str(error))
        raise TomlError(str(error).partition(" (at ")[0], int(place[1]) if place else None) from None

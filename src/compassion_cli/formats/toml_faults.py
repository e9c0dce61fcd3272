"""TOML as people write it: reading it, and saying of a fault where it is, what is wrong and what would be right."""

from __future__ import annotations

import re
from typing import Any

from compassion_cli.core.errors import ReflectError
from compassion_cli.formats.toml_values import TomlError, load_values

_TABLE = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"""\s*(?:([\w.-]+)|"([^"]*)"|'([^']*)')\s*=""")


class TomlFaultError(ReflectError):
    """A TOML file that cannot be used.

    Args:
        what: The key and its fault.
        remedy: What would be right.
        line: The line it is in, counted from 1, where that is known.
    """

    def __init__(self, what: str, remedy: str = "", line: int | None = None) -> None:
        super().__init__(what, remedy)
        self.line = line


def load(text: str, kind: type[TomlFaultError]) -> dict[str, Any]:
    """Return the values of a TOML text; a mark at its beginning that says it is UTF-8 is no fault.

    Raises:
        TomlFaultError: It is no TOML. The error is of the kind given.
    """
    try:
        return load_values(text.removeprefix("\ufeff"))
    except TomlError as error:
        raise kind(f"it is not valid TOML: {error.reason}", line=error.line) from None


def expect_kind(kind: type, value: Any) -> Any:
    """Return a value of TOML that is of a kind.

    Raises:
        TypeError: It is of another.
    """
    # A yes is a number to Python, but not to people.
    if type(value) is not kind:
        raise TypeError
    return value


def find_line(text: str, place: tuple[str | int, ...]) -> int | None:
    """Return the line, counted from 1, of a key or else of the table it belongs in.

    Args:
        text: TOML with one table header or one key on a line, as people write it.
        place: The way to the key, such as ``("sections", 0, "questions", 2, "kind")``.
    """
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    best, best_line = 0, None
    for number, line in enumerate(text.split("\n"), 1):
        header, key = _TABLE.match(line), _KEY.match(line)
        if header:
            table = _enter_table(header[1].split("."), line.lstrip().startswith("[["), counts)
        path = (*table, *_split_key(key)) if key else table
        if (header or key) and path == place[: len(path)] and len(path) > best:
            best, best_line = len(path), number
    return best_line


def _split_key(key: re.Match[str]) -> list[str]:
    # What stands in quotation marks is one name, whatever it holds.
    return key[1].split(".") if key[1] else [key[2] or key[3] or ""]


def _enter_table(names: list[str], is_array: bool, counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    path: tuple[str | int, ...] = ()
    for depth, name in enumerate(names, 1):
        path = (*path, name)
        if is_array and depth == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path

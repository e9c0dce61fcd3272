"""TOML as people write it: reading it, and saying of a fault where it is, what is wrong and what would be right."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.text import enumerate_words, nearest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_TABLE = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"""\s*(?:([\w.-]+)|"([^"]*)"|'([^']*)')\s*=""")

#: What Pydantic calls the kinds of values, and how a person writes them.
_IN_WORDS = {
    "a valid string": "text in quotation marks",
    "a valid boolean": "true or false, without quotation marks",
    "a valid dictionary": "a table of names, each with its value",
}


class TomlFaultError(ReflectError):
    """A TOML file that cannot be used.

    Args:
        what: The key and its fault.
        remedy: What would be right.
        line: The line it is in, counted from 1, where that is known.
    """

    #: What a key of the file is called in a sentence.
    noun = "key"

    def __init__(self, what: str, remedy: str = "", line: int | None = None) -> None:
        super().__init__(what, remedy)
        self.line = line


def load(text: str, kind: type[TomlFaultError]) -> dict[str, Any]:
    """Return the values of a TOML text; a mark at its beginning that says it is UTF-8 is no fault.

    Raises:
        TomlFaultError: It is no TOML. The error is of the kind given.
    """
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise kind("it is not valid TOML: it is nested too deeply") from None
    except ValueError as error:
        # Not only tomllib's own: Python refuses to read numbers of thousands of digits.
        place = re.search(r"at line (\d+)", str(error))
        what = str(error).partition(" (at ")[0]
        raise kind(f"it is not valid TOML: {what}", line=int(place[1]) if place else None) from None


def describe(text: str, fault: ErrorDetails, known: Iterable[str], kind: type[TomlFaultError]) -> TomlFaultError:
    """Return the error that says of a fault Pydantic found what a person needs to know.

    Args:
        text: The TOML it is in.
        fault: What was found.
        known: All keys there are, to name the nearest of a mistyped one.
        kind: The class of the error.
    """
    place = fault["loc"]
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    line = find_line(text, place)
    if fault["type"] == "missing":
        return kind(f'"{key}" is missing', f"add a line: {place[-1]} = …", line)
    if fault["type"] == "extra_forbidden":
        near = nearest(str(place[-1]), known)
        return kind(f'"{key}" is no {kind.noun}', f'did you mean "{near}"?' if near else "", line)
    if fault["type"] == "enum":
        return kind(f'"{key}" has a value that is not known', f"one of {fault['ctx']['expected']}", line)
    if fault["type"] == "value_error":
        what = str(fault["ctx"]["error"])
        return kind(f'"{key}": {what}' if key else what, line=line)
    return kind(f'"{key}" does not hold what it should', _say_what_is_right(fault), line)


def _say_what_is_right(fault: ErrorDetails) -> str:
    if fault["type"] == "string_pattern_mismatch" and fault["ctx"]["pattern"].startswith("^[a-z0-9]"):
        return "small letters, digits and single hyphens"
    if fault["type"] == "string_pattern_mismatch" and "|" in fault["ctx"]["pattern"]:
        return "one of " + enumerate_words(fault["ctx"]["pattern"].strip("^()$").split("|"))
    if fault["type"] == "string_pattern_mismatch":
        return "one line of text"
    said = fault["msg"].replace("Input should", "it should")
    for theirs, ours in _IN_WORDS.items():
        said = said.replace(theirs, ours)
    return said


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

"""What a person, or their employer, has settled once and for all: one row for each setting.

All else comes from the rows: how a value is read and what is wrong with it, what the command line takes and lists,
and what a new file suggests. No Pydantic: nearly every command reads settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any, NamedTuple

from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import PACK_ID
from compassion_cli.core.text import clean_line, nearest

#: What a journal cannot be called, because it means something else already.
RESERVED_NAMES = ("all", "private")
_TABLE = "journals"
_LONGEST_NAME = 40
#: Nothing in a line can make it read differently from what it holds.
_LINE = r"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*"
_WORDS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


class SettingKind(IntEnum):
    """What a setting holds; in this order in a file, so that what names a journal comes after the journals."""

    LINE = 1
    YES_OR_NO = 2
    JOURNALS = 3
    JOURNAL = 4


def _row(kind: SettingKind, said: str, example: str) -> dict[str, Any]:
    return {"kind": kind, "help": said, "example": example}


@dataclass(frozen=True)
class Settings:
    """All settings, each with what holds where nobody has said anything, in the order they are listed in."""

    name: str = field(
        default="", metadata=_row(SettingKind.LINE, "What your entries carry as their author", 'name = "Sam Example"')
    )
    default_journal: str = field(default="", metadata=_row(SettingKind.JOURNAL, "", 'default_journal = "team"'))
    editor: str = field(
        default="", metadata=_row(SettingKind.LINE, "The editor that opens for a whole form", 'editor = "nano"')
    )
    plain: bool = field(
        default=False,
        metadata=_row(SettingKind.YES_OR_NO, "Plain lines, with no colour and nothing moving", "plain = true"),
    )
    git: bool = field(
        default=True, metadata=_row(SettingKind.YES_OR_NO, "Keep the history of your journal", "git = true")
    )
    journals: dict[str, str] = field(
        default_factory=dict,
        metadata=_row(
            SettingKind.JOURNALS,
            "Names for journals, and the one that is meant where none is named",
            'journals.team = "~/team-journal"',
        ),
    )

    def list_values(self) -> dict[str, str | bool]:
        """Return every value by its key, as it is named on the command line: ``name``, ``journals.team``."""
        values = {key: getattr(self, key) for key in KEYS if key != _TABLE}
        return values | {f"{_TABLE}.{name}": folder for name, folder in self.journals.items()}


class SettingKey(NamedTuple):
    """What there is to know of one setting.

    Attributes:
        help: What a new file says of it; empty where that is said of the one before it.
        example: Its line in a new file. The names of journals are dotted there, so that none depends on a heading.
    """

    name: str
    kind: SettingKind
    help: str
    example: str


#: All keys, as they are listed.
KEYS = {each.name: SettingKey(each.name, **each.metadata) for each in fields(Settings)}
#: The same, as they stand in a file.
KEYS_IN_FILE = sorted(KEYS.values(), key=lambda key: key.kind)


class Fault(NamedTuple):
    """Why values cannot be used.

    Attributes:
        way: The way to the key: ``("journals", "team")``.
        what: The key and its fault.
        remedy: What would be right.
    """

    way: tuple[str, ...]
    what: str
    remedy: str = ""


def split_key(key: str) -> tuple[str, ...]:
    """Return the way to a key that was named on the command line.

    Raises:
        UsageError: There is none of that name; the remedy names the nearest.
    """
    table, _, name = key.partition(".")
    if key in KEYS and key != _TABLE:
        return (key,)
    if table == _TABLE and name:
        return (table, name)
    if key == _TABLE:
        raise UsageError("a journal among the settings is named too", f"journal config {_TABLE}.NAME")
    near = nearest(key, KEYS)
    near = f"{_TABLE}.NAME" if near == _TABLE else near
    raise UsageError(f'no setting called "{key}"', f"journal config {near}" if near else "journal config")


def read_words(key: str, words: str) -> str | bool:
    """Return the value that was typed for a key on the command line.

    Raises:
        UsageError: There is no such key, or it takes no such words.
    """
    if KEYS[split_key(key)[0]].kind is not SettingKind.YES_OR_NO:
        return clean_line(words)
    if words.strip().lower() in _WORDS:
        return _WORDS[words.strip().lower()]
    raise UsageError(f'"{key}" is yes or no, and "{clean_line(words)}" is neither', f"journal config {key} yes")


def find_fault(values: Mapping[str, Any]) -> Fault | None:
    """Return the first fault of values that were read, laid over those that hold without them."""
    return next(_list_faults(values), None)


def is_folder(name: str) -> bool:
    """Tell whether the name of a journal is a folder, rather than a name that was given to one."""
    return any(mark in name for mark in "/\\~")


def _list_faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    for key in KEYS_IN_FILE:
        value = values[key.name]
        if key.kind is SettingKind.JOURNALS:
            yield from _list_faults_of_journals(value)
        elif right := _correct_switch(value) if key.kind is SettingKind.YES_OR_NO else _correct_line(value):
            yield _refuse((key.name,), right)
        elif key.kind is SettingKind.JOURNAL and value and not is_folder(value) and value not in values[_TABLE]:
            yield Fault((key.name,), f'"{key.name}": no journal in the settings is called {value}')
    for name in values:
        if name not in KEYS:
            near = nearest(name, KEYS)
            yield Fault((name,), f'"{name}" is no setting', f'did you mean "{near}"?' if near else "")


def _list_faults_of_journals(journals: Any) -> Iterator[Fault]:
    if not isinstance(journals, dict):
        yield _refuse((_TABLE,), "it should be a table of names, each with its value")
        return
    for name, folder in journals.items():
        way = (_TABLE, name)
        if name in RESERVED_NAMES:
            what = f"no journal can be called {name}, because that means something else already"
            yield Fault(way, f'"{_TABLE}.{name}": {what}')
        elif right := _correct_name(name) or _correct_folder(folder):
            yield _refuse(way, right)


def _refuse(way: tuple[str, ...], right: str) -> Fault:
    return Fault(way, f'"{".".join(way)}" does not hold what it should', right)


# What would be right, where a value is not.


def _correct_switch(value: Any) -> str:
    return "" if isinstance(value, bool) else "it should be true or false, without quotation marks"


def _correct_line(value: Any) -> str:
    if not isinstance(value, str):
        return "it should be text in quotation marks"
    return "" if re.fullmatch(_LINE, value) else "one line of text"


def _correct_folder(value: Any) -> str:
    return _correct_line(value) or ("" if value and value == value.strip() else "one line of text")


def _correct_name(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        return f"String should have at most {_LONGEST_NAME} characters"
    return "" if PACK_ID.fullmatch(name) else "small letters, digits and single hyphens"

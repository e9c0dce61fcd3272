"""What a person, or their employer, has settled once and for all: one row for each setting.

All else comes from the rows: how a value is read and what is wrong with it, what the command line takes and lists,
and what a new file suggests.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any, NamedTuple

from compassion_cli.core.errors import UsageError
from compassion_cli.core.text import clean_line, nearest

#: What a journal cannot be called, because it means something else already.
RESERVED_NAMES = ("all", "private")
#: The key of the table of journals.
JOURNALS = "journals"
_YES_AND_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


class SettingKind(IntEnum):
    """What a setting holds; in this order in a file, so that what names a journal comes after the journals."""

    #: One line of text, or nothing.
    LINE = 1
    YES_OR_NO = 2
    #: Folders by the names they were given.
    JOURNALS = 3
    #: One of those names, or a folder, or nothing.
    JOURNAL = 4


def _row(default: Any, kind: SettingKind, said: str, example: str) -> Any:
    return field(
        default_factory=lambda: type(default)(default), metadata={"kind": kind, "help": said, "example": example}
    )


@dataclass(frozen=True)
class Settings:
    """All settings, in the order they are listed in; each with what holds where nobody has said anything."""

    name: str = _row("", SettingKind.LINE, "Your name on entries", 'name = "Sam Example"')
    also_known_as: str = _row(
        "", SettingKind.LINE, "Names you used before, with a semicolon between them", 'also_known_as = "Sam Before"'
    )
    default_journal: str = _row("", SettingKind.JOURNAL, "", 'default_journal = "team"')
    editor: str = _row("", SettingKind.LINE, "The editor to use for a whole form", 'editor = "nano"')
    plain: bool = _row(
        False, SettingKind.YES_OR_NO, "Plain text with no colour or moving parts, for screen readers", "plain = true"
    )
    git: bool = _row(True, SettingKind.YES_OR_NO, "Keep the history of your journal", "git = true")
    journals: dict[str, str] = _row(  # noqa: RUF009 - it is a field, with a table of its own for each
        {},
        SettingKind.JOURNALS,
        "Names for journals, and the one to use when you do not name one",
        'journals.team = "~/team-journal"',
    )

    @property
    def former_names(self) -> tuple[str, ...]:
        """Return the names that someone had before."""
        return tuple(filter(None, map(clean_line, self.also_known_as.split(";"))))

    def list_values(self) -> dict[str, str | bool]:
        """Return every value by its key, named as on the command line: ``name``, ``journals.team``."""
        values = {key: getattr(self, key) for key in KEYS if key != JOURNALS}
        return values | {f"{JOURNALS}.{name}": folder for name, folder in self.journals.items()}


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


def split_key(key: str) -> tuple[str, ...]:
    """Return the way to a key that was named on the command line.

    Raises:
        UsageError: There is none of that name; the remedy names the nearest.
    """
    table, _, name = key.partition(".")
    if key in KEYS and key != JOURNALS:
        return (key,)
    if table == JOURNALS and name:
        return (table, name)
    if key == JOURNALS:
        raise UsageError("a journal in the settings needs its name too", f"journal config {JOURNALS}.NAME")
    near = nearest(key, KEYS)
    near = f"{JOURNALS}.NAME" if near == JOURNALS else near
    raise UsageError(f'there is no setting called "{key}"', f"journal config {near}" if near else "journal config")


def read_words(key: str, words: str) -> str | bool:
    """Return the value that was typed for a key on the command line.

    Raises:
        UsageError: There is no such key, or it takes no such words.
    """
    if KEYS[split_key(key)[0]].kind is not SettingKind.YES_OR_NO:
        return clean_line(words)
    if words.strip().lower() in _YES_AND_NO:
        return _YES_AND_NO[words.strip().lower()]
    raise UsageError(f'"{key}" can only be yes or no, not "{clean_line(words)}"', f"journal config {key} yes")


def is_folder(name: str) -> bool:
    """Tell whether the name of a journal is a folder, rather than a name that was given to one."""
    return any(mark in name for mark in "/\\~")

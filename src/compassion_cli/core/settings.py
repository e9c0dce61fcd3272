"""What a person, or their employer, has settled once and for all.

A plain dataclass: most commands need no more of the settings than whether they are plain. The rules are those of
``core.settings_model``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from compassion_cli.core.errors import UsageError
from compassion_cli.core.text import nearest

#: What a journal cannot be called, because it means something else already.
RESERVED_NAMES = ("all", "private")
_TABLE = "journals"


@dataclass(frozen=True)
class Settings:
    """All settings, with what holds where nobody has said anything.

    Attributes:
        name: What entries carry as their author; empty where that is not settled here.
        default_journal: The name of a journal, or a folder; empty for the usual one.
        editor: The command of an editor; empty where that is not settled here.
        plain: Plain lines, always.
        git: Entries are kept with their history.
        journals: Folders by the names they were given.
    """

    name: str = ""
    default_journal: str = ""
    editor: str = ""
    plain: bool = False
    git: bool = True
    journals: dict[str, str] = field(default_factory=dict)

    def list_values(self) -> dict[str, str | bool]:
        """Return every value by its key, as it is named on the command line: ``name``, ``journals.team``."""
        values = {key: getattr(self, key) for key in KEYS}
        return values | {f"{_TABLE}.{name}": folder for name, folder in self.journals.items()}


#: The keys that are always there.
KEYS = tuple(each.name for each in fields(Settings) if each.name != _TABLE)


def split_key(key: str) -> tuple[str, ...]:
    """Return the way to a key that was named on the command line.

    Raises:
        UsageError: There is none of that name; the remedy names the nearest.
    """
    table, _, name = key.partition(".")
    if key in KEYS:
        return (key,)
    if table == _TABLE and name:
        return (table, name)
    if key == _TABLE:
        raise UsageError("a journal among the settings is named too", f"journal config {_TABLE}.NAME")
    near = nearest(key, [*KEYS, _TABLE])
    near = f"{_TABLE}.NAME" if near == _TABLE else near
    raise UsageError(f'no setting called "{key}"', f"journal config {near}" if near else "journal config")


def is_folder(name: str) -> bool:
    """Tell whether the name of a journal is a folder, rather than a name that was given to one."""
    return any(mark in name for mark in "/\\~")

"""Changing settings in TOML: one value, with everything else in the text as it was."""

from __future__ import annotations

import tomlkit

from compassion_cli.core.settings import read_words, split_key
from compassion_cli.formats.settings_toml import SettingsFaultError
from compassion_cli.formats.toml_faults import load


def set_value(text: str, key: str, words: str) -> str:
    """Return a TOML text with one value set.

    Args:
        text: The TOML.
        key: As it is named on the command line.
        words: The value, as it was typed.

    Raises:
        UsageError: There is no such key, or it takes no such words.
        SettingsFaultError: The text is no TOML.
    """
    value = read_words(key, words)
    table, *name = split_key(key)
    document = _open(text)
    if not name:
        document[table] = value
    elif isinstance(document.get(table), dict):
        document[table][name[0]] = value
    else:
        document.append(tomlkit.key([table, *name]), tomlkit.item(value))
    return tomlkit.dumps(document)


def unset_value(text: str, key: str) -> str:
    """Return a TOML text without one key.

    Raises:
        UsageError: There is no such key.
        SettingsFaultError: The text is no TOML.
    """
    table, *name = split_key(key)
    document = _open(text)
    if not name:
        document.pop(table, None)
    elif isinstance(document.get(table), dict):
        document[table].pop(name[0], None)
    return tomlkit.dumps(document)


def _open(text: str) -> tomlkit.TOMLDocument:
    # Read once more by what names faults in our way.
    load(text, SettingsFaultError)
    return tomlkit.parse(text.removeprefix("\ufeff"))

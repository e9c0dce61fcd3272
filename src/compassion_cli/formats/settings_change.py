"""Changing settings in TOML: one value, with everything else in the text unchanged."""

from __future__ import annotations

from typing import Any

import tomlkit

from compassion_cli.core.settings import read_words, split_key
from compassion_cli.formats.settings_toml import SettingsFaultError
from compassion_cli.formats.toml_faults import load


def set_value(text: str, key: str, words: str) -> str:
    """Return a TOML text with one value set, from the words that were typed for it.

    Raises:
        UsageError: There is no such key, or it takes no such words.
        SettingsFaultError: The text is no TOML.
    """
    value, way = read_words(key, words), split_key(key)
    document = _open(text)
    table = _find_table(document, way)
    if table is not None:
        table[way[-1]] = value
    # What stands where the table should be is a fault, and whoever reads the text says so.
    elif way[0] not in document:
        document.append(tomlkit.key(way), tomlkit.item(value))
    return tomlkit.dumps(document)


def unset_value(text: str, key: str) -> str:
    """Return a TOML text without one key. Errors are those of :func:`set_value`."""
    way = split_key(key)
    document = _open(text)
    table = _find_table(document, way)
    if table is not None:
        table.pop(way[-1], None)
    return tomlkit.dumps(document)


def _open(text: str) -> tomlkit.TOMLDocument:
    # Read once more by what names faults in our way.
    load(text, SettingsFaultError)
    return tomlkit.parse(text.removeprefix("\ufeff"))


def _find_table(document: tomlkit.TOMLDocument, way: tuple[str, ...]) -> Any:
    table = document.get(way[0]) if way[1:] else document
    return table if isinstance(table, dict) else None

"""Settings as TOML. A fault says where it is, what is wrong and what would be right.

Nearly every command reads settings, so no Pydantic is needed for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import PureWindowsPath
from typing import Any, NamedTuple

from compassion_cli.core.form import PACK_ID
from compassion_cli.core.settings import JOURNALS, KEYS, KEYS_IN_FILE, RESERVED_NAMES, SettingKind, Settings, is_folder
from compassion_cli.core.text import is_plain_line, nearest
from compassion_cli.formats.toml_faults import TomlFaultError, find_line, load

_LONGEST_NAME = 40
_ONE_LINE = "one line of text"
_WHOLE_PATH = "the full path of a folder, such as ~/team-journal"


class SettingsFaultError(TomlFaultError):
    """Settings that cannot be used."""


def parse_settings(text: str, below: Settings | None = None) -> Settings:
    """Return the settings that a TOML text holds, laid over others.

    Args:
        text: The TOML.
        below: What holds where the text says nothing: the employer's settings, or those built in.

    Raises:
        SettingsFaultError: A key or a value cannot be used; the first is named, with its line.
    """
    values = _merge_values(asdict(below or Settings()), load(text, SettingsFaultError))
    if fault := next(_list_setting_faults(values), None):
        raise SettingsFaultError(fault.what, fault.remedy, find_line(text, fault.way))
    return Settings(**values)


def list_keys(text: str) -> list[str]:
    """Return the keys that a text sets, as they are named on the command line.

    Raises:
        SettingsFaultError: It is no TOML.
    """
    values = load(text, SettingsFaultError)
    journals = values.pop(JOURNALS, {})
    return [*values, *(f"{JOURNALS}.{name}" for name in journals)]


def render_template() -> str:
    """Return what a new file holds: every setting explained, and none of them set."""
    lines = ["# Your settings for compassion-cli. To use a line, remove the # in front of it."]
    for key in KEYS_IN_FILE:
        lines += ["", f"# {key.help}:"] if key.help else []
        lines += [f"# {key.example}"]
    return "\n".join([*lines, ""])


def _merge_values(below: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    merged = below | values
    if isinstance(journals := values.get(JOURNALS), dict):
        merged[JOURNALS] = below[JOURNALS] | journals
    return merged


class _Fault(NamedTuple):
    way: tuple[str, ...]
    what: str
    remedy: str = ""


def _list_setting_faults(values: dict[str, Any]) -> Iterator[_Fault]:
    for key in KEYS_IN_FILE:
        value = values[key.name]
        if key.kind is SettingKind.JOURNALS:
            yield from _list_faults_of_journals(value)
        elif right := _say_what_is_right(key.kind, value):
            yield _refuse_value(right, key.name)
        elif key.kind is SettingKind.JOURNAL and value and not is_folder(value) and value not in values[JOURNALS]:
            yield _Fault((key.name,), f'"{key.name}": no journal in the settings is called {value}')
        elif key.kind is SettingKind.JOURNAL and is_folder(value) and not _is_whole(value):
            yield _refuse_value(_WHOLE_PATH, key.name)
    for name in [name for name in values if name not in KEYS]:
        near = nearest(name, KEYS)
        yield _Fault((name,), f'"{name}" is not a setting', f'did you mean "{near}"?' if near else "")


def _list_faults_of_journals(journals: Any) -> Iterator[_Fault]:
    if not isinstance(journals, dict):
        yield _refuse_value("it should be a table of names, each with its value", JOURNALS)
        return
    for name, folder in journals.items():
        if name in RESERVED_NAMES:
            what = f"a journal cannot be called {name}, because the word already means something else"
            yield _Fault((JOURNALS, name), f'"{JOURNALS}.{name}": {what}')
        elif len(name) > _LONGEST_NAME:
            yield _refuse_value(f"it should have at most {_LONGEST_NAME} characters", JOURNALS, name)
        elif not PACK_ID.fullmatch(name):
            yield _refuse_value("small letters, digits and single hyphens", JOURNALS, name)
        elif right := _say_what_is_right(SettingKind.LINE, folder):
            yield _refuse_value(right, JOURNALS, name)
        elif not folder or folder != folder.strip():
            yield _refuse_value(_ONE_LINE, JOURNALS, name)
        elif not _is_whole(folder):
            yield _refuse_value(_WHOLE_PATH, JOURNALS, name)


def _is_whole(folder: str) -> bool:
    # From any other, words would go to other places whenever someone works in another folder.
    return folder.startswith(("~", "/")) or PureWindowsPath(folder).is_absolute()


def _say_what_is_right(kind: SettingKind, value: Any) -> str:
    if kind is SettingKind.YES_OR_NO:
        return "" if isinstance(value, bool) else "it should be true or false, without quotation marks"
    if not isinstance(value, str):
        return "it should be text in quotation marks"
    return "" if is_plain_line(value) else _ONE_LINE


def _refuse_value(right: str, *way: str) -> _Fault:
    return _Fault(way, f'"{".".join(way)}" has a value that cannot be used', right)

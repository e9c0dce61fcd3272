"""Settings as TOML. A fault says where it is, what is wrong and what would be right.

Settings are read by nearly every command, so what is plainly right is taken without Pydantic, which takes longer to
load than all the rest.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import PACK_ID
from compassion_cli.core.settings import KEYS, RESERVED_NAMES, Settings, is_folder, split_key
from compassion_cli.core.text import clean_line
from compassion_cli.formats.toml_faults import TomlFaultError, describe, load

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails
    from tomlkit import TOMLDocument

#: What a new file holds. The names of journals are dotted, so that no line depends on a heading above it.
TEMPLATE = """\
# Your settings for compassion-cli. Take the # away from a line to make it count.

# What your entries carry as their author:
# name = "Sam Example"

# The editor that opens for a whole form:
# editor = "nano"

# Plain lines, with no colour and nothing moving:
# plain = true

# Keep the history of your journal:
# git = true

# Names for journals, and the one that is meant where none is named:
# journals.team = "~/team-journal"
# default_journal = "team"
"""
_WORDS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_LONGEST_NAME = 40


class SettingsFaultError(TomlFaultError):
    """Settings that cannot be used."""

    noun = "setting"


def parse_settings(text: str, below: Settings | None = None) -> Settings:
    """Return the settings that a TOML text holds, laid over others.

    Args:
        text: The TOML.
        below: What holds where the text says nothing: the employer's settings, or those built in.

    Raises:
        SettingsFaultError: A key or a value cannot be used; the first is named, with its line.
    """
    values = load(text, SettingsFaultError)
    merged = _merge(asdict(below or Settings()), values)
    return Settings(**merged) if _is_plainly_right(merged) else _check(text, merged)


def list_keys(text: str) -> list[str]:
    """Return the keys that a text sets, as they are named on the command line.

    Raises:
        SettingsFaultError: It is no TOML.
    """
    values = load(text, SettingsFaultError)
    journals = values.pop("journals", {})
    return [*values, *(f"journals.{name}" for name in journals)]


def set_value(text: str, key: str, words: str) -> str:
    """Return a TOML text with one value set, and everything else in it as it was.

    Args:
        text: The TOML.
        key: As it is named on the command line.
        words: The value, as it was typed.

    Raises:
        UsageError: There is no such key, or it takes no such words.
        SettingsFaultError: The text is no TOML.
    """
    import tomlkit  # noqa: PLC0415 - only needed once something is changed

    table, *name = split_key(key)
    value = _read_value(key, words)
    document = _open(text)
    if not name:
        document[table] = value
    elif isinstance(document.get(table), dict):
        document[table][name[0]] = value
    else:
        document.append(tomlkit.key([table, *name]), tomlkit.item(value))
    return tomlkit.dumps(document)


def unset_value(text: str, key: str) -> str:
    """Return a TOML text without one key, and everything else in it as it was.

    Raises:
        UsageError: There is no such key.
        SettingsFaultError: The text is no TOML.
    """
    import tomlkit  # noqa: PLC0415 - only needed once something is changed

    table, *name = split_key(key)
    document = _open(text)
    if not name:
        document.pop(table, None)
    elif isinstance(document.get(table), dict):
        document[table].pop(name[0], None)
    return tomlkit.dumps(document)


def _open(text: str) -> TOMLDocument:
    import tomlkit  # noqa: PLC0415 - only needed once something is changed

    # Read once more by what names faults in our way.
    load(text, SettingsFaultError)
    return tomlkit.parse(text.removeprefix("\ufeff"))


def _read_value(key: str, words: str) -> str | bool:
    if not isinstance(Settings().list_values().get(key), bool):
        return clean_line(words)
    if words.strip().lower() in _WORDS:
        return _WORDS[words.strip().lower()]
    raise UsageError(f'"{key}" is yes or no, and "{clean_line(words)}" is neither', f"journal config {key} yes")


def _merge(below: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    merged = below | values
    if isinstance(journals := values.get("journals"), dict):
        merged["journals"] = below["journals"] | journals
    return merged


def _is_plainly_right(values: dict[str, Any]) -> bool:
    journals, default = values["journals"], values["default_journal"]
    return (
        set(values) == {*KEYS, "journals"}
        and all(isinstance(values[key], bool) for key in ("plain", "git"))
        and all(_is_line(values[key]) for key in ("name", "editor", "default_journal"))
        and isinstance(journals, dict)
        and all(_is_name(name) and _is_line(folder) and folder.strip() for name, folder in journals.items())
        and (not default or is_folder(default) or default in journals)
    )


def _is_name(name: str) -> bool:
    return bool(PACK_ID.fullmatch(name)) and len(name) <= _LONGEST_NAME and name not in RESERVED_NAMES


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and value == value.strip()


def _check(text: str, values: dict[str, Any]) -> Settings:
    from pydantic import ValidationError  # noqa: PLC0415 - see the top of this file

    from compassion_cli.core.settings_model import SettingsModel  # noqa: PLC0415

    try:
        return Settings(**SettingsModel.model_validate(values).model_dump())
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise describe(text, _name_key(fault), [*KEYS, "journals"], SettingsFaultError) from None


def _name_key(fault: ErrorDetails) -> ErrorDetails:
    # Of a name that is wrong, Pydantic says so at the end of the way to it.
    return {**fault, "loc": tuple(part for part in fault["loc"] if part != "[key]")}

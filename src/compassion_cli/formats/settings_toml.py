"""Settings as TOML. A fault says where it is, what is wrong and what would be right."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from compassion_cli.core.settings import KEYS_IN_FILE, Settings, find_fault
from compassion_cli.formats.toml_faults import TomlFaultError, find_line, load


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
    values = _merge(asdict(below or Settings()), load(text, SettingsFaultError))
    if fault := find_fault(values):
        raise SettingsFaultError(fault.what, fault.remedy, find_line(text, fault.way))
    return Settings(**values)


def list_keys(text: str) -> list[str]:
    """Return the keys that a text sets, as they are named on the command line.

    Raises:
        SettingsFaultError: It is no TOML.
    """
    values = load(text, SettingsFaultError)
    journals = values.pop("journals", {})
    return [*values, *(f"journals.{name}" for name in journals)]


def render_template() -> str:
    """Return what a new file holds: every setting explained, and none of them set."""
    lines = ["# Your settings for compassion-cli. Take the # away from a line to make it count."]
    for key in KEYS_IN_FILE:
        lines += ["", f"# {key.help}:"] if key.help else []
        lines += [f"# {key.example}"]
    return "\n".join([*lines, ""])


def _merge(below: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    merged = below | values
    if isinstance(journals := values.get("journals"), dict):
        merged["journals"] = below["journals"] | journals
    return merged

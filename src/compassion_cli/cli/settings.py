"""What ``journal config`` does, once its options are read. Imported only then."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from compassion_cli.cli.environment import Environment
from compassion_cli.core.errors import UsageError
from compassion_cli.core.settings import Settings, split_key
from compassion_cli.core.text import displayable, nearest
from compassion_cli.flows.edit_settings import edit_settings
from compassion_cli.storage.places import find_employers_file, find_settings_file
from compassion_cli.storage.settings import change_setting, list_set_keys, load_settings, load_usable, unset_setting
from compassion_cli.terminal.lines import open_reader
from compassion_cli.terminal.screen import Screen, open_screen

OWN, EMPLOYER, BUILT_IN = "own", "employer", "built-in"
_IN_WORDS = {OWN: "yours", EMPLOYER: "your employer's", BUILT_IN: "built in"}


@dataclass(frozen=True)
class SettingsRequest:
    """What somebody asked for on the command line.

    Attributes:
        key: One setting; empty for all.
        value: What it should be; None where that was not given.
    """

    key: str = ""
    value: str | None = None
    unset: bool = False
    edit: bool = False
    as_json: bool = False
    plain: bool = False


def carry_out(request: SettingsRequest, environment: Environment) -> None:
    """Show the settings or one of them, change one, or open their file."""
    _refuse_mixed(request)
    # Settings with a fault are still to be mended.
    screen = open_screen(plain=request.plain or load_usable().plain)
    if request.edit:
        _edit(screen, environment)
    elif not request.key:
        _list(screen, as_json=request.as_json)
    elif request.value is None and not request.unset:
        split_key(request.key)
        screen.result(_say_value(_find_value(request.key, load_settings())))
    else:
        _change(request, screen)


def _refuse_mixed(request: SettingsRequest) -> None:
    if request.unset and not request.key:
        raise UsageError("--unset needs to know which setting", "journal config KEY --unset")
    if request.unset and request.value is not None:
        raise UsageError("--unset takes no value", f"journal config {request.key} --unset")
    if request.edit and (request.key or request.as_json):
        raise UsageError("--edit opens the whole file", "journal config --edit")
    if request.as_json and request.key:
        raise UsageError("--json lists all settings", "journal config --json")


def _edit(screen: Screen, environment: Environment) -> None:
    reader = open_reader(sys.stdin, is_interactive=screen.is_interactive, is_plain=screen.is_plain)
    with reader.held():
        path = edit_settings(environment.make_editor(screen, reader))
    screen.say("Your settings can be used as they are.")
    screen.result(str(path))


def _list(screen: Screen, *, as_json: bool) -> None:
    values = load_settings().list_values()
    own, employers = find_settings_file(), find_employers_file()
    sources = dict.fromkeys(values, BUILT_IN)
    sources |= dict.fromkeys(list_set_keys(employers), EMPLOYER) | dict.fromkeys(list_set_keys(own), OWN)
    if as_json:
        from compassion_cli.formats.settings_json import render_settings_json  # noqa: PLC0415 - only scripts need it

        screen.result(render_settings_json(values, sources, {OWN: str(own), EMPLOYER: str(employers)}))
        return
    for key, value in values.items():
        screen.result(f"{key}: {_say_value(value) or 'not set'} ({_IN_WORDS[sources[key]]})")
    screen.result(f"\nYour settings are in {_say_file(own)}")
    screen.result(f"Your employer's are in {_say_file(employers)}")


def _say_file(path: Path) -> str:
    return displayable(str(path)) if os.path.lexists(path) else f"{displayable(str(path))}, which is not there"


def _say_value(value: str | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return displayable(value)


def _find_value(key: str, settings: Settings) -> str | bool:
    values = settings.list_values()
    if key not in values:
        near = nearest(key, [known for known in values if "." in known])
        raise UsageError(f'"{key}" is not set', f"journal config {near}" if near else f"journal config {key} FOLDER")
    return values[key]


def _change(request: SettingsRequest, screen: Screen) -> None:
    if request.value is None:
        unset_setting(request.key)
    else:
        change_setting(request.key, request.value)
    value = _say_value(load_settings().list_values().get(request.key, ""))
    screen.say(f"{request.key} is now {value}." if value else f"{request.key} is now not set.")

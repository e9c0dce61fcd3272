"""``journal config``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.asking import open_editor
from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.options import JsonOption, PlainOption
from compassion_cli.core.errors import UsageError
from compassion_cli.core.review import Person, is_same_person
from compassion_cli.core.settings import Settings, split_key
from compassion_cli.core.text import displayable, nearest
from compassion_cli.flows.edit_settings import edit_settings
from compassion_cli.formats.settings_json import render_settings_json
from compassion_cli.storage.places import find_employers_file, find_settings_file
from compassion_cli.storage.settings import list_set_keys

OWN, EMPLOYER, BUILT_IN = "own", "employer", "built-in"
_IN_WORDS = {OWN: "yours", EMPLOYER: "your employer's", BUILT_IN: "built in"}


def run(
    ctx: typer.Context,
    *,
    key: Annotated[str, typer.Argument(metavar="KEY", help="One setting, such as name or journals.team.")] = "",
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="The new value.")] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Remove the setting.")] = False,
    edit_file: Annotated[bool, typer.Option("--edit", help="Open your settings file in your own editor.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Show your settings, or change one."""
    _refuse_mixed(key, value, unset=unset, edit_file=edit_file, as_json=as_json)
    context = find_context(ctx, plain=plain)
    context.bear_faulty_settings()
    if edit_file:
        _edit_file(context)
    elif not key:
        _list_settings(context, as_json=as_json)
    elif value is None and not unset:
        split_key(key)
        context.screen.result(_say_value(_find_value(key, context.settings)))
    else:
        _change_value(key, value, context)


def _refuse_mixed(key: str, value: str | None, *, unset: bool, edit_file: bool, as_json: bool) -> None:
    if unset and not key:
        raise UsageError("--unset needs to know which setting", "journal config KEY --unset")
    if unset and value is not None:
        raise UsageError("--unset takes no value", f"journal config {key} --unset")
    if edit_file and (key or as_json):
        raise UsageError("--edit opens the whole file; it cannot be used with KEY or --json", "journal config --edit")
    if as_json and key:
        raise UsageError("--json lists all settings; it cannot be used with KEY", "journal config --json")


def _edit_file(context: Context) -> None:
    with context.reader.held():
        path = edit_settings(open_editor(context))
    context.screen.say("There are no problems in your settings.")
    context.screen.result(str(path))


def _list_settings(context: Context, *, as_json: bool) -> None:
    screen, values = context.screen, context.settings.list_values()
    own, employers = find_settings_file(), find_employers_file()
    sources = dict.fromkeys(values, BUILT_IN)
    sources |= dict.fromkeys(list_set_keys(employers), EMPLOYER) | dict.fromkeys(list_set_keys(own), OWN)
    if as_json:
        screen.result(render_settings_json(values, sources, {OWN: str(own), EMPLOYER: str(employers)}))
        return
    for key, value in values.items():
        screen.result(f"{key}: {_say_value(value) or 'not set'} ({_IN_WORDS[sources[key]]})")
    screen.result(f"\nYour settings are in {_say_file(own)}")
    screen.result(f"Your employer's settings are in {_say_file(employers)}")


def _say_file(path: Path) -> str:
    return displayable(str(path)) if os.path.lexists(path) else f"{displayable(str(path))} (no such file yet)"


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


def _change_value(key: str, words: str | None, context: Context) -> None:
    before = context.usable_settings.name
    context.change_setting(key, words)
    value = _say_value(context.settings.list_values().get(key, ""))
    context.screen.say(f"{key} is now {value}." if value else f"{key} is no longer set.")
    if key == "name" and before and value:
        _keep_name(before, context)


def _keep_name(before: str, context: Context) -> None:
    """Note a name someone had, so that they stay one person with whoever wrote their earlier entries."""
    settings = context.settings
    if is_same_person(before, Person(settings.name, settings.former_names)):
        return
    context.change_setting("also_known_as", "; ".join((*settings.former_names, before)))
    context.screen.advise(
        f"Entries by {displayable(before)} count as yours, too. "
        "If that is someone else's name: journal config also_known_as --unset"
    )

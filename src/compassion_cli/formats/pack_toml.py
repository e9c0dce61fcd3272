"""Packs as TOML."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from compassion_cli.core.pack import Pack
from compassion_cli.formats.pack_heading_toml import PackFaultError
from compassion_cli.formats.toml_faults import expect_kind, load

#: Names in a pack that are no names in Python.
KEYS_BY_NAME = {"values": "is"}


def parse_pack(text: str) -> Pack:
    """Return the pack that a TOML text holds, every value of it checked.

    Raises:
        PackFaultError: It holds none; the first fault is named with its key and, where it can be found, its line.
    """
    values = load(text, PackFaultError)
    try:
        pack: Pack = _build(Pack, values)
    except (TypeError, ValueError):
        # Only then is Pydantic imported, which takes longer than all the rest: it can tell what the fault is.
        from compassion_cli.formats.pack_faults import check_pack  # noqa: PLC0415

        return check_pack(text, values)
    return pack


def _build(kind: Any, value: Any) -> Any:
    """Return a value from TOML as the kind that a pack has in its place.

    Raises:
        TypeError: It is of another kind.
        ValueError: It breaks a rule of packs.
    """
    if isinstance(kind, type) and is_dataclass(kind):
        kinds = _list_kinds(kind)
        # What the class does not know, it refuses itself.
        known = {key: name for name in kinds if (key := KEYS_BY_NAME.get(name, name)) in expect_kind(dict, value)}
        if len(known) < len(value):
            raise TypeError
        return kind(**{name: _build(kinds[name], value[key]) for key, name in known.items()})
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], each) for each in expect_kind(list, value))
    if get_args(kind):
        # TOML has no null: what may be left out is of its other kind where it is there.
        return _build(get_args(kind)[0], value)
    return kind(expect_kind(str, value)) if issubclass(kind, Enum) else expect_kind(kind, value)


@lru_cache
def _list_kinds(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)

"""What is wrong with a pack, in words: each value held against its type and the rules."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from compassion_cli.core.pack import Choice, Pack, Question, Scale, Section, Source, When
from compassion_cli.core.pack_rules import PackRuleError
from compassion_cli.core.text import nearest
from compassion_cli.formats.pack_heading_toml import PackFaultError
from compassion_cli.formats.pack_toml import KEYS_BY_NAME
from compassion_cli.formats.toml_faults import find_line

#: What would be right, by Pydantic's names of faults.
_RIGHT_IN_WORDS = {
    "string_type": "it should be text in quotation marks",
    "bool_type": "it should be true or false, without quotation marks",
    "bool_parsing": "it should be true or false, without quotation marks",
    "int_type": "it should be a whole number, without quotation marks",
    "int_parsing": "it should be a whole number, without quotation marks",
    "int_from_float": "it should be a whole number, without quotation marks",
    "tuple_type": "it should be a list, in square brackets",
    "dataclass_type": "it should be a table of names, each with its value",
}


def check_pack(text: str, values: dict[str, Any]) -> Pack:
    """Return the pack that values stand for.

    Args:
        text: The TOML they were read from, in which a fault is looked for.
        values: The values.

    Raises:
        PackFaultError: They stand for none; the first fault is named with its key and, where it can be found, its line.
    """
    # A configuration reaches plain dataclasses from what holds them, so the pack is checked as the one in a tuple.
    config = ConfigDict(extra="forbid", strict=True, alias_generator=lambda name: KEYS_BY_NAME.get(name, name))
    try:
        return TypeAdapter(tuple[Pack], config=config).validate_json(json.dumps([values], default=lambda _: {}))[0]
    except ValidationError as error:
        raise _describe_fault(text, error.errors(include_url=False, include_input=False)[0]) from None


def _list_pack_keys() -> list[str]:
    kinds = (Pack, Section, Question, Choice, Scale, When, Source)
    return [KEYS_BY_NAME.get(field.name, field.name) for kind in kinds for field in fields(kind)]


def _describe_fault(text: str, fault: ErrorDetails) -> PackFaultError:
    place, broken = fault["loc"][1:], fault.get("ctx", {}).get("error")
    rule = broken if isinstance(broken, PackRuleError) else None
    if rule:
        place += rule.key
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    line = find_line(text, place)
    if fault["type"] == "missing":
        return PackFaultError(f'"{key}" is missing', f"add a line: {place[-1]} = …", line)
    if fault["type"] == "unexpected_keyword_argument":
        near = nearest(str(place[-1]), _list_pack_keys())
        return PackFaultError(f'a pack has no key called "{key}"', f'did you mean "{near}"?' if near else "", line)
    if fault["type"] == "enum":
        return PackFaultError(f'"{key}" has a value that is not known', f"one of {fault['ctx']['expected']}", line)
    if rule and not rule.key:
        return PackFaultError(f'"{key}": {rule}' if key else str(rule), line=line)
    what = f'"{key}" has a value that cannot be used'
    return PackFaultError(what, str(rule) if rule else _say_what_fits(fault), line)


def _say_what_fits(fault: ErrorDetails) -> str:
    return _RIGHT_IN_WORDS.get(fault["type"], fault["msg"].replace("Input should", "it should"))

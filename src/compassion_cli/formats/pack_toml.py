"""Packs as TOML. A fault says where it is, what is wrong and what would be right."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from compassion_cli.core import pack as models
from compassion_cli.core.pack import Pack
from compassion_cli.core.text import enumerate_words, nearest
from compassion_cli.formats.pack_heading_toml import PackFaultError
from compassion_cli.formats.toml_faults import find_line, load

#: What Pydantic calls the kinds of values, and how a person writes them.
_RIGHT_IN_WORDS = {
    "a valid string": "text in quotation marks",
    "a valid boolean": "true or false, without quotation marks",
    "a valid dictionary": "a table of names, each with its value",
}


def parse_pack(text: str) -> Pack:
    """Return the pack that a TOML text holds.

    Raises:
        PackFaultError: It holds none; the first fault is named with its key and, where it can be found, its line.
    """
    values = load(text, PackFaultError)
    try:
        return Pack.model_validate(values)
    except ValidationError as error:
        raise _describe_fault(text, error.errors(include_url=False)[0]) from None


def _list_pack_keys() -> list[str]:
    kinds = (models.Pack, models.Section, models.Question, models.Choice, models.Scale, models.When, models.Source)
    return [field.alias or name for model in kinds for name, field in model.model_fields.items()]


def _describe_fault(text: str, fault: ErrorDetails) -> PackFaultError:
    place = fault["loc"]
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    line = find_line(text, place)
    if fault["type"] == "missing":
        return PackFaultError(f'"{key}" is missing', f"add a line: {place[-1]} = …", line)
    if fault["type"] == "extra_forbidden":
        near = nearest(str(place[-1]), _list_pack_keys())
        return PackFaultError(f'"{key}" is no key of a pack', f'did you mean "{near}"?' if near else "", line)
    if fault["type"] == "enum":
        return PackFaultError(f'"{key}" has a value that is not known', f"one of {fault['ctx']['expected']}", line)
    if fault["type"] == "value_error":
        what = str(fault["ctx"]["error"])
        return PackFaultError(f'"{key}": {what}' if key else what, line=line)
    return PackFaultError(f'"{key}" does not hold what it should', _say_what_fits(fault), line)


def _say_what_fits(fault: ErrorDetails) -> str:
    if fault["type"] == "string_pattern_mismatch" and fault["ctx"]["pattern"].startswith("^[a-z0-9]"):
        return "small letters, digits and single hyphens"
    if fault["type"] == "string_pattern_mismatch" and "|" in fault["ctx"]["pattern"]:
        return "one of " + enumerate_words(fault["ctx"]["pattern"].strip("^()$").split("|"))
    if fault["type"] == "string_pattern_mismatch":
        return "one line of text"
    said = fault["msg"].replace("Input should", "it should")
    for theirs, ours in _RIGHT_IN_WORDS.items():
        said = said.replace(theirs, ours)
    return said

"""Packs as TOML. A fault says where it is, what is wrong and what would be right.

The top of a pack is read at every start of the program, so nothing heavy is imported for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compassion_cli.core.form import PACK_ID
from compassion_cli.core.pack_heading import RESERVED_IDS, RESERVED_OPTIONS, PackHeading, SectionHeading
from compassion_cli.core.text import displayable, enumerate_words, nearest
from compassion_cli.formats.toml_faults import TomlFaultError, find_line, load

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from compassion_cli.core.pack import Pack

#: What Pydantic calls the kinds of values, and how a person writes them.
_RIGHT_IN_WORDS = {
    "a valid string": "text in quotation marks",
    "a valid boolean": "true or false, without quotation marks",
    "a valid dictionary": "a table of names, each with its value",
}


class PackFaultError(TomlFaultError):
    """A pack that cannot be used."""


def parse_heading(text: str) -> PackHeading:
    """Return the top of a pack, without checking the rest.

    Raises:
        PackFaultError: It is no TOML, or its top is not that of a pack.
    """
    values = load(text, PackFaultError)
    if values.get("id") in RESERVED_IDS:
        raise PackFaultError(f'"id": "{values["id"]}" is a command of its own', "give the pack another id")
    try:
        return PackHeading(
            id=_expect_id(values["id"]),
            title=_expect_line(values["title"]),
            summary=_expect_line(values["summary"]),
            minutes=_expect(int, values["minutes"]),
            section_name=_expect_option(values["section_name"]) if "section_name" in values else None,
            sections=tuple(map(_parse_section_heading, _expect(list, values["sections"]))),
        )
    except (KeyError, TypeError):
        parse_pack(text)
        raise PackFaultError("the top of the file is not that of a pack") from None


def _parse_section_heading(values: Any) -> SectionHeading:
    section = _expect(dict, values)
    aliases = tuple(map(_expect_line, _expect(list, section.get("aliases", []))))
    return SectionHeading(_expect_line(section["id"]), _expect_line(section["title"]), aliases)


def _expect_option(value: Any) -> str:
    if value in RESERVED_OPTIONS:
        raise TypeError
    return _expect_id(value)


def _expect_id(value: Any) -> str:
    if not PACK_ID.fullmatch(_expect(str, value)):
        raise TypeError
    return str(value)


def _expect_line(value: Any) -> str:
    # It stands in the help, so it may do nothing to a terminal.
    line = _expect(str, value)
    if displayable(line) != line or "\n" in line:
        raise TypeError
    return str(line)


def _expect(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value


def parse_pack(text: str) -> Pack:
    """Return the pack that a TOML text holds.

    Raises:
        PackFaultError: It holds none; the first fault is named with its key and, where it can be found, its line.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - see the top of this file

    from compassion_cli.core.pack import Pack  # noqa: PLC0415

    values = load(text, PackFaultError)
    try:
        return Pack.model_validate(values)
    except ValidationError as error:
        raise _describe_fault(text, error.errors(include_url=False)[0]) from None


def _list_pack_keys() -> list[str]:
    from compassion_cli.core import pack  # noqa: PLC0415 - see the top of this file

    models = (pack.Pack, pack.Section, pack.Question, pack.Choice, pack.Scale, pack.When, pack.Source)
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


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

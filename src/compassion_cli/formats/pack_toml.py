"""Packs as TOML. A fault says where it is, what is wrong and what would be right.

The top of a pack is read at every start of the program, so nothing heavy is imported for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compassion_cli.core.form import PACK_ID
from compassion_cli.core.pack_heading import RESERVED_IDS, RESERVED_OPTIONS, PackHeading, SectionHeading
from compassion_cli.core.text import displayable
from compassion_cli.formats.toml_faults import TomlFaultError, describe, load

if TYPE_CHECKING:
    from compassion_cli.core.pack import Pack


class PackFaultError(TomlFaultError):
    """A pack that cannot be used."""

    noun = "key of a pack"


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
        fault = error.errors(include_url=False)[0]
        raise describe(text, fault, _list_keys(), PackFaultError) from None


def _list_keys() -> list[str]:
    from compassion_cli.core import pack  # noqa: PLC0415 - see the top of this file

    models = (pack.Pack, pack.Section, pack.Question, pack.Choice, pack.Scale, pack.When, pack.Source)
    return [field.alias or name for model in models for name, field in model.model_fields.items()]

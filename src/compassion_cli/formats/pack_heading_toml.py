"""The top of a pack as TOML. It is read at every start of the program, so nothing heavy is imported for it."""

from __future__ import annotations

from typing import Any

from compassion_cli.core.form import PACK_ID
from compassion_cli.core.pack_heading import RESERVED_IDS, RESERVED_OPTIONS, PackHeading, SectionHeading
from compassion_cli.core.text import is_plain_line
from compassion_cli.formats.toml_faults import TomlFaultError, expect_kind, load


class PackFaultError(TomlFaultError):
    """A pack that cannot be used."""


class HeadingFaultError(PackFaultError):
    """The top of a file that is not that of a pack. Reading all of it tells more."""


def parse_heading(text: str) -> PackHeading:
    """Return the top of a pack, without checking the rest.

    Raises:
        PackFaultError: It is no TOML, or its id is taken.
        HeadingFaultError: Its top is not that of a pack.
    """
    values = load(text, PackFaultError)
    if values.get("id") in RESERVED_IDS:
        raise PackFaultError(f'"id": "{values["id"]}" is already a command', "give the pack another id")
    try:
        return PackHeading(
            id=_expect_id(values["id"]),
            title=_expect_line(values["title"]),
            summary=_expect_line(values["summary"]),
            minutes=expect_kind(int, values["minutes"]),
            section_name=_expect_option(values["section_name"]) if "section_name" in values else None,
            sections=tuple(map(_parse_section_heading, expect_kind(list, values["sections"]))),
        )
    except (KeyError, TypeError):
        raise HeadingFaultError("the top of the file does not read as a pack") from None


def _parse_section_heading(values: Any) -> SectionHeading:
    section = expect_kind(dict, values)
    aliases = tuple(map(_expect_line, expect_kind(list, section.get("aliases", []))))
    minutes = expect_kind(int, section["minutes"]) if "minutes" in section else None
    return SectionHeading(_expect_line(section["id"]), _expect_line(section["title"]), aliases, minutes)


def _expect_option(value: Any) -> str:
    if value in RESERVED_OPTIONS:
        raise TypeError
    return _expect_id(value)


def _expect_id(value: Any) -> str:
    if not PACK_ID.fullmatch(expect_kind(str, value)):
        raise TypeError
    return str(value)


def _expect_line(value: Any) -> str:
    # It stands in the help, so it may do nothing to a terminal.
    line = expect_kind(str, value)
    if not is_plain_line(line):
        raise TypeError
    return str(line)

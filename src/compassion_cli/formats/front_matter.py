"""What stands at the top of a form or entry: TOML between two lines of ``+++``.

Notes programs put YAML there, between two lines of ``---``: above ours, or in its place. Both are read; what is written
is TOML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple

from compassion_cli.core.errors import FormFaultError
from compassion_cli.core.form import ENTRY_ID, PACK_ID, REVIEW_ID, Entry, Form, Progress, Reviewed, Setting
from compassion_cli.formats.toml_values import NESTED, TomlError, load_values

FENCE = "+++"
_YAML_FENCE = "---"
#: Of thousands, one within the other, the reader takes seconds.
_MOST_BRACKETS = 200
_YAML_ENDS = ("---", "...")
FORM_KEYS = ("pack", "pack_version")
ENTRY_KEYS = ("id", "created", "author", *FORM_KEYS)


def render_front_matter(form: Form) -> list[str]:
    """Return the lines between the fences."""
    values: dict[str, Any] = {}
    if isinstance(form, Entry):
        values = {"id": form.id, "created": form.created, "author": form.author}
    values |= {"format": form.format} if form.format > 1 else {}
    values |= {"pack": form.pack, "pack_version": form.pack_version}
    values["sections"] = [section.id for section in form.sections]
    if form.setting:
        values["setting"] = form.setting.value
    if form.people:
        values["people"] = form.people
    if form.tags:
        values["tags"] = list(form.tags)
    if form.reviewed:
        values |= {"reviewed_entry": form.reviewed.entry_id, "reviewed_digest": form.reviewed.digest}
    if form.progress:
        values |= _render_progress(form.progress)
    return _dump(values | dict(form.extra)).rstrip("\n").split("\n")


def render_journal(folder: str) -> str:
    """Return the line with which a draft says which journal it is for."""
    return _dump({"draft_journal": folder}).strip()


def _dump(values: dict[str, Any]) -> str:
    import tomli_w  # noqa: PLC0415 - reading, which most commands do, needs none of it

    return tomli_w.dumps(values)


def _render_progress(progress: Progress) -> dict[str, Any]:
    # Not in a table of their own: a key that someone adds below that would fall into it.
    values: dict[str, Any] = {"draft_journal": progress.journal}
    if progress.pending is not None:
        values["draft_pending"] = list(progress.pending)
    if progress.written:
        values["draft_written"] = list(progress.written)
    if progress.seal:
        values["draft_seal"] = progress.seal
    return values


class FrontMatter(NamedTuple):
    """Where the front matter of a text is, in lines counted from 0.

    Attributes:
        toml: The lines between the fences, from the first to the one after the last; None where there are none.
        yaml: The same of a block of YAML.
        body: The line that comes after all of it.
    """

    toml: tuple[int, int] | None
    yaml: tuple[int, int] | None
    body: int


def find_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Return where the front matter is, with blank lines before it or not.

    Raises:
        FormFaultError: There is none, or it has no end.
    """
    start, yaml = _skip_blank(lines, 0), None
    if _is_at(lines, start, _YAML_FENCE):
        end = _find_end(lines, start, _YAML_ENDS)
        yaml = (start + 1, end)
        start = _skip_blank(lines, end + 1)
        if not _is_at(lines, start, FENCE):
            return FrontMatter(None, yaml, end + 1)
    if not _is_at(lines, start, FENCE):
        raise FormFaultError(f"its first line is not {FENCE}", 1)
    end = _find_end(lines, start, (FENCE,))
    return FrontMatter((start + 1, end), yaml, end + 1)


def _skip_blank(lines: Sequence[str], start: int) -> int:
    return next((n for n in range(start, len(lines)) if lines[n].strip("\ufeff \t\r")), len(lines))


def _is_at(lines: Sequence[str], number: int, fence: str) -> bool:
    # An editor may have marked the file as UTF-8.
    return number < len(lines) and lines[number].removeprefix("\ufeff").rstrip() == fence


def _find_end(lines: Sequence[str], start: int, ends: Sequence[str]) -> int:
    for number in range(start + 1, len(lines)):
        if lines[number].rstrip() in ends:
            return number
    raise FormFaultError(f"the details at the top are not closed: add a second {ends[0]} line")


def read_front_matter(lines: Sequence[str], place: FrontMatter, required: Sequence[str]) -> dict[str, Any]:
    """Return what :func:`parse_front_matter` does, of a text in which the front matter has been found."""
    toml = lines[slice(*place.toml)] if place.toml else ()
    if not place.yaml:
        return parse_front_matter(toml, required, (place.toml or (1, 1))[0] + 1)
    below = _load_yaml(lines[slice(*place.yaml)], is_all=place.toml is None)
    values = _load_values(toml, place.toml[0] + 1) if place.toml else {}
    both = below | values
    if isinstance(own := values.get("tags", []), list):
        both |= {"tags": own + [tag for tag in below.get("tags", ()) if tag not in own]}
    return _check_values(both, required)


def _load_yaml(lines: Sequence[str], *, is_all: bool) -> dict[str, Any]:
    """Return the values of a block of YAML; none where it is not needed and cannot be read."""
    import yaml  # noqa: PLC0415 - heavy, and hardly any entry has it

    text = "\n".join(lines)
    try:
        # One thing that stands for another, and that for two more, is how a few lines become millions.
        is_nested = text.count("[") + text.count("{") > _MOST_BRACKETS
        is_plain = not is_nested and not any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text))
        values = (yaml.safe_load(text) or {}) if is_plain else None
    except (yaml.YAMLError, ValueError, RecursionError):
        values = None
    if not isinstance(values, dict) or not all(isinstance(name, str) for name in values):
        if is_all:
            raise FormFaultError("the details at the top are not valid YAML")
        return {}
    tags = values.pop("tags", None)
    # One tag is often written without a list, and some are numbers.
    several = tags if isinstance(tags, list) else [] if tags is None else str(tags).replace(",", " ").split()
    values |= {"tags": [str(tag) for tag in several if not isinstance(tag, list | dict | set)]} if several else {}
    if isinstance(created := values.get("created"), str):
        with suppress(ValueError):
            values["created"] = datetime.fromisoformat(created)
    values = {name: value for name, value in values.items() if _fits_toml(value)}
    if not is_all:
        # Below TOML of ours, nothing else in it is.
        return {name: value for name, value in values.items() if name == "tags" or name not in _CHECKS}
    return values


def _fits_toml(value: Any) -> bool:
    """Tell whether a value of YAML can be written as TOML, which knows no nothing, no bytes and no sets."""
    if isinstance(value, list):
        return all(map(_fits_toml, value))
    if isinstance(value, dict):
        return all(isinstance(name, str) and _fits_toml(inner) for name, inner in value.items())
    return isinstance(value, str | bool | int | float | date)


def parse_front_matter(lines: Sequence[str], required: Sequence[str], first: int = 2) -> dict[str, Any]:
    """Return the fields of a form that its front matter holds, checked; what is not known is in ``extra``.

    Args:
        lines: The lines between the fences.
        first: Which line of the file the first of them is, counted from 1.
        required: The keys that have to be there; of the others that only entries have, none is returned.

    Raises:
        FormFaultError: It is no TOML, or a key is missing or holds something else than it should.
    """
    return _check_values(_load_values(lines, first), required)


def _check_values(values: dict[str, Any], required: Sequence[str]) -> dict[str, Any]:
    for name in required:
        if name not in values:
            raise FormFaultError(f'the details at the top have no "{name}"')
    # Notes programs may mean something of their own by it.
    has_format = _is_format(values.get("format"))
    known = {*_CHECKS, "format"} if has_format else set(_CHECKS)
    for name, holds in _CHECKS.items():
        if name in values and not holds(values[name]):
            raise FormFaultError(f'"{name}" has a value that cannot be used')
    return {
        **{name: values[name] for name in required},
        "setting": Setting(values["setting"]) if "setting" in values else None,
        "people": values.get("people"),
        "tags": tuple(values.get("tags", ())),
        "format": values["format"] if has_format else 1,
        "reviewed": _parse_reviewed(values) if "reviewed_entry" in values else None,
        "progress": _parse_progress(values) if "draft_journal" in values else None,
        "extra": {name: value for name, value in values.items() if name not in known},
    }


def _parse_reviewed(values: dict[str, Any]) -> Reviewed:
    return Reviewed(values["reviewed_entry"], values.get("reviewed_digest", ""))


def _parse_progress(values: dict[str, Any]) -> Progress:
    pending = tuple(values["draft_pending"]) if "draft_pending" in values else None
    written = tuple(values.get("draft_written", ()))
    return Progress(values["draft_journal"], pending, written, values.get("draft_seal", ""))


def _load_values(lines: Sequence[str], first: int) -> dict[str, Any]:
    try:
        return load_values("\n".join([*lines, ""]))
    except TomlError as error:
        # Other reasons may hold some of the text.
        why = f": {NESTED}" if error.reason == NESTED else ""
        raise FormFaultError(
            f"the details at the top are not valid TOML{why}", error.line and error.line + first - 1
        ) from None


def _is_format(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and "\n" not in value


def _is_list_of_lines(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_line, value))


def _is_name(value: Any) -> bool:
    # It is shown within a line, and must not go on as a sentence of ours after what a terminal takes for its end.
    return isinstance(value, str) and value.splitlines() in ([], [value])


def _is_list_of_names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_name, value))


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "id": lambda value: isinstance(value, str) and bool(ENTRY_ID.fullmatch(value) or REVIEW_ID.fullmatch(value)),
    # Without its offset from UTC, a time means different moments on different machines.
    "created": lambda value: isinstance(value, datetime) and value.tzinfo is not None,
    "author": _is_name,
    "pack": lambda value: isinstance(value, str) and PACK_ID.fullmatch(value) is not None,
    "pack_version": lambda value: isinstance(value, int),
    "sections": _is_list_of_names,
    "setting": lambda value: isinstance(value, str) and value in set(Setting),
    "people": lambda value: type(value) is int and value > 0,
    "tags": _is_list_of_names,
    "reviewed_entry": lambda value: isinstance(value, str) and ENTRY_ID.fullmatch(value) is not None,
    "reviewed_digest": _is_line,
    "draft_journal": lambda value: _is_line(value) and "\0" not in value,
    "draft_pending": _is_list_of_lines,
    "draft_written": lambda value: isinstance(value, list) and all(type(count) is int for count in value),
    "draft_seal": _is_line,
}

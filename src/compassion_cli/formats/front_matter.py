"""The TOML at the top of a form or entry, between two lines of ``+++``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from compassion_cli.core.errors import FormFaultError
from compassion_cli.core.form import ENTRY_ID, PACK_ID, REVIEW_ID, Entry, Form, Progress, Reviewed, Setting
from compassion_cli.formats.toml_values import NESTED, TomlError, load_values

FENCE = "+++"
FORM_KEYS = ("pack", "pack_version")
ENTRY_KEYS = ("id", "created", "author", *FORM_KEYS)


def render_front_matter(form: Form) -> list[str]:
    """Return the lines between the fences."""
    values: dict[str, Any] = {}
    if isinstance(form, Entry):
        values = {"id": form.id, "created": form.created, "author": form.author}
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
    # Not in a table of their own: a key that somebody adds below that would fall into it.
    values: dict[str, Any] = {"draft_journal": progress.journal}
    if progress.pending is not None:
        values["draft_pending"] = list(progress.pending)
    if progress.written:
        values["draft_written"] = list(progress.written)
    if progress.seal:
        values["draft_seal"] = progress.seal
    return values


def parse_front_matter(lines: Sequence[str], required: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a form that its front matter holds, checked; what is not known is in ``extra``.

    Args:
        lines: The lines between the fences, the first of which is line 2 of the file.
        required: The keys that have to be there; of the others that only entries have, none is returned.

    Raises:
        FormFaultError: It is no TOML, or a key is missing or holds something else than it should.
    """
    values = _load_values(lines)
    for name in required:
        if name not in values:
            raise FormFaultError(f'its front matter has no "{name}"')
    for name, holds in _CHECKS.items():
        if name in values and not holds(values[name]):
            raise FormFaultError(f'"{name}" does not hold what it should')
    return {
        **{name: values[name] for name in required},
        "setting": Setting(values["setting"]) if "setting" in values else None,
        "people": values.get("people"),
        "tags": tuple(values.get("tags", ())),
        "reviewed": _parse_reviewed(values) if "reviewed_entry" in values else None,
        "progress": _parse_progress(values) if "draft_journal" in values else None,
        "extra": {name: value for name, value in values.items() if name not in _CHECKS},
    }


def _parse_reviewed(values: dict[str, Any]) -> Reviewed:
    return Reviewed(values["reviewed_entry"], values.get("reviewed_digest", ""))


def _parse_progress(values: dict[str, Any]) -> Progress:
    pending = tuple(values["draft_pending"]) if "draft_pending" in values else None
    written = tuple(values.get("draft_written", ()))
    return Progress(values["draft_journal"], pending, written, values.get("draft_seal", ""))


def _load_values(lines: Sequence[str]) -> dict[str, Any]:
    try:
        return load_values("\n".join([*lines, ""]))
    except TomlError as error:
        # Other reasons may hold some of the text.
        why = f": {NESTED}" if error.reason == NESTED else ""
        raise FormFaultError(f"its front matter is not valid TOML{why}", error.line and error.line + 1) from None


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

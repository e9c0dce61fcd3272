"""Forms and entries as Markdown with TOML front matter, and back.

Structure comes from the front matter and from marker comments alone. A line of somebody's text that looks like a
marker gets a backslash in front, which Markdown does not show and :func:`parse_form` takes away again, so that
every text comes back as it was typed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import Entry, Form, FormQuestion

FENCE = "+++"
_MARKER = re.compile(r"<!-- (?P<what>section|question|not asked): (?P<name>[a-z0-9.-]+) -->\s*")
_LOOKS_LIKE_MARKER = re.compile(r"\\*<!-- ")
_HEADING = re.compile(r"### (?:(?P<number>[A-Za-z0-9-]+)\. )?(?P<wording>.*)")
_GUIDANCE = "> "
_FRONT_MATTER = ("id", "created", "author", "pack", "pack_version", "sections", "setting", "tags")
NOT_ASKED = "*Not applicable, after an earlier answer.*"


class FormFaultError(ReflectError):
    """A text that does not read as a form or entry.

    Args:
        what: The fault, without any of the text.
        line: The line it is in, counted from 1, where that is known.
    """

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.line = line


F = TypeVar("F", bound=Form)


@dataclass(frozen=True)
class _Block:
    """A marker and the lines up to the next one; the first block of a form has no marker."""

    what: str
    name: str
    line: int
    lines: tuple[str, ...]


def render_form(form: Form, comment: str = "") -> str:
    """Return a form or entry as Markdown. ``parse_form`` (or ``parse_entry``) gives an equal one back.

    Args:
        form: What to render.
        comment: One line for whoever opens the file; it is no part of the form.
    """
    import tomli_w  # noqa: PLC0415 - reading needs none of it

    lines = [FENCE, *([f"# {comment}"] if comment else [])]
    lines += [*tomli_w.dumps(_list_front_matter(form)).rstrip("\n").split("\n"), FENCE, ""]
    lines += [f"# {form.title}", *_render_text(form.loose), ""]
    for section in form.sections:
        lines += [f"<!-- section: {section.id} -->", f"## {section.title}"]
        lines += [*_render_guidance(section.guidance), *_render_text(section.loose), ""]
        for question in section.questions:
            lines += [*_render_question(question), ""]
    return "\n".join(lines)


def _list_front_matter(form: Form) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if isinstance(form, Entry):
        values = {"id": form.id, "created": form.created, "author": form.author}
    values |= {"pack": form.pack, "pack_version": form.pack_version}
    values["sections"] = [section.id for section in form.sections]
    if form.setting:
        values["setting"] = form.setting.value
    if form.tags:
        values["tags"] = list(form.tags)
    return values | form.extra


def _render_question(question: FormQuestion) -> list[str]:
    heading = f"### {question.number}. {question.wording}"
    guidance = _render_guidance(question.guidance)
    if not question.asked:
        return [f"<!-- not asked: {question.key} -->", heading, *guidance, "", NOT_ASKED]
    return [f"<!-- question: {question.key} -->", heading, *guidance, *_render_text(question.text)]


def _render_guidance(guidance: tuple[str, ...]) -> list[str]:
    return [f"{_GUIDANCE}{line}" for line in guidance]


def _render_text(text: str) -> list[str]:
    if not text:
        return []
    return ["", *(f"\\{line}" if _LOOKS_LIKE_MARKER.match(line) else line for line in text.split("\n"))]


def parse_entry(text: str) -> Entry:
    """Return the entry that a Markdown text holds.

    Raises:
        FormFaultError: It is no entry; the message says why, with the line where it can, and none of the text.
    """
    return _validate(Entry, text)


def parse_form(text: str) -> Form:
    """Return the form that a Markdown text holds; what only entries have is left out.

    Raises:
        FormFaultError: It is no form; the message says why, with the line where it can, and none of the text.
    """
    return _validate(Form, text)


def _validate(model: type[F], text: str) -> F:
    lines = split_lines(text)
    end = _find_front_matter_end(lines)
    values = _parse_front_matter(lines[1:end])
    opening, *blocks = _split_blocks(lines, end + 1)
    known = {name: values[name] for name in model.model_fields if name in values and name in _FRONT_MATTER}
    try:
        return model.model_validate(
            known
            | _parse_opening(opening)
            | {"extra": {name: value for name, value in values.items() if name not in _FRONT_MATTER}}
            | {"sections": _parse_sections(blocks)}
        )
    except ValidationError as error:
        raise FormFaultError(_describe(error)) from None


def split_lines(text: str) -> list[str]:
    """Return the lines of a file, as they were before an editor marked it or gave it Windows line ends."""
    text = text.removeprefix("\ufeff")
    if text.startswith(f"{FENCE}\r\n"):
        text = text.replace("\r\n", "\n")
    return text.split("\n")


def _find_front_matter_end(lines: list[str]) -> int:
    if lines[0].rstrip() != FENCE:
        raise FormFaultError(f"its first line is not {FENCE}", 1)
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            return number
    raise FormFaultError(f"its front matter has no end: a second line {FENCE} is missing")


def _parse_front_matter(lines: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise FormFaultError("its front matter is not valid TOML", int(place[1]) + 1 if place else None) from None


def _split_blocks(lines: list[str], start: int) -> list[_Block]:
    marks = [(n, mark) for n in range(start, len(lines)) if (mark := _MARKER.fullmatch(lines[n]))]
    ends = [number for number, _ in marks] + [len(lines)]
    blocks = [_Block("opening", "", start + 1, tuple(lines[start : ends[0]]))]
    for (number, mark), end in zip(marks, ends[1:], strict=True):
        blocks.append(_Block(mark["what"], mark["name"], number + 1, tuple(lines[number + 1 : end])))
    return blocks


def _parse_opening(block: _Block) -> dict[str, Any]:
    lines = block.lines[1:] if block.lines[:1] == ("",) else block.lines
    titled = bool(lines) and lines[0].startswith("# ")
    return {"title": lines[0][2:] if titled else "", "loose": _parse_text(lines[1:] if titled else lines)}


def _parse_sections(blocks: list[_Block]) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = []
    for block in blocks:
        if block.what == "section":
            sections.append(_parse_section(block))
            continue
        if not sections:
            sections.append({"id": block.name.partition(".")[0], "title": "", "questions": []})
        sections[-1]["questions"].append(_parse_question(block))
    return sections


def _parse_section(block: _Block) -> dict[str, Any]:
    titled = block.lines[:1] and block.lines[0].startswith("## ")
    guidance, body = _split_guidance(block.lines[1:] if titled else block.lines)
    title = block.lines[0][3:] if titled else ""
    return {
        "id": block.name,
        "title": title,
        "guidance": guidance,
        "loose": _parse_text(body),
        "questions": [],
    }


def _parse_question(block: _Block) -> dict[str, Any]:
    heading = _HEADING.fullmatch(block.lines[0]) if block.lines else None
    guidance, body = _split_guidance(block.lines[1:] if heading else block.lines)
    text = _parse_text(body)
    asked = block.what == "question" or text not in ("", NOT_ASKED)
    return {
        "key": block.name,
        "number": (heading and heading["number"]) or block.name.rpartition(".")[2],
        "wording": heading["wording"] if heading else "",
        "guidance": guidance,
        "text": text if asked else "",
        "asked": asked,
    }


def _split_guidance(lines: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    count = next((n for n, line in enumerate(lines) if not line.startswith(_GUIDANCE)), len(lines))
    return tuple(line.removeprefix(_GUIDANCE) for line in lines[:count]), lines[count:]


def _parse_text(lines: tuple[str, ...]) -> str:
    lines = lines[1:] if lines[:1] == ("",) else lines
    lines = lines[:-1] if lines[-1:] == ("",) else lines
    return "\n".join(line[1:] if line.startswith("\\") and _LOOKS_LIKE_MARKER.match(line) else line for line in lines)


def _describe(error: ValidationError) -> str:
    fault = error.errors(include_input=False, include_url=False, include_context=False)[0]
    name = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "missing":
        return f'its front matter has no "{name}"'
    return f'"{name}" does not hold what it should'

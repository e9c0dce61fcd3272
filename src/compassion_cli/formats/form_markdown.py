"""Forms and entries as Markdown with TOML front matter, and back.

Structure comes from the front matter and from marker comments alone. A line of someone's text that looks like a
marker gets a backslash in front, which Markdown does not show and :func:`parse_form` takes away again, so that
every text comes back as it was typed. One that begins with a quotation stands under a marker of its own, so that it is
never taken for what the program has quoted above it.

Formatters put blank lines around comments, headings and quotations. They put one after a marker first of all, and the
program never does: where there is one, a heading and a quotation under it are the program's, however far apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from compassion_cli.core.errors import FormFaultError
from compassion_cli.core.form import Entry, Form, FormQuestion, FormSection
from compassion_cli.formats.front_matter import (
    ENTRY_KEYS,
    FENCE,
    FORM_KEYS,
    find_front_matter,
    read_front_matter,
    render_front_matter,
    render_journal,
)

_MARKER = re.compile(r"<!-- (?P<what>section|question|not asked): (?P<name>[a-z0-9.-]+) -->\s*")
_ANSWER = "<!-- answer -->"
_ANSWER_OF_VALUE = "<!-- answer: {} -->"
_QUOTATION = re.compile(r" {0,3}>")
_DAMAGED_MARKER = re.compile(r"\s*<!?-+\s*(section|question|not asked)\b", re.IGNORECASE)
_MARKED_ANSWER = re.compile(r"\s*<!-+\s*answer\s*(?::\s*(?P<value>[a-z0-9-]*[a-z0-9])\s*)?-+>\s*", re.IGNORECASE)
_TO_BE_ESCAPED = re.compile(rf"\\*(?:<!-- |{_MARKED_ANSWER.pattern}$|<{{7}} )", re.IGNORECASE)
#: What git leaves in a file that two people changed, where someone merged it by hand.
_TWO_VERSIONS = re.compile(r"^<{7} .*\n(?:.*\n)*?={7}\r?\n(?:.*\n)*?>{7} ", re.MULTILINE)
_HEADING = re.compile(r"#{1,6} (?:(?P<number>[A-Za-z0-9-]+)\. )?(?P<wording>.*)")
_TITLE = re.compile(r"#{1,6} (?P<wording>.*)")
#: A line under a line of text makes it a heading.
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*")
_GUIDANCE = "> "
_LARGEST_FRONT_MATTER = 64 * 1024
#: No pack has as many questions and sections.
_MOST_MARKERS = 2_000
_NOT_APPLICABLE = "*Not asked, because of an earlier answer.*"
#: As it is, and as it was in the first format.
_NOT_ASKED = re.compile(r"\A\s*[*_]Not\s+(?:asked,\s+because\s+of|applicable,\s+after)\s+an\s+earlier\s+answer\.[*_]")

F = TypeVar("F", bound=Form)


class _Block(NamedTuple):
    """A marker and the lines up to the next one; the first block of a form has no marker."""

    what: str
    name: str
    lines: tuple[str, ...]


def render_form(form: Form, comment: str = "") -> str:
    """Return a form or entry as Markdown. ``parse_form`` (or ``parse_entry``) gives an equal one back.

    Args:
        comment: Lines for whoever opens the file; they are no part of the form.
    """
    lines = [FENCE, *(f"# {line}" for line in comment.split("\n") if line)]
    lines += [*render_front_matter(form), FENCE, ""]
    lines += [f"# {form.title}", *_render_text(form.loose), ""]
    for section in form.sections:
        lines += [f"<!-- section: {section.id} -->", f"## {section.title}"]
        lines += [*_render_guidance(section.guidance), *_render_text(section.loose), ""]
        for question in section.questions:
            lines += [*render_question(question), ""]
    return "\n".join(lines)


def render_question(question: FormQuestion) -> list[str]:
    """Return the lines of a question, from its marker to the end of its answer."""
    heading = f"### {question.number}. {question.wording}"
    guidance = _render_guidance(question.guidance)
    if not question.asked:
        return [f"<!-- not asked: {question.key} -->", heading, *guidance, "", _NOT_APPLICABLE]
    return [f"<!-- question: {question.key} -->", heading, *guidance, *_render_text(question.text, question.value)]


def _render_guidance(guidance: tuple[str, ...]) -> list[str]:
    return [f"{_GUIDANCE}{line}" for line in guidance]


def _render_text(text: str, value: str = "") -> list[str]:
    if not text:
        return []
    mark = [mark_value(value)] if value else [_ANSWER] if _QUOTATION.match(text) else []
    return ["", *mark, *(f"\\{line}" if _TO_BE_ESCAPED.match(line) else line for line in text.split("\n"))]


def parse_entry(text: str) -> Entry:
    """Return the entry that a Markdown text holds, without the questions that have no answer.

    Entries of the first format hold such questions, and what someone left out is nobody else's business.

    Raises:
        FormFaultError: It is no entry; the message says why, with the line where it can, and none of the text.
    """
    if line := find_two_versions(text):
        what = "it holds two versions of some words, between lines of <<<<<<< and >>>>>>>; keep the words you want"
        raise FormFaultError(what, line)
    return _parse_model(Entry, text, ENTRY_KEYS).answered()


def find_two_versions(text: str) -> int | None:
    """Return the line, counted from 1, in which git has begun to put two versions into a text; None where it has not.

    Such a line that someone typed has a backslash before it.
    """
    if "<<<<<<< " not in text:
        return None
    found = _TWO_VERSIONS.search(text)
    return found and text.count("\n", 0, found.start()) + 1


def parse_form(text: str) -> Form:
    """Return the form that a Markdown text holds; what only entries have is left out.

    Raises:
        FormFaultError: It is no form; the message says why, with the line where it can, and none of the text.
    """
    return _parse_model(Form, text.replace("\r\n", "\n"), FORM_KEYS)


def find_marker(line: str) -> str:
    """Return the name in a line that is the marker of a section or question; empty where it is not one."""
    found = _MARKER.fullmatch(line)
    return found["name"] if found else ""


def mark_value(value: str) -> str:
    """Return the line that stands above a choice with its value."""
    return _ANSWER_OF_VALUE.format(value)


def has_value(line: str) -> bool:
    """Tell whether a line is one that :func:`mark_value` makes."""
    found = _MARKED_ANSWER.fullmatch(line)
    return bool(found and found["value"])


def find_damaged_markers(text: str) -> list[str]:
    """Name each line that must once have been a marker and is none any more, in a sentence.

    Its question would be read as part of the answer before it.
    """
    lines = _split_lines(text.replace("\r\n", "\n"))
    damaged = [n for n, line in enumerate(lines, 1) if _DAMAGED_MARKER.match(line) and not _MARKER.fullmatch(line)]
    return [
        f"line {number} looks like a marker but is not one; restore the marker, or put a backslash before it"
        for number in damaged
    ]


def note_journal(text: str, folder: str) -> str:
    """Return a form that says which journal it is for, unless it says so already or does not begin as a form."""
    first, end, rest = text.partition("\n")
    if first.strip() != FENCE or "draft_journal" in text:
        return text
    return f"{first}{end}{render_journal(folder)}{end}{rest}"


def _parse_model(model: type[F], text: str, required: Sequence[str]) -> F:
    lines = _split_lines(text)
    place = find_front_matter(lines)
    # A draft keeps there what was typed and is not an answer yet; an entry holds no more than some names.
    if model is Entry and sum(map(len, lines[: place.body])) > _LARGEST_FRONT_MATTER:
        what = f"the details at the top are larger than {_LARGEST_FRONT_MATTER // 1024} kB, too large for an entry"
        raise FormFaultError(what)
    values = read_front_matter(lines, place, required)
    opening, *blocks = _split_blocks(lines, place.body)
    return model(**values, **_parse_opening(opening), sections=_parse_sections(blocks))


def _split_lines(text: str) -> list[str]:
    """Return the lines of a file without any mark or Windows line ends that an editor has added."""
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith((f"{FENCE}\r\n", "---\r\n")):
        text = text.replace("\r\n", "\n")
    return text.split("\n")


def _split_blocks(lines: list[str], start: int) -> list[_Block]:
    marks = [(n, mark) for n in range(start, len(lines)) if (mark := _MARKER.fullmatch(lines[n]))]
    if len(marks) > _MOST_MARKERS:
        raise FormFaultError(f"it has more than {_MOST_MARKERS} questions and sections", marks[_MOST_MARKERS][0] + 1)
    ends = [number for number, _ in marks] + [len(lines)]
    blocks = [_Block("opening", "", tuple(lines[start : ends[0]]))]
    for (number, mark), end in zip(marks, ends[1:], strict=True):
        blocks.append(_Block(mark["what"], mark["name"], tuple(lines[number + 1 : end])))
    return blocks


def _parse_opening(block: _Block) -> dict[str, Any]:
    top = _split_top(block.lines, _TITLE, has_guidance=False)
    return {"title": top.heading["wording"] if top.heading else "", "loose": _parse_text(top.body)}


def _parse_sections(blocks: list[_Block]) -> tuple[FormSection, ...]:
    sections: list[FormSection] = []
    for block in blocks:
        if block.what == "section":
            sections.append(_parse_section(block))
            continue
        if not sections:
            sections.append(FormSection(id=block.name.partition(".")[0], title=""))
        last = sections[-1]
        sections[-1] = replace(last, questions=(*last.questions, _parse_question(block)))
    return tuple(sections)


def _parse_section(block: _Block) -> FormSection:
    top = _split_top(block.lines, _TITLE)
    title = top.heading["wording"] if top.heading else ""
    return FormSection(id=block.name, title=title, guidance=top.guidance, loose=_parse_text(top.body))


def _parse_question(block: _Block) -> FormQuestion:
    top = _split_top(block.lines, _HEADING)
    value, text = _find_value(top.body), _parse_text(top.body)
    if block.what == "not asked":
        text = _NOT_ASKED.sub("", text).lstrip("\n")
    return FormQuestion(
        key=block.name,
        number=(top.heading and top.heading["number"]) or block.name.rpartition(".")[2],
        wording=top.heading["wording"] if top.heading else "",
        guidance=top.guidance,
        text=text,
        value=value if text.strip() else "",
        asked=block.what == "question" or bool(text),
    )


class _Top(NamedTuple):
    """What stands under a marker: a heading, the lines that are quoted under it, and all the rest."""

    heading: re.Match[str] | None
    guidance: tuple[str, ...]
    body: tuple[str, ...]


def _split_top(lines: tuple[str, ...], pattern: re.Pattern[str], *, has_guidance: bool = True) -> _Top:
    is_formatted = not "".join(lines[:1]).strip()
    rest = _drop_blank(lines) if is_formatted else lines
    heading = pattern.fullmatch(rest[0]) if rest else None
    rest = rest[1:] if heading else rest
    if len(rest) > 1 and not heading and _UNDERLINE.fullmatch(rest[1]):
        heading, rest = pattern.fullmatch(f"# {rest[0]}"), rest[2:]
    under = _drop_blank(rest) if is_formatted else rest
    if not has_guidance or not heading or not under or not under[0].startswith(">"):
        return _Top(heading, (), rest)
    count = next((n for n, line in enumerate(under) if not line.startswith((_GUIDANCE, ">"))), len(under))
    # A formatter may put a line of nothing at the beginning of a quotation.
    guidance = tuple(line.removeprefix(_GUIDANCE) for line in under[:count] if line != ">")
    return _Top(heading, guidance, under[count:])


def _drop_blank(lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines[next((n for n, line in enumerate(lines) if line.strip()), len(lines)) :]


def _find_value(lines: tuple[str, ...]) -> str:
    below = _drop_blank(lines)
    marked = _MARKED_ANSWER.fullmatch(below[0]) if below else None
    return (marked["value"] or "").lower() if marked else ""


def _parse_text(lines: tuple[str, ...]) -> str:
    below = _drop_blank(lines)
    if below and _MARKED_ANSWER.fullmatch(below[0]):
        lines = _drop_blank(below[1:])
    elif lines and not lines[0].strip():
        lines = lines[1:]
    lines = lines[:-1] if lines and not lines[-1].strip() else lines
    return "\n".join(line[1:] if line.startswith("\\") and _TO_BE_ESCAPED.match(line) else line for line in lines)

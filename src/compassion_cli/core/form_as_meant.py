"""A form as it is meant: what someone added to a heading, or quoted right under one, is text below it.

How much there is the program's own is known of a draft that it keeps. Of any other form the pack says so, in the
version that the form is of. Where that is not here, every heading and the lines right under it are taken as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from compassion_cli.core.form import OPTION, Form, FormQuestion, FormSection
from compassion_cli.core.pack import Kind, Pack, Section
from compassion_cli.core.session import Item, list_items, list_lines_of, name_session
from compassion_cli.core.text import bare, is_same_heading


class _Measure(NamedTuple):
    """How many characters of a heading, and how many of the lines right under it, the program wrote."""

    characters: int
    lines: int


class _Printed(NamedTuple):
    """What the pack has as a heading, and as the lines right under it."""

    heading: str
    lines: tuple[str, ...]


class _Measured(NamedTuple):
    """A section and its questions, each with its measure; None where that is not known."""

    section: FormSection
    measure: _Measure | None
    questions: tuple[tuple[FormQuestion, _Measure | None], ...]


class _Parts(NamedTuple):
    """A heading and the lines right under it, and what someone added to them as the text it is."""

    heading: str
    lines: tuple[str, ...]
    added: tuple[str, ...]


def find_meaning(pack: Pack, form: Form, earlier: Pack | None = None) -> Form:
    """Return a form with each word that someone wrote below the heading it belongs to.

    Args:
        pack: The pack as it is now.
        form: The form.
        earlier: The pack as it was when the form was printed, where that was another version and is known.
    """
    title_measure, *measures = _list_measures(form)
    current = pack if form.pack_version == pack.version else earlier
    printed = _Printed(_name_form(current, form), ()) if current else None
    title = _split_heading(form.title, (), title_measure, printed)
    items = {item.key: item for item in list_items(current or pack)}
    sections = tuple(_find_meant_section(measured, current, items) for measured in _pair_sections(form, measures))
    return replace(form, title=title.heading, loose=_join_lines(title.added, form.loose), sections=sections)


def is_measured(form: Form) -> bool:
    """Tell whether a form says how much of each of its headings the program wrote."""
    return form.progress is not None and len(form.progress.written) == len(form.measures)


def _list_measures(form: Form) -> list[_Measure | None]:
    """Return the measure of the title, which has no lines under it, then those of all headings in order."""
    written = form.progress.written if form.progress and is_measured(form) else ()
    if not written:
        return [None] * (1 + len(form.measures) // 2)
    pairs = zip(written[1::2], written[2::2], strict=True)
    return [_Measure(written[0], 0), *(_Measure(characters, lines) for characters, lines in pairs)]


def _pair_sections(form: Form, measures: list[_Measure | None]) -> list[_Measured]:
    """Return each section with its own part of the measures of all headings."""
    pairs, start = [], 0
    for section in form.sections:
        end = start + 1 + len(section.questions)
        questions = tuple(zip(section.questions, measures[start + 1 : end], strict=True))
        pairs.append(_Measured(section, measures[start], questions))
        start = end
    return pairs


def _name_form(pack: Pack, form: Form) -> str:
    ids = {section.id for section in form.sections}
    return name_session(pack, [section.title for section in pack.sections if section.id in ids])


def _find_meant_section(measured: _Measured, current: Pack | None, items: Mapping[str, Item]) -> FormSection:
    section = measured.section
    own = next((own for own in current.sections if own.id == section.id), None) if current else None
    printed = _print_section(own, [items[q.key] for q in section.questions if q.key in items]) if own else None
    parts = _split_heading(section.title, section.guidance, measured.measure, printed)
    questions = tuple(
        _find_meant_question(question, measure, items.get(question.key), is_current=current is not None)
        for question, measure in measured.questions
    )
    loose = _join_lines(parts.added, section.loose)
    return replace(section, title=parts.heading, guidance=parts.lines, loose=loose, questions=questions)


def _print_section(section: Section, items: Sequence[Item]) -> _Printed:
    return _Printed(section.title, list_lines_of(section, items))


def _find_meant_question(
    question: FormQuestion, measure: _Measure | None, item: Item | None, *, is_current: bool
) -> FormQuestion:
    printed = _Printed(item.question.text, item.guidance) if item and is_current else None
    has_options = item is not None and item.question.kind is not Kind.TEXT
    if printed and printed.lines and not question.guidance:
        question = _find_guidance_below(question, printed)
    elif printed and printed.lines:
        question = _find_rest_of_guidance(question, printed)
    parts = _split_heading(question.wording, question.guidance, measure, printed, has_options=has_options)
    text = _join_lines(parts.added, question.text)
    return replace(question, wording=parts.heading, guidance=parts.lines, text=text)


def _find_guidance_below(question: FormQuestion, printed: _Printed) -> FormQuestion:
    """Return a question without the lines of its pack in the answer: someone has written above them."""
    lines = question.text.split("\n")
    quoted = [n for n, line in enumerate(lines) if line.startswith(">")]
    if not quoted:
        return question
    end = next((n for n in range(quoted[0], len(lines)) if not lines[n].startswith(">")), len(lines))
    rest = _leave_out(printed, tuple(line.removeprefix(">").strip() for line in lines[quoted[0] : end]))
    if rest is None:
        return question
    kept = [*lines[: quoted[0]], *(f"> {line}" for line in rest), *lines[end:]]
    return replace(question, guidance=printed.lines, text="\n".join(kept).strip("\n"))


def _find_rest_of_guidance(question: FormQuestion, printed: _Printed) -> FormQuestion:
    """Return a question without the end of its pack's lines in the answer: someone has broken them without a sign."""
    whole, begun = bare("\n".join(printed.lines)), bare("\n".join(question.guidance))
    lines, left = question.text.split("\n"), whole.removeprefix(begun)
    if not left or not whole.startswith(begun):
        return question
    for count, line in enumerate(lines, 1):
        if not left.startswith(bare(line)):
            return question
        left = left.removeprefix(bare(line))
        if not left:
            return replace(question, guidance=printed.lines, text="\n".join(lines[count:]).strip("\n"))
    return question


def _split_heading(
    heading: str,
    lines: tuple[str, ...],
    measure: _Measure | None,
    printed: _Printed | None,
    *,
    has_options: bool = False,
) -> _Parts:
    """Return a heading and its lines without what someone added; what begins as an option does may be no addition."""
    length, said = len(heading), lines
    rest = _leave_out(printed, lines) if printed and is_same_heading(heading, printed.heading) else None
    # What a draft was written with is surer than a pack, which may have changed, as long as no line was broken anew.
    if printed and rest is not None and (measure is None or len(lines) - len(rest) > measure.lines):
        options = tuple(line for line in rest if has_options and line.startswith(OPTION))
        added = (_quote(line) for line in rest if line not in options)
        return _Parts(printed.heading, (*printed.lines, *options), ("", *added))
    if measure:
        length, said = measure.characters, lines[: measure.lines]
    elif printed:
        length = len(printed.heading) if heading.startswith(printed.heading) else len(heading)
        said = printed.lines
    kept = tuple(line for line in lines if line in said or (has_options and line.startswith(OPTION)))
    quoted = (_quote(line) for line in lines if line not in kept)
    return _Parts(heading[:length], kept, (heading[length:].strip(), *quoted))


def _quote(line: str) -> str:
    """Return a line in its quoted form; the sign stands before it still where no blank followed."""
    return line if line.startswith(">") and not line.startswith("> ") else f"> {line}"


def _leave_out(printed: _Printed, lines: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return lines without those that the pack has, however they are broken; None where they do not begin so."""
    left = bare("\n".join(printed.lines))
    for count, line in enumerate(lines):
        if not left:
            return lines[count:]
        if not left.startswith(bare(line)):
            return None
        left = left.removeprefix(bare(line))
    return None if left else ()


def _join_lines(added: tuple[str, ...], text: str) -> str:
    return "\n".join([*filter(None, added), text])

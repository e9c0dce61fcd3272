"""Questions without an answer, offered in the text of an entry while its author edits it, and taken out again.

An entry holds no question that was not answered. All this works on the text, not on what it means: whatever else
someone has put into it stays, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from compassion_cli.core.answer import ChoiceAnswer, check_answer
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.form import Form, FormQuestion, FormSection, name_left
from compassion_cli.core.pack import Question
from compassion_cli.core.text import bare
from compassion_cli.formats.form_markdown import find_marker, has_value, mark_value, parse_form, render_question

_SECTIONS = re.compile(r'^sections = \[\s*(?:"[^"\n]*"\s*,?\s*)*\]$', re.MULTILINE)


class Offer(NamedTuple):
    """A question that is offered.

    Attributes:
        section: The id of its section.
        question: The question, as its pack has it now.
        earlier: The keys of the questions before it in its pack, in order.
    """

    section: str
    question: FormQuestion
    earlier: tuple[str, ...]


class Known(NamedTuple):
    """What a pack prints, in all versions of it that are known: what is there besides is someone's own.

    Attributes:
        questions: By key.
        sections: By id.
        asked: Choices and ratings as the pack asks them now, by key.
    """

    questions: Mapping[str, tuple[FormQuestion, ...]] = MappingProxyType({})
    sections: Mapping[str, tuple[FormSection, ...]] = MappingProxyType({})
    asked: Mapping[str, Question] = MappingProxyType({})


class Offering(NamedTuple):
    """What there is to know of an entry while it is edited.

    Attributes:
        offers: Questions without an answer that its author can answer now.
        known: What its pack prints.
        is_own: It is its author who edits it. Then no question without an answer stays in it.
    """

    offers: tuple[Offer, ...] = ()
    known: Known = Known()
    is_own: bool = False


#: For an entry whose pack is not here.
NO_OFFERING = Offering()


def put_in(text: str, offers: Sequence[Offer]) -> str:
    """Return the text of an entry with questions in their places, each below those that come before it."""
    blocks = _split(text)
    for offer in offers:
        places = {block.name: place for place, block in enumerate(blocks)}
        here = [key for key in offer.earlier if key.startswith(f"{offer.section}.")]
        anchors = [places[key] for key in (offer.section, *here) if key in places]
        if offer.section in places and offer.question.key not in places:
            lines = (*render_question(offer.question), "")
            blocks.insert(max(anchors) + 1, _Block(offer.question.key, lines))
    return _join(blocks)


def take_out(text: str, known: Known) -> str:
    """Return a text without the questions that have no answer, and without the sections that hold nothing then.

    Words that someone added to a heading, or right under it, keep what they are added to where it is.
    """
    blocks = [block for block in _split(text) if not _is_empty_question(block, known)]
    return _name_sections(text, [b for place, b in enumerate(blocks) if not _is_empty_section(blocks, place, known)])


def settle_values(text: str, before: str, known: Known) -> str:
    """Return a text with each new choice or rating as an entry has it: its label, and the value beside that.

    Args:
        text: The text.
        before: What it was. A label that has not changed keeps its value: its pack may call it something else by now.
        known: Has the questions.
    """
    heads = {block.name: _find_head(block) for block in _split(before)}
    return _join([_settle_value(block, heads.get(block.name, ""), known) for block in _split(text)])


def _settle_value(block: _Block, before: str, known: Known) -> _Block:
    head = _find_head(block)
    if block.name not in known.asked or head == before:
        return block
    lines = [line for line in block.lines if not has_value(line)]
    place = next((n for n, line in enumerate(lines) if n and head and line == head), None)
    if place is not None:
        lines[place : place + 1] = _spell_head(known.asked[block.name], block.form.questions[0].text, head)
    return block._replace(lines=tuple(lines))


def _spell_head(asked: Question, text: str, head: str) -> list[str]:
    """Return the first line of an answer as an entry has it, below the value of a choice."""
    try:
        answer = check_answer(asked, text)
    except AnswerFaultError:
        return [head]
    said = answer.to_text().split("\n")[0] if answer else head
    return [mark_value(answer.value), said] if isinstance(answer, ChoiceAnswer) else [said]


def _find_head(block: _Block) -> str:
    """Return the first line of the answer in a block; empty where it holds none."""
    if not block.name:
        return ""
    return next((question.text.split("\n")[0] for question in block.form.questions), "")


def find_misplaced(text: str, known: Known) -> list[str]:
    """Name each question without an answer whose heading has been changed: the answer may have been written into it."""
    empty = (question for question in parse_form(text).questions if not question.text.strip())
    return [
        f"question {question.number} ({question.key}) has no answer, but its heading has changed; "
        "write the answer on a new line, below the heading"
        for question in empty
        if question.key in known.questions and not _is_known(question, known)
    ]


class _Block(NamedTuple):
    """The lines from one marker up to the next; the first block has no name."""

    name: str
    lines: tuple[str, ...]

    @property
    def form(self) -> Form:
        """Return what it holds, as a form of nothing else."""
        return parse_form("\n".join(("+++", "pack = 'x'", "pack_version = 1", "+++", *self.lines)))


def _split(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    name, lines = "", list[str]()
    for line in text.split("\n"):
        if marked := find_marker(line):
            blocks.append(_Block(name, tuple(lines)))
            name, lines = marked, []
        lines.append(line)
    return [*blocks, _Block(name, tuple(lines))]


def _join(blocks: Sequence[_Block]) -> str:
    return "\n".join(line for block in blocks for line in block.lines)


def _is_empty_question(block: _Block, known: Known) -> bool:
    if block.name not in known.questions:
        return False
    questions = block.form.questions
    return len(questions) == 1 and not questions[0].text.strip() and _is_known(questions[0], known)


def _is_known(question: FormQuestion, known: Known) -> bool:
    return any(
        _is_alike((question.wording, *question.guidance), (printed.wording, *printed.guidance))
        for printed in known.questions[question.key]
    )


def _is_alike(found: Sequence[str], printed: Sequence[str]) -> bool:
    """Tell whether lines say the same, wherever a formatter has broken them."""
    return bare("\n".join(found)) == bare("\n".join(printed))


def _is_empty_section(blocks: Sequence[_Block], place: int, known: Known) -> bool:
    name = blocks[place].name
    if name not in known.sections or any(block.name.startswith(f"{name}.") for block in blocks[place + 1 :]):
        return False
    sections = blocks[place].form.sections
    return (
        len(sections) == 1
        and not sections[0].loose.strip()
        and any(
            _is_alike((sections[0].title, *sections[0].guidance), (printed.title, *printed.guidance))
            for printed in known.sections[name]
        )
    )


def _name_sections(text: str, blocks: Sequence[_Block]) -> str:
    """Return the text of blocks, where no section is named at its top that is not in it any more.

    Args:
        text: The text that they are left of.
        blocks: What is left.
    """
    before, left = parse_form(text), _join(blocks)
    after = parse_form(left).sections
    if len(after) == len(before.sections):
        return left
    ids = "".join(f'    "{section.id}",\n' for section in after)
    left = _SECTIONS.sub(lambda _: f"sections = [\n{ids}]", left, count=1)
    return left.replace(f"\n# {before.title}\n", f"\n# {name_left(before.title, before.sections, after)}\n", 1)

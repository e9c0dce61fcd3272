"""A filled form made into a session, with every fault in it named at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from compassion_cli.core.answer import check
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.form import Form, FormQuestion
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Item, Session, list_items


@dataclass(frozen=True)
class Filling:
    """The session a form stands for, and what is wrong with the form, a sentence each."""

    session: Session
    faults: tuple[str, ...]


def fill(pack: Pack, form: Form) -> Filling:
    """Read a filled form as answers to its pack.

    Text that no question can take stays in the session, unsettled; nothing of the form is dropped without a fault.
    """
    known = {item.key: item for item in list_items(pack)}
    wanted = {question.key for question in form.questions}
    session = Session(
        pack=pack,
        items=tuple(item for key, item in known.items() if key in wanted),
        setting=form.setting,
        tags=form.tags,
        extra=form.extra,
        seen=frozenset(wanted),
    )
    faults = _find_stray_text(form, session)
    filled: set[str] = set()
    for question in form.questions:
        item = known.get(question.key)
        if item is None:
            faults.append(f"{pack.id} has no question {question.key}")
        elif item.key in filled:
            faults.append(f"{_name(item)} is there twice")
        else:
            filled.add(item.key)
            text = _gather_text(question, item)
            faults += _find_swallowed(text, known)
            try:
                session = session.answered(item, check(item.question, text))
            except AnswerFaultError as error:
                faults.append(f"{_name(item)}: {error.what}")
                session = session.unsettle(item, text)
    return Filling(replace(session, position=len(session.items)), tuple(faults))


def _gather_text(question: FormQuestion, item: Item) -> str:
    # A quotation right under the wording looks like guidance; what the pack does not say there, the person does.
    quoted = [f"> {line}" for line in question.guidance if line not in item.guidance]
    return "\n".join([*quoted, question.text])


def _find_swallowed(text: str, known: Mapping[str, Item]) -> list[str]:
    # Where a marker is gone, its question and answer are read as part of the answer before it.
    lines = {line.strip().removeprefix("> ").strip() for line in text.split("\n")}
    return [
        f"the marker above {_name(item)} is missing or damaged; put back <!-- question: {item.key} --> on its own line"
        for item in known.values()
        if f"### {item.number}. {item.question.text}" in lines
    ]


def _find_stray_text(form: Form, session: Session) -> list[str]:
    faults = ["there is text before the first question; move it under a question"] if form.loose.strip() else []
    asked = session.to_form()
    if form.pack_version == asked.pack_version:
        faults += _find_changed_headings(form, asked)
    else:
        versions = f"version {form.pack_version} of {form.pack}, and this is version {asked.pack_version}"
        faults.append(f"it is a form of {versions}; copy your answers into a new one: reflect {form.pack} --blank")
    said = {line for section in asked.sections for line in section.guidance}
    return faults + [
        f'there is text under "{section.title}" and under no question; move it under one'
        for section in form.sections
        if section.loose.strip() or not said.issuperset(section.guidance)
    ]


def _find_changed_headings(form: Form, asked: Form) -> list[str]:
    # Words added to a heading would be lost: the entry keeps the wording as the pack has it.
    headings = {"": asked.title, **{section.id: section.title for section in asked.sections}}
    headings |= {question.key: question.wording for question in asked.questions}
    found = {"": form.title, **{section.id: section.title for section in form.sections}}
    found |= {question.key: question.wording for question in form.questions}
    return [
        f"the heading of {name or 'the form'} has been changed; put it back, and write under it"
        for name, heading in found.items()
        if heading and heading != headings.get(name, heading)
    ]


def _name(item: Item) -> str:
    return f"question {item.number} ({item.section.title})"

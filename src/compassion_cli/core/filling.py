"""A filled form made into a session, with every fault in it named at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from compassion_cli.core.answer import check
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.form import Form
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
        seen=frozenset(wanted),
    )
    faults = _find_loose_text(form)
    filled: set[str] = set()
    for question in form.questions:
        item = known.get(question.key)
        if item is None:
            faults.append(f"{pack.id} has no question {question.key}")
        elif item.key in filled:
            faults.append(f"{_name(item)} is there twice")
        else:
            filled.add(item.key)
            try:
                session = session.answered(item, check(item.question, question.text))
            except AnswerFaultError as error:
                faults.append(f"{_name(item)}: {error.what}")
                session = session.unsettle(item, question.text)
    return Filling(replace(session, position=len(session.items)), tuple(faults))


def _find_loose_text(form: Form) -> list[str]:
    faults = ["there is text before the first question; move it under a question"] if form.loose.strip() else []
    return faults + [
        f'there is text under "{section.title}" and under no question; move it under one'
        for section in form.sections
        if section.loose.strip()
    ]


def _name(item: Item) -> str:
    return f"question {item.number} ({item.section.title})"

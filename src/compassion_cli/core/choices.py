"""Which choice an answer in a file is, whatever its label was called when it was made."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from compassion_cli.core.answer import ChoiceAnswer, check_answer
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.form import Form, FormQuestion
from compassion_cli.core.pack import Kind, Pack, Question
from compassion_cli.core.session import list_items

F = TypeVar("F", bound=Form)


def settle_choices(pack: Pack, form: F) -> F:
    """Return a form with the value of each choice as its pack has it.

    The label goes before the value beside it: someone may have changed it by hand. A label that the pack does not
    know, and never had, is known by that value.
    """
    is_current = form.pack_version == pack.version
    asked = {item.key: item.question for item in list_items(pack) if item.question.kind is Kind.CHOICE}
    return replace(
        form,
        sections=tuple(
            replace(
                section,
                questions=tuple(_settle(q, asked.get(q.key), is_current=is_current) for q in section.questions),
            )
            for section in form.sections
        ),
    )


def _settle(question: FormQuestion, asked: Question | None, *, is_current: bool) -> FormQuestion:
    if asked is None:
        return question
    try:
        # Where no label can have changed, one that is not known is no choice any more.
        answer = check_answer(asked, question.text, known="" if is_current else question.value)
    except AnswerFaultError:
        return replace(question, value="") if is_current else question
    return replace(question, value=answer.value) if isinstance(answer, ChoiceAnswer) else question

from __future__ import annotations

from dataclasses import replace

from support.packs import small_pack

from compassion_cli.core.filling import fill
from compassion_cli.core.form import Form, FormQuestion
from compassion_cli.core.session import begin


def blank() -> Form:
    pack = small_pack()
    return begin(pack, pack.sections).to_form()


def write(form: Form, texts: dict[str, str]) -> Form:
    def put(question: FormQuestion) -> FormQuestion:
        return replace(question, text=texts.get(question.key, question.text))

    sections = tuple(replace(section, questions=tuple(map(put, section.questions))) for section in form.sections)
    return replace(form, sections=sections)


def test_a_filled_form_is_a_session_with_nothing_left_to_ask() -> None:
    filling = fill(small_pack(), write(blank(), {"one.seen": "2\nMuch.", "two.rate": "4"}))
    assert filling.faults == ()
    assert filling.session.current is None
    texts = [question.text for question in filling.session.to_form().questions if question.text]
    assert texts == ["A good deal\n\nMuch.", "4 of 5"]


def test_every_fault_is_named_at_once_and_the_texts_stay() -> None:
    form = write(blank(), {"one.seen": "maybe", "two.rate": "9", "two.do": "x (due 31/12/2026)"})
    form = replace(form, loose="stray")
    filling = fill(small_pack(), form)
    assert [fault.partition(":")[0].partition(";")[0] for fault in filling.faults] == [
        "there is text before the first question",
        "question 1 (One)",
        "question 1 (Two)",
        "question 2 (Two)",
    ]
    assert filling.session.unsettled == {"one.seen": "maybe", "two.rate": "9", "two.do": "x (due 31/12/2026)"}


def test_a_question_that_is_unknown_or_there_twice_is_a_fault() -> None:
    form = blank()
    one, two = form.sections
    odd = replace(one.questions[0], key="one.odd")
    form = replace(form, sections=(replace(one, questions=(*one.questions, one.questions[2], odd)), two))
    assert fill(small_pack(), form).faults == ("question 3 (One) is there twice", "small has no question one.odd")

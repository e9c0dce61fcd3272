from __future__ import annotations

from dataclasses import replace

import pytest
from support.packs import small_pack

from compassion_cli.core.form import Form, FormQuestion, Progress
from compassion_cli.core.form_to_session import read_session
from compassion_cli.core.pack import Pack, Section
from compassion_cli.core.session import Session, begin_session


def blank() -> Form:
    pack = small_pack()
    return begin_session(pack, pack.sections).to_form()


def write(form: Form, texts: dict[str, str]) -> Form:
    def put(question: FormQuestion) -> FormQuestion:
        return replace(question, text=texts.get(question.key, question.text))

    sections = tuple(replace(section, questions=tuple(map(put, section.questions))) for section in form.sections)
    return replace(form, sections=sections)


def draft(texts: dict[str, str], pending: tuple[str, ...]) -> Form:
    """Return a form as the program itself keeps it."""
    return replace(write(blank(), texts), progress=Progress("/journal", pending))


def reworded(pack: Pack, key: str, wording: str) -> Pack:
    """Return the next version of a pack, with one question put in other words."""
    section_id, _, question_id = key.partition(".")

    def change(section: Section) -> Section:
        questions = tuple(
            replace(question, text=wording) if question.id == question_id else question
            for question in section.questions
        )
        return replace(section, questions=questions) if section.id == section_id else section

    return replace(pack, version=pack.version + 1, sections=tuple(map(change, pack.sections)))


def without(pack: Pack, key: str) -> Pack:
    """Return the next version of a pack, without one question, or without a section where only that is named."""
    section_id, _, question_id = key.partition(".")
    sections = [
        replace(section, questions=tuple(q for q in section.questions if q.id != question_id))
        if section.id == section_id
        else section
        for section in pack.sections
        if question_id or section.id != section_id
    ]
    return replace(pack, version=pack.version + 1, sections=tuple(sections))


def list_questions(session: Session) -> dict[str, tuple[str, str]]:
    """Return wording and text of every question with a text."""
    return {q.key: (q.wording, q.text) for q in session.to_form().questions if q.text}


def test_a_filled_form_is_a_session_that_waits_for_the_rest() -> None:
    filling = read_session(small_pack(), write(blank(), {"one.seen": "2\nMuch.", "two.rate": "4"}))
    assert filling.faults == ()
    assert filling.session.current
    assert filling.session.current.key == "one.more"
    texts = [question.text for question in filling.session.to_form().questions if question.text]
    assert texts == ["A good deal\n\nMuch.", "4 of 5"]


def test_every_fault_is_named_at_once_and_the_texts_stay() -> None:
    form = write(blank(), {"one.seen": "maybe", "two.rate": "9", "two.do": "x (due 31/12/2026)"})
    form = replace(form, loose="stray")
    filling = read_session(small_pack(), form)
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
    assert read_session(small_pack(), form).faults == (
        "question 3 (One) appears twice",
        "small has no question one.odd",
    )


def test_a_draft_goes_on_where_it_stopped_and_skipped_questions_stay_skipped() -> None:
    session = read_session(
        small_pack(), draft({"one.seen": "Nothing", "two.rate": "2 of 5"}, ("two.do", "two.last"))
    ).session
    assert session.current
    assert session.current.key == "two.do"
    assert session.pending == ("two.do", "two.last")


def test_a_half_typed_answer_is_asked_again_and_is_there() -> None:
    session = read_session(
        small_pack(), draft({"one.last": "Half a"}, ("one.last", "two.rate", "two.do", "two.last"))
    ).session
    assert session.current
    assert session.current.key == "one.last"
    assert session.unsettled == {"one.last": "Half a"}


def test_an_answer_keeps_the_wording_it_was_given_to_until_it_is_changed() -> None:
    pack = reworded(small_pack(), "one.more", "Where has it led?")
    filling = read_session(pack, draft({"one.more": "Far", "one.last": "Little"}, ()))
    assert filling.faults == ()
    assert list_questions(filling.session)["one.more"] == ("Where did it lead?", "Far")
    item = next(item for item in filling.session.items if item.key == "one.more")
    changed = filling.session.unsettle(item, "Further")
    assert list_questions(changed)["one.more"] == ("Where has it led?", "Further")


@pytest.mark.parametrize("gone", ["one.more", "one"])
def test_an_answer_whose_question_is_gone_is_kept_with_its_wording(gone: str) -> None:
    filling = read_session(without(small_pack(), gone), draft({"one.more": "Far", "two.do": "Rest"}, ()))
    assert filling.faults == ()
    assert [question.text for question in filling.session.gone] == ["Far"]
    assert list_questions(filling.session) == {
        "one.more": ("Where did it lead?", "Far"),
        "two.do": ("What will you do?", "- [ ] Rest"),
    }


def test_a_changed_pack_changes_a_draft_once_only() -> None:
    pack = without(reworded(small_pack(), "one.seen", "And what did you see?"), "two.do")
    once = read_session(pack, draft({"one.seen": "Nothing", "two.do": "Rest"}, ("two.last",))).session
    form = replace(once.to_form(), progress=Progress("/journal", once.pending))
    again = read_session(pack, form)
    assert again.session.to_form() == once.to_form()
    assert again.session.pending == once.pending


def test_a_quotation_right_under_a_question_is_part_of_the_answer() -> None:
    form = blank()
    one, two = form.sections
    quoting = replace(one.questions[2], guidance=("It was quiet.",), text="She said that.")
    filling = read_session(
        small_pack(), replace(form, sections=(replace(one, questions=(*one.questions[:2], quoting)), two))
    )
    assert filling.session.text_of(filling.session.items[2]) == "> It was quiet.\nShe said that."


def test_text_that_stands_nowhere_is_kept_and_named() -> None:
    form = blank()
    form = replace(form, loose="first", sections=(replace(form.sections[0], loose="second"), form.sections[1]))
    filling = read_session(small_pack(), form)
    assert filling.session.loose == "first\n\nsecond"
    assert len(filling.faults) == 2


def edit(form: Form, key: str, wording: str = "", guidance: tuple[str, ...] = (), text: str = "") -> Form:
    """Return a form with words added to the heading of one question, lines right under it, and an answer."""

    def put(question: FormQuestion) -> FormQuestion:
        if question.key != key:
            return question
        lines = (*question.guidance, *guidance)
        return replace(question, wording=f"{question.wording}{wording}", guidance=lines, text=text)

    sections = tuple(replace(section, questions=tuple(map(put, section.questions))) for section in form.sections)
    return replace(form, sections=sections)


def measured(form: Form) -> Form:
    """Return a form that says how much of it the program wrote."""
    return replace(form, progress=Progress("/journal", None, form.measures))


def text_under(session: Session, key: str) -> str:
    return next(session.text_of(item) for item in session.items if item.key == key)


def test_words_added_to_a_heading_are_the_beginning_of_the_answer_and_are_named() -> None:
    filling = read_session(small_pack(), edit(blank(), "one.last", wording=" A lot", text="of it"))
    assert text_under(filling.session, "one.last") == "A lot\nof it"
    assert filling.faults == ("the heading of one.last has been changed; put it back, and write under it",)


def test_words_added_to_the_titles_are_text_that_stands_nowhere() -> None:
    form = blank()
    form = replace(
        form, title=f"{form.title} mine", sections=(form.sections[0], replace(form.sections[1], title="Two!"))
    )
    filling = read_session(small_pack(), form)
    assert filling.session.loose.split() == ["mine", "!"]
    assert filling.faults == (
        "there is text before the first question; move it under a question",
        'there is text under "Two" that is not under a question; move it under one',
        "the heading of the form has been changed; put it back, and write under it",
        "the heading of two has been changed; put it back, and write under it",
    )


def test_a_draft_of_an_older_pack_tells_what_was_added_to_its_own_headings_and_lines() -> None:
    pack = reworded(small_pack(), "one.more", "Where has it led?")
    draft = edit(measured(blank()), "one.more", wording=" Far", guidance=("It was quiet.",), text="Indeed")
    draft = edit(draft, "two.last", guidance=("Nothing is.",))
    filling = read_session(pack, draft)
    assert filling.faults == ()
    assert list_questions(filling.session) == {
        "one.more": ("Where did it lead?", "Far\n> It was quiet.\nIndeed"),
        "two.last": ("What is left?", "> Nothing is."),
    }


def test_of_a_draft_of_an_older_pack_a_quotation_under_the_heading_of_a_section_stands_nowhere() -> None:
    older = measured(blank())
    first, second = older.sections
    older = replace(older, sections=(replace(first, guidance=(*first.guidance, "It was quiet.")), second))
    filling = read_session(reworded(small_pack(), "one.more", "Where has it led?"), older)
    assert filling.session.loose.strip() == "> It was quiet."


def test_a_form_of_an_older_pack_is_asked_whose_the_lines_under_an_unanswered_question_are() -> None:
    pack = reworded(small_pack(), "one.more", "Where has it led?")
    form = edit(blank(), "one.last", guidance=("It was quiet.",), text="Little")
    assert read_session(pack, form).faults == ()
    form = edit(form, "two.last", guidance=("It was quiet.",))
    assert read_session(pack, form).faults == (
        (
            "question 3 (Two) has extra lines under its heading; "
            "put a blank line above your own words, and delete the rest"
        ),
    )


def test_under_a_question_with_options_a_line_like_one_of_them_is_none_of_the_answer() -> None:
    form = edit(blank(), "one.seen", guidance=("- 3: Something else",), text="Nothing")
    form = edit(form, "one.last", guidance=("- a list",))
    filling = read_session(small_pack(), form)
    assert text_under(filling.session, "one.seen") == "Nothing"
    assert text_under(filling.session, "one.last") == "> - a list"


def test_each_question_that_has_become_part_of_an_answer_is_named_with_its_marker() -> None:
    text = "So much.\n\n### 2. Where did it lead?\n\n> ### 1. How much?"
    filling = read_session(small_pack(), write(blank(), {"one.last": text}))
    assert filling.oddities == (
        "the marker above question 2 (One) is missing or damaged; put back <!-- question: one.more --> on its own line",
        "the marker above question 1 (Two) is missing or damaged; put back <!-- question: two.rate --> on its own line",
    )


def test_a_question_that_is_there_twice_has_both_texts() -> None:
    form = write(blank(), {"one.last": "Once"})
    one, two = form.sections
    again = replace(one.questions[2], text="Twice")
    filling = read_session(small_pack(), replace(form, sections=(replace(one, questions=(*one.questions, again)), two)))
    assert text_under(filling.session, "one.last") == "Once\n\nTwice"


def test_the_longer_heading_of_an_older_pack_holds_nothing_that_somebody_added() -> None:
    filling = read_session(reworded(small_pack(), "one.more", "Where did"), write(blank(), {"one.more": "Far"}))
    assert list_questions(filling.session)["one.more"] == ("Where did it lead?", "Far")


def test_a_heading_that_is_gone_is_no_fault() -> None:
    form = write(blank(), {"one.more": "Far"})
    one, two = form.sections
    questions = tuple(replace(question, wording="") for question in one.questions)
    filling = read_session(
        small_pack(), replace(form, title="", sections=(replace(one, title="", questions=questions), two))
    )
    assert filling.faults == ()
    assert list_questions(filling.session)["one.more"] == ("Where did it lead?", "Far")


def test_text_that_stands_nowhere_in_a_section_that_is_gone_is_kept_once() -> None:
    form = write(blank(), {"one.more": "Far"})
    form = replace(form, sections=(replace(form.sections[0], loose="stray"), form.sections[1]))
    again = read_session(without(small_pack(), "one"), form).session.to_form()
    assert [again.loose, *(section.loose for section in again.sections)] == ["stray", "", ""]

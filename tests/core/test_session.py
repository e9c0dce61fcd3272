from __future__ import annotations

import pytest
from support.packs import SMALL, small_pack

from compassion_cli.core.answer import check_answer
from compassion_cli.core.errors import UsageError
from compassion_cli.core.session import Session, begin_session
from compassion_cli.formats.pack_toml import parse_pack


def start(*sections: str, only: tuple[str, ...] = ()) -> Session:
    pack = small_pack()
    return begin_session(pack, [pack.find_section(name) for name in sections], only)


def give(session: Session, text: str) -> Session:
    item = session.current
    assert item
    return session.answered(item, check_answer(item.question, text)).forward()


def keys(session: Session) -> list[str]:
    return [item.key for item in session.items]


def test_questions_come_in_the_order_of_the_pack_whatever_was_named_first() -> None:
    assert keys(start("two", "first")) == ["one.seen", "one.more", "one.last", "two.rate", "two.do", "two.last"]


def test_only_some_questions_can_be_asked_by_number_id_or_key() -> None:
    assert keys(start("one", "two", only=("1", "two.do", "LAST"))) == [
        "one.seen",
        "one.last",
        "two.rate",
        "two.do",
        "two.last",
    ]


def test_a_question_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError) as error:
        start("one", only=("9",))
    assert error.value.what == 'there is no question "9" here'
    assert "1, 2 and 3" in error.value.remedy


def test_a_question_is_left_out_when_its_condition_is_not_met() -> None:
    session = give(start("one"), "nothing")
    assert session.current
    assert session.current.key == "one.last"
    form = session.to_form()
    assert [question.asked for question in form.questions] == [True, False, True]


def test_a_question_is_asked_when_its_condition_was_skipped() -> None:
    session = give(start("one"), "")
    assert session.current
    assert session.current.key == "one.more"


def test_a_condition_asked_in_every_section_counts_in_its_own() -> None:
    pick = """
[[each]]
id = "pick"
kind = "choice"
text = "Which?"
choices = [{ value = "yes", label = "Yes" }, { value = "no", label = "No" }]

[[each]]
id = "why"
text = "Why not?"
when = { question = "pick", is = ["no"] }
"""
    pack = parse_pack(SMALL.replace("[[sections]]", f"{pick}\n[[sections]]", 1))
    session = begin_session(pack, pack.sections, ["pick", "why"])
    session = give(give(session, "yes"), "no")
    assert session.current
    assert session.current.key == "two.why"


def test_an_answer_already_given_is_kept_when_its_question_no_longer_applies() -> None:
    session = give(give(start("one"), "2"), "It led somewhere.").back().back()
    session = give(session, "1")
    assert "It led somewhere." in [question.text for question in session.to_form().questions]


def test_back_stops_at_the_first_question_and_forward_ends_behind_the_last() -> None:
    session = start("two").back()
    assert session.position == 0
    for text in ("4", "", ""):
        session = give(session, text)
    assert session.current is None


def test_time_left_goes_down_with_the_questions_put() -> None:
    session = start("one", "two")
    assert session.minutes_left == 8
    assert give(give(session, "2"), "x").minutes_left == 5

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_cli.core.action import Action, State
from compassion_cli.core.answer import ActionsAnswer, ChoiceAnswer, ScaleAnswer, TextAnswer, check_answer
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.pack import Choice, Kind, Question, Scale

TEXT = Question(id="1", text="What?")
CHOICE = Question(
    id="2",
    kind=Kind.CHOICE,
    text="Which?",
    choices=(Choice(value="none", label="None"), Choice(value="some", label="Some of it.")),
)
SCALE = Question(id="3", kind=Kind.SCALE, text="How much?", scale=Scale(low="little", high="a lot"))
SCALE_OR_WORDS = replace(SCALE, note="Why?")
ACTIONS = Question(id="4", kind=Kind.ACTIONS, text="What next?")


@pytest.mark.parametrize("question", [TEXT, CHOICE, SCALE, SCALE_OR_WORDS, ACTIONS])
@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_typed_is_no_answer(question: Question, text: str) -> None:
    assert check_answer(question, text) is None


def test_a_text_is_taken_as_it_is() -> None:
    assert check_answer(TEXT, "Line one\n\n# two\n") == TextAnswer(text="Line one\n\n# two")


@pytest.mark.parametrize("head", ["2", "2.", "some", "SOME OF IT", "Some of it."])
def test_a_choice_is_named_by_number_value_or_label(head: str) -> None:
    assert check_answer(CHOICE, head) == ChoiceAnswer(value="some", label="Some of it.")


def test_what_follows_a_choice_is_kept_as_a_note() -> None:
    answer = check_answer(CHOICE, "1\nNobody asked.\n\nNot once.")
    assert answer == ChoiceAnswer(value="none", label="None", note="Nobody asked.\n\nNot once.")
    assert answer.to_text() == "None\n\nNobody asked.\n\nNot once."


@pytest.mark.parametrize(("head", "rating"), [("1", 1), ("4 of 5", 4), ("5/5", 5), ("3 out of 5", 3), ("2.", 2)])
def test_a_rating_is_read_in_several_spellings(head: str, rating: int) -> None:
    assert check_answer(SCALE, head) == ScaleAnswer(rating=rating, steps=5)
    assert ScaleAnswer(rating=rating, steps=5).to_text() == f"{rating} of 5"


def test_a_rating_may_be_left_out_where_words_are_invited() -> None:
    assert check_answer(SCALE_OR_WORDS, "2019 was hard.") == ScaleAnswer(rating=None, steps=5, note="2019 was hard.")


def test_actions_are_one_on_each_line_with_a_date_where_there_is_one() -> None:
    answer = check_answer(ACTIONS, "- [ ] Ask Sam (due 2026-12-01)\n\n* Rest\n[x] Write (to Ann)\n3 calls")
    assert answer == ActionsAnswer(
        actions=(
            Action(text="Ask Sam", due=date(2026, 12, 1)),
            Action(text="Rest"),
            Action(text="Write (to Ann)", state=State.DONE),
            Action(text="3 calls"),
        )
    )


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (CHOICE, "3", "The first line must be one of these: 1 (None) or 2 (Some of it.)."),
        (CHOICE, "secret words", "The first line must be one of these"),
        (SCALE, "6", "a whole number from 1 to 5"),
        (SCALE, "0", "a whole number from 1 to 5"),
        (SCALE, "4 of 10", "a whole number from 1 to 5"),
        (SCALE, "secret words", "a whole number from 1 to 5"),
        (SCALE_OR_WORDS, "6", "a whole number from 1 to 5"),
        (ACTIONS, "Rest\nsecret (due 31/02/2026)", "I could not read the date in line 2."),
        (ACTIONS, "secret (due 2026-02-31)", "I could not read the date in line 1."),
        (ACTIONS, "- [ ] (due 2026-12-01)", "Line 1 has no words."),
    ],
)
def test_a_fault_is_one_sentence_and_repeats_nothing(question: Question, text: str, said: str) -> None:
    with pytest.raises(AnswerFaultError) as fault:
        check_answer(question, text)
    assert said in fault.value.what
    assert "secret" not in fault.value.what


@given(
    st.sampled_from([TEXT, CHOICE, SCALE, SCALE_OR_WORDS, ACTIONS]), st.text(), st.sampled_from(["", "1\n", "- ", "2"])
)
def test_an_answer_written_out_is_read_back_the_same(question: Question, text: str, head: str) -> None:
    try:
        answer = check_answer(question, head + text)
    except AnswerFaultError:
        return
    assert answer is None or check_answer(question, answer.to_text()) == answer

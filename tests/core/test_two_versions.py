"""Two versions of one entry: every word of both is shown, and kept where both are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from compassion_cli.core.form import Entry, FormQuestion, FormSection
from compassion_cli.core.two_versions import can_join, find_differences, join_versions


def ask(key: str, text: str, value: str = "") -> FormQuestion:
    return FormQuestion(key=key, number=key[-1], wording=f"What of {key}?", text=text, value=value)


def entry_of(*sections: FormSection) -> Entry:
    return Entry(
        id="2026-11-23-tool3-self-k7m2",
        created=datetime(2026, 11, 23, tzinfo=UTC),
        author="Sam",
        pack="tool3",
        pack_version=2,
        title="Two: One and Other",
        sections=sections,
    )


ONE = FormSection(id="one", title="One", questions=(ask("one.1", "mine"), ask("one.3", "three")))
OTHER = FormSection(id="one", title="One", loose="loose", questions=(ask("one.1", "theirs"), ask("one.2", "two")))
MORE = FormSection(id="two", title="Two", questions=(ask("two.1", "more"),))


def test_what_only_one_of_them_answers_is_a_difference_too() -> None:
    found = find_differences(entry_of(ONE), entry_of(OTHER, MORE))
    assert {(each.label.rpartition(" ")[2], each.text, each.other) for each in found} == {
        ("One", "", "loose"),
        ("one.1?", "mine", "theirs"),
        ("one.2?", "", "two"),
        ("one.3?", "three", ""),
        ("two.1?", "", "more"),
    }


def test_both_hold_every_word_each_question_once_and_in_order() -> None:
    joined = join_versions(entry_of(ONE), entry_of(OTHER, MORE))
    assert [question.key for question in joined.questions] == ["one.1", "one.2", "one.3", "two.1"]
    assert [question.text for question in joined.questions] == ["theirs\n\nmine", "two", "three", "more"]
    assert joined.sections[0].loose == "loose"


def test_of_two_choices_the_value_is_that_of_the_one_in_the_first_line() -> None:
    here = entry_of(replace(ONE, questions=(ask("one.1", "Nothing", "none"),)))
    there = entry_of(replace(ONE, questions=(ask("one.1", "A good deal", "much"),)))
    (question,) = join_versions(here, there).questions
    assert (question.text, question.value) == ("A good deal\n\nNothing", "much")


@pytest.mark.parametrize(
    "change",
    [
        {"format": 9},
        {"people": 4},
        {"extra": {"mood": 1}},
        {"sections": (replace(ONE, questions=(replace(ask("one.1", "x"), wording="Mine"),)),)},
        {"sections": (replace(ONE, questions=(ask("one.1", "x"), ask("one.1", "y"))),)},
    ],
    ids=["newer", "people", "unknown", "heading", "twice"],
)
def test_where_one_entry_cannot_hold_both_that_is_not_offered(change: dict[str, object]) -> None:
    assert can_join(entry_of(ONE), entry_of(OTHER, MORE))
    assert not can_join(entry_of(ONE), replace(entry_of(OTHER), **change))  # type: ignore[arg-type]

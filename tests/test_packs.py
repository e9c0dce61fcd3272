"""The built-in packs hold what the briefing holds, item for item."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_cli.core.pack import Kind, Pack
from compassion_cli.core.session import begin_session, list_items
from compassion_cli.formats.form_markdown import parse_form, render_form
from compassion_cli.storage.packs import open_shelf

SHELF = open_shelf()
PACKS = {pack_id: SHELF.load(pack_id) for pack_id in ("tool1", "tool2", "tool3", "curiosity")}


def count(pack: Pack) -> dict[str, int]:
    return {section.id: len(pack.questions_of(section)) for section in pack.sections}


def test_tool1_asks_reach_actions_and_support_for_each_of_nine_concepts() -> None:
    pack = PACKS["tool1"]
    assert [question.id for question in pack.each] == ["reach", "actions", "support"]
    assert [question.kind for question in pack.each] == [Kind.CHOICE, Kind.ACTIONS, Kind.TEXT]
    assert [choice.value for choice in pack.each[0].choices] == ["control", "influence", "concern", "not-mine"]
    assert list(count(pack).values()) == [3] * 9


def test_tool2_has_its_context_two_notes_and_two_questions() -> None:
    during, after = PACKS["tool2"].sections
    assert [question.id for question in during.questions] == ["context", "direction", "curiosity"]
    conditions = {question.id: question.when.values for question in after.questions if question.when}
    assert conditions == {"influence": ("some", "plenty"), "hypothesis": ("none", "some")}


def test_curiosity_has_seven_questions_for_each_of_two_roles() -> None:
    assert count(PACKS["curiosity"]) == {"practitioner": 7, "supervisor": 7}
    assert PACKS["curiosity"].section_name == "role"


def test_tool3_has_twenty_questions_numbered_through_its_four_lenses() -> None:
    pack = PACKS["tool3"]
    assert count(pack) == {"self": 5, "supervisor": 5, "team": 6, "organisation": 4}
    assert [item.number for item in list_items(pack)] == [str(number) for number in range(1, 21)]
    assert pack.find_section("leader").id == "supervisor"


@pytest.mark.parametrize(
    ("pack_id", "parts"),
    [
        ("tool3", {1: 2, 2: 2, 3: 2, 4: 3, 5: 3, 7: 2, 9: 2, 11: 2, 12: 2, 15: 3, 17: 2, 18: 2, 19: 2, 20: 3}),
        ("curiosity", {4: 2, 7: 2, 8: 2, 11: 2, 12: 2, 14: 3}),
        ("tool1", {1: 2, 4: 2, 25: 2}),
        ("tool2", {3: 2, 4: 2}),
    ],
)
def test_what_one_number_asks_separately_stands_in_parts(pack_id: str, parts: dict[int, int]) -> None:
    items = list_items(PACKS[pack_id])
    assert {number: 1 + len(items[number - 1].question.parts) for number in parts} == parts


@pytest.mark.parametrize("pack_id", PACKS)
def test_every_pack_cites_its_source_and_says_whose_the_numbers_are(pack_id: str) -> None:
    source = PACKS[pack_id].source
    assert "Leading with compassion" in source.work
    assert source.numbers == ("briefing" if pack_id == "tool3" else "ours")


def test_questions_that_may_bring_up_difficult_feelings_are_marked() -> None:
    marked = {
        (pack_id, item.section.id, item.number)
        for pack_id, pack in PACKS.items()
        for item in list_items(pack)
        if item.question.care or item.section.care
    }
    assert {key[1:] for key in marked if key[0] == "tool3"} == {
        ("self", "3"),
        ("self", "4"),
        ("team", "16"),
        ("organisation", "20"),
    }
    assert {key[1] for key in marked if key[0] == "tool1"} == {"openness", "equity"}
    assert {key[1:] for key in marked if key[0] == "curiosity"} == {("practitioner", "7"), ("supervisor", "7")}


@pytest.mark.parametrize(("pack_id", "settings"), [("tool1", 3), ("tool2", 3), ("tool3", 3), ("curiosity", 2)])
def test_all_tools_can_be_used_by_a_group(pack_id: str, settings: int) -> None:
    assert len(PACKS[pack_id].settings) == settings


def test_every_lens_says_what_it_is_about_and_how_long_it_takes() -> None:
    pack = PACKS["tool3"]
    assert all(section.intro for section in pack.sections)
    assert {section.id: pack.minutes_of(section) for section in pack.sections} == {
        "self": 15,
        "supervisor": 15,
        "team": 18,
        "organisation": 12,
    }
    assert SHELF.headings["tool3"].duration == "12 to 18 minutes for each lens"
    assert SHELF.headings["tool1"].duration == "about 4 minutes for each concept"
    assert begin_session(pack, pack.sections).minutes_left == 60
    assert begin_session(pack, [pack.find_section("team")], ["11", "12"]).minutes_left == 6


def test_every_purpose_in_tool3_says_on_what_it_rests() -> None:
    assert all(item.question.basis for item in list_items(PACKS["tool3"]))


@pytest.mark.parametrize("pack_id", [*PACKS, "review"])
def test_what_was_asked_before_is_known_and_has_the_same_items(pack_id: str) -> None:
    now = PACKS.get(pack_id) or SHELF.load_review()
    form = replace(begin_session(now, now.sections).to_form(), pack_version=1)
    earlier = SHELF.find_earlier(form)
    assert earlier
    assert [(item.key, item.question.kind) for item in list_items(earlier)] == [
        (item.key, item.question.kind) for item in list_items(now)
    ]
    assert SHELF.find_earlier(replace(form, pack_version=now.version)) is None
    # A label of then is one that is known now.
    for before, after in zip(list_items(earlier), list_items(now), strict=True):
        labels = {choice.value: choice.labels for choice in after.question.choices}
        assert all(choice.label in labels[choice.value] for choice in before.question.choices)


@pytest.mark.parametrize("pack_id", PACKS)
def test_no_sentence_is_longer_than_a_tired_reader_can_hold(pack_id: str) -> None:
    questions = [item.question for item in list_items(PACKS[pack_id])]
    sentences = [
        sentence
        for text in (line for question in questions for line in (question.text, *question.parts))
        for sentence in text.replace("?", ".").split(".")
    ]
    assert max(len(sentence.split()) for sentence in sentences) <= 24


@given(st.sampled_from(sorted(PACKS)))
def test_the_blank_form_of_every_pack_reads_back_as_itself(pack_id: str) -> None:
    pack = PACKS[pack_id]
    form = begin_session(pack, pack.sections).to_form()
    assert parse_form(render_form(form, comment="How to fill it")) == form

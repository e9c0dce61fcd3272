from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compassion_cli.core.action import Action, State, carry_task, end_task, parse_loose_task, parse_task
from compassion_cli.core.errors import ReflectError
from compassion_cli.formats.dates import read_written_due

WRITTEN = date(2026, 11, 23)
LATER, LATEST = date(2027, 1, 31), date(2027, 2, 28)
HEADS = ["- ", "* ", "+ ", "1. ", "12) ", "  - ", "\t* ", "-\t", "-   ", "123456789. "]
GAPS = [" ", "   ", "\t", " \t "]
#: None of these stands for a day, an owner or an end.
ODD = [
    "(due to her fall)",
    "(by phone)",
    "(by 2 people)",
    "(due 2026-02-31)",
    "(due 2026-12-01 (Tuesday))",
    "(due)",
    "(due: )",
    "(due2026-12-01)",
    "(overdue 2026-12-01)",
    "(who Ann)",
    "(who: )",
    "(who:)",
    "(who: Ann (team lead))",
    "(who: Ann))",
    f"(who: {'x' * 61})",
    "(done yesterday)",
    "(done 1 December 2026)",
    "[due 2026-12-01]",
    "(due 2026-12-01",
    "(due 2026-12-01) now",
]
DUE = ["(due 2026-12-01)", "(BY: 2026-12-02)", "(due Friday)", "(Due:tomorrow)", "(due 2019-01-01 )"]
OTHER = ["(who: Ann)", "(WHO:  the team lead )", "(done 2026-11-20)", "(dropped 2026-11-21)"]
WORDS = ["Ring Ann", "🙂", "Straße", "cafe\u0301", "[x]", "- [ ]", "\xa0", "\t", "a\xa0b", "x" * 300, "שלום", "\u202e"]

printable = st.text(alphabet=st.characters(exclude_categories=["C", "Z"], include_characters=" ")).map(str.strip)
named = printable.filter(bool)
owners = st.just("") | printable.map(lambda name: re.sub(r"[()]|(?i:due)", "", name)[:60].strip())
words = st.lists(st.sampled_from([*WORDS, *ODD, *DUE, *OTHER]) | printable, min_size=1)
texts = words.map(lambda pieces: " ".join(pieces).strip()).filter(bool)
heads, gaps = st.sampled_from(HEADS), st.sampled_from(GAPS)


def read_due(said: str) -> date:
    return read_written_due(said, WRITTEN)


def parse(line: str) -> Action:
    action = parse_task(line, read_due)
    assert action is not None
    return action


@st.composite
def actions(draw: st.DrawFn) -> Action:
    state = draw(st.sampled_from(State))
    return Action(
        text=draw(named.filter(lambda text: not text.endswith((")", ").")))),
        due=draw(st.none() | st.dates()),
        state=state,
        owner=draw(owners),
        ended=None if state is State.OPEN else draw(st.none() | st.dates()),
    )


@given(actions())
def test_an_action_comes_back_from_its_line_equal(action: Action) -> None:
    assert parse_task(action.to_text()) == action


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("state", State)
def test_an_action_whose_words_end_like_a_mark_comes_back_equal(text: str, state: State) -> None:
    action = Action(text=f"Ring Ann {text}", due=LATER, state=state, owner="Bea")
    assert parse_task(action.to_text(), read_due) == action


@given(heads, st.sampled_from(" xX-"), gaps, texts)
def test_an_action_that_was_read_comes_back_from_its_own_line_equal(head: str, box: str, gap: str, text: str) -> None:
    action = parse(f"{head}[{box}]{gap}{text}")
    assert parse_task(action.to_text(), read_due) == action


@pytest.mark.parametrize(
    ("box", "state"), [(" ", State.OPEN), ("x", State.DONE), ("X", State.DONE), ("-", State.DROPPED)]
)
def test_every_kind_of_task_list_is_read(box: str, state: State) -> None:
    wanted = Action(text="Ring Ann", due=date(2026, 12, 1), state=state, owner="Bea")
    for head, gap, end in product(HEADS, GAPS, ["", "  ", "\n", "\r\n"]):
        line = f"{head}[{box}]{gap}Ring Ann (due 2026-12-01) (who: Bea){end}"
        assert parse_task(line) == wanted, repr(line)


@pytest.mark.parametrize(
    "marks",
    [
        "(who: Bea) (due 2026-12-01) (done 2026-11-20)",
        "(done 2026-11-20) (due 2026-12-01) (who: Bea)",
        "(due 2026-12-01)(done 2026-11-20)(who:Bea)",
        "(DUE: 2026-12-01)\t(Done 2026-11-20)  (Who:  Bea )",
        "(by 2026-12-01)\xa0(done 2026-11-20)\xa0(who: Bea)\xa0",
    ],
)
def test_marks_are_read_in_any_order_and_spelling(marks: str) -> None:
    action = parse(f"- [x] Ring Ann {marks}")
    assert action == Action(
        text="Ring Ann", due=date(2026, 12, 1), state=State.DONE, owner="Bea", ended=date(2026, 11, 20)
    )


@pytest.mark.parametrize("text", [*ODD, *(f"(due 2026-12-01) {text}" for text in ODD)])
def test_what_is_no_mark_is_words_and_so_is_all_before_it(text: str) -> None:
    assert parse(f"- [ ] Ring Ann {text}") == Action(text=f"Ring Ann {text}")


@pytest.mark.parametrize(
    "marks", ["(due 2026-12-01).", "(who: Bea) (due 2026-12-01).", "(due 2026-12-01). (who: Bea)."]
)
def test_a_full_stop_behind_a_mark_is_read_over(marks: str) -> None:
    action = parse(f"- [ ] Ring Ann {marks}")
    assert (action.text, action.due) == ("Ring Ann", date(2026, 12, 1))
    done = end_task(f"- [ ] Ring Ann {marks}", State.DONE, LATER, read_due)
    assert parse(done) == replace(action, state=State.DONE, ended=LATER)


@pytest.mark.parametrize(
    ("text", "is_unread"),
    [
        ("Ring Ann (due tomorow).", True),
        ("Ring Ann (Sam, due 1 December)", True),
        ("Ring Ann (who: Sam, due 1 December)", True),
        ("Ring Ann (due to illness)", False),
        ("Ring Ann (overdue)", False),
        ("Ring Ann (due soon) again", False),
        ("Ring Ann (due 2026-12-01).", False),
    ],
)
def test_a_day_that_cannot_be_read_is_known_to_be_one(text: str, *, is_unread: bool) -> None:
    assert parse(f"- [ ] {text}").has_unread_day is is_unread


def test_of_two_days_the_last_counts_and_the_other_is_words() -> None:
    action = parse("- [ ] Move it (due 2026-12-01) (due 2026-12-08)")
    assert action == Action(text="Move it (due 2026-12-01)", due=date(2026, 12, 8))


@pytest.mark.parametrize("box", [" ", "-"])
def test_an_end_that_the_box_does_not_say_is_kept_and_not_believed(box: str) -> None:
    action = parse(f"- [{box}] Ring Ann (due 2026-12-01) (done 2026-11-20)")
    assert (action.text, action.due, action.ended_on) == ("Ring Ann", date(2026, 12, 1), None)
    assert action.to_text() == f"- [{box}] Ring Ann (due 2026-12-01) (done 2026-11-20)"


def test_an_action_opened_again_by_hand_is_ended_with_one_day() -> None:
    line = "- [ ] Ring Ann (done 2026-11-20) (due 2026-12-01)"
    assert end_task(line, State.DROPPED, WRITTEN) == "- [-] Ring Ann (due 2026-12-01) (dropped 2026-11-23)"


@pytest.mark.parametrize("text", ["a\xa0b", "a\tb", "[x] b", "- [ ] b", "1. b", "שלום", "🙂", "a\u2028b", "a  b"])
def test_words_are_kept_as_they_are(text: str) -> None:
    assert parse(f"- [ ] {text} (due 2026-12-01)").text == text


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Ring Ann",
        "- Ring Ann",
        "-[ ] Ring Ann",
        "- [] Ring Ann",
        "- [y] Ring Ann",
        "- [  ] Ring Ann",
        "- [ ]Ring Ann",
        "- [ ]",
        "- [ ] \t ",
        "- ( ) Ring Ann",
        "[ ] Ring Ann",
        "> - [ ] Ring Ann",
        "So: - [ ] Ring Ann",
        "-- [ ] Ring Ann",
        "– [ ] Ring Ann",
        "1 [ ] Ring Ann",
        "1234567890. [ ] Ring Ann",
        "- [ ] Ring Ann\n- [ ] Ring Bea",
        "<!-- - [ ] Ring Ann -->",
    ],
)
def test_a_line_of_no_task_list_holds_no_action(line: str) -> None:
    assert parse_task(line) is None


@given(heads, gaps, texts, st.sampled_from([State.DONE, State.DROPPED]))
def test_ending_changes_the_box_and_adds_the_day_and_nothing_else(head: str, gap: str, text: str, state: State) -> None:
    line = f"{head}[ ]{gap}{text}"
    assume(parse(line).ended is None)
    sign = {State.DONE: "x", State.DROPPED: "-"}[state]
    ended = end_task(line, state, WRITTEN)
    assert ended == f"{head}[{sign}]{gap}{text} ({state.value} 2026-11-23)"
    assert parse(ended).text == parse(line).text
    assert (parse(ended).state, parse(ended).ended) == (state, WRITTEN)


@given(heads, gaps, texts)
def test_ending_keeps_the_day_and_the_owner(head: str, gap: str, text: str) -> None:
    before = parse(f"{head}[ ]{gap}{text}")
    after = parse(end_task(f"{head}[ ]{gap}{text}", State.DONE, LATER))
    assert (after.due, after.owner) == (before.due, before.owner)


@given(heads, gaps, texts)
def test_carrying_writes_one_day_and_changes_nothing_else(head: str, gap: str, text: str) -> None:
    line, mark = f"{head}[ ]{gap}{text}", "(due 2027-01-31)"
    places = [found.span() for piece in DUE for found in re.finditer(re.escape(piece), line)]
    carried = carry_task(line, LATER, read_due)
    assert carried in [f"{line} {mark}", *(f"{line[:start]}{mark}{line[end:]}" for start, end in places)]
    assert carried.count(mark) == 1
    before, after = parse(line), parse(carried)
    assert (after.text, after.owner, after.state) == (before.text, before.owner, before.state)
    assert after.due == LATER


@given(heads, gaps, texts)
def test_carrying_twice_is_carrying_once_to_the_later_day(head: str, gap: str, text: str) -> None:
    line = f"{head}[ ]{gap}{text}"
    assert carry_task(carry_task(line, LATER, read_due), LATEST, read_due) == carry_task(line, LATEST, read_due)


@pytest.mark.parametrize(
    ("line", "carried"),
    [
        ("- [ ] Rest", "- [ ] Rest (due 2027-01-31)"),
        ("- [ ] Rest (due Friday)", "- [ ] Rest (due 2027-01-31)"),
        ("- [ ] Rest (by Friday) (who: Ann)", "- [ ] Rest (due 2027-01-31) (who: Ann)"),
        ("- [ ] Rest (due to her fall)", "- [ ] Rest (due to her fall) (due 2027-01-31)"),
        ("- [ ] Rest (due 2026-12-01) (due Friday)", "- [ ] Rest (due 2026-12-01) (due 2027-01-31)"),
        ("- [ ] Rest (due Friday).", "- [ ] Rest (due 2027-01-31)."),
        ("- [ ] Rest  ", "- [ ] Rest (due 2027-01-31)"),
    ],
)
def test_the_new_day_stands_where_the_old_one_stood_or_at_the_end(line: str, carried: str) -> None:
    assert carry_task(line, LATER, read_due) == carried


@pytest.mark.parametrize("line", ["", "Ring Ann", "- [ ]", "- [ ] Ring\n- [ ] Ann"])
def test_what_is_no_action_is_neither_ended_nor_carried(line: str) -> None:
    with pytest.raises(ValueError, match="not a line of a task list"):
        end_task(line, State.DONE, WRITTEN)
    with pytest.raises(ValueError, match="not a line of a task list"):
        carry_task(line, LATER, read_due)


@pytest.mark.parametrize("head", ["", *(f"{head}[ ] " for head in HEADS)])
def test_a_line_known_to_hold_an_action_is_read_with_its_box_or_without(head: str) -> None:
    assert parse_loose_task(f"{head}Ring Ann (due 2026-12-01)") == Action(text="Ring Ann", due=date(2026, 12, 1))


@pytest.mark.parametrize("line", ["- [ ]", "[ ]", "- [x]", "* [ ]  ", "- [ ] (due 2026-12-01)"])
def test_a_box_alone_has_no_words(line: str) -> None:
    assert not parse_loose_task(line).text


@pytest.mark.parametrize("text", ["(due 31/02/2026)", "(by 2026-02-31) (who: Ann)", "(due 5 Octember)"])
def test_a_day_that_cannot_be_meant_is_refused_where_it_was_just_typed(text: str) -> None:
    with pytest.raises(ReflectError):
        parse_loose_task(f"Ring Ann {text}")


@pytest.mark.parametrize("text", ["(due to her fall)", "(by phone)", "(who: 2 of us)"])
def test_what_begins_with_no_digit_is_never_refused(text: str) -> None:
    assert parse_loose_task(f"Ring Ann {text}").to_text().startswith("- [ ] Ring Ann")


@pytest.mark.parametrize("middle", [" ", "\t", "(", "()", " due ", "(due ", "(due 2026-12-01) ", "(who: "])
def test_a_very_long_line_is_read_at_once(middle: str) -> None:
    line = f"- [ ] a{middle * (30_000 // len(middle))}b"
    start = time.process_time()
    action = parse(line)
    assert action.text == line.removeprefix("- [ ] ")
    assert not action.has_unread_day
    assert time.process_time() < start + 0.5

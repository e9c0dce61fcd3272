from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_cli.core.action import State, carry_task, end_task
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import ID_LETTERS
from compassion_cli.formats.dates import read_due, read_written_due
from compassion_cli.formats.task_list import Task, digest_words, find_body, list_tasks

WRITTEN, TODAY, LATER = date(2026, 11, 23), date(2026, 12, 24), date(2027, 1, 31)
FILE_ID = "2026-11-23-tool3-self-k7m2"
HEAD = '+++\nid = "x"\nauthor = "Ann"\ntags = """\n- [ ] Not an action\n"""\n+++\n\n# Four lenses\n\n'
#: None of these says when, though each looks as if it did.
ODD = ["(due to her fall)", "(by phone)", "(due soon)", "(by 2 people)", "(due 2026-12-01) (due soon)", "(by Ann)"]
MARKS = ["", "(due 2026-12-01)", "(due Friday)", "(who: Bea)", "(who: Bea) (due Friday)", "(due Friday) (who: Bea)"]

words = st.lists(
    st.sampled_from(["Ring Ann", "rest", "🙂", "café", "[x]", *ODD, *MARKS[1:]])
    | st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=5),
    min_size=1,
    max_size=4,
).map(" ".join)
rows = st.lists(words.map("- [ ] {}".format) | words.map("  * [x] {}".format) | words, max_size=6)


def read(said: str) -> date:
    return read_written_due(said, WRITTEN)


def tasks_in(*rows: str, head: str = HEAD, end: str = "\n", file_id: str = FILE_ID) -> list[Task]:
    return list(list_tasks(end.join([*head.split("\n"), *rows, ""]), file_id, read))


def ids_in(*rows: str, end: str = "\n") -> list[str]:
    return [task.id for task in tasks_in(*rows, end=end)]


def digest(*rows: str, head: str = HEAD) -> str:
    return digest_words(head + "\n".join([*rows, ""]))


def test_an_action_knows_its_line_and_has_a_name_of_eight_characters() -> None:
    tasks = tasks_in("Words", "- [ ] Ring Ann", "", "1. [x] Rest (done 2026-11-30)")
    lines = [*HEAD.split("\n"), "Words", "- [ ] Ring Ann", "", "1. [x] Rest (done 2026-11-30)"]
    assert [lines[task.place] for task in tasks] == ["- [ ] Ring Ann", "1. [x] Rest (done 2026-11-30)"]
    assert all(re.fullmatch(f"[{ID_LETTERS}]{{8}}", task.id) for task in tasks)


@given(rows)
def test_every_line_with_a_box_is_an_action_and_no_other_is(lines: list[str]) -> None:
    tasks = tasks_in(*lines)
    first = len(HEAD.split("\n"))
    assert [task.place - first for task in tasks] == [
        n for n, line in enumerate(lines) if re.match(r"[ *-]+\[.\] ", line)
    ]
    assert len({task.id for task in tasks}) == len(tasks)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_holds_no_action(end: str) -> None:
    assert [task.action.text for task in tasks_in("- [ ] Ring Ann", end=end)] == ["Ring Ann"]


def test_a_fence_further_down_is_a_line_like_any_other() -> None:
    assert len(tasks_in("- [ ] Ring Ann", "+++", "- [ ] Rest")) == 2


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["+++", "a = 1", "+++", "Words"], 3),
        (["\ufeff+++\r", "+++\r", "Words"], 2),
        (["+++", "+++ ", "Words", "+++"], 2),
        (["Words"], 0),
        (["+++"], 0),
        ([""], 0),
        ([], 0),
    ],
)
def test_the_body_begins_after_the_second_fence(lines: list[str], place: int) -> None:
    assert find_body(lines) == place


@pytest.mark.parametrize(
    "line",
    [
        "- [x] Ring Ann",
        "- [X] Ring Ann",
        "- [-] Ring Ann",
        "* [ ] Ring Ann",
        "  3) [ ]   Ring  Ann  ",
        "- [ ] Ring\tAnn",
        "- [ ] Ring\xa0Ann",
        "- [ ] Ring Ann (due 2026-12-01)",
        "- [ ] Ring Ann (by Friday) (who: Bea)",
        "- [x] Ring Ann (done 2026-11-30)",
        "- [-] Ring Ann (due Friday) (dropped 2026-11-30)",
    ],
)
def test_a_name_stays_whatever_is_done_with_the_action(line: str) -> None:
    assert ids_in(line) == ids_in("- [ ] Ring Ann")


@pytest.mark.parametrize("box", [" ", "-", "x"])
@pytest.mark.parametrize(
    "done", ["- [x] Ring Ann (due Friday) (done 2026-11-30)", "- [-] Ring Ann (dropped 2026-11-30)"]
)
def test_a_name_stays_when_somebody_changes_the_box_by_hand(done: str, box: str) -> None:
    assert ids_in(f"- [{box}]{done[5:]}") == ids_in("- [ ] Ring Ann")


def test_a_name_stays_when_the_line_moves_or_another_comes_above() -> None:
    name = ids_in("- [ ] Ring Ann")[0]
    assert ids_in("- [ ] Rest", "Words", "", "- [ ] Ring Ann")[1] == name
    assert ids_in("- [ ] Ring Ann", "- [ ] Rest")[0] == name
    assert ids_in("- [ ] Ring Ann", end="\r\n") == [name]


@given(words, st.sampled_from([State.DONE, State.DROPPED]))
def test_a_name_stays_when_the_program_ends_or_carries_the_action(text: str, state: State) -> None:
    line = f"- [ ] {text}"
    carried = carry_task(line, LATER, read)
    assert (
        ids_in(line)
        == ids_in(carried)
        == ids_in(end_task(carried, state, TODAY))
        == ids_in(end_task(line, state, TODAY))
    )


@pytest.mark.parametrize("line", ["- [ ] Ring Anne", "- [ ] ring Ann", "- [ ] Ring Ann.", "- [ ] Ring Ann (by phone)"])
def test_a_name_is_another_when_the_words_are(line: str) -> None:
    assert ids_in(line) != ids_in("- [ ] Ring Ann")


def test_a_name_is_another_in_another_file() -> None:
    assert tasks_in("- [ ] Ring Ann", file_id="other")[0].id != ids_in("- [ ] Ring Ann")[0]


def test_equal_lines_have_names_of_their_own_that_stay_when_one_is_done() -> None:
    names = ids_in("- [ ] Ring Ann", "- [ ] Ring  Ann (due Friday)", "- [ ] Ring Ann")
    assert len(set(names)) == 3
    assert ids_in("- [x] Ring Ann (done 2026-11-30)", "- [ ] Ring Ann", "- [-] Ring Ann") == names


def test_a_day_is_read_as_of_when_it_was_written() -> None:
    assert tasks_in("- [ ] Ring Ann (due tomorrow)")[0].action.due == date(2026, 11, 24)


@pytest.mark.parametrize("written", [date.max, date.min], ids=str)
@pytest.mark.parametrize(
    "said",
    ["tomorrow", "yesterday", "next month", "last year", "Friday", "in 9 weeks", "29 February", "March", "today"],
)
def test_a_file_that_says_it_was_written_at_the_end_of_time_stops_nothing(written: date, said: str) -> None:
    text = f"{HEAD}- [ ] Ring Ann (due {said})\n"
    assert len(list(list_tasks(text, FILE_ID, lambda said: read_written_due(said, written)))) == 1


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("state", [State.DONE, State.DROPPED])
def test_following_up_is_no_change_of_words(mark: str, state: State) -> None:
    line = f"- [ ] Ring Ann {mark}".rstrip()
    carried = carry_task(line, LATER, read)
    assert (
        digest(line)
        == digest(carried)
        == digest(end_task(line, state, TODAY))
        == digest(end_task(carried, state, TODAY))
    )


@pytest.mark.parametrize("odd", ODD)
def test_following_up_an_action_with_odd_brackets_is_no_change_of_words(odd: str) -> None:
    line = f"- [ ] Ring Ann {odd}"
    assert digest(line) == digest(end_task(line, State.DONE, TODAY))
    assert digest(line) == digest(carry_task(line, LATER, read))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\ufeff{text}",
        lambda text: f"{text}\n\n \n",
        lambda text: text.rstrip(),
        lambda text: text.replace("Words\n", "Words  \n"),
        lambda text: text.replace('author = "Ann"', 'author = "Ann"\nmood = "good"'),
    ],
    ids=["windows", "marked", "blank lines", "no line end", "spaces", "front matter"],
)
def test_what_an_editor_does_is_no_change_of_words(change: Callable[[str], str]) -> None:
    text = f"{HEAD}Words\n- [ ] Ring Ann\nMore\n"
    assert digest_words(change(text)) == digest_words(text)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("Words", "words"),
        ("Words", "Word"),
        ("Words", "Words\n\nMore"),
        ("Words", "Words!"),
        ("2) Words", "2 Words"),
        ("- Ring Ann", "- [ ] Ring Ann"),
        ("- [ ] Ring Ann", "- [ ] Ring Bea"),
        ("- [ ] Ring Ann (due 2026-12-01)", "- [ ] Ring Bea (due 2026-12-01)"),
        ("- [ ] Ring Ann (who: Bea)", "- [ ] Ring Ann (who: Cy)"),
        ("- [ ] Ring Ann (who: Bea)", "- [ ] Ring Ann"),
        ("- [ ] Ring Ann (due to her fall)", "- [ ] Ring Ann (due to her stroke)"),
        ("- [ ] Ring Ann (due to her fall)", "- [ ] Ring Ann"),
        ("- [ ] Ring Ann (by phone)", "- [ ] Ring Ann (by letter)"),
        ("- [ ] Ring Ann", "- [ ] Ring Ann\n- [ ] Ring Ann"),
        ("- [ ] Ring Ann\n- [ ] Rest", "- [ ] Rest\n- [ ] Ring Ann"),
    ],
)
def test_any_other_word_is_a_change(line: str, other: str) -> None:
    assert digest(line) != digest(other)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2019-01-01", date(2019, 1, 1)),
        ("1 December 2026", date(2026, 12, 1)),
        ("1 December 2019", date(2019, 12, 1)),
        ("1 December", date(2026, 12, 1)),
        ("1 November", date(2027, 11, 1)),
        ("today", date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("Monday", date(2026, 11, 30)),
        ("Friday", date(2026, 11, 27)),
        ("last Friday", date(2026, 11, 20)),
        ("in two weeks", date(2026, 12, 7)),
        ("two weeks ago", date(2026, 11, 9)),
        ("next month", date(2026, 12, 31)),
    ],
)
def test_a_day_in_a_file_is_the_one_that_was_meant_when_it_was_written(said: str, day: date) -> None:
    assert read_written_due(said, WRITTEN) == day


@pytest.mark.parametrize("said", ["to her fall", "phone", "2026-02-31", "31/11/2026", "2026", "", "9 9 9", "999 years"])
def test_what_is_no_day_is_refused(said: str) -> None:
    with pytest.raises(ReflectError):
        read_written_due(said, WRITTEN)


@pytest.mark.parametrize("said", ["yesterday", "1 December 2019", "two weeks ago"])
def test_a_day_that_is_typed_in_words_lies_ahead(said: str) -> None:
    with pytest.raises(ReflectError):
        read_due(said, WRITTEN)


def test_a_day_that_is_typed_in_figures_may_be_past() -> None:
    assert read_due("2019-01-01", WRITTEN) == date(2019, 1, 1)

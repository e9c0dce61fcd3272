from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compassion_cli.core.action import Action, State
from compassion_cli.core.action_order import concerns, is_overdue, rank_action, say_whose, shorten_ids
from compassion_cli.core.form import ID_LETTERS, Entry

TODAY = date(2026, 11, 23)
ids = st.sets(
    st.text(alphabet=ID_LETTERS, min_size=8, max_size=8) | st.text(alphabet="23", min_size=8, max_size=8), max_size=40
)


def entry_by(author: str) -> Entry:
    return Entry(
        id="2026-11-23-tool3-self-k7m2",
        created=datetime(2026, 11, 23, 12, tzinfo=UTC),
        author=author,
        pack="tool3",
        pack_version=1,
        title="Four lenses",
        sections=(),
    )


def due(day: int, month: int = 11, state: State = State.OPEN) -> Action:
    return Action(text=f"{day}.{month}", due=date(2026, month, day), state=state)


def test_overdue_come_first_then_what_is_due_soonest_then_the_oldest() -> None:
    written = {"never, old": date(2026, 1, 1), "never, new": date(2026, 11, 1)}
    found = [
        Action(text="never, new"),
        due(1, 12),
        due(22),
        Action(text="never, old"),
        due(23),
        due(2, 3),
    ]
    found.sort(key=lambda action: rank_action(action, written.get(action.text, TODAY), TODAY))
    assert [action.text for action in found] == ["2.3", "22.11", "23.11", "1.12", "never, old", "never, new"]


def test_what_has_ended_comes_last_and_the_latest_first() -> None:
    days = [date(2026, 11, 20), date(2026, 11, 22), None, date(2026, 11, 21)]
    found = [Action(text=f"{day}", state=State.DONE, due=date(2026, 1, 1), ended=day) for day in days]
    found += [Action(text="open")]
    found.sort(key=lambda action: rank_action(action, date(2026, 11, 1), TODAY))
    assert [action.text for action in found] == ["open", "2026-11-22", "2026-11-21", "2026-11-20", "None"]


@pytest.mark.parametrize(
    ("action", "answer"),
    [
        (due(22), True),
        (due(23), False),
        (due(24), False),
        (due(22, state=State.DONE), False),
        (due(22, state=State.DROPPED), False),
        (Action(text="Rest"), False),
    ],
)
def test_overdue_is_what_is_open_and_was_due_before_today(action: Action, *, answer: bool) -> None:
    assert is_overdue(action, TODAY) is answer


@given(st.lists(st.none() | st.dates()), st.dates())
def test_nothing_comes_before_what_is_overdue_longer(days: list[date | None], today: date) -> None:
    actions = [Action(text="Rest", due=day) for day in days]
    actions.sort(key=lambda action: rank_action(action, today, today))
    kinds = [0 if is_overdue(action, today) else 1 if action.due else 2 for action in actions]
    given_days = [action.due for action in actions if action.due]
    assert kinds == sorted(kinds)
    assert given_days == sorted(given_days)


@given(ids)
@example({"22222222", "22222223", "22222233", "22233333"})
def test_a_short_name_begins_one_id_alone_and_is_as_short_as_can_be(names: set[str]) -> None:
    short = shorten_ids(names)
    assert short.keys() == names
    for one, name in short.items():
        assert [other for other in names if other.startswith(name)] == [one]
        assert len(name) >= 4
        assert len(name) == 4 or len([other for other in names if other.startswith(name[:-1])]) > 1


@given(ids)
def test_an_id_that_comes_twice_has_one_name(names: set[str]) -> None:
    assert shorten_ids([*names, *names]) == shorten_ids(names)


@pytest.mark.parametrize(
    ("owner", "author", "holder", "said"),
    [
        ("", "Ann", "Ann", "Ann"),
        ("", "Ann", "Bea", "Ann and Bea"),
        ("the night team", "Ann", "Bea", "the night team"),
        ("Ann", "Ann", "Ann", "Ann"),
    ],
)
def test_an_action_is_its_owners_or_that_of_who_wrote_it(owner: str, author: str, holder: str, said: str) -> None:
    assert say_whose(Action(text="Rest", owner=owner), entry_by(author), entry_by(holder)) == said


@pytest.mark.parametrize("other", ["ann lee", "ANN LEE", "Ann  Lee", " Ann Lee "])
def test_one_person_whose_name_is_spelt_in_two_ways_is_named_once(other: str) -> None:
    assert say_whose(Action(text="Rest"), entry_by("Ann Lee"), entry_by(other)) == "Ann Lee"


@pytest.mark.parametrize("name", ["Ann Lee", "ann lee", "ANN  LEE", " Ann\xa0Lee "])
@pytest.mark.parametrize(
    ("owner", "author", "holder"), [("ann lee", "Bea", "Cy"), ("", "ANN Lee", "Cy"), ("Bea", "Cy", "Ann  Lee")]
)
def test_an_action_concerns_its_owner_and_both_who_wrote(name: str, owner: str, author: str, holder: str) -> None:
    assert concerns(Action(text="Rest", owner=owner), entry_by(author), entry_by(holder), name)


@pytest.mark.parametrize("name", ["Ann", "Lee", "Ann Leeson", "AnnLee", "Dee"])
def test_an_action_concerns_nobody_else(name: str) -> None:
    assert not concerns(Action(text="Ring Dee", owner="Ann Lee"), entry_by("Bea"), entry_by("Cy"), name)

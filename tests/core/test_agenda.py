from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from compassion_cli.core.action import Action, State
from compassion_cli.core.agenda import Agenda, Followed, Written, make_agenda
from compassion_cli.core.form import Entry, Setting

TODAY = date(2026, 11, 23)


def written(author: str, days_ago: int, journal: str, *, meeting: bool = False) -> Written:
    created = datetime(2026, 11, 23, 12, tzinfo=UTC) - timedelta(days=days_ago)
    entry = Entry(
        id=f"{created.date()}-tool3-{author.lower()}-k7m2",
        created=created,
        author=author,
        pack="tool3",
        pack_version=1,
        title="Four lenses",
        setting=Setting.SUPERVISION if meeting else None,
        sections=(),
    )
    return Written(entry, (), journal)


def followed(one: Written, text: str = "Rest", *, owner: str = "", **how: object) -> Followed:
    return Followed(Action(text=text, owner=owner, **how), one.entry, one.entry, one.journal)  # type: ignore[arg-type]


def page(*all_written: Written, actions: tuple[Followed, ...] = (), person: str = "", reader: str = "") -> Agenda:
    return make_agenda(all_written, actions, (), (), person=person, today=TODAY, since=None, reader=reader)


def test_a_meeting_with_somebody_else_is_no_meeting_of_this_person() -> None:
    sams = [written("Sam", 34, "sam", meeting=True), written("Sam", 13, "sam")]
    priyas = [written("Priya", 3, "priya", meeting=True), written("Priya", 2, "priya")]
    agenda = page(*sams, *priyas, person="Sam")
    assert agenda.meeting == sams[0].entry
    assert agenda.recent == (sams[1],)


@pytest.mark.parametrize(("others", "is_theirs"), [([], True), (["Sam"], True), (["Priya"], False)])
def test_a_meeting_that_the_supervisor_wrote_up_counts_where_nobody_else_writes(
    others: list[str], *, is_theirs: bool
) -> None:
    meeting = written("Alex", 10, "shared", meeting=True)
    rest = [written(name, 5, "shared") for name in ["Sam", *others]]
    assert page(meeting, *rest, person="sam").meeting == (meeting.entry if is_theirs else None)


def test_a_journal_is_not_of_two_alone_where_a_third_responds_or_reads() -> None:
    zeds = written("Zed", 10, "team", meeting=True)
    sams = [written("Sam", 50, "team", meeting=True), written("Sam", 20, "team")]
    answered = sams[1]._replace(reviews=(written("Sup", 19, "team").entry,))
    assert page(zeds, *sams, person="Sam").meeting == zeds.entry
    assert page(zeds, sams[0], answered, person="Sam").meeting == sams[0].entry
    assert page(zeds, *sams, person="Sam", reader="Sup").meeting == sams[0].entry
    assert page(zeds, *sams, person="Sam", reader="zed").meeting == zeds.entry


def test_a_meeting_as_early_as_a_day_can_be_is_one() -> None:
    meeting = written("Sam", (TODAY - date(1, 1, 5)).days, "sam", meeting=True)
    done = followed(meeting, "long ago", state=State.DONE)
    assert page(meeting, actions=(done,), person="Sam").since == date(1, 1, 5)


def test_a_meeting_of_the_supervisor_with_somebody_else_counts_for_nobody() -> None:
    own = written("Alex", 3, "alex", meeting=True)
    assert page(own, written("Sam", 5, "sam"), person="Sam").meeting is None
    assert page(own, written("Sam", 5, "sam")).meeting is None
    assert page(own).meeting == own.entry


def test_what_concerns_somebody_in_a_journal_of_others_is_not_on_their_page() -> None:
    sam, priya = written("Sam", 5, "sam"), written("Priya", 5, "priya")
    team = [written("Sam", 5, "team"), written("Priya", 4, "team")]
    actions = (
        followed(priya, "Cover for Priya", owner="Sam"),
        followed(team[1], "Cover in the team", owner="Sam"),
        followed(sam, "Rest"),
        followed(team[1], "Ring"),
    )
    found = page(sam, priya, *team, actions=actions, person="Sam").open
    assert {one.action.text for one in found} == {"Cover in the team", "Rest"}
    assert len(page(sam, priya, *team, actions=actions).open) == len(actions)


def test_what_was_ticked_by_hand_without_a_day_has_ended_unless_it_is_old() -> None:
    new, old = written("Sam", 40, "sam"), written("Sam", 200, "sam")
    actions = (
        followed(new, "by hand", state=State.DONE),
        followed(old, "long ago", state=State.DONE),
        followed(old, "dropped now", state=State.DROPPED, ended=TODAY),
        followed(new, "done before", state=State.DONE, ended=TODAY - timedelta(days=39)),
        followed(new, "open"),
    )
    agenda = page(new, old, actions=actions)
    assert [one.action.text for one in agenda.ended] == ["dropped now", "by hand"]
    assert [one.action.text for one in agenda.open] == ["open"]


def test_what_is_overdue_stands_apart_from_what_is_open_or_has_ended() -> None:
    one = written("Sam", 40, "sam")
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    agenda = page(
        one,
        actions=(
            followed(one, "late", due=yesterday),
            followed(one, "early", due=tomorrow),
            followed(one, "some day"),
            followed(one, "late and done", due=yesterday, state=State.DONE, ended=TODAY),
        ),
    )
    assert [each.action.text for each in agenda.overdue] == ["late"]
    assert sorted(each.action.text for each in agenda.open) == ["early", "some day"]
    assert [each.action.text for each in agenda.ended] == ["late and done"]

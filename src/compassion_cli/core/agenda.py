"""What belongs on the page for a supervision meeting, chosen from what was written. Nothing private does."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from compassion_cli.core.action import Action, State
from compassion_cli.core.action_order import concerns, is_overdue, rank_action, say_whose
from compassion_cli.core.form import Entry, Setting
from compassion_cli.core.pack import Kind, Pack, Question, Section
from compassion_cli.core.pack_heading import PackHeading
from compassion_cli.core.review import find_answers, is_same_person

#: The tag with which someone flags an entry for supervision, and other words for it.
FLAGS = ("supervision", "for-supervision")
#: How long a lens may rest before it is worth a word; how far back visits to it are looked for.
A_WHILE = timedelta(days=90)
LOOKING_BACK = timedelta(days=365)
#: Where no meeting is recorded: supervision is monthly, as a rule.
A_MONTH = timedelta(days=28)
_OPENING_QUESTIONS = 3
#: A section of fewer is no conversation by itself: its questions belong to something that is being done.
_FEWEST_QUESTIONS = 3


class Written(NamedTuple):
    """An entry, the responses to it, and the journal they are in: its name, else its folder."""

    entry: Entry
    reviews: tuple[Entry, ...]
    journal: str = ""


class Followed(NamedTuple):
    """An action, the entry it belongs to, the entry or response it is in, and their journal, as in ``Written``."""

    action: Action
    entry: Entry
    holder: Entry
    journal: str = ""

    @property
    def whose(self) -> str:
        """Return whose it is."""
        return say_whose(self.action, self.entry, self.holder)


class Resting(NamedTuple):
    """The sections of a pack that nobody has been to for a while, each with its last day; no day for never."""

    pack: PackHeading
    sections: tuple[tuple[str, date | None], ...]
    is_used: bool


class Opener(NamedTuple):
    """A question to begin with."""

    question: Question
    pack: Pack
    number: str


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """Everything that is on the page.

    Attributes:
        person: Whose meeting it is; empty where it is that of everyone in the journal.
        meeting: The last meeting, where one is recorded.
        since: The day from which entries are on the page.
    """

    today: date
    person: str
    meeting: Entry | None
    since: date
    recent: tuple[Written, ...]
    waiting: tuple[Written, ...]
    flagged: tuple[Written, ...]
    overdue: tuple[Followed, ...]
    open: tuple[Followed, ...]
    ended: tuple[Followed, ...]
    resting: tuple[Resting, ...]
    openers: tuple[Opener, ...]


def find_last_meeting(written: Sequence[Written], person: str, today: date, reader: str = "") -> Entry | None:
    """Return the last entry that was written in supervision before today.

    It is a meeting of someone where they wrote it, or someone else did in a journal that is of those two alone:
    nobody else has written or responded there, or is reading it. With no person, it is a meeting of all who write in
    the one journal there is, and of nobody where there are several.
    """
    people: dict[str, set[str]] = {}
    for one in written:
        names = {one.entry.author, *(review.author for review in one.reviews), reader or one.entry.author}
        people.setdefault(one.journal, set()).update(names)

    def is_theirs(one: Written) -> bool:
        author = one.entry.author
        if not person:
            return len(people) == 1
        if is_same_person(author, person):
            return True
        others = [name for name in people[one.journal] if not is_same_person(name, author)]
        return bool(others) and all(is_same_person(name, person) for name in others)

    meetings = [
        one.entry
        for one in written
        if one.entry.setting is Setting.SUPERVISION and one.entry.day < today and is_theirs(one)
    ]
    return max(meetings, key=lambda entry: entry.order, default=None)


def list_recent(written: Iterable[Written], since: date, meeting: Entry | None) -> tuple[Written, ...]:
    """Return what was written since a day, or since a meeting, which is not part of it; oldest first."""
    found = (one for one in written if (one.entry.order > meeting.order if meeting else one.entry.day >= since))
    return tuple(sorted(found, key=lambda one: one.entry.order))


def is_flagged(entry: Entry) -> bool:
    """Tell whether someone has flagged an entry for supervision."""
    return any(tag.casefold() in FLAGS for tag in entry.tags)


def is_waiting(written: Written) -> bool:
    """Tell whether nobody has responded to an entry but perhaps its author."""
    return not find_answers(written.entry, written.reviews)


def choose_actions(actions: Iterable[Followed], person: str, journals: Container[str], today: date) -> list[Followed]:
    """Return the actions that concern someone, or all; what is most pressing first.

    What concerns someone in a journal of others is not for their page: it is told in words they have never seen.
    """
    own = [
        one
        for one in actions
        if not person or (one.journal in journals and concerns(one.action, one.entry, one.holder, person))
    ]
    return sorted(own, key=lambda one: rank_action(one.action, one.holder.created.date(), today))


def has_ended(one: Followed, since: date) -> bool:
    """Tell whether an action is done or dropped since a day.

    Where someone ticked it by hand and noted no day, it is taken to be, unless it was written long before.
    """
    if one.action.state is State.OPEN:
        return False
    return (
        one.action.ended_on >= since if one.action.ended_on else one.holder.created.date() >= _go_back(since, A_MONTH)
    )


def _go_back(day: date, span: timedelta) -> date:
    # What a file says of its day may be as early as a day can be.
    return day - span if day - date.min > span else date.min


def find_visits(entries: Iterable[Entry]) -> dict[tuple[str, str], date]:
    """Return for each section, by pack and id, the last day on which something was written to it."""
    visits: dict[tuple[str, str], date] = {}
    for entry in entries:
        for section in entry.sections:
            key, day = (entry.pack, section.id), entry.day
            visits[key] = max(day, visits.get(key, day))
    return visits


def list_resting(
    headings: Iterable[PackHeading], visits: Mapping[tuple[str, str], date], today: date
) -> tuple[Resting, ...]:
    """Return what nobody has been to for a while, pack by pack; packs that are in use first."""
    found = []
    for pack in headings:
        days = [(section, visits.get((pack.id, section.id))) for section in pack.sections]
        resting = tuple((section.title, day) for section, day in days if day is None or today - day > A_WHILE)
        if resting:
            found.append(Resting(pack, resting, is_used=any(day for _, day in days)))
    return tuple(sorted(found, key=lambda one: not one.is_used))


def choose_openers(packs: Iterable[Pack], visits: Mapping[tuple[str, str], date], today: date) -> tuple[Opener, ...]:
    """Return two or three questions to begin with, from what has rested longest; others each week.

    None that may stir something up: such a question is nothing to begin with.
    """
    sections = [(pack, section) for pack in packs if Setting.SUPERVISION in pack.settings for section in pack.sections]
    sections.sort(key=lambda pair: visits.get((pair[0].id, pair[1].id), date.min))
    week = today.toordinal() // 7
    chosen: list[Opener] = []
    for pack, section in sections:
        questions = list(_list_openers(section))
        if len(questions) >= _FEWEST_QUESTIONS:
            number, question = questions[week % len(questions)]
            chosen.append(Opener(question, pack, question.id if question.id.isdigit() else str(number)))
    return tuple(chosen[:_OPENING_QUESTIONS])


def _list_openers(section: Section) -> Iterator[tuple[int, Question]]:
    if not section.care:
        for number, question in enumerate(section.questions, 1):
            if question.kind is Kind.TEXT and not question.care and question.when is None:
                yield number, question


def make_agenda(
    written: Sequence[Written],
    actions: Sequence[Followed],
    headings: Sequence[PackHeading],
    packs: Sequence[Pack],
    *,
    person: str,
    today: date,
    since: date | None,
    reader: str = "",
) -> Agenda:
    """Return the page for a meeting.

    Args:
        written: All that is shared, of the last year.
        actions: All that is shared.
        headings: Of the packs there are.
        packs: Those that opening questions are chosen from.
        person: Whose meeting it is; empty for everyone's.
        today: The day of the meeting.
        since: From which day on entries count; None for since the last meeting, or a month where none is recorded.
        reader: Who asks for the page.
    """
    meeting = None if since else find_last_meeting(written, person, today, reader)
    start = since or _find_start(meeting, today)
    own = _list_own(written, person)
    brought = _list_brought(own)
    recent = list_recent(brought, start, meeting)
    waiting = _list_unanswered(brought)
    visits = find_visits(one.entry for one in own)
    followed = choose_actions(actions, person, {one.journal for one in own}, today)
    return Agenda(
        today=today,
        person=person,
        meeting=meeting,
        since=start,
        recent=recent,
        waiting=waiting,
        flagged=_list_flagged((*waiting, *recent)),
        resting=list_resting(headings, visits, today),
        openers=choose_openers(packs, visits, today),
        overdue=tuple(one for one in followed if is_overdue(one.action, today)),
        open=_list_still_open(followed, today),
        ended=tuple(one for one in followed if has_ended(one, start)),
    )


def _find_start(meeting: Entry | None, today: date) -> date:
    return meeting.day if meeting else today - A_MONTH


def _list_own(written: Iterable[Written], person: str) -> list[Written]:
    return [one for one in written if not person or is_same_person(one.entry.author, person)]


def _list_brought(own: Iterable[Written]) -> list[Written]:
    # What was written in a meeting is its record, and nothing to bring to one.
    return [one for one in own if one.entry.setting is not Setting.SUPERVISION]


def _list_unanswered(brought: Iterable[Written]) -> tuple[Written, ...]:
    return tuple(sorted(filter(is_waiting, brought), key=lambda one: one.entry.order))


def _list_flagged(shown: Iterable[Written]) -> tuple[Written, ...]:
    """Return what is flagged of what is on the page, each once."""
    by_id = {one.entry.id: one for one in shown}
    return tuple(one for one in by_id.values() if is_flagged(one.entry))


def _list_still_open(followed: Iterable[Followed], today: date) -> tuple[Followed, ...]:
    return tuple(one for one in followed if one.action.state is State.OPEN and not is_overdue(one.action, today))

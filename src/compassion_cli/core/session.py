"""A session: which questions are asked, in what order, and what has been answered so far. It asks nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from compassion_cli.core.action import DateReader, read_iso_date
from compassion_cli.core.answer import Answer, ChoiceAnswer
from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import CARE, OPTION, Form, FormQuestion, FormSection, Reviewed, Setting
from compassion_cli.core.pack import Kind, Pack, Question, Section
from compassion_cli.core.text import clean, enumerate_words


@dataclass(frozen=True)
class Item:
    """A question in its section, with the number it is known by."""

    section: Section
    question: Question
    number: str

    @property
    def key(self) -> str:
        """Return what names it within its pack, as in ``self.1``."""
        return f"{self.section.id}.{self.question.id}"

    @property
    def needs_care(self) -> bool:
        """Tell whether it may bring up difficult feelings."""
        return self.question.care or self.section.care

    @property
    def guidance(self) -> tuple[str, ...]:
        """Return the short lines under its wording."""
        return self.question.parts + self._options

    @property
    def _options(self) -> tuple[str, ...]:
        question = self.question
        lines = [f"{OPTION}{number}: {choice.label}" for number, choice in enumerate(question.choices, 1)]
        if question.scale:
            lines.append(f"{OPTION}1 ({question.scale.low}) to {question.scale.steps} ({question.scale.high})")
        if question.kind is Kind.ACTIONS:
            lines.append(f"{OPTION}one thing on each line; who and when can follow: (who: team lead) (due 1 December)")
        return (*lines, question.note) if question.note else tuple(lines)


@dataclass(frozen=True)
class Session:
    """The state of one reflection. Every change gives a new one.

    Attributes:
        unsettled: Text by question that is no answer yet: half typed, or something the question cannot take.
        seen: Questions that have been put and left behind, answered or not.
        position: Where in ``items`` it stands; behind the last when all have been asked.
        earlier: Answered questions of a draft that its pack has dropped or put in other words since. Those words
            stay with the answer for as long as it stays the same.
        version: Of the pack as it was then; None where nothing in the session is older than the pack.
        people: How many take part.
        reviewed: What it responds to, where it will be a review.
        read_date: Reads a date by which an action is due.
    """

    pack: Pack
    items: tuple[Item, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    unsettled: Mapping[str, str] = field(default_factory=dict)
    loose: str = ""
    seen: frozenset[str] = frozenset()
    position: int = 0
    earlier: tuple[FormSection, ...] = ()
    version: int | None = None
    setting: Setting | None = None
    people: int | None = None
    tags: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    reviewed: Reviewed | None = None
    read_date: DateReader = field(default=read_iso_date, compare=False)

    @property
    def current(self) -> Item | None:
        """Return the question to ask now; None when all have been asked."""
        return self.items[self.position] if self.position < len(self.items) else None

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections its questions come from, in order."""
        return tuple({item.section.id: item.section for item in self.items}.values())

    @property
    def title(self) -> str:
        """Return what it is a reflection on: the pack and its sections."""
        return name_session(self.pack, [section.title for section in self.sections])

    @property
    def gone(self) -> tuple[FormQuestion, ...]:
        """Return the answered questions that the pack no longer asks."""
        asked = {item.key for item in self.items}
        return tuple(q for section in self.earlier for q in section.questions if q.key not in asked)

    @property
    def pending(self) -> tuple[str, ...]:
        """Return the keys of the questions still to be put or left half way."""
        return tuple(item.key for item in self.items if item.key not in self.seen or item.key in self.unsettled)

    @property
    def open_items(self) -> tuple[Item, ...]:
        """Return the questions that apply, as far as the answers so far can tell."""
        return tuple(item for item in self.items if self.applies(item))

    @property
    def minutes_left(self) -> int:
        """Return about how many minutes the questions still to be put will take."""
        left = [item.section for item in self.open_items if item.key not in self.seen]
        each = (self.pack.minutes_of(section) / len(self.pack.questions_of(section)) for section in left)
        return max(1, round(sum(each)))

    def applies(self, item: Item) -> bool:
        """Tell whether a question is asked: its condition is met, or not decided, or it has been answered already."""
        when = item.question.when
        if when is None or item.key in self.answers or item.key in self.unsettled:
            return True
        deciding = [other for other in self.items if other.question.id == when.question]
        nearest = [other for other in deciding if other.section.id == item.section.id] or deciding
        answers = [self.answers.get(other.key) for other in nearest]
        return not any(isinstance(a, ChoiceAnswer) and a.value not in when.values for a in answers)

    def answered(self, item: Item, answer: Answer | None) -> Session:
        """Record an answer; None means that it has no answer."""
        answers = {key: value for key, value in self.answers.items() if key != item.key}
        unsettled = {key: value for key, value in self.unsettled.items() if key != item.key}
        return replace(self, answers=answers | ({item.key: answer} if answer else {}), unsettled=unsettled)

    def unsettle(self, item: Item, text: str) -> Session:
        """Keep text that is no answer yet."""
        text = clean(text)
        if not text:
            return self.answered(item, None)
        return replace(self.answered(item, None), unsettled={**self.unsettled, item.key: text})

    def text_of(self, item: Item) -> str:
        """Return what stands under a question, finished or not."""
        answer = self.answers.get(item.key)
        return answer.to_text() if answer else self.unsettled.get(item.key, "")

    @property
    def has_answered_with_care(self) -> bool:
        """Tell whether a question was answered that may bring up difficult feelings."""
        return any(item.needs_care and self.text_of(item) for item in self.items)

    def only_answered(self) -> Session:
        """Return it as if nothing else had been asked than what was answered."""
        texts = {item.key: self.text_of(item) for item in self.items}
        # Of what was asked in other words before, an answer that was changed or deleted since is not kept beside.
        earlier = (
            replace(s, questions=tuple(q for q in s.questions if texts.get(q.key, q.text) == q.text))
            for s in self.earlier
        )
        answered = tuple(item for item in self.items if texts[item.key])
        return replace(self, items=answered, earlier=tuple(section for section in earlier if section.questions))

    def forward(self) -> Session:
        """Leave the current question behind and go to the next that applies.

        From a question that is put for the first time, as in a draft taken up again, those put before are passed by;
        someone who has gone back goes on one by one.
        """
        key = self.items[self.position].key
        passed = frozenset() if key in self.seen else self.seen
        later = [i for i in range(self.position + 1, len(self.items)) if self.items[i].key not in passed]
        position = next((i for i in later if self.applies(self.items[i])), len(self.items))
        return replace(self, seen=self.seen | {key}, position=position)

    def back(self) -> Session:
        """Go to the question before that applies; the first stays where it is."""
        earlier = range(self.position - 1, -1, -1)
        return replace(self, position=next((i for i in earlier if self.applies(self.items[i])), self.position))

    def at(self, item: Item) -> Session:
        """Go to a question."""
        return replace(self, position=self.items.index(item))

    def at_first_unseen(self) -> Session:
        """Go to the first question that applies and has not been put yet; behind the last where no question is left."""
        waiting = (i for i, item in enumerate(self.items) if item.key not in self.seen and self.applies(item))
        return replace(self, position=next(waiting, len(self.items)))

    def to_entry_form(self) -> Form:
        """Return what an entry holds: the questions that were answered, and no trace of the others."""
        form = self.only_answered().to_form()
        return replace(form, sections=tuple(replace(section, guidance=section.parts) for section in form.sections))

    def to_form(self) -> Form:
        """Return everything asked and written so far as a form."""
        ids = [section.id for section in self.sections]
        lost = [section for section in self.earlier if section.id not in ids]
        sections = (*(self._form_section(section) for section in self.sections), *lost)
        return Form(
            pack=self.pack.id,
            pack_version=self.version or self.pack.version,
            setting=self.setting,
            people=self.people,
            tags=self.tags,
            reviewed=self.reviewed,
            extra=self.extra,
            title=self.title,
            loose=self.loose,
            sections=sections,
        )

    def _form_section(self, section: Section) -> FormSection:
        asked = [self._form_question(item) for item in self.items if item.section.id == section.id]
        gone = [question for earlier in self.earlier if earlier.id == section.id for question in earlier.questions]
        gone = [question for question in gone if question in self.gone]
        guidance = list_lines_of(section, [item for item in self.items if item.section.id == section.id])
        return FormSection(id=section.id, title=section.title, guidance=guidance, questions=(*asked, *gone))

    def _form_question(self, item: Item) -> FormQuestion:
        text, answer = self.text_of(item), self.answers.get(item.key)
        for section in self.earlier:
            for question in section.questions:
                if question.key == item.key and question.text == text:
                    return replace(question, value=answer.value if isinstance(answer, ChoiceAnswer) else "")
        return FormQuestion(
            key=item.key,
            number=item.number,
            wording=item.question.text,
            guidance=item.guidance,
            text=text,
            value=answer.value if isinstance(answer, ChoiceAnswer) else "",
            asked=self.applies(item),
        )


def name_session(pack: Pack, sections: Sequence[str]) -> str:
    """Return the title of a session over sections of these titles."""
    return f"{pack.title}: {enumerate_words(sections, 'and')}" if sections else pack.title


def list_lines_of(section: Section, items: Sequence[Item]) -> tuple[str, ...]:
    """Return the short lines under the heading of a section in which these questions are asked.

    The last one names, before any of them is read, those that may bring up difficult feelings.
    """
    careful = [item.number for item in items if item.needs_care]
    if not careful:
        return (section.intro,) if section.intro else ()
    what = "These questions" if len(careful) == len(items) > 1 else "This question"
    if len(careful) < len(items):
        what = f"Question{'s' if len(careful) > 1 else ''} {enumerate_words(careful, 'and')}"
    care = CARE.format(what, "it" if len(careful) == 1 else "them")
    return (*((section.intro,) if section.intro else ()), f"{OPTION}{care}")


def begin_session(pack: Pack, sections: Iterable[Section], only: Iterable[str] = ()) -> Session:
    """Return a new session over some sections of a pack.

    Args:
        sections: The sections to ask, in the pack's order whatever order they are given in.
        only: Numbers, ids or keys of the questions wanted; all where there are none.

    Raises:
        UsageError: ``only`` names a question that is not there.
    """
    wanted_ids = {section.id for section in sections}
    items = [item for item in list_items(pack) if item.section.id in wanted_ids]
    wanted = list(only)
    for name in wanted:
        if not any(is_named(item, name) for item in items):
            numbers = enumerate_words(dict.fromkeys(item.number for item in items), "and")
            raise UsageError(f'there is no question "{name}" here', f"one of the questions here: {numbers}")
    chosen = tuple(item for item in items if not wanted or any(is_named(item, name) for name in wanted))
    return Session(pack=pack, items=chosen)


def list_items(pack: Pack) -> tuple[Item, ...]:
    """Return every question of a pack in its section, in order."""
    return tuple(
        Item(section, question, question.id if question.id.isdigit() else str(place))
        for section in pack.sections
        for place, question in enumerate(pack.questions_of(section), 1)
    )


def is_named(item: Item, name: str) -> bool:
    """Tell whether a word of ``--only`` means this question: its number, id or key."""
    return name.lower() in (item.number, item.question.id, item.key)

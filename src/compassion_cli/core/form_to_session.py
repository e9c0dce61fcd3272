"""A filled form or draft made into a session. Nothing of it is dropped; what is wrong with it is named.

A pack may have changed since the form was printed. An answer keeps the wording it was given to, and an answer whose
question is gone is kept beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compassion_cli.core.action import DateReader, read_iso_date
from compassion_cli.core.answer import check
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.form import OPTION, Form, FormQuestion, FormSection
from compassion_cli.core.pack import Kind, Pack
from compassion_cli.core.session import Item, Session, list_items, name_session


@dataclass(frozen=True)
class Filling:
    """The session a form stands for, and what is wrong with the form, a sentence each.

    Attributes:
        oddities: What is not as the program wrote it, such as a heading that has been changed.
        misfits: Answers that their questions cannot take.
    """

    session: Session
    oddities: tuple[str, ...]
    misfits: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """Return everything that is wrong with it."""
        return (*self.oddities, *self.misfits)


def fill(pack: Pack, form: Form, read_date: DateReader = read_iso_date) -> Filling:
    """Read a filled form as answers to its pack.

    The session goes on with the first question that is waiting. Text that no question can take is in it, unsettled,
    and a fault; so is text that stands under no question.
    """
    return _Reading(pack, form).fill(read_date)


class _Reading:
    """One form, read with one pack."""

    def __init__(self, pack: Pack, form: Form) -> None:
        self._pack = pack
        self._known = {item.key: item for item in list_items(pack)}
        self._is_of_this_version = form.pack_version == pack.version
        self._quoted: list[str] = []
        self._original = form
        self._written = _list_written(form)
        chosen = [section.title for section in pack.sections if section.id in {own.id for own in form.sections}]
        title, added = self._split_heading(form.title, name_session(pack, chosen))
        sections = tuple(map(self._read_section, form.sections))
        self._form = replace(form, title=title, loose=_join(added, form.loose), sections=sections)

    def _split_heading(self, heading: str, known: str) -> tuple[str, str]:
        """Return a heading, and what somebody wrote at its end instead of below it."""
        length = next(self._written)
        if length is None:
            is_longer = self._is_of_this_version and heading.startswith(known)
            length = len(known) if is_longer else len(heading)
        return heading[:length], heading[length:].strip()

    def _read_section(self, section: FormSection) -> FormSection:
        """Return a section with what somebody wrote into its heading, or quoted right under it, as text below."""
        own = next((own for own in self._pack.sections if own.id == section.id), None)
        title, added = self._split_heading(section.title, own.title if own else section.title)
        said: Sequence[str | None] = section.guidance
        count = next(self._written)
        if count is not None:
            said = section.guidance[:count]
        elif self._is_of_this_version and own:
            said = (own.intro,)
        quoted = [line for line in section.guidance if line not in said]
        return replace(
            section,
            title=title,
            guidance=tuple(line for line in section.guidance if line not in quoted),
            loose=_join(added, *(f"> {line}" for line in quoted), section.loose),
            questions=tuple(map(self._read_question, section.questions)),
        )

    def _read_question(self, question: FormQuestion) -> FormQuestion:
        item = self._known.get(question.key)
        wording, added = self._split_heading(question.wording, item.question.text if item else question.wording)
        said = self._find_said(question, item, next(self._written))
        has_options = item is not None and item.question.kind is not Kind.TEXT
        quoted = [line for line in question.guidance if line not in said and not (has_options and line[:2] == OPTION)]
        return replace(
            question,
            wording=wording,
            guidance=tuple(line for line in question.guidance if line not in quoted),
            text=_join(added, *(f"> {line}" for line in quoted), question.text),
        )

    def _find_said(self, question: FormQuestion, item: Item | None, count: int | None) -> tuple[str, ...]:
        """Return the lines right under a heading that are the program's own."""
        if count is not None:
            return question.guidance[:count]
        if item is None:
            return question.guidance
        if self._is_of_this_version:
            return item.guidance
        # These lines may be the other version's own.
        if not question.text.strip() and not set(question.guidance).issubset(item.guidance):
            self._quoted.append(_name(item))
        return question.guidance

    def fill(self, read_date: DateReader) -> Filling:
        form, texts = self._form, self._gather_texts()
        session = Session(
            pack=self._pack,
            items=tuple(item for key, item in self._known.items() if key in texts),
            loose="\n\n".join(piece for _, piece in self._list_loose()),
            setting=form.setting,
            people=form.people,
            tags=form.tags,
            extra=form.extra,
            reviewed=form.reviewed,
            read_date=read_date,
            seen=frozenset(texts).difference(form.waiting),
        )
        oddities = [*self._find_stray_text(), *self._find_strange_questions(session)]
        misfits: list[str] = []
        for item in session.items:
            oddities += self._find_swallowed(texts[item.key])
            try:
                session = session.answered(item, check(item.question, texts[item.key], read_date))
            except AnswerFaultError as error:
                misfits.append(f"{_name(item)}: {error.what}")
                session = session.unsettle(item, texts[item.key])
        if earlier := self._find_earlier(session):
            session = replace(session, earlier=earlier, version=form.pack_version)
        return Filling(self._find_place(session), tuple(oddities), tuple(misfits))

    def _gather_texts(self) -> dict[str, str]:
        texts: dict[str, str] = {}
        for question in self._form.questions:
            texts[question.key] = "\n\n".join(filter(None, (texts.get(question.key, ""), question.text)))
        return texts

    def _has_changed(self, question: FormQuestion, item: Item) -> bool:
        """Tell whether a form asks a question in other words than its pack does now."""
        is_reworded = question.wording not in ("", item.question.text)
        return is_reworded or not set(question.guidance).issubset(item.guidance)

    def _list_loose(self) -> Iterator[tuple[FormSection | None, str]]:
        """Yield each text that stands under no question, with its section."""
        if self._form.loose.strip():
            yield None, self._form.loose
        yield from ((section, section.loose) for section in self._form.sections if section.loose.strip())

    def _find_place(self, session: Session) -> Session:
        # What was left half way is no answer yet, and is asked once more.
        for item in session.items:
            if item.key in self._form.waiting and session.text_of(item):
                session = session.unsettle(item, session.text_of(item))
        return session.at_first_unseen()

    def _find_earlier(self, session: Session) -> tuple[FormSection, ...]:
        """Return the answered questions that the pack does not ask now, or not in these words."""
        items = {item.key: item for item in session.items}
        sections = []
        for section in self._form.sections:
            answered = [question for question in section.questions if question.text.strip()]
            gone = [question for question in answered if question.key not in items]
            changed = [
                replace(question, text=session.text_of(items[question.key]))
                for question in answered
                if question.key in items and self._has_changed(question, items[question.key])
            ]
            if gone or changed:
                sections.append(replace(section, loose="", questions=(*changed, *gone)))
        return tuple(sections)

    def _find_swallowed(self, text: str) -> list[str]:
        # Where a marker is gone, its question and answer are read as part of the answer before it.
        lines = {line.strip().removeprefix("> ").strip() for line in text.split("\n")}
        return [
            f"the marker above {_name(item)} is missing or damaged; "
            f"put back <!-- question: {item.key} --> on its own line"
            for item in self._known.values()
            if f"### {item.number}. {item.question.text}" in lines
        ]

    def _find_stray_text(self) -> list[str]:
        faults = [
            f"{name} has other lines under its heading than in this version; "
            "put a blank line above what is yours, and delete the rest"
            for name in self._quoted
        ]
        return faults + [
            f'there is text under "{section.title}" and under no question; move it under one'
            if section
            else "there is text before the first question; move it under a question"
            for section, _ in self._list_loose()
        ]

    def _find_strange_questions(self, session: Session) -> list[str]:
        keys = [question.key for question in self._form.questions]
        faults = [f"{_name(item)} is there twice" for item in session.items if keys.count(item.key) > 1]
        # Another version may well have asked something else.
        if not self._is_of_this_version:
            return faults
        faults += [f"{self._pack.id} has no question {key}" for key in keys if key not in self._known]
        return faults + self._find_changed_headings(session)

    def _find_changed_headings(self, session: Session) -> list[str]:
        # Words added to a heading would be taken for the wording of the question.
        asked = {"": session.title, **{section.id: section.title for section in session.sections}}
        asked |= {item.key: item.question.text for item in session.items}
        found = {"": self._original.title, **{section.id: section.title for section in self._original.sections}}
        found |= {question.key: question.wording for question in self._original.questions}
        return [
            f"the heading of {name or 'the form'} has been changed; put it back, and write under it"
            for name, heading in found.items()
            if heading and heading != asked.get(name, heading)
        ]


def _list_written(form: Form) -> Iterator[int | None]:
    """Yield how much of each heading and of the lines under it the program wrote, where that is known."""
    written = form.progress.written if form.progress else ()
    return iter(written if len(written) == len(form.measures) else [None] * len(form.measures))


def _join(*pieces: str) -> str:
    return "\n".join([*filter(None, pieces[:-1]), pieces[-1]])


def _name(item: Item) -> str:
    return f"question {item.number} ({item.section.title})"

"""A filled form or draft made into a session. Nothing of it is dropped; what is wrong with it is named.

A pack may have changed since the form was printed. An answer keeps the wording it was given to, and an answer whose
question is gone is kept beside the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from compassion_cli.core.answer import check
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.form import OPTION, Form, FormQuestion, FormSection
from compassion_cli.core.pack import Kind, Pack
from compassion_cli.core.session import Item, Session, list_items


@dataclass(frozen=True)
class Filling:
    """The session a form stands for, and what is wrong with the form, a sentence each."""

    session: Session
    faults: tuple[str, ...]


def fill(pack: Pack, form: Form) -> Filling:
    """Read a filled form as answers to its pack.

    The session goes on with the first question that is waiting. Text that no question can take is in it, unsettled,
    and a fault; so is text that stands under no question.
    """
    return _Reading(pack, form).fill()


class _Reading:
    """One form, read with one pack."""

    def __init__(self, pack: Pack, form: Form) -> None:
        self._pack = pack
        self._form = form
        self._known = {item.key: item for item in list_items(pack)}
        self._is_of_this_version = form.pack_version == pack.version
        #: A draft that the program wrote has nothing but guidance where guidance stands, unless it was edited since.
        self._is_as_written = form.progress is not None and form.progress.pending is not None

    def fill(self) -> Filling:
        form, texts = self._form, self._gather_texts()
        session = Session(
            pack=self._pack,
            items=tuple(item for key, item in self._known.items() if key in texts),
            loose="\n\n".join(piece for _, piece in self._list_loose()),
            setting=form.setting,
            tags=form.tags,
            extra=form.extra,
            seen=frozenset(texts).difference(form.waiting),
        )
        faults: list[str] = []
        for item in session.items:
            faults += self._find_swallowed(texts[item.key])
            try:
                session = session.answered(item, check(item.question, texts[item.key]))
            except AnswerFaultError as error:
                faults.append(f"{_name(item)}: {error.what}")
                session = session.unsettle(item, texts[item.key])
        faults = [*self._find_stray_text(), *self._find_strange_questions(session), *faults]
        if earlier := self._find_earlier(session):
            session = replace(session, earlier=earlier, version=form.pack_version)
        return Filling(self._find_place(session), tuple(faults))

    def _gather_texts(self) -> dict[str, str]:
        texts: dict[str, str] = {}
        for question in self._form.questions:
            pieces = (texts.get(question.key, ""), self._gather_text(question))
            texts[question.key] = "\n\n".join(filter(None, pieces))
        return texts

    def _gather_text(self, question: FormQuestion) -> str:
        item = self._known.get(question.key)
        if item is None or (question.text and self._has_changed(question, item)) or not self._is_of_this_version:
            return question.text
        # A quotation right under the wording looks like guidance; what the pack does not say there, the person does.
        has_options = item.question.kind is not Kind.TEXT
        said = [line for line in question.guidance if line in item.guidance or (has_options and line[:2] == OPTION)]
        return "\n".join([*(f"> {line}" for line in question.guidance if line not in said), question.text])

    def _has_changed(self, question: FormQuestion, item: Item) -> bool:
        """Tell whether a form asks a question in other words than its pack does now."""
        if question.guidance != item.guidance and (self._is_as_written or not self._is_of_this_version):
            return True
        return question.wording not in ("", item.question.text)

    def _list_loose(self) -> Iterator[tuple[FormSection | None, str]]:
        """Yield each text that stands under no question, with its section."""
        if self._form.loose.strip():
            yield None, self._form.loose
        intros = {section.id: section.intro for section in self._pack.sections}
        for section in self._form.sections:
            said = section.guidance if not self._is_of_this_version else (intros.get(section.id),)
            pieces = [*(f"> {line}" for line in section.guidance if line not in said), section.loose]
            yield from ((section, piece) for piece in pieces if piece.strip())

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
        return [
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
        found = {"": self._form.title, **{section.id: section.title for section in self._form.sections}}
        found |= {question.key: question.wording for question in self._form.questions}
        return [
            f"the heading of {name or 'the form'} has been changed; put it back, and write under it"
            for name, heading in found.items()
            if heading and heading != asked.get(name, heading)
        ]


def _name(item: Item) -> str:
    return f"question {item.number} ({item.section.title})"

"""A filled form or draft made into a session. Nothing of it is dropped; what is wrong with it is named.

A pack may have changed since the form was printed. An answer keeps the wording it was given to, and an answer whose
question is gone is kept beside the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from compassion_cli.core.action import DateReader, read_iso_date
from compassion_cli.core.answer import check_answer
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.form import OPTION, Form, FormQuestion, FormSection
from compassion_cli.core.form_as_meant import find_meaning, is_measured
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Item, Session, list_items
from compassion_cli.core.text import bare, is_same_heading

#: How a form numbers its choices.
_NUMBERED = re.compile(rf"{OPTION}(\d+): (.*)")


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


def read_session(pack: Pack, form: Form, read_date: DateReader = read_iso_date, earlier: Pack | None = None) -> Filling:
    """Read a filled form as answers to its pack.

    The session carries on with the first question that is left. Text that no question can take is in it, unsettled,
    and a fault; so is text that is under no question.

    Args:
        pack: The pack as it is now.
        form: The form.
        read_date: Reads a date by which an action is due.
        earlier: The pack as it was when the form was printed, where that was another version and is known.
    """
    meant = find_meaning(pack, form, earlier)
    if form.pack_version != pack.version:
        meant = _spell_numbers(meant)
    texts = _gather_texts(meant)
    unanswered = _start_session(pack, meant, texts, read_date)
    # A label that is gone is known by its value. In a form of this version, an unknown one is a slip.
    values = {} if form.pack_version == pack.version else {q.key: q.value for q in meant.questions if q.value}
    session, misfits = _answer_questions(unanswered, texts, values)
    if answered_before := _find_earlier(session, meant):
        session = replace(session, earlier=answered_before, version=form.pack_version)
    is_clear = earlier is not None or form.pack_version == pack.version or is_measured(form)
    unclear = () if is_clear else _find_unclear_lines(unanswered, form)
    oddities = (*unclear, *_find_oddities(unanswered, form, meant), *_find_swallowed(unanswered, texts))
    return Filling(_find_place(session, meant), oddities, misfits)


def _spell_numbers(meant: Form) -> Form:
    """Return a form with the labels of its own choices in place of their numbers, which may be others by now."""
    return replace(
        meant,
        sections=tuple(
            replace(section, questions=tuple(map(_spell_number, section.questions))) for section in meant.sections
        ),
    )


def _spell_number(question: FormQuestion) -> FormQuestion:
    labels = {found[1]: found[2] for line in question.guidance if (found := _NUMBERED.fullmatch(line))}
    head, line_end, rest = question.text.partition("\n")
    label = labels.get(head.strip().rstrip(".)"))
    return replace(question, text=f"{label}{line_end}{rest}") if label else question


def _gather_texts(meant: Form) -> dict[str, str]:
    texts: dict[str, str] = {}
    for question in meant.questions:
        texts[question.key] = "\n\n".join(filter(None, (texts.get(question.key, ""), question.text)))
    return texts


def _start_session(pack: Pack, meant: Form, texts: Mapping[str, str], read_date: DateReader) -> Session:
    return Session(
        pack=pack,
        items=tuple(item for item in list_items(pack) if item.key in texts),
        loose="\n\n".join(piece for _, piece in _list_loose(meant)),
        setting=meant.setting,
        people=meant.people,
        tags=meant.tags,
        extra=meant.extra,
        reviewed=meant.reviewed,
        read_date=read_date,
        seen=frozenset(texts).difference(meant.waiting),
    )


def _list_loose(meant: Form) -> Iterator[tuple[FormSection | None, str]]:
    """Yield each text that stands under no question, with its section."""
    if meant.loose.strip():
        yield None, meant.loose
    yield from ((section, section.loose) for section in meant.sections if section.loose.strip())


def _answer_questions(
    session: Session, texts: Mapping[str, str], values: Mapping[str, str]
) -> tuple[Session, tuple[str, ...]]:
    """Return a session with every text as an answer, or unsettled where its question cannot take it, and why."""
    misfits = []
    for item in session.items:
        known = values.get(item.key, "")
        try:
            answer = check_answer(item.question, texts[item.key], session.read_date, known=known)
            session = session.answered(item, answer)
        except AnswerFaultError as error:
            misfits.append(f"{_name_question(item)}: {error.what}")
            session = session.unsettle(item, texts[item.key])
    return session, tuple(misfits)


def _find_earlier(session: Session, meant: Form) -> tuple[FormSection, ...]:
    """Return the answered questions that the pack does not ask now, or not in these words."""
    items = {item.key: item for item in session.items}
    sections = []
    for section in meant.sections:
        answered = [question for question in section.questions if question.text.strip()]
        gone = [question for question in answered if question.key not in items]
        changed = [
            replace(question, text=session.text_of(items[question.key]))
            for question in answered
            if question.key in items and _has_changed(question, items[question.key])
        ]
        if gone or changed:
            sections.append(replace(section, loose="", questions=(*changed, *gone)))
    return tuple(sections)


def _has_changed(question: FormQuestion, item: Item) -> bool:
    """Tell whether a form asks a question in other words than its pack does now."""
    is_same = not question.wording or is_same_heading(question.wording, item.question.text)
    return not is_same or _has_other_lines(question, item)


def _has_other_lines(question: FormQuestion, item: Item) -> bool:
    return not set(map(bare, question.guidance)).issubset(map(bare, item.guidance))


def _find_place(session: Session, meant: Form) -> Session:
    # What was left half way is no answer yet, and is asked once more.
    for item in session.items:
        if item.key in meant.waiting and session.text_of(item):
            session = session.unsettle(item, session.text_of(item))
    return session.at_first_unseen()


def list_left_out(pack: Pack, form: Form) -> tuple[Item, ...]:
    """Return the questions of a pack that a form has no answer to, in the sections of which it answers something."""
    session = read_session(pack, form).session
    ids = {section.id for section in form.sections}
    whole = replace(session, items=tuple(item for item in list_items(pack) if item.section.id in ids))
    return tuple(item for item in whole.items if not whole.text_of(item) and whole.applies(item))


def _find_oddities(session: Session, form: Form, meant: Form) -> Iterator[str]:
    is_current = form.pack_version == session.pack.version
    yield from _find_stray_text(meant)
    yield from _find_repeats(session, meant)
    # Another version may well have asked something else.
    if is_current:
        yield from _find_unknown(session.pack, meant)
        yield from _find_changed_headings(session, form)


def _find_unclear_lines(session: Session, form: Form) -> Iterator[str]:
    """Name the questions without an answer under whose headings stand lines that may be the other version's own."""
    items = {item.key: item for item in session.items}
    for question in form.questions:
        item = items.get(question.key)
        if item and not question.text.strip() and _has_other_lines(question, item):
            yield (
                f"{_name_question(item)} has extra lines under its heading; "
                "put a blank line above your own words, and delete the rest"
            )


def _find_stray_text(meant: Form) -> Iterator[str]:
    for section, _ in _list_loose(meant):
        if section:
            yield f'there is text under "{section.title}" that is not under a question; move it under one'
        else:
            yield "there is text before the first question; move it under a question"


def _find_repeats(session: Session, meant: Form) -> Iterator[str]:
    keys = [question.key for question in meant.questions]
    return (f"{_name_question(item)} appears twice" for item in session.items if keys.count(item.key) > 1)


def _find_unknown(pack: Pack, meant: Form) -> Iterator[str]:
    known = {item.key for item in list_items(pack)}
    return (f"{pack.id} has no question {one.key}" for one in meant.questions if one.key not in known)


def _find_changed_headings(session: Session, form: Form) -> Iterator[str]:
    # Words added to a heading would be taken for the wording of the question.
    asked = {"": session.title, **{section.id: section.title for section in session.sections}}
    asked |= {item.key: item.question.text for item in session.items}
    found = {"": form.title, **{section.id: section.title for section in form.sections}}
    found |= {question.key: question.wording for question in form.questions}
    for name, heading in found.items():
        if bare(heading) and not is_same_heading(heading, asked.get(name, heading)):
            yield f"the heading of {name or 'the form'} has been changed; put it back, and write under it"


def _find_swallowed(session: Session, texts: Mapping[str, str]) -> Iterator[str]:
    # Where a marker is gone, its question and answer are read as part of the answer before it.
    known = list_items(session.pack)
    for key in (item.key for item in session.items):
        lines = {line.strip().removeprefix("> ").strip() for line in texts[key].split("\n")}
        for item in (item for item in known if f"### {item.number}. {item.question.text}" in lines):
            yield (
                f"the marker above {_name_question(item)} is missing or damaged; "
                f"put back <!-- question: {item.key} --> on its own line"
            )


def _name_question(item: Item) -> str:
    return f"question {item.number} ({item.section.title})"

"""Two versions of one entry: where they differ, and both in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from compassion_cli.core.form import Entry, FormQuestion, FormSection
from compassion_cli.core.text import bare, join_texts

T = TypeVar("T")


class Difference(NamedTuple):
    """Words that are not the same in two versions; none where a version has nothing there.

    Attributes:
        label: Where they are.
    """

    label: str
    text: str
    other: str


def find_differences(entry: Entry, other: Entry) -> list[Difference]:
    """Return where two versions of an entry do not have the same words."""
    here, there = ({question.key: question for question in version.questions} for version in (entry, other))
    differences = []
    for key in _join_names(list(here), list(there)):
        text, other_text = (version[key].text if key in version else "" for version in (here, there))
        if text != other_text:
            question = here.get(key) or there[key]
            differences.append(Difference(f"Question {question.number}. {question.wording}", text, other_text))
    return [*_find_loose_differences(entry, other), *differences]


def _find_loose_differences(entry: Entry, other: Entry) -> Iterator[Difference]:
    """Yield where texts differ that are under no question."""
    if entry.loose != other.loose:
        yield Difference("Before the first question", entry.loose, other.loose)
    here, there = ({section.id: section for section in version.sections} for version in (entry, other))
    for name in _join_names(list(here), list(there)):
        loose, other_loose = (version[name].loose if name in version else "" for version in (here, there))
        if loose != other_loose:
            yield Difference((here.get(name) or there[name]).title, loose, other_loose)


def can_join(entry: Entry, other: Entry) -> bool:
    """Tell whether one entry can hold all that is in both: nothing in it would be there twice, or be left out."""
    here, there = map(_find_headings, (entry, other))
    return (
        not (entry.is_newer or other.is_newer or _has_repeats(entry) or _has_repeats(other))
        and (entry.extra, entry.people, entry.setting) == (other.extra, other.people, other.setting)
        and all(here[name] == there[name] for name in here.keys() & there.keys())
    )


def _has_repeats(entry: Entry) -> bool:
    names = [*(section.id for section in entry.sections), *(question.key for question in entry.questions)]
    return len(set(names)) < len(names)


def _find_headings(entry: Entry) -> dict[str, str]:
    """Return by section and question what is in its heading and right under that."""
    found = {section.id: bare("\n".join((section.title, *section.guidance))) for section in entry.sections}
    return found | {q.key: bare("\n".join((q.wording, *q.guidance))) for q in entry.questions}


def join_versions(entry: Entry, other: Entry) -> Entry:
    """Return an entry that holds the words of both versions: where they differ, one after the other."""
    tags = tuple(dict.fromkeys([*entry.tags, *other.tags]))
    sections = _join_named(entry.sections, other.sections, lambda section: section.id, _join_sections)
    title = other.title if len(other.sections) > len(entry.sections) else entry.title
    return replace(entry, loose=join_texts(other.loose, entry.loose), tags=tags, sections=sections, title=title)


def _join_sections(section: FormSection, other: FormSection) -> FormSection:
    questions = _join_named(section.questions, other.questions, lambda question: question.key, _join_questions)
    return replace(section, loose=join_texts(other.loose, section.loose), questions=questions)


def _join_questions(question: FormQuestion, other: FormQuestion) -> FormQuestion:
    # The first line is what was chosen, and it is the other's where both are kept.
    value = question.value if question.text == other.text else other.value
    return replace(question, text=join_texts(other.text, question.text), value=value)


def _join_named(
    own: Sequence[T], others: Sequence[T], name_of: Callable[[T], str], join: Callable[[T, T], T]
) -> tuple[T, ...]:
    """Return what is in either, each name once, and what is in both made into one."""
    here, there = ({name_of(each): each for each in side} for side in (own, others))
    both = there | here | {name: join(here[name], there[name]) for name in here if name in there}
    return tuple(both[name] for name in _join_names(list(here), list(there)))


def _join_names(own: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the names of both, each once: one that only the others have after the one that is before it there."""
    names = list(own)
    for place, name in enumerate(others):
        if name not in names:
            before = others[place - 1] if place else None
            names.insert(names.index(before) + 1 if before else 0, name)
    return names

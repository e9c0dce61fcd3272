"""Questions of a pack that an entry has no answer to. Only its author is told of any."""

from __future__ import annotations

from pathlib import Path

from compassion_cli.cli.context import Context
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import Entry, FormQuestion, FormSection
from compassion_cli.core.form_to_session import list_left_out
from compassion_cli.core.pack import Kind, Pack
from compassion_cli.core.review import is_same_person
from compassion_cli.core.session import Item, list_items
from compassion_cli.formats.offered_questions import NO_OFFERING, Known, Offer, Offering
from compassion_cli.storage.read_entry import read_entry


def find_left_out(entry: Entry, context: Context) -> tuple[Item, ...]:
    """Return the questions without an answer in the sections of an entry; none of an entry by anyone else."""
    if not is_same_person(entry.author, context.me):
        return ()
    try:
        return list_left_out(context.shelf.load_for(entry), entry)
    except ReflectError:
        # The pack is not here any more, or has a fault.
        return ()


def find_offering(path: Path, context: Context) -> Offering:
    """Return what the author of the entry in a file can answer now, and what its pack prints: now, and in its version.

    Whoever is not its author is offered nothing.
    """
    try:
        entry = read_entry(path)
        pack = context.shelf.load_for(entry)
    except ReflectError:
        return NO_OFFERING
    known = _find_known(entry, pack, context.shelf.find_earlier(entry))
    order = [item.key for item in list_items(pack)]
    offers = tuple(
        Offer(item.section.id, _print_question(item), tuple(order[: order.index(item.key)]))
        for item in find_left_out(entry, context)
    )
    return Offering(offers, known, is_same_person(entry.author, context.me))


def _find_known(entry: Entry, now: Pack, earlier: Pack | None) -> Known:
    questions: dict[str, tuple[FormQuestion, ...]] = {}
    sections: dict[str, tuple[FormSection, ...]] = {}
    if earlier is None and entry.pack_version != now.version:
        # Nobody knows what that version printed; the entry itself is the best there is.
        questions = {question.key: (question,) for question in entry.questions}
    for pack in filter(None, (now, earlier)):
        for item in list_items(pack):
            questions[item.key] = (*questions.get(item.key, ()), _print_question(item))
        for section in pack.sections:
            guidance = (section.intro,) if section.intro else ()
            printed = FormSection(id=section.id, title=section.title, guidance=guidance)
            sections[section.id] = (*sections.get(section.id, ()), printed)
    asked = {item.key: item.question for item in list_items(now) if item.question.kind in (Kind.CHOICE, Kind.SCALE)}
    return Known(questions, sections, asked)


def _print_question(item: Item) -> FormQuestion:
    return FormQuestion(key=item.key, number=item.number, wording=item.question.text, guidance=item.guidance)

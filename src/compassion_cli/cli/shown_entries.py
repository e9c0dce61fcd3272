"""Entries that were found, shown whole: with the responses to them, and with whose hands they went through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from compassion_cli.cli.context import Context
from compassion_cli.cli.found_entries import show_entries
from compassion_cli.cli.left_out import find_left_out
from compassion_cli.core.form import Entry
from compassion_cli.core.review import Hand, Response, recognise
from compassion_cli.history.allowed_settings import ForeignSettingsError
from compassion_cli.history.other_hands import list_other_hands
from compassion_cli.storage.entry_query import Found
from compassion_cli.storage.responses import list_responses, note_read
from compassion_cli.terminal.entry_view import Shown


def show_found(several: Sequence[Found], context: Context) -> None:
    """Print entries with the responses to them, and note that these have been read."""
    me = context.me if any(found.reviews for found in several) else ""
    hands = _list_hands(several, context)
    responses = [_note_hands(list_responses(found, me), found, hands) for found in several]
    pairs = list(zip(several, responses, strict=True))
    shown = [
        Shown(
            found.entry,
            found.file.journal.is_private,
            said,
            tuple(hands.get(found.file.path, ())),
            _list_left_out(found.entry, context),
        )
        for found, said in pairs
    ]
    show_entries(shown, context.screen)
    for found, said in pairs:
        note_read(found, said)


def _list_left_out(entry: Entry, context: Context) -> dict[str, tuple[str, ...]]:
    """Return by section the numbers of the questions without an answer; none of an entry by anyone else."""
    left: dict[str, tuple[str, ...]] = {}
    for item in find_left_out(entry, context):
        left[item.section.id] = (*left.get(item.section.id, ()), item.number)
    return left


def _list_hands(several: Sequence[Found], context: Context) -> dict[Path, list[Hand]]:
    authors: dict[Path, dict[Path, str]] = {}
    for found in several:
        of_journal = authors.setdefault(found.file.journal.folder, {})
        of_journal[found.file.path] = recognise(found.entry.author, context.me)
        of_journal |= {
            found.file.path.with_name(f"{review.id}.md"): recognise(review.author, context.me)
            for review in found.reviews
        }
    hands: dict[Path, list[Hand]] = {}
    for folder, some in authors.items():
        try:
            hands |= list_other_hands(folder, some)
        except ForeignSettingsError as error:
            context.screen.advise(f"{error.what[:1].upper()}{error.what[1:]}. {error.safe}")
            hands |= list_other_hands(folder, some)
    return hands


def _note_hands(
    responses: Sequence[Response], found: Found, hands: Mapping[Path, Sequence[Hand]]
) -> tuple[Response, ...]:
    return tuple(
        response._replace(hands=tuple(hands.get(found.file.path.with_name(f"{response.review.id}.md"), ())))
        for response in responses
    )

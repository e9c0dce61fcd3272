"""Whole entries as JSON tells of them, with what was chosen in each."""

from __future__ import annotations

from collections.abc import Sequence

from compassion_cli.cli.context import Context
from compassion_cli.cli.found_entries import list_for_json
from compassion_cli.core.choices import settle_choices
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import Entry
from compassion_cli.core.pack import Pack
from compassion_cli.formats.as_json import Listed
from compassion_cli.storage.entry_query import Found


def list_whole_for_json(several: Sequence[Found], context: Context) -> list[Listed]:
    """Return the same with the value of each choice as its pack has it, where that is here."""
    packs: dict[str, Pack | None] = {}
    listed = []
    for found, (entry, reviews, origin) in zip(several, list_for_json(several), strict=True):
        if entry.pack not in packs:
            packs[entry.pack] = _find_pack(entry, context)
        pack = packs[entry.pack]
        listed.append((settle_choices(pack, found.entry) if pack else entry, reviews, origin))
    return listed


def _find_pack(entry: Entry, context: Context) -> Pack | None:
    try:
        return context.shelf.load_for(entry)
    except ReflectError:
        return None

"""Text as it is compared when somebody searches: any case, any accent, any kind of quotation mark and dash."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: What typing and pasting put in each other's place: a word processor makes curly and long what a keyboard does not.
_ALIKE = {"‘": "'", "’": "'", "‚": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"}


def fold(text: str) -> str:
    """Return text without case and accents; what is alike to a reader is the same."""
    return text.lower() if text.isascii() else "".join(map(fold_character, text))


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Return one character so; nothing for an accent that stands on its own."""
    parts = unicodedata.normalize("NFKD", _ALIKE.get(character, character).casefold())
    # Once more: some signs come apart into capitals.
    return "".join(part.casefold() for part in parts if not unicodedata.combining(part))


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return folded text, and for each of its characters the place in the text that it comes from.

    The last place is that of the end.
    """
    pieces = [fold_character(character) for character in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*places, len(text)]

"""Text as it is compared when somebody searches: any case, any accent, any kind of quotation mark and dash."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: What typing and pasting put in each other's place: a word processor makes curly and long what a keyboard does not.
SIGNS_ALIKE = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
}
#: Also letters with a stroke or without a dot, which Unicode does not take apart.
_ALIKE = SIGNS_ALIKE | {"ł": "l", "ø": "o", "đ": "d", "ı": "i"}


def fold(text: str) -> str:
    """Return text without case and accents; what is alike to a reader is the same."""
    return text.lower() if text.isascii() else "".join(map(fold_character, text))


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Return one character so; nothing for an accent that stands on its own, or for what nobody sees."""
    parts = unicodedata.normalize("NFKD", character.casefold())
    # Once more: some signs come apart into capitals, or into what is alike to something else.
    folded = (part.casefold() for part in parts if not unicodedata.combining(part) and not _is_unseen(part))
    return "".join(_ALIKE.get(part, part) for part in folded)


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return folded text, and for each of its characters the place in the text that it comes from.

    The last place is that of the end.
    """
    pieces = [fold_character(character) for character in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*places, len(text)]

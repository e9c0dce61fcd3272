"""Telling from the bytes of a file that it cannot be what is looked for, so that it need not be read as an entry.

What a sieve lets through may still be something else; what it holds back cannot match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from compassion_cli.core.folding import fold_character
from compassion_cli.core.text import repair

#: What a file passes if its bytes, read from disk, are worth reading as an entry.
Sieve = Callable[[bytes], bool]

_ASCII = bytes(range(128))
_BEGINNING = b"+++\n"


def make_sieve(words: Iterable[str]) -> Sieve | None:
    """Return the sieve for files that hold all of some folded words; None where every file does."""
    needles = sorted({word.encode("utf-8", "surrogateescape") for word in words}, key=len, reverse=True)
    if not needles:
        return None
    first, *rest = needles
    letters = frozenset(b"".join(needles))

    def passes(data: bytes) -> bool:
        if not data.startswith(_BEGINNING):
            # No entry, or one that an editor gave other line ends or another encoding: read, it says which.
            return True
        data = data.lower()
        if not data.isascii():
            data = _fold_others(data, letters)
        return first in data and all(needle in data for needle in rest)

    return passes


def _fold_others(data: bytes, letters: frozenset[int]) -> bytes:
    # Almost all of a file is ASCII; taking that out is much quicker than decoding it.
    for character, folded in _list_others(data.translate(None, _ASCII)):
        if not letters.isdisjoint(folded) or not folded:
            data = data.replace(character, folded)
    return data


@lru_cache(maxsize=4096)
def _list_others(data: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """Return the characters in some text without ASCII, as bytes, each with what it is folded to."""
    characters = dict.fromkeys(data.decode("utf-8", "surrogateescape"))
    pairs = [(c.encode("utf-8", "surrogateescape"), "".join(map(fold_character, repair(c)))) for c in characters]
    # A stray byte may be a part of another character as well, which goes first.
    pairs.sort(key=lambda pair: len(pair[0]), reverse=True)
    return tuple((character, folded.encode()) for character, folded in pairs)


def holds_any(*pieces: bytes) -> Sieve:
    """Return the sieve for files that hold one of some pieces, byte for byte."""

    def passes(data: bytes) -> bool:
        return not data.startswith(_BEGINNING) or any(piece in data for piece in pieces)

    return passes

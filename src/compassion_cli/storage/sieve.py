"""Telling from the bytes of a file that it cannot be what is looked for, so that it need not be read as an entry.

What a sieve lets through may still be something else; what it holds back cannot match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from compassion_cli.core.folding import fold_character
from compassion_cli.storage.reading import LARGEST, read_bytes

_ASCII = bytes(range(128))
_BEGINNING = b"+++\n"
_END = b"\n+++\n"
#: Nearly always, none of many files holds it, and that is told more quickly of all of them at once.
_AT_ONCE = 64 * 1024


class Sieve(NamedTuple):
    """What a file has to hold.

    Attributes:
        fold: Makes the bytes of one file ready to be looked at, where they are not all ASCII; None where they are no
            UTF-8 text.
        holds: Tells whether bytes hold it. Of several files end to end it may say so where none of them does.
    """

    fold: Callable[[bytes], bytes | None]
    holds: Callable[[bytes], bool]


def make_sieve(words: Iterable[str]) -> Sieve | None:
    """Return the sieve for files that hold all of some folded words; None where every file does."""
    needles = sorted({word.encode("utf-8", "surrogateescape") for word in words}, key=len, reverse=True)
    if not needles:
        return None

    def holds(data: bytes) -> bool:
        data = data.lower()
        return all(needle in data for needle in needles)

    return Sieve(_Alphabet(frozenset(b"".join(needles))).fold, holds)


def holds_any(*pieces: bytes) -> Sieve:
    """Return the sieve for files that hold one of some pieces, byte for byte."""
    return Sieve(fold=_refuse_strays, holds=lambda data: any(piece in data for piece in pieces))


def sift(places: Iterable[str], sieve: Sieve) -> Iterator[str]:
    """Yield the files that pass, and those of which only whoever reads them can say what they are; in any order."""
    batch: list[tuple[str, bytes]] = []
    size = 0
    for place in places:
        try:
            data = read_bytes(place)
        except OSError:
            # Whoever reads it next will say why that cannot be done.
            data = b""
        folded = data if data.isascii() else sieve.fold(data)
        if folded is None or not data.startswith(_BEGINNING) or len(data) >= LARGEST or _has_escapes(data):
            # No entry, or one that somebody wrote in another way than the program does.
            yield place
            continue
        batch.append((place, folded))
        size += len(data)
        if size > _AT_ONCE:
            yield from _sift_batch(batch, sieve)
            batch, size = [], 0
    yield from _sift_batch(batch, sieve)


def _has_escapes(data: bytes) -> bool:
    # In the front matter, a backslash begins a sign spelt in another way.
    return b"\\" in data and b"\\" in data.partition(_END)[0]


def _sift_batch(batch: list[tuple[str, bytes]], sieve: Sieve) -> list[str]:
    if not sieve.holds(b"\0".join([data for _, data in batch])):
        return []
    return [place for place, data in batch if sieve.holds(data)]


def _refuse_strays(data: bytes) -> bytes | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return data


class _Alphabet:
    """Folds what is not ASCII, as far as that matters for some letters. It learns each character as it comes."""

    def __init__(self, letters: frozenset[int]) -> None:
        self._letters = letters
        self._harmless: set[str] = set()
        self._folded: dict[str, tuple[bytes, bytes]] = {}

    def fold(self, data: bytes) -> bytes | None:
        if _refuse_strays(data) is None:
            return None
        # Almost all of a file is ASCII; what is left of it has few characters.
        characters = set(data.translate(None, _ASCII).decode()) - self._harmless
        for character in characters:
            if character not in self._folded:
                self._learn(character)
            data = data.replace(*self._folded[character])
        return data

    def _learn(self, character: str) -> None:
        folded = fold_character(character).encode()
        self._folded[character] = character.encode(), folded
        if folded and self._letters.isdisjoint(folded):
            self._harmless.add(character)

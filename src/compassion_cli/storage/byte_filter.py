"""Telling from the bytes of a file that it cannot be what is looked for, so that it need not be read as an entry.

What a sieve lets through may still be something else; what it holds back cannot match. How long it takes to go through
a large journal is how long this takes for each of its files, so what is done for each is said in its place rather than
called: the calls alone were a fifth of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from compassion_cli.core.text import fold_character
from compassion_cli.storage.read_files import read_each

_ASCII = bytes(range(128))
#: How the program begins a file.
BEGINNING = b"+++\n"
_END = b"\n+++\n"

#: Tells of the bytes of a file whether it may be what is looked for. What is no UTF-8 text may be anything.
Sieve = Callable[[bytes], bool]


def make_sieve(words: Iterable[str]) -> Sieve | None:
    """Return the sieve for files that hold all of some folded words; None where every file does."""
    return make_sieve_of_any([words])


def make_sieve_of_any(alternatives: Iterable[Iterable[str]]) -> Sieve | None:
    """Return the sieve for files that hold all the folded words of one of some alternatives; None where all do."""
    wanted = [
        sorted({word.encode("utf-8", "surrogateescape") for word in words}, key=len, reverse=True)
        for words in alternatives
    ]
    if not all(wanted):
        return None
    foldings = _Foldings(b"".join(needle for needles in wanted for needle in needles))

    def passes(data: bytes) -> bool:
        if not data.isascii():
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                return True
            # Almost all of a file is ASCII; what is left of it has few characters.
            for character in set(data.translate(None, _ASCII).decode()) - foldings.harmless:
                data = data.replace(*foldings[character])
        data = data.lower()
        for needles in wanted:
            for needle in needles:
                if needle not in data:
                    break
            else:
                return True
        return False

    return passes


def holds_any(*pieces: bytes) -> Sieve:
    """Return the sieve for files that hold one of some pieces, byte for byte."""
    return lambda data: any(piece in data for piece in pieces) or not is_text(data)


def sift(folder: str, names: Iterable[str], sieve: Sieve) -> list[str]:
    """Return the names of the files in a folder that pass, and of those that only a closer look can tell of."""
    return [
        name
        for name, data in read_each(folder, names)
        if data is None
        or not data.startswith(BEGINNING)
        # In the front matter, a backslash begins a sign spelt in another way.
        or (b"\\" in data and b"\\" in data.partition(_END)[0])
        or sieve(data)
    ]


def is_text(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 text."""
    if data.isascii():
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Foldings(dict[str, tuple[bytes, bytes]]):
    """Characters and what they are folded to, in bytes; each is learnt when it is first asked for.

    Attributes:
        harmless: Those of them that cannot become part of what is looked for.
    """

    def __init__(self, letters: bytes) -> None:
        super().__init__()
        self._letters = frozenset(letters)
        self.harmless: set[str] = set()

    def __missing__(self, character: str) -> tuple[bytes, bytes]:
        folded = fold_character(character).encode()
        if folded and self._letters.isdisjoint(folded):
            self.harmless.add(character)
        self[character] = character.encode(), folded
        return self[character]

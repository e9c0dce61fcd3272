"""Reviews: who has responded to an entry, and for whom one still waits. A review is an entry of a kind."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Self

from compassion_cli.core.form import Entry
from compassion_cli.core.text import SIGNS_ALIKE, fold

#: The pack that asks for a response.
PACK = "review"
_SIGN_TABLE = str.maketrans(SIGNS_ALIKE)


class Person(str):
    """The name of someone who may have had others before, and stays one person.

    Attributes:
        former: The names they had.
    """

    __slots__ = ("former",)
    former: tuple[str, ...]

    def __new__(cls, name: str, former: Iterable[str] = ()) -> Self:
        """Return a name that is someone's now."""
        made = super().__new__(cls, name)
        made.former = tuple(former)
        return made


def is_same_person(name: str, other: str) -> bool:
    """Tell whether two names are of one person, be it that one of the two was their name before.

    Capitals, spaces and apostrophes do not matter, nor which system wrote them.
    """
    return not _list_spellings(name).isdisjoint(_list_spellings(other))


def recognise(name: str, me: Person) -> str:
    """Return a name, or mine with those I had before where it is one of them."""
    return me if is_same_person(name, me) else name


def _list_spellings(name: str) -> set[str]:
    names = (name, *name.former) if isinstance(name, Person) else (name,)
    return {" ".join(unicodedata.normalize("NFC", each.casefold()).translate(_SIGN_TABLE).split()) for each in names}


def is_meant(name: str, typed: str) -> bool:
    """Tell whether someone may mean a name by what they typed: accents do not matter either."""
    return fold(name).split() == fold(typed).split()


def find_own(reviews: Sequence[Entry], me: str) -> tuple[Entry, ...]:
    """Return the reviews that someone wrote."""
    return tuple(review for review in reviews if is_same_person(review.author, me))


def find_answers(entry: Entry, reviews: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the reviews of an entry that others than its author wrote."""
    return tuple(review for review in reviews if not is_same_person(review.author, entry.author))


def waits_for(entry: Entry, reviews: Sequence[Entry], me: str) -> bool:
    """Tell whether an entry of someone else has no response by me yet."""
    return not is_same_person(entry.author, me) and not find_own(reviews, me)


def is_answered(entry: Entry, reviews: Sequence[Entry], me: str) -> bool:
    """Tell whether an entry is mine, and someone else has responded."""
    return is_same_person(entry.author, me) and bool(find_answers(entry, reviews))


class Hand(NamedTuple):
    """Someone who recorded a version of an entry, and is not whom it says it is by.

    Attributes:
        is_first: It was the first version.
    """

    name: str
    when: datetime
    is_first: bool


class Response(NamedTuple):
    """A review as someone reads it, below its entry.

    Attributes:
        has_changed: The words of the entry are not those it responds to any more.
        is_new: Whoever wrote the entry has not read it on this computer.
        hands: Who else recorded words of it.
    """

    review: Entry
    has_changed: bool = False
    is_new: bool = False
    hands: tuple[Hand, ...] = ()

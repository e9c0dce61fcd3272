"""Which entries someone wants to see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from compassion_cli.core.form import Entry
from compassion_cli.core.review import Person, is_answered, is_meant, is_same_person, waits_for
from compassion_cli.core.search import Search
from compassion_cli.core.text import fold


class Query(NamedTuple):
    """What an entry has to be; what is None does not matter. Both days are included.

    Attributes:
        anniversary: A day; only entries of the same day in earlier years.
        waits_for: Someone for whose response it has to wait.
        answered_to: Someone who wrote it, and to whom someone else has responded.
        search: What has to be found in it, or in a response to it.
    """

    since: date | None = None
    until: date | None = None
    pack: str | None = None
    section: str | None = None
    tag: str | None = None
    author: str | None = None
    anniversary: date | None = None
    waits_for: str | None = None
    answered_to: str | None = None
    search: Search | None = None

    @property
    def needs_reviews(self) -> bool:
        """Tell whether it cannot be decided without the responses."""
        return self.waits_for is not None or self.answered_to is not None or self.search is not None

    @property
    def words(self) -> tuple[str, ...]:
        """Return what the file of an entry that matches is certain to hold, folded, whatever way it was written."""
        return tuple(word for name in self.names for word in list_sure_words(name))

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the front matter of an entry that matches has to name."""
        names = (self.pack, self.tag, self.author, self.answered_to)
        return tuple(name for name in names if name is not None)

    @property
    def needs_front_matter(self) -> bool:
        """Tell whether the front matter of an entry, or its markers, may say that it does not match."""
        return bool(self.names or self.section) or self.waits_for is not None

    def wants_day(self, day: date) -> bool:
        """Tell whether entries of a day can match."""
        return (
            (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
            and (self.anniversary is None or _is_earlier_year(day, self.anniversary))
        )

    def wants(self, entry: Entry, reviews: Sequence[Entry] = ()) -> bool:
        """Tell whether an entry matches, its day aside. ``reviews`` are the responses to it, where they are needed."""
        return (
            self.wants_front_matter(entry.pack, entry.tags, entry.author)
            and (self.section is None or self.section in {section.id for section in entry.sections})
            and (self.waits_for is None or waits_for(entry, reviews, self.waits_for))
            and (self.answered_to is None or is_answered(entry, reviews, self.answered_to))
            and (self.search is None or any(map(self.search.finds, (entry, *reviews))))
        )

    def wants_front_matter(self, pack: str, tags: Iterable[str], author: str) -> bool:
        """Tell whether an entry may match, by what its front matter says of it."""
        return (
            (self.pack is None or pack == self.pack)
            and (self.tag is None or fold(self.tag) in map(fold, tags))
            and (self.author is None or is_meant(author, self.author))
            and (self.waits_for is None or not is_same_person(author, self.waits_for))
            and (self.answered_to is None or is_same_person(author, self.answered_to))
        )


def list_sure_words(name: str) -> list[str]:
    """Return the words of a name, folded, that stand wherever the name does, whatever way it was written.

    Quotation marks and the like may be written in more than one way in the front matter, and of someone who had other
    names before, any may stand there.
    """
    if isinstance(name, Person) and name.former:
        return []
    return [word for word in fold(name).split() if word.isalnum()]


def _is_earlier_year(day: date, anniversary: date) -> bool:
    return day.year < anniversary.year and (day.month, day.day) == (anniversary.month, anniversary.day)

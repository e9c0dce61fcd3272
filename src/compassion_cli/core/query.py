"""Which entries somebody wants to see."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from compassion_cli.core.form import Entry


class Query(NamedTuple):
    """What an entry has to be; what is None does not matter. Both days are included."""

    since: date | None = None
    until: date | None = None
    pack: str | None = None
    section: str | None = None

    def wants_day(self, day: date) -> bool:
        """Tell whether entries of a day can match."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def wants(self, entry: Entry) -> bool:
        """Tell whether an entry matches, its day aside."""
        in_section = self.section is None or self.section in {section.id for section in entry.sections}
        return in_section and (self.pack is None or entry.pack == self.pack)

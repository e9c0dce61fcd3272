"""What is known of a pack without reading all of it: enough to list it, and to build its command."""

from __future__ import annotations

from dataclasses import dataclass

#: The word for every section.
ALL_SECTIONS = "all"
#: Options that every pack has, so that none can choose them as the word for its sections.
RESERVED_OPTIONS = (
    "only",
    "setting",
    "people",
    "tag",
    "blank",
    "from",
    "private",
    "editor",
    "plain",
    "journal",
    "help",
)
#: Commands that stand beside the packs, so that no pack can have their names.
RESERVED_IDS = ("resume", "packs", "support", "help")


@dataclass(frozen=True)
class SectionHeading:
    """The names and title of one section, and its own minutes where it has any."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    minutes: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that it answers to, its id first."""
        return (self.id, *self.aliases)


@dataclass(frozen=True)
class PackHeading:
    """The top of a pack. Not validated beyond what is listed here: the whole pack is, when it is used.

    Attributes:
        minutes: How long a section takes, unless it says so itself.
        section_name: The word for its sections on the command line; None where it has one section only.
    """

    id: str
    title: str
    summary: str
    minutes: int
    section_name: str | None
    sections: tuple[SectionHeading, ...]

    @property
    def duration(self) -> str:
        """Return how long it takes, in words."""
        each = [section.minutes or self.minutes for section in self.sections]
        few, many = min(each, default=self.minutes), max(each, default=self.minutes)
        span = f"{few} to {many} minutes" if few < many else f"about {many} minutes"
        return span + (f" for each {self.section_name}" if self.section_name else "")

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
RESERVED_IDS = ("resume", "packs")


@dataclass(frozen=True)
class SectionHeading:
    """The names and title of one section."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackHeading:
    """The top of a pack. Not validated beyond what is listed here: the whole pack is, when it is used.

    Attributes:
        minutes: What one section takes, on average.
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
        return f"about {self.minutes} minutes" + (f" for each {self.section_name}" if self.section_name else "")

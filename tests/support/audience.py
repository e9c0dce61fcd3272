"""Who reads what a test writes, where nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from compassion_cli.core.session import Session


@dataclass
class Readers:
    """Someone who reads, until it is made private."""

    is_private: bool = False

    @property
    def said(self) -> str:
        """What is said of them."""
        return "Nobody reads this." if self.is_private else "A test reads this."

    @property
    def offer(self) -> str:
        """What can be done about it."""
        return "to share it" if self.is_private else "to make it private"

    def turn(self, _: Session) -> None:
        """Make it private, or shared again."""
        self.is_private = not self.is_private

"""What flows expect of someone's own editor."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from compassion_cli.core.errors import ReflectError


class Editor(Protocol):
    """Someone's own editor."""

    @property
    def is_told_to_end(self) -> bool:
        """Tell whether the whole program is to end."""

    def edit(self, path: Path) -> None:
        """Open a file, and wait until it is closed.

        Raises:
            EditorError: There is no editor, or it ended with a fault.
        """

    def offers_again(self, error: ReflectError) -> bool:
        """Say why the file cannot be saved, and ask whether to open it once more."""

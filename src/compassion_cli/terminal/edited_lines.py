"""Lines that the program edits itself, key by key, as terminals of every kind let it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from compassion_cli.terminal.lines import LineReader


class EditedLines(LineReader):
    """Reads lines that are edited and echoed here. What takes the keys is held until it is released."""

    def read_rest(self) -> str:
        """Return everything up to the end of the input.

        Raises:
            KeyboardInterrupt: The program is to end; ``partial`` has all that came before.
        """
        lines: list[str] = []
        try:
            while (line := self.read()) is not None:
                lines.append(line)
        except KeyboardInterrupt:
            self.partial = "\n".join([*lines, self.partial])
            raise
        return "\n".join(lines)

    @contextmanager
    def released(self) -> Iterator[None]:
        """Leave the terminal to another program, such as an editor, as that program expects to find it."""
        self._release()
        try:
            yield
        finally:
            self._hold()

    def _erase(self, count: int) -> None:
        count = min(count, len(self.partial))
        self.partial = self.partial[: len(self.partial) - count]
        self._echo("\b \b" * count)

    def _erase_word(self) -> None:
        self._erase(len(self.partial) - len(re.sub(r"\S*\s*\Z", "", self.partial)))

    def _erase_line(self) -> None:
        self._erase(len(self.partial))

    def _break_off(self) -> NoReturn:
        """End the wait for a line, with what was typed of it in hand.

        Raises:
            KeyboardInterrupt: Always.
        """
        if self.partial:
            self._echo("\n")
        raise KeyboardInterrupt

    def _echo(self, text: str) -> None:
        """Show what was typed."""
        raise NotImplementedError

"""The rich asker: questions in colour, answers in an editable field. Built on Rich, and on questionary in ``field``."""

from __future__ import annotations

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from compassion_cli.core.asking import Audience, Move, Step, Verdict
from compassion_cli.core.form import OPTION
from compassion_cli.core.session import Item, Session
from compassion_cli.core.text import displayable
from compassion_cli.terminal.frames import find_frame
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.plain_asker import confirm_by_number
from compassion_cli.terminal.rich_field import Field
from compassion_cli.terminal.screen import Screen
from compassion_cli.terminal.words import (
    CLEAR,
    SAYINGS,
    STEPS,
    is_word,
    list_before,
    list_progress,
    say_how_to_answer,
    say_start,
)

_SAY_KEYS = """\
Enter twice: done   Enter: skip   Ctrl-B: back   Ctrl-P: pause
F1: help   F2: why this question   Ctrl-X Ctrl-E: editor"""
_SAY_KEYS_AGAIN = _SAY_KEYS.replace("Enter: skip   ", "")


class RichAsker:
    """Asks a person at a terminal. ``keyboard`` and ``display`` stand in for a terminal that is not there."""

    can_ask_again = True

    def __init__(
        self,
        screen: Screen,
        reader: LineReader,
        keyboard: Input | None = None,
        display: Output | None = None,
    ) -> None:
        self._screen = screen
        self._reader = reader
        self._field = Field(screen, reader, keyboard, display)
        self._console = Console(file=screen.talk, width=screen.width, highlight=False, emoji=False, markup=False)
        self._last: Item | None = None

    def ask(self, session: Session, item: Item, fault: str | None) -> Move:
        """Put one question and take what is typed under it."""
        if not (fault and item == self._last):
            self._show(session, item)
        if fault:
            self._print(fault, "yellow")
        text = session.text_of(item)
        while True:
            self._print(_SAY_KEYS_AGAIN if text else _SAY_KEYS, "dim")
            move = self._field.ask(text)
            if move.step is not Step.NEXT:
                return move
            text, word = _split_word(move.text)
            if word == CLEAR:
                return Move(Step.NEXT)
            if word not in SAYINGS:
                return Move(STEPS.get(word, Step.NEXT), text)
            try:
                self._print(SAYINGS[word](session, item))
            except OSError:
                # The terminal is gone.
                return Move(Step.INTERRUPT, text)

    def greet(self, session: Session, audience: Audience) -> None:
        """Say what is coming, and who will read it."""
        self._print(say_start(session), "bold")
        self._print(audience.said)
        for line in find_frame(session.setting).lines:
            self._print(line)

    def confirm(self, session: Session, audience: Audience) -> Verdict:
        """Show all answers once more, and ask what to do."""
        return confirm_by_number(self._screen, self._reader, session, audience)

    def _show(self, session: Session, item: Item) -> None:
        self._console.print()
        self._print(" · ".join(list_progress(session, item)), "dim")
        for line in list_before(item, self._last):
            self._print(line, "italic")
        self._print(f"{item.number}. {item.question.text}", "bold cyan")
        for line in item.guidance:
            self._print(line.removeprefix(OPTION), "cyan", indent=3)
        if say_how_to_answer(item):
            self._print(say_how_to_answer(item))
        self._last = item

    def _print(self, text: str, style: str = "", indent: int = 0) -> None:
        # Text, never a string: a string would be read as markup.
        self._console.print(Padding(Text(displayable(text), style=style), (0, 0, 0, indent)))


def _split_word(text: str) -> tuple[str, str]:
    rest, _, last = text.rstrip().rpartition("\n")
    return (rest, last.strip().lower()) if is_word(last) else (text, "")

"""The rich asker: questions in colour, answers in an editable field. Built on questionary and Rich."""

from __future__ import annotations

from collections.abc import Callable

import questionary
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output, create_output
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from compassion_cli.core.asking import Move, Step, Verdict
from compassion_cli.core.form import OPTION
from compassion_cli.core.session import Item, Session
from compassion_cli.core.text import displayable
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.plain import confirm_by_number
from compassion_cli.terminal.screen import Screen
from compassion_cli.terminal.words import (
    CLEAR,
    HELP,
    SAYINGS,
    STEPS,
    WHY,
    is_word,
    list_before,
    list_progress,
    say_how_to_answer,
    say_start,
)

_KEYS = {
    "c-b": Step.BACK,
    "c-p": Step.PAUSE,
    "c-d": Step.PAUSE,
    "c-c": Step.INTERRUPT,
}
#: How long what has been typed already may take to arrive once the program is told to end, in seconds.
_GRACE = 0.05
#: What somebody writes stands in the terminal's own colour, the easiest there is to read.
_STYLE = questionary.Style([("qmark", "fg:default bold"), ("answer", "fg:default nobold")])
_SAY_KEYS = """\
Enter twice: done   Enter: skip   Ctrl-B: back   Ctrl-P: pause
F1: help   F2: why this question   Ctrl-X Ctrl-E: editor"""
_SAY_KEYS_AGAIN = _SAY_KEYS.replace("Enter: skip   ", "")


class RichAsker:
    """Asks a person at a terminal. ``keyboard`` and ``display`` stand in for the terminal where there is none."""

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
        self._keyboard = keyboard
        self._display = display
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
            move = self._ask_text(text)
            text, word = _split_word(move.text)
            if word == CLEAR:
                return Move(Step.NEXT)
            if word not in SAYINGS:
                return Move(STEPS.get(word, move.step), text)
            self._print(SAYINGS[word](session, item))

    def confirm(self, session: Session) -> Verdict:
        """Show all answers once more, and ask what to do."""
        return confirm_by_number(self._screen, self._reader, session)

    def _show(self, session: Session, item: Item) -> None:
        if self._last is None:
            self._print(say_start(session), "bold")
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

    def _ask_text(self, earlier: str) -> Move:
        # A question takes hold of the terminal when it is built, so it is built inside the session.
        with create_app_session(input=self._keyboard, output=self._display or create_output(stdout=self._screen.talk)):
            question = questionary.text(
                "",
                default=earlier,
                qmark=">",
                multiline=True,
                instruction="",
                style=_STYLE,
                key_bindings=_bind_keys(),
                validate_while_typing=False,
                enable_suspend=True,
            )
            app = question.application

            def leave() -> None:
                if app.is_running and not app.is_done:
                    app.exit(result=Move(Step.INTERRUPT, app.current_buffer.text))

            def ask_to_leave() -> None:
                if app.loop:
                    app.loop.call_soon_threadsafe(app.loop.call_later, _GRACE, leave)

            # Told before there was anything to leave.
            app.pre_run_callables.append(lambda: ask_to_leave() if self._reader.endings.has_come else None)
            try:
                with self._reader.endings.leaving_by(ask_to_leave):
                    # Not by questionary's own way: a signal between two fields would be lost on the way there.
                    asked = app.run(handle_sigint=False)
            except (OSError, EOFError):
                # The terminal is gone. What was typed is not.
                return Move(Step.INTERRUPT, app.current_buffer.text)
        return asked if isinstance(asked, Move) else Move(Step.NEXT, asked.rstrip("\n"))


def _split_word(text: str) -> tuple[str, str]:
    rest, _, last = text.rstrip().rpartition("\n")
    return (rest, last.strip().lower()) if is_word(last) else (text, "")


def _bind_keys() -> KeyBindings:
    bindings = KeyBindings()
    for key, step in _KEYS.items():
        bindings.add(key, eager=True)(_leave(step))
    bindings.add("c-x", "c-e", eager=True)(_leave(Step.EDIT))
    bindings.add("f1")(_leave(Step.NEXT, f"\n{HELP}"))
    bindings.add("f2")(_leave(Step.NEXT, f"\n{WHY}"))
    for key in ("enter", "c-j"):
        # The second is Enter as well, pressed before the field was there.
        bindings.add(key)(_end_line)
    return bindings


def _leave(step: Step, word: str = "") -> Callable[[KeyPressEvent], None]:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=Move(step, event.current_buffer.text + word))

    return leave


def _end_line(event: KeyPressEvent) -> None:
    document = event.current_buffer.document
    # Keys that are already waiting are the rest of a paste, so a blank line in it ends nothing. What the terminal
    # itself answers, when it is asked for its cursor, is no key.
    is_pasting = any(press.key != Keys.CPRResponse for press in event.app.key_processor.input_queue)
    if document.is_cursor_at_the_end and not document.current_line.strip() and not is_pasting:
        event.current_buffer.validate_and_handle()
    else:
        event.current_buffer.newline(copy_margin=False)

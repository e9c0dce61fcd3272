"""The rich asker: questions in colour, answers in an editable field. Built on questionary and Rich."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import questionary
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output, create_output
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from compassion_cli.core.asking import STOPS, Move, Step, Verdict
from compassion_cli.core.pack import Kind
from compassion_cli.core.session import Item, Session
from compassion_cli.core.text import displayable
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.plain import confirm_by_number
from compassion_cli.terminal.screen import Screen
from compassion_cli.terminal.words import (
    CARE,
    CLEAR,
    HELP,
    HELP_TEXT,
    STEPS,
    is_word,
    list_progress,
    say_start,
)

_KEYS = "Enter twice: done   Enter: skip   Ctrl-B: back   Ctrl-P: pause   F1: help"
_KEYS_AGAIN = "Enter twice: done   Ctrl-B: back   Ctrl-P: pause   F1: help"
_WORDS_ONLY = "no number, only words"


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
        self._has_started = False

    def ask(self, session: Session, item: Item, fault: str | None) -> Move:
        """Put one question and take what is typed under it."""
        if not self._has_started:
            self._has_started = True
            self._print(say_start(session), "bold")
        self._show(session, item)
        if fault:
            self._print(fault, "yellow")
        if item.question.kind in (Kind.CHOICE, Kind.SCALE):
            return self._ask_options(session, item)
        return self._ask_text(session.text_of(item))

    def confirm(self, session: Session) -> Verdict:
        """Show all answers once more, and ask what to do."""
        return confirm_by_number(self._screen, self._reader, session)

    def _show(self, session: Session, item: Item) -> None:
        self._console.print()
        self._print(" · ".join(list_progress(session, item)), "dim")
        if item.section.intro:
            self._print(item.section.intro)
        if item.needs_care:
            self._print(CARE, "italic")
        self._print(f"{item.number}. {item.question.text}", "bold cyan")
        for part in item.question.parts:
            self._print(part, "cyan", indent=3)
        if item.question.kind is Kind.ACTIONS:
            self._print("One thing on each line. A date can follow: (due 2026-12-01)", indent=3)

    def _print(self, text: str, style: str = "", indent: int = 0) -> None:
        self._console.print(Padding(Text(displayable(text), style=style), (0, 0, 0, indent)))

    def _ask_options(self, session: Session, item: Item) -> Move:
        head, _, note = session.text_of(item).partition("\n")
        options = _list_options(item)
        if head and head not in options.values():
            head, note = "", session.text_of(item)
        chosen = self._select(options, head)
        if isinstance(chosen, Step):
            return Move(chosen, "" if chosen is Step.SKIP and not head else session.text_of(item))
        note = note.strip("\n")
        if not item.question.note and not note:
            return Move(Step.NEXT, chosen)
        self._print(item.question.note or "Anything to add?", "cyan", indent=3)
        move = self._ask_text(note)
        return Move(move.step if move.step is not Step.SKIP else Step.NEXT, f"{chosen}\n\n{move.text}".strip())

    def _select(self, options: dict[str, Any], head: str) -> Any:
        choices = [questionary.Choice(title, value=value) for title, value in options.items()]
        default = next((choice for choice in choices if choice.value == head), None)
        try:
            return self._run(
                lambda: questionary.select(
                    "",
                    choices=choices,
                    default=default,
                    qmark="",
                    use_shortcuts=True,
                    use_jk_keys=False,
                    instruction="(arrow keys or a number, then Enter)",
                )
            )
        except KeyboardInterrupt:
            return Step.INTERRUPT

    def _ask_text(self, earlier: str) -> Move:
        text = earlier
        while True:
            self._print(_KEYS_AGAIN if earlier else _KEYS, "dim")
            bindings = _bind_keys()
            asked = self._run(
                lambda bindings=bindings, text=text: questionary.text(
                    "",
                    default=text,
                    qmark=">",
                    multiline=True,
                    instruction="",
                    key_bindings=bindings,
                    validate_while_typing=False,
                    enable_suspend=True,
                )
            )
            move = asked if isinstance(asked, Move) else Move(Step.NEXT, asked)
            text, word = _split_word(move.text)
            if word == CLEAR:
                return Move(Step.NEXT)
            if word in STEPS and move.step not in STOPS:
                return Move(STEPS[word], text)
            if word != HELP and move.step is not Step.SKIP:
                return Move(move.step, text)
            self._print(HELP_TEXT)

    def _run(self, build: Any) -> Any:
        # A question takes hold of the terminal when it is built, so that happens inside the session.
        with self._hold_terminal():
            return build().unsafe_ask()

    @contextmanager
    def _hold_terminal(self) -> Iterator[None]:
        output = self._display or create_output(stdout=self._screen.talk)
        with create_app_session(input=self._keyboard, output=output):
            yield


def _list_options(item: Item) -> dict[str, Any]:
    scale = item.question.scale
    options: dict[str, Any] = {choice.label: choice.label for choice in item.question.choices}
    if scale:
        ends = {1: f" ({scale.low})", scale.steps: f" ({scale.high})"}
        options = {f"{n}{ends.get(n, '')}": f"{n} of {scale.steps}" for n in range(1, scale.steps + 1)}
        if item.question.note:
            options[_WORDS_ONLY] = ""
    return options | {
        "skip this question": Step.SKIP,
        "go back": Step.BACK,
        "pause, and keep everything": Step.PAUSE,
    }


def _split_word(text: str) -> tuple[str, str]:
    rest, _, last = text.rstrip().rpartition("\n")
    return (rest, last.strip().lower()) if is_word(last) else (text, "")


def _bind_keys() -> KeyBindings:
    bindings = KeyBindings()
    for key, step in (("c-b", Step.BACK), ("c-p", Step.PAUSE), ("c-d", Step.PAUSE), ("c-c", Step.INTERRUPT)):
        bindings.add(key, eager=True)(_leave(step))

    @bindings.add("f1")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=Move(Step.NEXT, f"{event.current_buffer.text}\n{HELP}"))

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        document = event.current_buffer.document
        # Keys that are already waiting are the rest of a paste, so a blank line in it ends nothing.
        is_pasting = bool(event.app.key_processor.input_queue)
        if document.is_cursor_at_the_end and not document.current_line.strip() and not is_pasting:
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.newline(copy_margin=False)

    return bindings


def _leave(step: Step) -> Any:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=Move(step, event.current_buffer.text))

    return leave

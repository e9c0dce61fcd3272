"""The field that an answer is written in, at a capable terminal. Built on questionary and prompt_toolkit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import questionary
from prompt_toolkit.application import Application, create_app_session
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output

from compassion_cli.core.asking import Move, Step
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.screen import Screen
from compassion_cli.terminal.words import HELP, WHY

_KEYS = {
    "c-b": Step.BACK,
    "c-p": Step.PAUSE,
    "c-d": Step.PAUSE,
    "c-c": Step.INTERRUPT,
}
#: A search would take the field's place, and its text with it.
_SEARCH_KEYS = ("c-r", "c-s")
#: How long what has been typed already may take to arrive once the program is told to end, in seconds.
_GRACE = 0.05
#: What someone writes stands in the terminal's own colour, the easiest there is to read.
_STYLE = questionary.Style([("qmark", "fg:default bold"), ("answer", "fg:default nobold")])


class Field:
    """Takes one answer at a time. ``keyboard`` and ``display`` stand in for a terminal that is not there."""

    def __init__(self, screen: Screen, reader: LineReader, keyboard: Input | None, display: Output | None) -> None:
        self._screen = screen
        self._reader = reader
        self._keyboard = keyboard
        self._display = display

    def ask(self, earlier: str) -> Move:
        """Show what there is of the answer, and return it as the person leaves it, with where to go from there."""
        # A question takes hold of the terminal when it is built, so it is built inside the session.
        with create_app_session(input=self._keyboard, output=self._display or self._open_display()):
            app = self._build(earlier)
            try:
                with self._reader.endings.leaving_by(lambda: _ask_to_leave(app)):
                    # Not by questionary's own way: a signal between two fields would be lost on the way there.
                    asked = app.run(handle_sigint=False)
            except (OSError, EOFError):
                # The terminal is gone. What was typed is not.
                return Move(Step.INTERRUPT, _find_answer(app).text)
        return asked if isinstance(asked, Move) else Move(Step.NEXT, asked.rstrip("\n"))

    def _open_display(self) -> Output:
        output = create_output(stdout=self._screen.talk)
        if isinstance(output, Vt100_Output):
            # It would ask the terminal for its cursor, and the reply could not be told from what someone types.
            output.enable_cpr = False
        return output

    def _build(self, earlier: str) -> Application[Any]:
        app = questionary.text(
            "",
            default=earlier,
            qmark=">",
            multiline=True,
            instruction="",
            style=_STYLE,
            key_bindings=self._bind_keys(),
            validate_while_typing=False,
            enable_suspend=True,
        ).application

        def leave_if_told() -> None:
            # Before there was anything to leave.
            if self._reader.endings.has_come:
                _ask_to_leave(app)

        app.pre_run_callables.append(leave_if_told)
        return app

    def _bind_keys(self) -> KeyBindings:
        bindings = KeyBindings()
        for key, step in _KEYS.items():
            bindings.add(key, eager=True)(_leave_by(step))
        for key in _SEARCH_KEYS:
            bindings.add(key, eager=True)(_do_nothing)
        bindings.add("c-x", "c-e", eager=True)(_leave_by(Step.EDIT))
        bindings.add("f1")(_leave_by(Step.NEXT, f"\n{HELP}"))
        bindings.add("f2")(_leave_by(Step.NEXT, f"\n{WHY}"))
        bindings.add("enter")(self._end_line)
        bindings.add("c-j")(self._end_line)
        return bindings

    def _end_line(self, event: KeyPressEvent) -> None:
        if event.key_sequence[0].key == Keys.ControlJ and _has_just_pressed_enter(event):
            # A paste from Windows ends each line twice.
            return
        document = event.current_buffer.document
        is_blank = document.is_cursor_at_the_end and not document.current_line.strip()
        if is_blank and not self._is_pasting(event):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.newline(copy_margin=False)

    def _is_pasting(self, event: KeyPressEvent) -> bool:
        """Tell whether more is there already: then it is the rest of a paste, and a blank line in it ends nothing."""
        return bool(event.app.key_processor.input_queue) or self._reader.is_pasting()


def _has_just_pressed_enter(event: KeyPressEvent) -> bool:
    previous = event.previous_key_sequence
    return bool(previous) and previous[-1].key == Keys.ControlM


def _find_answer(app: Application[Any]) -> Buffer:
    # Not the current one: that may be a search.
    return app.layout.get_buffer_by_name(DEFAULT_BUFFER) or app.current_buffer


def _ask_to_leave(app: Application[Any]) -> None:
    def leave() -> None:
        if app.is_running and not app.is_done:
            app.exit(result=Move(Step.INTERRUPT, _find_answer(app).text))

    if app.loop:
        app.loop.call_soon_threadsafe(app.loop.call_later, _GRACE, leave)


def _leave_by(step: Step, word: str = "") -> Callable[[KeyPressEvent], None]:
    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=Move(step, _find_answer(event.app).text + word))

    return leave


def _do_nothing(_: KeyPressEvent) -> None:
    pass

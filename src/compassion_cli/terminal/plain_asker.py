"""The plain asker: questions and answers as lines, for screen readers, simple terminals and pipes."""

from __future__ import annotations

from dataclasses import replace

from compassion_cli.core.asking import Audience, Move, Step, Verdict
from compassion_cli.core.form import OPTION
from compassion_cli.core.session import Item, Session
from compassion_cli.terminal.draft_view import say_gone
from compassion_cli.terminal.frames import add_frame, find_frame
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.screen import Screen
from compassion_cli.terminal.words import (
    CLEAR,
    SAYINGS,
    STEPS,
    TURN,
    is_word,
    join_note,
    join_typed,
    label_items,
    list_before,
    list_progress,
    say_how_to_answer,
    say_start,
)


class PlainAsker:
    """Asks line by line. To a pipe it says nothing, and a fault cannot be put right at once."""

    def __init__(self, screen: Screen, reader: LineReader) -> None:
        self._screen = screen
        self._reader = reader
        self._last: Item | None = None

    @property
    def can_ask_again(self) -> bool:
        """Tell whether someone is there."""
        return self._reader.is_interactive

    def ask(self, session: Session, item: Item, fault: str | None) -> Move:
        """Put one question and read lines up to a blank one, or to a word that leads elsewhere."""
        earlier = session.text_of(item)
        if self._reader.is_interactive:
            self._show(session, item, earlier, fault)
        lines: list[str] = []
        try:
            move = self._read(session, item, earlier, lines)
        except (KeyboardInterrupt, OSError):
            # Told to end, or the terminal is gone.
            half = [self._reader.partial] if self._reader.partial else []
            return Move(Step.INTERRUPT, join_typed(earlier, lines + half))
        return replace(move, text=join_note(item, move.text, earlier)) if fault else move

    def _read(self, session: Session, item: Item, earlier: str, lines: list[str]) -> Move:
        while True:
            line = self._reader.read()
            if line is None:
                return Move(self._end(session, item, lines), join_typed(earlier, lines))
            if not line.strip() and not self._reader.is_pasting():
                return Move(Step.NEXT, self._settle(session, item, earlier, "\n".join(lines)))
            if not is_word(line):
                lines.append(line)
                continue
            word = line.strip().lower()
            if word in STEPS:
                return self._step(STEPS[word], join_typed(earlier, lines))
            if word == CLEAR:
                return Move(Step.NEXT, "")
            self._say(SAYINGS[word](session, item), lines)

    def _settle(self, session: Session, item: Item, earlier: str, text: str) -> str:
        if not text.strip():
            return earlier
        # Someone who is there was told that this replaces what was begun; a pipe was not.
        if self._reader.is_interactive or item.key not in session.unsettled:
            return text
        return join_note(item, text, earlier) if item.question.takes_words else join_typed(earlier, [text])

    def _step(self, step: Step, text: str) -> Move:
        # What follows a pause in a pipe would be gone for good, so it is kept with the answer it stands under.
        rest = self._reader.read_rest() if step is Step.PAUSE and not self._reader.is_interactive else ""
        return Move(step, f"{text}\n\n{rest}" if rest.strip() else text)

    def _end(self, session: Session, item: Item, lines: list[str]) -> Step:
        if self._reader.is_interactive:
            return Step.PAUSE
        is_last = session.open_items[-1].key == item.key
        return Step.NEXT if lines and is_last else Step.END

    def greet(self, session: Session, audience: Audience) -> None:
        """Say what is coming, who will read it, and what can be typed; to a pipe, nothing."""
        if self._reader.is_interactive:
            self._screen.say(say_start(session))
            self._screen.say(add_frame(audience.said, session.setting))
            self._screen.say(
                "Press Enter on an empty line to finish an answer. Leave an answer empty to skip the question."
            )
            self._screen.say(f"You can type one of these on a line by itself: {' '.join((*STEPS, *SAYINGS))}")

    def _show(self, session: Session, item: Item, earlier: str, fault: str | None) -> None:
        say = self._screen.say
        if not (fault and item == self._last):
            self._show_question(session, item)
        if earlier:
            say("Your answer so far:")
            say(earlier, indent="  ")
        if fault:
            say(fault)
        if earlier and fault:
            say(f"Type a new answer to replace it, or {CLEAR} to delete it.")
        elif earlier:
            say(f"Press Enter to keep it, type a new answer to replace it, or {CLEAR} to delete it.")
        self._last = item

    def _show_question(self, session: Session, item: Item) -> None:
        say = self._screen.say
        say()
        say(". ".join(list_progress(session, item)).replace(". about", ". About") + ".")
        for line in list_before(item, self._last):
            say(line)
        say(f"{item.number}. {item.question.text}")
        for line in item.guidance:
            say(line.removeprefix(OPTION), indent="  ")
        if say_how_to_answer(item):
            say(say_how_to_answer(item))

    def _say(self, text: str, lines: list[str]) -> None:
        self._screen.say(text)
        if lines:
            self._screen.say("Carry on with your answer. What you typed is still here.")

    def confirm(self, session: Session, audience: Audience) -> Verdict:
        """Show all answers once more; from a pipe, see that no text is left over."""
        if not self._reader.is_interactive:
            try:
                rest = self._reader.read_rest().strip()
            except KeyboardInterrupt:
                return Verdict(Step.INTERRUPT)
            return Verdict(Step.END if rest else Step.NEXT, loose=rest)
        return confirm_by_number(self._screen, self._reader, session, audience)


def confirm_by_number(screen: Screen, reader: LineReader, session: Session, audience: Audience) -> Verdict:
    """Show every answer with its number, and ask whether to save or which to change, and who will read it."""
    labels = label_items(session)
    screen.say()
    screen.say(find_frame(session.setting).last_look)
    for label, item in labels.items():
        screen.say()
        screen.say(f"{label}. {item.question.text}")
        screen.say(session.text_of(item) or "(left blank)", indent="  ")
    screen.say()
    say_gone(screen, session)
    screen.say(audience.said)
    while True:
        offer = f" {TURN} {audience.offer}," if audience.offer else ""
        screen.say(f"Press Enter to save. Type a number to change that answer,{offer} or :pause to finish later.")
        try:
            line = reader.read()
        except KeyboardInterrupt:
            return Verdict(Step.INTERRUPT)
        word = "" if line is None else line.strip().lower().rstrip(".")
        if line is None or word == ":pause":
            return Verdict(Step.PAUSE)
        if not word:
            return Verdict(Step.NEXT)
        if word in labels:
            return Verdict(change=labels[word])
        if word == TURN and audience.offer:
            audience.turn(session)
            screen.say(audience.said)
        else:
            what = "That number is not in the list." if word.isdigit() else "I could not use that here."
            screen.say(f"{what} Nothing has changed.")

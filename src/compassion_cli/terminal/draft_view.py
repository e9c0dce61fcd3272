"""What has been written so far: briefly, when a session goes on, and with age and place in a list of drafts."""

from __future__ import annotations

from datetime import datetime

from compassion_cli.core.form import Entry, Form
from compassion_cli.core.session import Session
from compassion_cli.core.text import displayable, enumerate_words, first_words
from compassion_cli.formats.dates import render_age, render_date
from compassion_cli.terminal.screen import Screen


def say_recap(screen: Screen, session: Session) -> None:
    """Show each question that has been put with the first words of its answer, and how to change one."""
    screen.say("Picking up where you left off.")
    width = screen.width - 5
    for item in session.open_items:
        text = session.text_of(item)
        if item.key in session.seen or text:
            is_half = item.key in session.unsettled
            words = first_words(displayable(text), width - 12) if text else "(skipped)"
            screen.say(first_words(f"{item.number}. {item.question.text}", screen.width))
            screen.say(f"{words} (not finished)" if is_half else words, indent="   ")
    say_gone(screen, session)
    if session.seen:
        screen.say("You can change any of these by going back, or at the last look before saving.")


def say_gone(screen: Screen, session: Session) -> None:
    """Show the answers whose questions are gone from the pack, and any text that stands under no question."""
    if session.gone:
        screen.say("These questions are no longer asked. Your answers to them are kept:")
    for question in session.gone:
        screen.say(f"{question.number}. {question.wording}")
        screen.say(question.text, indent="   ")
    if session.loose:
        screen.say("Also kept, but not under any question:")
        screen.say(session.loose, indent="   ")


def describe_draft(form: Form, changed: datetime, now: datetime, answered: Entry | None = None) -> str:
    """Say in a few words which draft this is: pack, sections, age, and how far it has come.

    Args:
        form: What is in it.
        changed: When it was last written.
        now: The present.
        answered: The entry that it responds to, where it does and that can be read.
    """
    sections = enumerate_words((section.id for section in form.sections), "and")
    name = " ".join(filter(None, (form.pack, sections)))
    if answered:
        about = " ".join((answered.pack, *(section.id for section in answered.sections)))
        name = f"response to {answered.author}, {about} of {render_date(answered.day)} ({answered.piece})"
    elif form.reviewed:
        name = f"response to {form.reviewed.entry_id}"
    return f"{displayable(name)}, {render_age(changed, now)}, answered {form.score}"

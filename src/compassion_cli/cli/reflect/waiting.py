"""Saying that drafts wait, and which."""

from __future__ import annotations

from compassion_cli.cli.context import Context
from compassion_cli.storage.waiting_drafts import WaitingDraft, find_answered, find_waiting
from compassion_cli.terminal.draft_view import describe_draft


def say_waiting(context: Context) -> None:
    """Say in one line that a draft waits, or several do. One that holds nothing yet is not worth a word."""
    drafts = [found for found in find_waiting().drafts if found.form.first_text]
    if len(drafts) == 1:
        context.screen.advise(f"A draft waits: {describe_waiting(drafts[0], context)}. Go on with it: reflect resume")
    elif drafts:
        context.screen.advise(f"{len(drafts)} drafts wait. Go on with one: reflect resume")


def describe_waiting(waiting: WaitingDraft, context: Context) -> str:
    """Say in a few words which draft waits; of a response, also whose entry it responds to."""
    answered = find_answered(waiting)
    return describe_draft(waiting.form, waiting.changed, context.now(), answered.entry if answered else None)

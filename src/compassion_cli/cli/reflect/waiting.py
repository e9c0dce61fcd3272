"""Saying that there are unfinished drafts, and which."""

from __future__ import annotations

from compassion_cli.cli.context import Context
from compassion_cli.storage.waiting_drafts import WaitingDraft, find_answered, find_waiting
from compassion_cli.terminal.draft_view import describe_draft


def say_waiting(context: Context) -> None:
    """Say in one line that there is an unfinished draft, or several. A draft that holds nothing is not mentioned."""
    drafts = [found for found in find_waiting().drafts if found.form.first_text]
    if len(drafts) == 1:
        draft = describe_waiting(drafts[0], context)
        context.screen.advise(f"You have an unfinished draft: {draft}. To carry on, type: reflect resume")
    elif drafts:
        context.screen.advise(f"You have {len(drafts)} unfinished drafts. To carry on with one, type: reflect resume")


def describe_waiting(waiting: WaitingDraft, context: Context) -> str:
    """Say in a few words which draft this is; of a response, also whose entry it responds to."""
    answered = find_answered(waiting)
    return describe_draft(waiting.form, waiting.changed, context.now(), answered.entry if answered else None)

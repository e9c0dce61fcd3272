"""From the first question to an entry, or to a draft that waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from compassion_cli.core.asking import Asker, Step, Walk, walk
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError, UnfinishedError
from compassion_cli.core.filling import fill
from compassion_cli.core.form import name_entry
from compassion_cli.core.session import Session
from compassion_cli.flows.desk import Desk, NothingWrittenError
from compassion_cli.formats.form_markdown import render_form
from compassion_cli.storage.drafts import Draft, new_draft
from compassion_cli.storage.files import FileWriteError
from compassion_cli.storage.journal import new_piece


class Keeper:
    """Keeps the draft of a session, and knows whether all of it is there."""

    def __init__(self, draft: Draft, tell: Callable[[str], None]) -> None:
        self.draft = draft
        self.has_all = False
        self._tell = tell
        self._has_told = False

    def keep(self, session: Session) -> None:
        """Save what there is, if there is anything. Where that fails, the person is told once and goes on."""
        form = session.to_form()
        if not form.first_text and not self.draft.exists:
            return
        try:
            self.draft.keep(form)
        except FileWriteError as error:
            # The answers are still in memory, and the journal may well be fine.
            self.has_all = False
            if not self._has_told:
                self._has_told = True
                self._tell(f"No draft is being kept: {error.what}. Do not close this window before you have saved.")
        else:
            self.has_all = True


def reflect(session: Session, asker: Asker, desk: Desk) -> Path | None:
    """Ask, keep a draft after every answer, and save the entry; return its file, or None after a pause.

    Raises:
        UnfinishedError: It ended before the last question; the draft is kept and named.
        FileWriteError: The journal cannot be written; the draft is kept and named.
    """
    if asker.can_ask_again:
        # Better to hear now that nothing can be saved than after five answers. A pipe is read all the same.
        desk.journal.check()
    piece = new_piece()
    keeper = Keeper(new_draft(name_entry(desk.now(), session.to_form(), piece)), desk.tell)
    walked = walk(session, asker, keeper.keep)
    if walked.is_finished:
        return _finish(walked.session, desk, keeper, piece)
    if walked.session.to_form().first_text:
        _leave(walked, desk, keeper)
    else:
        _leave_empty(walked.step, desk, keeper)
    return None


def _finish(session: Session, desk: Desk, keeper: Keeper, piece: str) -> Path:
    try:
        path = desk.save(session, piece)
    except NothingWrittenError:
        keeper.draft.drop()
        raise
    except FileWriteError as error:
        if not keeper.has_all:
            desk.say_all(render_form(session.to_form()))
            raise
        safe = f"Everything you wrote is kept in {keeper.draft.path}."
        raise ReflectError(error.what, desk.advise_other_place(session.pack.id, keeper.draft.path), safe) from None
    keeper.draft.drop()
    return path


def _leave_empty(step: Step, desk: Desk, keeper: Keeper) -> None:
    keeper.draft.drop()
    if step is Step.INTERRUPT:
        raise InterruptedReflectionError("stopped; nothing had been written yet")
    if step is Step.END:
        raise UnfinishedError("the input ended before anything was written")
    desk.tell("Stopped here. Nothing had been written yet, so nothing is kept.")


def _leave(walked: Walk, desk: Desk, keeper: Keeper) -> None:
    session, path = walked.session, keeper.draft.path
    if not keeper.has_all:
        desk.say_all(render_form(session.to_form()))
        raise UnfinishedError("stopped, and no draft could be kept", "copy the text above to a safe place")
    done, count = len(session.answers), len(session.open_items)
    safe = f"Everything you wrote is kept in {path} ({done} of {count} questions answered)."
    remedy = f"finish that file in an editor, then: {desk.command_to_save(session.pack.id, path)}"
    if walked.step is Step.INTERRUPT:
        raise InterruptedReflectionError("stopped", remedy, safe)
    if walked.step is not Step.PAUSE:
        raise UnfinishedError(_say_why(walked), remedy, safe, _list_faults(session))
    desk.tell(f"Paused. {safe}\nTo go on, {remedy}")


def _say_why(walked: Walk) -> str:
    if walked.session.loose:
        return "there is more text than questions, so nothing was saved as finished"
    if walked.step is Step.END:
        return "the input ended before the last question, so nothing was saved as finished"
    return "some answers do not fit their questions, so nothing was saved as finished"


def _list_faults(session: Session) -> tuple[str, ...]:
    return fill(session.pack, replace(session, loose="").to_form()).faults

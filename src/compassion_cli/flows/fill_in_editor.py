"""From an empty form, or a draft, to an entry by way of someone's own editor."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from compassion_cli.core.errors import InterruptedReflectionError, ReflectError
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Session
from compassion_cli.flows.ask_session import check_destination, finish
from compassion_cli.flows.destination import Saved
from compassion_cli.flows.draft_keeper import SessionKeeper, describe_progress
from compassion_cli.flows.take_form import FormFaultsError, read_form
from compassion_cli.formats.form_markdown import parse_form, render_form
from compassion_cli.storage.drafts import Draft, new_draft
from compassion_cli.storage.read_files import FileReadError
from compassion_cli.storage.write_files import FileWriteError
from compassion_cli.terminal.editor import EditorError
from compassion_cli.terminal.frames import add_frame
from compassion_cli.terminal.screen import Screen

_COMMENT = "Write under each question. When you save and close the editor, your answers are saved."


def fill_in_editor(session: Session, keeper: SessionKeeper) -> Saved:
    """Have a whole form filled in someone's own editor, save the entry and return that.

    The editor works on the draft itself, so that whatever becomes of this program, of the editor or of the computer,
    what was saved in the editor is in the draft.

    Raises:
        FormFaultsError: It has faults, or nothing was added to it; it is kept as a draft.
        EditorError: There is no editor, or it ended with a fault; the draft holds what it left.
        InterruptedReflectionError: The program was told to end; the draft holds what the editor left.
    """
    check_destination(keeper, session.reviewed)
    progress = describe_progress(session, keeper.destination)
    # What has been put in an editor has been put; only what was half written before is to be asked again.
    progress = progress if session.unsettled else replace(progress, pending=None)
    try:
        form = replace(session.to_form(), progress=progress)
        # There is no last look at which it could still be said.
        comment = add_frame(f"{_COMMENT}\n{keeper.destination.describe()}", session.setting)
        _put_in_draft(render_form(form, comment=comment), keeper)
        while True:
            try:
                return finish(_take_from_editor(session.pack, keeper), keeper)
            except (FormFaultsError, EditorError) as error:
                if not keeper.editor.offers_again(error):
                    _leave_form(error, keeper)
    finally:
        keeper.draft.release()


def _put_in_draft(text: str, keeper: SessionKeeper) -> None:
    try:
        keeper.put_down(text)
    except FileWriteError as error:
        if keeper.draft.text is None:
            raise
        safe = f"Your draft has not changed. It is in {keeper.draft.path}."
        raise error.saying("make room, then: reflect resume", safe) from None


def _leave_form(error: ReflectError, keeper: SessionKeeper) -> NoReturn:
    safe = f"The form is kept as a draft in {keeper.draft.path}."
    remedy = error.remedy or "in your editor: reflect resume --editor\nto be asked instead: reflect resume"
    if keeper.editor.is_told_to_end:
        raise InterruptedReflectionError("stopped", remedy, safe, error.details) from None
    raise error.saying(remedy, safe) from None


def _take_from_editor(pack: Pack, keeper: SessionKeeper) -> Session:
    draft, failure = keeper.draft, None
    before = draft.text or ""
    try:
        keeper.editor.edit(draft.path)
    except EditorError as error:
        failure = error
    try:
        text = draft.reread()
    except FileReadError as error:
        _keep_before(draft, before, "", keeper.screen)
        raise failure or FormFaultsError(error.what) from None
    if failure:
        _keep_before(draft, before, text, keeper.screen)
        raise failure
    if text == before:
        raise FormFaultsError("nothing was added to the form, so nothing was saved")
    try:
        session = read_form(pack, text, keeper.destination)
        _refuse_losses(before, session)
    except FormFaultsError:
        _keep_before(draft, before, text, keeper.screen)
        raise
    return session


def _refuse_losses(before: str, session: Session) -> None:
    # An answer that is emptied is emptied; one whose question is gone as well has been cut off.
    there = {question.key for question in session.to_form().questions}
    lost = [q for q in parse_form(before).questions if q.text.strip() and q.key not in there]
    if lost:
        faults = [f"question {q.number} ({q.key}) and its answer are missing" for q in lost]
        raise FormFaultsError("answers are missing from the form, so nothing was saved", faults, session.pack.id)


def _keep_before(draft: Draft, before: str, text: str, screen: Screen) -> None:
    """Keep what was written before the editor had it, where the editor left a form without it that cannot be saved."""
    answers = [question.text for question in parse_form(before).questions if question.text.strip()]
    if all(answer in text for answer in answers):
        return
    if not draft.exists or not text.strip():
        draft.restore(before)
        return
    copy = new_draft(draft.path.stem)
    copy.go_on_beside()
    copy.keep_text(before)
    copy.release()
    screen.say(f"Answers are now missing from the form. The earlier version is kept in {copy.path}.")

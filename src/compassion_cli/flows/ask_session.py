"""From the first question to an entry, or to an unfinished draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from compassion_cli.core.asking import Asker, Step, Walk, walk_session
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError
from compassion_cli.core.form import Progress, Reviewed, name_entry
from compassion_cli.core.form_to_session import read_session
from compassion_cli.core.session import Session
from compassion_cli.flows.destination import AlreadyAnsweredError, NothingWrittenError, Saved
from compassion_cli.flows.draft_keeper import DraftKeeper, SessionKeeper
from compassion_cli.formats.form_markdown import render_form
from compassion_cli.storage.drafts import Draft, new_draft
from compassion_cli.storage.journal import new_piece
from compassion_cli.storage.write_files import FileWriteError, TooLargeError
from compassion_cli.terminal.screen import Screen


def begin_draft(session: Session, now: datetime) -> Draft:
    """Return the draft of a new session. Nothing is written yet."""
    # In the name of a draft, what follows a full stop is a page of it.
    return new_draft(name_entry(now, session.to_form(), new_piece()).replace(".", "-"))


def ask_session(session: Session, asker: Asker, keeper: SessionKeeper) -> Saved | None:
    """Ask, keep a draft after every answer, and save the entry; return that, or None after a pause.

    Args:
        session: New, or taken up from its draft.
        asker: Who is asked.
        keeper: Keeps the session meanwhile, and knows where the entry goes.

    Raises:
        ReflectError: It ended before the last question; the draft is kept and named.
        FileWriteError: The journal cannot be written; the draft is kept and named.
    """
    if asker.can_ask_again:
        # Better to hear now that nothing can be saved than after five answers. A pipe is read all the same.
        check_destination(keeper, session.reviewed)
    try:
        walked = walk_session(session, asker, keeper)
        if walked.is_finished:
            return finish(walked.session, keeper)
        if walked.session.to_form().first_text:
            _leave_session(walked, keeper)
        else:
            _leave_empty(walked.step, keeper)
    finally:
        keeper.draft.release()
    return None


def check_destination(keeper: DraftKeeper, reviewed: Reviewed | None) -> None:
    """See whether an entry could be saved, before anything is asked.

    Raises:
        ReflectError: It could not. A draft that is there already is named.
    """
    try:
        keeper.destination.check(reviewed)
    except (FileWriteError, AlreadyAnsweredError) as error:
        if keeper.draft.text is None:
            raise
        raise _say_where_kept(error, keeper.draft) from None


def _say_where_kept(error: ReflectError, draft: Draft) -> ReflectError:
    if isinstance(error, TooLargeError):
        remedy = f"{error.remedy}, then: reflect resume"
    elif isinstance(error, FileWriteError):
        remedy = "to save it somewhere else: reflect resume --journal FOLDER\nor fix the problem, then: reflect resume"
    else:
        delete = f"reflect resume {draft.path.stem[-4:]} --delete"
        remedy = f"{error.remedy}\nto delete the draft, once you need nothing in it: {delete}"
    return error.saying(remedy, f"{error.safe} Everything you wrote is kept in {draft.path}.".strip())


def finish(session: Session, keeper: DraftKeeper) -> Saved:
    """Save the entry, only then drop the draft, and only then record the entry; return what was saved.

    Raises:
        NothingWrittenError: There is no answer in it; the draft, which holds nothing, is gone.
        ReflectError: The journal cannot be written; the draft is kept and named.
    """
    draft, destination = keeper.draft, keeper.destination
    try:
        saved = destination.save(session, draft.piece, lambda entry: keeper.announce(entry, session))
    except NothingWrittenError:
        draft.drop()
        raise
    except (FileWriteError, AlreadyAnsweredError) as error:
        if not keeper.has_all:
            keeper.screen.show_only_copy(render_form(session.to_form()))
            raise
        raise _say_where_kept(error, draft) from None
    draft.drop()
    destination.record(saved.path)
    _mention_leftovers(draft, keeper.screen)
    return saved


def _mention_leftovers(draft: Draft, screen: Screen) -> None:
    if draft.exists:
        screen.advise(
            f"The entry is saved, but its draft {draft.path} could not be deleted. Do not save it again. "
            "To delete it: reflect resume --delete"
        )
    for page in draft.find_pages().values():
        screen.say(f"An editor left {page.path} behind, and it is not in the entry. Copy what you need from it.")


def _leave_empty(step: Step, keeper: DraftKeeper) -> None:
    keeper.draft.drop()
    if step is Step.INTERRUPT:
        raise InterruptedReflectionError("stopped; nothing had been written yet")
    if step is Step.END:
        raise ReflectError("the input ended before anything was written")
    keeper.screen.say("Stopped here. Nothing had been written yet, so nothing is kept.")


def _leave_session(walked: Walk, keeper: DraftKeeper) -> None:
    session, path = walked.session, keeper.draft.path
    if not keeper.has_all:
        keeper.screen.show_only_copy(render_form(session.to_form()))
        raise ReflectError("stopped, and no draft could be kept", "copy the text above to a safe place")
    kept = f"The draft is in {path}.\nKept: {say_kept(session)}.\nTo carry on: reflect resume"
    if walked.step is Step.PAUSE:
        keeper.screen.advise(f"Paused. {kept}")
        return
    if walked.step is Step.INTERRUPT:
        raise InterruptedReflectionError("stopped", safe=kept)
    raise ReflectError(_say_why(walked), safe=kept, details=_list_misfits(session))


def say_kept(session: Session) -> str:
    """Say how much of a session there is, as in ``2 of 5 questions answered, and one half way``."""
    form = replace(session.to_form(), progress=Progress(journal="", pending=session.pending))
    begun = len(session.unsettled)
    return f"{form.score} questions answered" + (f", and {begun} unfinished" if begun else "")


def _say_why(walked: Walk) -> str:
    if walked.session.loose:
        return "there is more text than there are questions, so no entry was saved"
    if walked.step is Step.END:
        return "the input ended before the last question, so no entry was saved"
    return "some answers do not fit their questions, so no entry was saved"


def _list_misfits(session: Session) -> tuple[str, ...]:
    return read_session(session.pack, session.to_form(), session.read_date).misfits

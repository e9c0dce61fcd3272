"""The few orders of steps that must not be got wrong: keep a draft, save the entry, only then drop the draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from compassion_cli.core.asking import Asker, Step, Walk, walk
from compassion_cli.core.errors import FormFaultError, InterruptedReflectionError, ReflectError, UnfinishedError
from compassion_cli.core.filling import Filling, fill
from compassion_cli.core.form import name_entry
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Session
from compassion_cli.formats.form_markdown import find_damaged_markers, parse_form, render_form
from compassion_cli.storage.drafts import Draft, is_draft, new_draft
from compassion_cli.storage.files import FileWriteError
from compassion_cli.storage.journal import Journal, new_piece


@dataclass(frozen=True)
class Desk:
    """What a reflection needs besides questions: where it goes, who writes it, and what time it is.

    Attributes:
        tell: Says something to whoever is there, on stderr.
    """

    journal: Journal
    author: str
    now: Callable[[], datetime]
    tell: Callable[[str], None]


class NothingWrittenError(ReflectError):
    """Every question was skipped."""


class FormFaultsError(ReflectError):
    """A filled form with faults. It is kept where it is, or as a draft where it came from a pipe."""


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
    draft = new_draft(name_entry(desk.now(), session.to_form(), piece))
    walked = walk(session, asker, _keep_in(draft, desk))
    if walked.is_finished:
        return _finish(walked.session, desk, draft, piece)
    if not walked.session.to_form().first_text:
        _leave_empty(walked.step)
    else:
        _leave(walked, draft, desk)
    return None


def reflect_from_form(pack: Pack, text: str, source: Path | None, desk: Desk) -> Path:
    """Save a filled form as an entry and return its file.

    Args:
        pack: The pack it must be a form of.
        text: The form.
        source: The file it was read from; None where it came through a pipe.
        desk: Where it goes.

    Raises:
        FormFaultsError: It has faults; all are named, and nothing of it is lost.
    """
    try:
        kept = source or _put_down(text, pack.id)
    except FileWriteError:
        return _save_form(pack, text, None, desk)
    path = _save_form(pack, text, kept, desk)
    if is_draft(kept):
        Draft(kept).drop()
    return path


def _put_down(text: str, pack_id: str) -> Path:
    # What came through a pipe is nowhere else, so it is on the disk before anything can go wrong with it.
    draft = new_draft(f"{pack_id}-form-{new_piece()}")
    draft.keep_text(text)
    return draft.path


def _save_form(pack: Pack, text: str, kept: Path | None, desk: Desk) -> Path:
    try:
        return _save(_read_form(pack, text, kept).session, desk, new_piece())
    except (FormFaultsError, FileWriteError) as error:
        if kept is None:
            _say_all(text, desk)
            raise
        remedy = _say_other_place(pack.id, kept) if isinstance(error, FileWriteError) else error.remedy
        safe = f"The form is as it was, in {kept}."
        raise FormFaultsError(error.what, remedy, safe, error.details) from None


def _read_form(pack: Pack, text: str, kept: Path | None) -> Filling:
    faults = [
        f"line {number} looks like a marker and is none; put it back as it was, or a backslash before it"
        for number in find_damaged_markers(text)
    ]
    right_pack = pack.id
    try:
        form = parse_form(text)
        if form.pack != pack.id:
            right_pack = form.pack
            faults = [f"it is a form of {form.pack}, not of {pack.id}"]
        else:
            filling = fill(pack, form)
            faults += filling.faults
    except FormFaultError as fault:
        faults = [f"{fault.what} (line {fault.line})" if fault.line else fault.what]
    if faults:
        what = "the form has a fault" if len(faults) == 1 else "the form has faults"
        remedy = f'put that right in the file, then: reflect {right_pack} --from "{kept or "FILE"}"'
        raise FormFaultsError(f"{what}, so nothing was saved", remedy, details=faults)
    return filling


def _prepare(desk: Desk) -> None:
    if desk.journal.prepare():
        desk.tell(f"A new journal has been made in {desk.journal.folder}.")


def _leave_empty(step: Step) -> None:
    if step is Step.INTERRUPT:
        raise InterruptedReflectionError("stopped; nothing had been written yet")
    if step is Step.END:
        raise UnfinishedError("the input ended before anything was written")


def _keep_in(draft: Draft, desk: Desk) -> Callable[[Session], None]:
    told: list[str] = []

    def keep(session: Session) -> None:
        if not draft.exists and not any(map(session.text_of, session.items)) and not session.loose:
            return
        try:
            draft.keep(session.to_form())
        except FileWriteError as error:
            # The answers are still in memory and the journal may well be fine, so the person goes on, warned once.
            if not told:
                told.append(error.what)
                desk.tell(f"No draft is being kept: {error.what}. Do not close this window before you have saved.")

    return keep


def _save(session: Session, desk: Desk, piece: str) -> Path:
    form = session.to_form()
    if not form.first_text:
        raise NothingWrittenError("no question was answered, so nothing was saved")
    _prepare(desk)
    return desk.journal.save(form, desk.now(), desk.author, piece)


def _finish(session: Session, desk: Desk, draft: Draft, piece: str) -> Path:
    try:
        path = _save(session, desk, piece)
    except FileWriteError as error:
        if not draft.exists:
            _say_all(render_form(session.to_form()), desk)
            raise
        safe = f"Everything you wrote is kept in {draft.path}."
        raise ReflectError(error.what, _say_other_place(session.pack.id, draft.path), safe) from None
    draft.drop()
    return path


def _say_other_place(pack_id: str, path: Path) -> str:
    return f'save it elsewhere: reflect {pack_id} --from "{path}" --journal FOLDER'


def _say_all(text: str, desk: Desk) -> None:
    # The last resort: nothing could be written anywhere, and this is the only copy.
    desk.tell("It could not be written anywhere. Copy what follows to a safe place before you close this window.")
    desk.tell(text)


def _leave(walked: Walk, draft: Draft, desk: Desk) -> None:
    session = walked.session
    if not draft.exists:
        _say_all(render_form(session.to_form()), desk)
        raise UnfinishedError("stopped, and no draft could be kept")
    done, count = len(session.answers), len(session.open_items)
    safe = f"Everything you wrote is kept in {draft.path} ({done} of {count} questions answered)."
    remedy = f'finish that file in an editor, then: reflect {session.pack.id} --from "{draft.path}"'
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

"""From a filled form to an entry, whether it comes from a file, a pipe or an editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from compassion_cli.core.errors import FormFaultError, InterruptedReflectionError, ReflectError
from compassion_cli.core.filling import fill
from compassion_cli.core.form import Progress
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Session
from compassion_cli.flows.desk import Desk, NothingWrittenError
from compassion_cli.flows.keeping import DraftKeeper
from compassion_cli.flows.sessions import check_journal, finish
from compassion_cli.formats.form_markdown import find_damaged_markers, parse_form, render_form
from compassion_cli.storage.drafts import Draft, is_draft, new_draft
from compassion_cli.storage.files import FileReadError, FileWriteError
from compassion_cli.storage.journal import new_piece
from compassion_cli.terminal.editor import EditorError

_COMMENT = "Write under each question. Save and close the editor, and what you wrote is saved in your journal."


class FormFaultsError(ReflectError):
    """A filled form that cannot be saved as it is. It is kept where it is, or as a draft.

    Args:
        what: What is wrong.
        details: The faults, where there are several.
        pack: The pack it is a form of.
    """

    def __init__(
        self, what: str, remedy: str = "", safe: str = "", details: Sequence[str] = (), pack: str = ""
    ) -> None:
        super().__init__(what, remedy, safe, details)
        self.pack = pack


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
        draft = _find_draft(pack.id, text, source)
    except FileWriteError:
        return _save_only_copy(pack, text, desk)
    kept = draft.path if draft else source
    try:
        session = _read_form(pack, text)
        return finish(session, desk, DraftKeeper(draft, desk)) if draft else desk.save(session, new_piece())
    except FormFaultsError as error:
        remedy = f'put that right in the file, then: reflect {error.pack} --from "{kept}"{desk.options}'
        raise FormFaultsError(error.what, remedy, f"The form is as it was, in {kept}.", error.details) from None
    except FileWriteError as error:
        remedy = f'save it elsewhere: reflect {pack.id} --from "{kept}" --journal FOLDER'
        raise ReflectError(error.what, remedy, f"The form is as it was, in {kept}.") from None


def keep_half_a_form(pack: Pack, text: str) -> NoReturn:
    """Keep what has come of a form that was broken off.

    Raises:
        InterruptedReflectionError: Always; it says where the text is.
    """
    if not text.strip():
        raise InterruptedReflectionError("stopped; nothing had come yet")
    draft = new_draft(f"{pack.id}-form-{new_piece()}")
    draft.keep_text(text)
    raise InterruptedReflectionError("stopped", safe=f"What has come of the form is kept in {draft.path}.")


def _find_draft(pack_id: str, text: str, source: Path | None) -> Draft | None:
    if source:
        return Draft(source, text) if is_draft(source) else None
    # What came through a pipe is nowhere else, so it is on the disk before anything can go wrong with it.
    draft = new_draft(f"{pack_id}-form-{new_piece()}")
    draft.keep_text(text)
    return draft


def _save_only_copy(pack: Pack, text: str, desk: Desk) -> Path:
    try:
        return desk.save(_read_form(pack, text), new_piece())
    except NothingWrittenError:
        raise
    except ReflectError:
        desk.say_all(text)
        raise


def _read_form(pack: Pack, text: str) -> Session:
    faults = [
        f"line {number} looks like a marker and is none; put it back as it was, or a backslash before it"
        for number in find_damaged_markers(text)
    ]
    fitting = pack.id
    try:
        form = parse_form(text)
        if form.pack != pack.id:
            fitting = form.pack
            faults = [f"it is a form of {form.pack}, not of {pack.id}"]
        else:
            filling = fill(pack, form)
            faults += filling.faults
    except FormFaultError as fault:
        faults = [f"{fault.what} (line {fault.line})" if fault.line else fault.what]
    if faults:
        what = "the form has a fault" if len(faults) == 1 else "the form has faults"
        raise FormFaultsError(f"{what}, so nothing was saved", details=faults, pack=fitting)
    return filling.session


def reflect_in_editor(session: Session, desk: Desk, draft: Draft) -> Path:
    """Have a whole form filled in somebody's own editor, save the entry and return its file.

    The editor works on the draft itself, so that whatever becomes of this program, of the editor or of the computer,
    what was saved in the editor is in the draft.

    Raises:
        FormFaultsError: It has faults or came back as it was; it is kept as a draft.
        EditorError: There is no editor, or it ended with a fault; the draft holds what it left.
    """
    check_journal(desk, draft)
    form = replace(session.to_form(), progress=Progress(str(desk.journal.folder)))
    draft.keep_text(render_form(form, comment=_COMMENT))
    while True:
        try:
            return finish(_fill_in_editor(session.pack, desk, draft), desk, DraftKeeper(draft, desk))
        except (FormFaultsError, EditorError) as error:
            if not desk.editor.offers_again(error):
                safe = f"The form is kept as a draft in {draft.path}."
                remedy = error.remedy or "reflect resume --editor"
                raise type(error)(error.what, remedy, safe, error.details) from None


def _fill_in_editor(pack: Pack, desk: Desk, draft: Draft) -> Session:
    before, failure = draft.text, None
    try:
        desk.editor.edit(draft.path)
    except EditorError as error:
        failure = error
    try:
        text = draft.reread()
    except FileReadError as error:
        raise FormFaultsError(error.what) from None
    if failure:
        raise failure
    if text == before:
        raise FormFaultsError("the form came back as it was, so nothing was saved")
    return _read_form(pack, text)

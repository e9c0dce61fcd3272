"""From a filled form to an entry."""

from __future__ import annotations

from pathlib import Path

from compassion_cli.core.errors import FormFaultError, ReflectError
from compassion_cli.core.filling import Filling, fill
from compassion_cli.core.pack import Pack
from compassion_cli.flows.desk import Desk
from compassion_cli.formats.form_markdown import find_damaged_markers, parse_form
from compassion_cli.storage.drafts import Draft, is_draft, new_draft
from compassion_cli.storage.files import FileWriteError
from compassion_cli.storage.journal import new_piece


class FormFaultsError(ReflectError):
    """A filled form with faults. It is kept where it is, or as a draft where it came from a pipe."""


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
        return desk.save(_read_form(pack, text, kept, desk).session, new_piece())
    except (FormFaultsError, FileWriteError) as error:
        if kept is None:
            desk.say_all(text)
            raise
        safe = f"The form is as it was, in {kept}."
        if isinstance(error, FormFaultsError):
            raise FormFaultsError(error.what, error.remedy, safe, error.details) from None
        raise ReflectError(error.what, desk.advise_other_place(pack.id, kept), safe) from None


def _read_form(pack: Pack, text: str, kept: Path | None, desk: Desk) -> Filling:
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
        remedy = f"put that right in the file, then: {desk.command_to_save(right_pack, kept or Path('FILE'))}"
        raise FormFaultsError(f"{what}, so nothing was saved", remedy, details=faults)
    return filling

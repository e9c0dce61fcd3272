"""From a filled form to an entry, whether it comes from a file or a pipe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from compassion_cli.core.errors import FormFaultError, InterruptedReflectionError, ReflectError
from compassion_cli.core.form import Form, Reviewed
from compassion_cli.core.form_to_session import read_session
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Session
from compassion_cli.flows.ask_session import finish
from compassion_cli.flows.destination import AlreadyAnsweredError, Destination, NothingWrittenError, Saved
from compassion_cli.flows.draft_keeper import DraftKeeper
from compassion_cli.formats.form_markdown import find_damaged_markers, note_journal, parse_form
from compassion_cli.storage.drafts import Draft, is_draft, new_draft
from compassion_cli.storage.journal import new_piece
from compassion_cli.storage.places import contract
from compassion_cli.storage.write_files import FileWriteError
from compassion_cli.terminal.screen import Screen

#: Returns the version of a pack that a form was printed from; None where it is the present one, or not known.
FindEarlier = Callable[[Form], Pack | None]
#: Whoever saved it again from here might lose what only the newer version knows of.
NEWER = "a newer version of compassion-cli wrote it, so please update compassion-cli"


class FormFaultsError(ReflectError):
    """A filled-in form that cannot be saved. It stays in its file, or is kept as a draft.

    Args:
        what: What is wrong.
        details: The faults, where there are several.
        pack: The pack it is a form of.
    """

    def __init__(self, what: str, details: Sequence[str] = (), pack: str = "") -> None:
        super().__init__(what, details=details)
        self.pack = pack


def take_form(
    pack: Pack,
    text: str,
    source: Path | None,
    destination: Destination,
    screen: Screen,
    *,
    reviewed: Reviewed | None = None,
    find_earlier: FindEarlier | None = None,
) -> Saved:
    """Save a filled form as an entry, or as a review, and return that.

    Args:
        pack: The pack it must be a form of.
        text: The form.
        source: The file it was read from; None where it came through a pipe.
        destination: Where it goes.
        screen: Shows it, as the last resort, where it cannot be written.
        reviewed: What it responds to, where it has to be a review.
        find_earlier: Returns the pack as it was when a form was printed, where it is known.

    Raises:
        FormFaultsError: It has faults; all are named, and nothing of it is lost.
    """
    if source is None and not text.strip():
        raise FormFaultsError("the form is empty, so nothing was saved")

    def read(text: str) -> Session:
        return read_form(pack, text, destination, reviewed, find_earlier)

    try:
        draft = _find_draft(pack.id, text, source, destination)
    except FileWriteError:
        return _save_only_copy(read, text, destination, screen)
    kept = draft.path if draft else source
    try:
        session = read((draft and draft.text) or text)
        return finish(session, DraftKeeper(draft, destination, screen)) if draft else _save(session, destination)
    except FormFaultsError as error:
        first = "to save it" if error.pack != pack.id else "correct the file, then"
        first = "update compassion-cli, then" if NEWER in error.details else first
        remedy = f"{first}: {destination.spell_taking(error.pack, kept)}{destination.options}"
        raise error.saying(remedy, f"The form has not changed. It is in {kept}.") from None
    except AlreadyAnsweredError as error:
        safe = f"{error.safe} The form has not changed. It is in {kept}."
        raise error.saying(error.remedy, safe) from None
    except FileWriteError as error:
        remedy = f"to save it somewhere else: {destination.spell_taking(pack.id, kept)} --journal FOLDER"
        raise error.saying(remedy, f"The form has not changed. It is in {kept}.") from None
    finally:
        if draft:
            draft.release()


def keep_half_a_form(pack: Pack, text: str, destination: Destination) -> NoReturn:
    """Keep what has come of a form that was broken off.

    Raises:
        InterruptedReflectionError: Always; it says where the text is.
    """
    if not text.strip():
        raise InterruptedReflectionError("stopped; nothing had arrived yet")
    draft = _put_form_down(pack.id, text, contract(destination.journal.folder))
    draft.release()
    raise InterruptedReflectionError("stopped", safe=f"The part of the form that arrived is kept in {draft.path}.")


def keep_form(pack: Pack, text: str, journal: str | None, tell: Callable[[str], None]) -> str:
    """Keep a form that came through a pipe and cannot be taken now; return a sentence that says where it is.

    Args:
        pack: The pack it should be a form of.
        text: The form.
        journal: The folder of the journal it was meant for; None where that is not known.
        tell: Shows it, as the last resort, where it cannot be written.
    """
    try:
        draft = _put_form_down(pack.id, text, journal)
    except FileWriteError:
        tell(text)
        return "The form could not be saved anywhere. Copy it from above before you close this window."
    draft.release()
    return f"The form is kept in {draft.path}."


def _find_draft(pack_id: str, text: str, source: Path | None, destination: Destination) -> Draft | None:
    if source:
        return hold_draft(Draft(source, text)) if is_draft(source) else None
    # What came through a pipe is nowhere else, so it is on the disk before anything can go wrong with it.
    return _put_form_down(pack_id, text, contract(destination.journal.folder))


def _put_form_down(pack_id: str, text: str, journal: str | None) -> Draft:
    draft = new_draft(f"{pack_id}-form-{new_piece()}")
    draft.keep_text(text if journal is None else note_journal(text, journal))
    return draft


def hold_draft(draft: Draft) -> Draft:
    """Return a draft that no other program has taken up.

    Raises:
        ReflectError: One has.
    """
    if draft.hold():
        return draft
    draft.release()
    raise ReflectError("this draft is open in another window", "carry on in that window, or close it first")


def _save_only_copy(read: Callable[[str], Session], text: str, destination: Destination, screen: Screen) -> Saved:
    try:
        return _save(read(text), destination)
    except NothingWrittenError:
        raise
    except ReflectError:
        screen.show_only_copy(text)
        raise


def _save(session: Session, destination: Destination) -> Saved:
    saved = destination.save(session, new_piece())
    destination.record(saved.path)
    return saved


def read_form(
    pack: Pack,
    text: str,
    destination: Destination,
    reviewed: Reviewed | None = None,
    find_earlier: FindEarlier | None = None,
) -> Session:
    """Return the session that a filled form stands for.

    Args:
        pack: The pack it must be a form of.
        text: The form.
        destination: Knows the day from which dates in words are counted.
        reviewed: The entry it must respond to, where it does not say so itself.
        find_earlier: Returns the pack as it was when a form was printed, where it is known.

    Raises:
        FormFaultsError: It has faults; all are named.
    """
    faults, fitting = find_damaged_markers(text), pack.id
    try:
        form = parse_form(text)
        if form.pack != pack.id:
            fitting = form.pack
            faults = [f"it is a form for {form.pack}, not for {pack.id}"]
        elif form.is_newer:
            faults = [NEWER]
        elif reviewed and form.reviewed and form.reviewed.entry_id != reviewed.entry_id:
            faults = [f"it responds to a different entry, {form.reviewed.entry_id}"]
        else:
            earlier = find_earlier(form) if find_earlier else None
            form = replace(form, reviewed=form.reviewed or reviewed)
            filling = read_session(pack, form, destination.read_due, earlier)
            faults += filling.faults
    except FormFaultError as fault:
        faults = [fault.place_and_what]
    if faults:
        what = "there is a problem with the form" if len(faults) == 1 else "there are problems with the form"
        raise FormFaultsError(f"{what}, so nothing was saved", faults, fitting)
    return filling.session

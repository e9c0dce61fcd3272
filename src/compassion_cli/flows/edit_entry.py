"""Changing an entry in someone's own editor."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from compassion_cli.core.errors import FormFaultError, InterruptedReflectionError, ReflectError
from compassion_cli.core.form import Entry, FormQuestion
from compassion_cli.flows.own_editor import Editor
from compassion_cli.formats.dates import read_due
from compassion_cli.formats.form_markdown import find_damaged_markers, parse_entry, parse_form
from compassion_cli.formats.offered_questions import NO_OFFERING, Offering, find_misplaced
from compassion_cli.history.change import Change
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.kept_edits import Edit
from compassion_cli.storage.read_files import FileReadError
from compassion_cli.storage.write_files import FileWriteError
from compassion_cli.terminal.editor import EditorError


class EntryFaultsError(ReflectError):
    """An edit that can no longer be read as the entry. The entry has not changed; the edit is saved next to it."""


def edit_entry(
    entry: Path,
    begun: Path | None,
    editor: Editor,
    recorder: Recorder,
    offering: Offering = NO_OFFERING,
) -> bool:
    """Open an entry in an editor, and put what comes back in its place; tell whether it has changed.

    Args:
        entry: Its file.
        begun: A saved edit, to carry on with; None to start from the current version.
        editor: Someone's own.
        recorder: Records the version there was, and the one there is then.
        offering: The questions offered to its author, what its pack prints, and whether its author is who edits it.

    Raises:
        EntryFaultsError: The edit can no longer be read as this entry.
        EditorError: There is no editor, or it ended with a fault.
        ReflectError: Another program has changed the entry meanwhile.
        FileWriteError: The folder cannot be written.
    """
    edit = Edit(entry, begun, offering)
    while True:
        try:
            _edit_once(edit, editor)
            break
        except (EntryFaultsError, EditorError) as error:
            if edit.is_unchanged:
                edit.drop()
                raise
            if not editor.offers_again(error):
                raise _say_where_edit_is(error, edit, is_told_to_end=editor.is_told_to_end) from None
    if edit.is_unchanged:
        edit.drop()
        recorder.tell("Nothing was changed.")
        return False
    recorder.settle(entry)
    try:
        edit.apply(lambda said: read_due(said, recorder.now().date()))
    except FileWriteError as error:
        raise _say_where_edit_is(error, edit) from None
    recorder.record([entry], Change.EDITED)
    return True


def _say_where_edit_is(error: ReflectError, edit: Edit, *, is_told_to_end: bool = False) -> ReflectError:
    if not edit.path.exists():
        return ReflectError(
            "your editor deleted the file, so there is no edit to keep", safe="The entry has not changed."
        )
    safe = f"The entry has not changed. Your edit is kept in {edit.path}."
    remedy = f'journal edit --from "{edit.path}"'
    if is_told_to_end:
        return InterruptedReflectionError("stopped", remedy, safe, error.details)
    return error.saying(remedy, safe)


def _edit_once(edit: Edit, editor: Editor) -> None:
    failure = None
    try:
        editor.edit(edit.path)
    except EditorError as error:
        failure = error
    try:
        text = edit.reread()
    except FileReadError as error:
        raise EntryFaultsError(error.what) from None
    if failure:
        raise failure
    if faults := () if edit.is_unchanged else _find_faults(edit, text):
        raise EntryFaultsError("this can no longer be read as the entry, so it was not saved", details=faults)


def _find_faults(edit: Edit, after: str) -> tuple[str, ...]:
    faults = find_damaged_markers(after)
    try:
        entry = parse_entry(after)
    except FormFaultError as fault:
        return (*faults, fault.place_and_what)
    faults += find_misplaced(after, edit.offering.known)
    # Where it did not read as an entry before, there is nothing to lose.
    with suppress(FormFaultError):
        faults += _find_losses(
            parse_entry(edit.read), entry, [question.key for question in parse_form(after).questions]
        )
    return tuple(faults)


def _find_losses(before: Entry, after: Entry, keys: Sequence[str]) -> list[str]:
    faults = [] if after.id == before.id else [f'its id has been changed; change it back to: id = "{before.id}"']
    faults += [f"{_name_of(question)} appears twice" for question in before.questions if keys.count(question.key) > 1]
    return faults + [
        f"the marker above {_name_of(question)} is missing; on a line by itself, put: <!-- question: {question.key} -->"
        for question in before.questions
        if question.key not in keys
    ]


def _name_of(question: FormQuestion) -> str:
    return f"question {question.number} ({question.key})"

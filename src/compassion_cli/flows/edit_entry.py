"""Changing an entry in somebody's own editor."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from compassion_cli.core.errors import FormFaultError, InterruptedReflectionError, ReflectError
from compassion_cli.core.form import Entry, FormQuestion
from compassion_cli.flows.own_editor import Editor
from compassion_cli.formats.dates import read_due
from compassion_cli.formats.form_markdown import find_damaged_markers, parse_entry
from compassion_cli.history.change import Change
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.kept_edits import Edit
from compassion_cli.storage.read_files import FileReadError
from compassion_cli.storage.write_files import FileWriteError
from compassion_cli.terminal.editor import EditorError


class EntryFaultsError(ReflectError):
    """An edit that no longer reads as the entry it was. The entry is as it was, and the edit is kept beside it."""


def edit_entry(entry: Path, begun: Path | None, editor: Editor, recorder: Recorder) -> bool:
    """Open an entry in an editor, and put what comes back in its place; tell whether it has changed.

    Args:
        entry: Its file.
        begun: An edit that was kept, to go on with; None to begin with the entry as it is.
        editor: Somebody's own.
        recorder: Records the version there was, and the one there is then.

    Raises:
        EntryFaultsError: The edit does not read as this entry any more.
        EditorError: There is no editor, or it ended with a fault.
        ReflectError: Another program has changed the entry meanwhile.
        FileWriteError: The folder cannot be written.
    """
    edit = Edit(entry, begun)
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
    safe = f"The entry is as it was. Your edit is kept in {edit.path}."
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
    if faults := () if edit.is_unchanged else _find_faults(edit.read, text):
        raise EntryFaultsError("this does not read as the entry any more, so it was not saved", details=faults)


def _find_faults(before: str, after: str) -> tuple[str, ...]:
    faults = find_damaged_markers(after)
    try:
        entry = parse_entry(after)
    except FormFaultError as fault:
        return (*faults, fault.place_and_what)
    # Where it did not read as an entry before, there is nothing to lose.
    with suppress(FormFaultError):
        faults += _find_losses(parse_entry(before), entry)
    return tuple(faults)


def _find_losses(before: Entry, after: Entry) -> list[str]:
    faults = [] if after.id == before.id else [f'its id has been changed; put back: id = "{before.id}"']
    keys = [question.key for question in after.questions]
    faults += [f"{_name_of(question)} is there twice" for question in before.questions if keys.count(question.key) > 1]
    return faults + [
        f"the marker above {_name_of(question)} is missing; put back <!-- question: {question.key} --> on its own line"
        for question in before.questions
        if question.key not in keys
    ]


def _name_of(question: FormQuestion) -> str:
    return f"question {question.number} ({question.key})"

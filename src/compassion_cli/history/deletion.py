"""Taking an entry out of a journal, and bringing back what it was. The history keeps all versions of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.history.change import Change
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.read_files import read_lenient_text
from compassion_cli.storage.write_files import FileChangedError, remove_if_it_holds, replace


def delete_files(texts: Mapping[Path, str], recorder: Recorder) -> None:
    """Take the files of an entry out of the folder, and record that.

    Args:
        texts: What was in each when someone saw it and said yes; the entry comes last, so that nothing that belongs to
            it is ever left alone.
        recorder: Has recorded them as they are.

    Raises:
        ReflectError: One has been changed meanwhile, or cannot be removed. What is gone by then can be restored.
    """
    for path, text in texts.items():
        remove_if_it_holds(path, text)
        if path.exists():
            raise ReflectError(
                f"{path} has been changed since you saw it, or could not be removed",
                "check that you are allowed to change the folder it is in, then run the same command again",
                "It has not changed.",
            )
    recorder.record(list(texts)[::-1], Change.DELETED)


def restore_files(texts: Mapping[Path, str], journal: Journal, recorder: Recorder) -> None:
    """Put earlier versions of the files of an entry in their place, and record that.

    Args:
        texts: What each is to hold.
        journal: The journal they belong in.
        recorder: Records what is there before and after.

    Raises:
        ReflectError: Someone has changed one meanwhile. What is there stays.
        FileWriteError: It cannot be written.
    """
    for path, text in texts.items():
        if path.exists():
            if not recorder.keep([path]):
                raise ReflectError(
                    "no history is kept here, so what the entry says now would be lost",
                    "to change it: journal edit",
                    "Nothing has changed.",
                )
            try:
                replace(path, text, read=read_lenient_text(path))
            except FileChangedError as error:
                raise ReflectError(error.what, "run the same command again", "It has not been replaced.") from None
        else:
            journal.add(path.name, text)
    recorder.record(list(texts), Change.RESTORED)

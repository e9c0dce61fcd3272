"""From private to shared: the words as they stand, and nothing of what they were before."""

from __future__ import annotations

from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.history.change import Change
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.read_files import read_text
from compassion_cli.storage.write_files import remove_if_it_holds


def move_to_shared(path: Path, text: str, shared: SharedJournal, in_shared: Recorder, in_private: Recorder) -> Path:
    """Put an entry into the shared journal, and only then take it out of the private one; return its new file.

    Args:
        path: The private entry.
        text: What was in it when somebody read it and said yes.
        shared: The journal it goes to.
        in_shared: Records it there.
        in_private: Records that it has gone. The earlier versions stay in the private history.

    Raises:
        ReflectError: It says something else by now, or another entry has its name there; nothing has changed.
        FileWriteError: It cannot be written; nothing has changed.
    """
    if read_text(path) != text:
        raise ReflectError("this entry has been changed since you read it", "journal share", "Nothing was shared.")
    in_private.settle(path)
    try:
        target = shared.add(path.name, text)
    except FileExistsError:
        target = shared.find_place(path.name)
        # It may have been shared before, by a program that was killed before the private one was gone.
        if read_text(target) != text:
            raise ReflectError(f"another entry is called {path.stem} there", safe="Nothing was changed.") from None
    in_shared.record([target], Change.SHARED)
    remove_if_it_holds(path, text)
    in_private.record([path], Change.UNSHARED)
    return target

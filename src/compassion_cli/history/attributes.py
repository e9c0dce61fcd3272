"""Keeping what people write byte for byte, whatever attributes there are for the files of a journal.

Attributes can have git put every file through a program, or turn it into another encoding, on its way into the history
and out. They lie in the journal itself, where they may have come by sync, and in the settings of a person and of a
machine. Those in git's own folder go before all of them, and the last line there before the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from compassion_cli.history.allowed_settings import find_common_folder
from compassion_cli.history.failures import HistoryError
from compassion_cli.history.git import Git, is_blob_of
from compassion_cli.storage.private_mark import find_git_folder
from compassion_cli.storage.read_files import read_text
from compassion_cli.storage.write_files import create_new, make_folder, replace

#: A minus turns an attribute off; with an exclamation mark it is as if nobody had ever set it.
_AS_IT_IS = "* -text !eol -filter -ident !working-tree-encoding !diff !merge\n"
#: Asked for more files than this, git is asked for all of them: a command line has an end.
_MOST_ASKED_FOR = 50


def keep_words_as_they_are(folder: Path) -> None:
    """See that git changes nothing in the files of a journal, if it might."""
    path = find_common_folder(find_git_folder(folder)) / "info" / "attributes"
    if not path.is_file():
        make_folder(path.parent)
        create_new(path, _AS_IT_IS)
        return
    text = read_text(path)
    if not text.endswith(f"\n{_AS_IT_IS}") and text != _AS_IT_IS:
        ended = text if not text or text.endswith("\n") else f"{text}\n"
        replace(path, ended + _AS_IT_IS, text)


def refuse_other_words(git: Git, names: Sequence[str]) -> None:
    """See that what was recorded of some files is what is in them.

    Args:
        git: In the folder of the journal.
        names: The paths of the files; those that are not there are passed over.

    Raises:
        HistoryError: It is something else.
    """
    there = [name for name in names if (git.folder / name).is_file()]
    if not there:
        return
    out = git.run("ls-tree", "-r", "-z", "HEAD", "--", *(there if len(there) <= _MOST_ASKED_FOR else ()))
    kept = {}
    for line in out.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, _, name = line.partition("\t")
        kept[name] = about.split(" ")[2]
    for name in there:
        if not is_blob_of(kept.get(name, ""), (git.folder / name).read_bytes()):
            raise HistoryError(
                f"what git has recorded of {name} does not match the file",
                "if this happens again, ask whoever looks after this computer; to try again: journal sync",
            )

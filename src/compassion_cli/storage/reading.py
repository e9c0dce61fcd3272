"""Reading files, and saying in plain words why the system refuses."""

from __future__ import annotations

import codecs
import errno
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.text import repair

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "there is no room for a file that large",
    errno.EIO: "the disk reports a fault",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EACCES: "you are not allowed to",
    errno.EPERM: "you are not allowed to",
    errno.EROFS: "it can only be read",
    errno.ENOTDIR: "a file stands where a folder should be",
    errno.EEXIST: "something else stands there",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ENOENT: "it is not there",
    errno.EISDIR: "it is a folder",
}


class FileReadError(ReflectError):
    """A file that cannot be read, or is not UTF-8 text."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}", "check its name, and that you are allowed to open it")
        self.reason = reason


def explain(error: OSError) -> str:
    """Say in plain words why the system refused."""
    return _REASONS.get(error.errno or 0, (error.strerror or "the system refused").lower())


def read_text(path: Path) -> str:
    """Return a UTF-8 file with its line ends as they are.

    Raises:
        FileReadError: It is not there, not allowed, or not UTF-8.
    """
    try:
        data = path.read_bytes()
        # Windows PowerShell writes UTF-16 where a command's output is sent to a file, and says so in two bytes.
        return data.decode("utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8")
    except OSError as error:
        raise FileReadError(path, explain(error)) from None
    except UnicodeDecodeError:
        raise FileReadError(path, "it is not UTF-8 text") from None


def read_lenient_text(path: Path) -> str:
    """Return what an editor left: text that is not UTF-8 is read as what it most likely is.

    Raises:
        FileReadError: It is not there, or may not be read.
    """
    try:
        return read_text(path)
    except FileReadError:
        try:
            return repair(path.read_bytes().decode("utf-8", "surrogateescape"))
        except OSError as error:
            raise FileReadError(path, explain(error)) from None

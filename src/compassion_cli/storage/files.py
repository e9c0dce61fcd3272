"""Reading and writing files: the one module of the program that writes.

A new file never takes the place of another; it appears whole or not at all, and only its owner may read it.
"""

from __future__ import annotations

import codecs
import errno
import os
from contextlib import suppress
from pathlib import Path

from compassion_cli.core.errors import ReflectError

_REASONS = {
    errno.ENOSPC: "the disk is full",
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


class FileWriteError(ReflectError):
    """A file or folder that cannot be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        remedy = "set that right and try again, or use another place with --journal FOLDER"
        super().__init__(f"{path} cannot be written: {explain(error)}", remedy)


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


def make_folder(path: Path) -> None:
    """Make a folder that only its owner may open, with any folder above it.

    Raises:
        FileWriteError: It cannot be made.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise FileWriteError(path, NotADirectoryError(errno.ENOTDIR, "")) from None
    except OSError as error:
        raise FileWriteError(path, error) from None


def create_new(path: Path, text: str) -> None:
    """Write a new file, synced to disk. It has its name only once it is whole.

    Raises:
        FileExistsError: There is one of that name; it is untouched.
        FileWriteError: It cannot be written; nothing of it is left.
    """
    try:
        temporary = _write_temporary(path, text)
        try:
            _link(temporary, path, text)
        finally:
            remove(temporary)
        _sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise FileWriteError(path, error) from None


def replace(path: Path, text: str) -> None:
    """Write a file, in the place of an older version of it if there is one, synced to disk and never half.

    Raises:
        FileWriteError: It cannot be written; the older version is untouched.
    """
    try:
        temporary = _write_temporary(path, text)
        try:
            temporary.replace(path)
        except OSError:
            remove(temporary)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise FileWriteError(path, error) from None


def remove(path: Path) -> None:
    """Remove a file, if it is there and the system lets us."""
    with suppress(OSError):
        path.unlink()


def _write_temporary(path: Path, text: str) -> Path:
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    _write_exclusively(temporary, text)
    return temporary


def _write_exclusively(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        remove(path)
        raise


def _link(temporary: Path, path: Path, text: str) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        # Memory sticks and some network drives know no links. Without them a file that is being written can be
        # seen half, but still never takes the place of another.
        if error.errno not in (
            errno.EPERM,
            errno.ENOTSUP,
            errno.EOPNOTSUPP,
            errno.ENOSYS,
            errno.EMLINK,
            errno.EINVAL,
        ):
            raise
        _write_exclusively(path, text)


def _sync_folder(folder: Path) -> None:
    # The file itself is on the disk by now, and to call it unsaved would have it written twice. Windows has no way to
    # open a folder for this, and some network drives cannot do it.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

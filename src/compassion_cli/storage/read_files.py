"""Reading files, and saying in plain words why the system refuses."""

from __future__ import annotations

import codecs
import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.text import repair

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EFBIG: "there is no space for a file that large",
    errno.EIO: "the disk has reported an error",
    errno.EDQUOT: "you have used all your space on the disk",
    errno.EACCES: "you do not have permission",
    errno.EPERM: "you do not have permission",
    errno.EROFS: "it is read-only",
    errno.ENOTDIR: "there is a file where a folder should be",
    errno.EEXIST: "something else is already there",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ENOENT: "it does not exist",
    errno.EISDIR: "it is a folder",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ENOMEM: "there is not enough memory",
}


#: In bytes. No entry is as large, be it of half a million words; what is would hold up all that reads the journal.
LARGEST = 4 * 1024 * 1024
TOO_LARGE = f"it is larger than {LARGEST // 1024**2} MB, the most an entry can be"
_CHUNK = 64 * 1024
#: In characters, on every usual system.
_LONGEST_NAME = 255
#: Windows PowerShell writes UTF-16 where a command's output is sent to a file, and says so in two bytes.
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)


class FileReadError(ReflectError):
    """A file that cannot be read, or is not UTF-8 text."""

    def __init__(
        self, path: Path, reason: str, remedy: str = "check its name, and that you are allowed to open it"
    ) -> None:
        super().__init__(f"{path} could not be read: {reason}", remedy)
        self.reason = reason


def explain(error: OSError) -> str:
    """Say in plain words why the system refused."""
    if error.errno == errno.ENOENT and isinstance(error.filename, str):
        # Windows says so of these, too.
        path = Path(error.filename)
        if any(parent.is_file() for parent in path.parents):
            return _REASONS[errno.ENOTDIR]
        if any(len(part) > _LONGEST_NAME for part in path.parts):
            return _REASONS[errno.ENAMETOOLONG]
    return _REASONS.get(error.errno or 0, (error.strerror or "the system refused").lower())


def read_text(path: Path) -> str:
    """Return a UTF-8 file with its line ends as they are.

    Raises:
        FileReadError: It is not there, not allowed, or not UTF-8.
    """
    try:
        data = path.read_bytes()
        return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8")
    except OSError as error:
        raise FileReadError(path, explain(error)) from None
    except UnicodeDecodeError:
        remedy = "open it in a text editor and save it as UTF-8"
        raise FileReadError(path, "it is not UTF-8 text", remedy) from None


def is_utf8(path: Path) -> bool:
    """Tell whether a file that can be read is UTF-8, rather than another encoding of Unicode."""
    with path.open("rb") as file:
        return not file.read(len(_UTF_16[0])).startswith(_UTF_16)


def read_beginning(path: Path, size: int) -> bytes:
    """Return the first bytes of a file; none where it cannot be read or is a link."""
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        return b""
    try:
        return os.read(handle, size)
    except OSError:
        return b""
    finally:
        os.close(handle)


def read_each(folder: str, names: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield the names of files in a folder with what they hold, in the fastest way there is.

    It is None for a file that cannot be read, is a link, or is so large that it can be no entry.
    """
    before, inside = f"{folder}{os.sep}", None
    if os.open in os.supports_dir_fd:
        # The system need not find the way to the folder again for every file.
        with suppress(OSError):
            before, inside = "", os.open(folder, os.O_RDONLY)
    try:
        for name in names:
            try:
                handle = os.open(before + name, _FLAGS, dir_fd=inside)
                try:
                    data: bytes | None = os.read(handle, _CHUNK)
                    if data and len(data) == _CHUNK:
                        data = _read_rest(handle, data)
                finally:
                    os.close(handle)
            except OSError:
                data = None
            yield name, data
    finally:
        if inside is not None:
            os.close(inside)


def _read_rest(handle: int, data: bytes) -> bytes | None:
    pieces = [data]
    while pieces[-1]:
        if len(pieces) * _CHUNK > LARGEST:
            return None
        pieces.append(os.read(handle, _CHUNK))
    return b"".join(pieces)


def refuse_too_large(path: Path) -> None:
    """See that a file is not so large that it can be no entry.

    Raises:
        FileReadError: It is.
    """
    with suppress(OSError):
        if path.stat().st_size > LARGEST:
            raise FileReadError(path, TOO_LARGE, "check what it is, and move it elsewhere if it is not an entry")


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

"""Writing files: the one module of the program that does.

A file appears whole or not at all, and only its owner may read it. A new one never takes the place of another; a
changed one only takes the place of what was read.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.storage.locks import locked_folder
from compassion_cli.storage.read_files import LARGEST, TOO_LARGE, FileReadError, explain, read_lenient_text

if sys.platform == "darwin":
    import fcntl

#: A file that is being written. One that is still there after an hour was left by a program that was killed.
_TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")
_LEFT_BEHIND_AFTER = 3600
#: How long to wait for a file that another program has open, on Windows, in seconds.
_PAUSES_ON_WINDOWS = (0.02, 0.05, 0.1, 0.2)
#: How many files are synced to disk at the same time.
_AT_ONCE = 16

_CHANGED = {explain(OSError(code, "")) for code in (errno.ENOENT, errno.EISDIR, errno.ENOTDIR)}
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL, errno.EXDEV)


class FileWriteError(ReflectError):
    """A file or folder that cannot be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        remedy = "fix that and try again, or use another place with --journal FOLDER"
        super().__init__(f"{path} could not be written: {explain(error)}", remedy)


class TooLargeError(FileWriteError):
    """What would be an entry, and would be too large to be read as one again."""

    def __init__(self, path: Path) -> None:
        what = f"this is too much for one entry, {path.name}: {TOO_LARGE}"
        ReflectError.__init__(self, what, "move the longest part to a separate file")


def refuse_too_much(path: Path, text: str) -> None:
    """See that what is to be an entry can be read again.

    Raises:
        TooLargeError: It cannot.
    """
    if len(text.encode("utf-8", "surrogateescape")) > LARGEST:
        raise TooLargeError(path)


class FileChangedError(ReflectError):
    """A file that is not what it was when it was read. Nothing has been written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} has been changed by another program")


def make_folder(path: Path) -> None:
    """Make a folder that only its owner may open, with any folder above it.

    Raises:
        FileWriteError: It cannot be made.
    """
    try:
        missing = [folder for folder in (path, *path.parents) if not os.path.lexists(folder)]
        # One by one: what is made on the way would else be open to whomever the system's usual mode lets in.
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
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
            _name(temporary, path)
        finally:
            remove(temporary)
        _sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise FileWriteError(path, error) from None


def replace(path: Path, text: str, read: str) -> None:
    """Write a file in the place of the version that was read, synced to disk and never half.

    Args:
        path: The file.
        text: What it should hold.
        read: What it held when it was read.

    Raises:
        FileChangedError: It holds something else by now, or is gone; it is untouched.
        FileWriteError: It cannot be written; the older version is untouched.
    """
    try:
        temporary = _write_temporary(path, text)
        try:
            with locked_folder(path.parent):
                _refuse_if_changed(path, read)
                _put_in_place(temporary, path)
        except BaseException:
            remove(temporary)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise FileWriteError(path, error) from None


def remove_if_it_holds(path: Path, read: str) -> None:
    """Remove a file, unless it is not what it was when it was read, or the system does not let us."""
    with suppress(OSError), locked_folder(path.parent):
        if _holds(path, read):
            path.unlink()


def sync_to_disk(paths: Iterable[Path]) -> None:
    """See that what another program has written is on the disk, where the system can do that."""
    written = list(paths)
    left = list(written)

    def sync_rest() -> None:
        with suppress(IndexError):
            while True:
                _open_and_sync(left.pop(), os.fsync)

    # A disk takes many orders at once in the time of a few.
    threads = [threading.Thread(target=sync_rest, daemon=True) for _ in range(min(_AT_ONCE, len(written)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for path in written[:1]:
        # What macOS does besides is for all that has been handed to the drive by then.
        _open_and_sync(path, _sync)
    for folder in {os.path.dirname(path) for path in written}:  # noqa: PTH120 - there may be very many
        _sync_folder(Path(folder))


def _open_and_sync(path: Path, sync: Callable[[int], None]) -> None:
    with suppress(OSError):
        handle = os.open(path, os.O_RDWR)
        try:
            sync(handle)
        finally:
            os.close(handle)


def remove(path: Path) -> None:
    """Remove a file, if it is there and the system lets us."""
    with suppress(OSError):
        path.unlink()


def _put_in_place(temporary: Path, path: Path) -> None:
    for pause in _PAUSES_ON_WINDOWS if sys.platform == "win32" else ():
        # There, a virus scanner or a cloud drive that looks at the file just now is in the way.
        with suppress(PermissionError):
            temporary.replace(path)
            return
        time.sleep(pause)
    temporary.replace(path)


def _refuse_if_changed(path: Path, read: str) -> None:
    if not _holds(path, read):
        raise FileChangedError(path)


def _holds(path: Path, text: str) -> bool:
    try:
        return read_lenient_text(path) == text
    except FileReadError as error:
        # It may well be what it was: only a file that is gone, or is none, is another.
        if error.reason in _CHANGED:
            return False
        raise FileWriteError(path, OSError(0, error.reason)) from None


def _write_temporary(path: Path, text: str) -> Path:
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    _write_exclusively(temporary, text)
    _remove_left_behind(temporary)
    return temporary


def _remove_left_behind(temporary: Path) -> None:
    with suppress(OSError):
        # The time of a file just written is that of whoever keeps the folder, be it another computer.
        now = temporary.stat().st_mtime
        with os.scandir(temporary.parent) as entries:
            others = [entry for entry in entries if _TEMPORARY.fullmatch(entry.name)]
        for other in others:
            if now - other.stat().st_mtime > _LEFT_BEHIND_AFTER:
                remove(Path(other.path))


def _write_exclusively(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        try:
            data = memoryview(text.encode("utf-8"))
            while data:
                data = data[os.write(handle, data) :]
            _sync(handle)
        finally:
            os.close(handle)
    except BaseException:
        remove(path)
        raise


def _sync(handle: int) -> None:
    os.fsync(handle)
    if sys.platform == "darwin":
        # There, fsync leaves the last step to the drive (fsync(2) of macOS). Not every drive takes this order.
        with suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)


def _name(temporary: Path, path: Path) -> None:
    """Give a whole file its name, unless there is one of that name."""
    try:
        os.link(temporary, path)
    except OSError as error:
        # Memory sticks and some network drives know no links.
        if error.errno not in _NO_LINKS:
            raise
        with locked_folder(path.parent):
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, "") from None
            temporary.rename(path)


def _sync_folder(folder: Path) -> None:
    # The file itself is on the disk by now, and to call it unsaved would have it written twice. Windows has no way to
    # open a folder for this, and some network drives cannot do it.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Locks that other programs of ours heed. The system ends them with the program, however that ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

_BETWEEN_TRIES = 0.02
#: Windows locks bytes, and this one is locked from the first on.
_EMPTY = 1
_FOREVER = 0xFFFFFFFF


class FileLock:
    """A lock that one program holds, and that ends with it, however it ends. Its file is empty and may stay behind.

    Attributes:
        is_ours: No other program holds it. Where locks are unknown, as on some network drives, none ever does.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.is_ours = True
        self._handle: int | None = None
        with suppress(OSError):
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            self.is_ours = _try_to_lock(self._handle)

    def release(self) -> None:
        """Give it up."""
        if self._handle is None:
            return
        # Windows removes no file that is open; elsewhere, whoever opens it next must not find it unlocked.
        if self.is_ours and sys.platform != "win32":
            _remove(self._path)
        os.close(self._handle)
        if self.is_ours and sys.platform == "win32":
            _remove(self._path)
        self._handle = None


class Turn:
    """A turn at what only one program may do at a time. A note in its file says that someone has not finished.

    Args:
        path: The file of the lock, which stays where it is.
        patience: How long to wait for others, in seconds.

    Attributes:
        handle: The open file. A child that inherits it holds the lock as well, so that it lasts as long as both.
        left_at: When someone began and was killed, in seconds since the epoch; None where nobody was.
        is_behind: Someone was killed, or did not come to the end of what was to be done.

    Raises:
        TimeoutError: Others had it all the while.
        OSError: The file cannot be made.
    """

    def __init__(self, path: Path, patience: float) -> None:
        self.handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + patience
        while not _try_to_lock(self.handle):
            if time.monotonic() > deadline:
                os.close(self.handle)
                raise TimeoutError
            time.sleep(_BETWEEN_TRIES)
        before = os.fstat(self.handle)
        self.left_at = before.st_mtime if before.st_size == _EMPTY + 1 else None
        self.is_behind = before.st_size > _EMPTY
        os.ftruncate(self.handle, _EMPTY + 1)
        os.utime(path)

    def finish(self) -> None:
        """Say that nothing is left to do."""
        os.ftruncate(self.handle, _EMPTY)

    def fail(self) -> None:
        """Say that something is left to do, and that nobody who lives is at it."""
        os.ftruncate(self.handle, _EMPTY + 2)

    def end(self) -> None:
        """Let the next one in."""
        os.close(self.handle)


def _try_to_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
    return True


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Keep other processes of this program from replacing a file here meanwhile, where the system can do that.

    An editor knows nothing of the lock; between our last look at a file and its replacement it has microseconds.
    """
    if sys.platform == "win32":
        place = os.path.normcase(os.path.realpath(folder)).encode("utf-8", "surrogatepass")
        with _locked_name(f"Local\\compassion-cli-{sha256(place).hexdigest()}"):
            yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network drives know no locks.
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":

    @contextmanager
    def _locked_name(name: str) -> Iterator[None]:
        """Hold what Windows calls a mutex. It leaves no file, and ends with the program."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateMutexW.restype = ctypes.c_void_p
        kernel.CreateMutexW.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_wchar_p)
        for function in (kernel.WaitForSingleObject, kernel.ReleaseMutex, kernel.CloseHandle):
            function.argtypes = (ctypes.c_void_p, ctypes.c_ulong)[: 2 if function is kernel.WaitForSingleObject else 1]
        mutex = kernel.CreateMutexW(None, 0, name)
        try:
            # Where there is none to be had, nothing is locked, as on a network drive elsewhere.
            if mutex:
                kernel.WaitForSingleObject(mutex, _FOREVER)
            yield
        finally:
            if mutex:
                kernel.ReleaseMutex(mutex)
                kernel.CloseHandle(mutex)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()

"""Faults of the system, at the system call of our choice: the computer dies, or the disk is full."""

from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

#: Every call of the system with which the program changes a disk.
WRITING = ("open", "write", "fsync", "link", "rename", "replace", "unlink", "mkdir")


class Faults:
    """Counts the calls that write to a disk, and has the one of a given number fail.

    Args:
        number: Counted from 1; 0 for none, to see how many there are.
        fail: What happens instead of the call.
        lasting: Whether all later ones fail as well.
    """

    def __init__(self, number: int, fail: Callable[[], None], *, lasting: bool = False) -> None:
        self.count = 0
        self._number = number
        self._fail = fail
        self._lasting = lasting

    def install(self) -> None:
        """Put this between the program and the system, until the process ends."""
        for name in WRITING:
            setattr(os, name, self._wrap(name, getattr(os, name)))

    @contextmanager
    def installed(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """Put this between the program and the system for a while."""
        with patch.context() as patched:
            for name in WRITING:
                patched.setattr(os, name, self._wrap(name, getattr(os, name)))
            yield

    def _wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if not _changes_a_disk(name, args):
                return real(*args, **kwargs)
            self.count += 1
            if self.count == self._number or (self._lasting and 0 < self._number < self.count):
                if name == "write":
                    # The worst a write can do: half of it.
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                self._fail()
            return real(*args, **kwargs)

        return call


def _changes_a_disk(name: str, args: tuple[Any, ...]) -> bool:
    if name == "open":
        return bool(args[1] & os.O_CREAT)
    if name in ("write", "fsync"):
        mode = os.fstat(args[0]).st_mode
        return stat.S_ISREG(mode) or (name == "fsync" and stat.S_ISDIR(mode))
    return not str(args[0]).startswith(("/dev/null", "/dev/tty", "/dev/pts"))


def die() -> None:
    """Be gone, as when the power fails or someone sends SIGKILL."""
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    """Say that the disk is full."""
    raise OSError(errno.ENOSPC, "No space left on device")


def list_texts(home: Path) -> list[str]:
    """Return the text of every file that has its name, below a home folder."""
    return [path.read_text(encoding="utf-8") for path in sorted(home.rglob("*.md"))]

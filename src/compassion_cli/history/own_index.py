"""An index of our own, in which trees are made without touching the folder or what git knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compassion_cli.history.git import Git
from compassion_cli.storage.write_files import remove


@contextmanager
def own_index(git: Git) -> Iterator[dict[str, str]]:
    """Have an empty index of our own; yield the environment in which git uses it."""
    path = Path(git.run("rev-parse", "--absolute-git-dir").decode().strip()) / "compassion-index"
    remove(path)
    try:
        yield {"GIT_INDEX_FILE": str(path)}
    finally:
        remove(path)

"""What a commit holds, and an index of our own to make trees in without touching the folder or what git knows of it."""

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


def list_tree(git: Git, commit: str) -> dict[str, str]:
    """Return the files that a commit holds, by their paths, each as ``update-index --index-info`` takes it."""
    out = git.run("ls-tree", "-r", "-z", commit).decode("utf-8", "surrogateescape")
    return {line.partition("\t")[2]: line for line in out.split("\0")[:-1]}

"""Finding other programs. Windows looks in the folder one is in first, where a file may come from anybody."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_USUAL_ENDINGS = ".EXE;.COM;.BAT;.CMD"


def find_program(name: str) -> str | None:
    """Return what to start for the name of a program, or for a path to one; None where it is not found."""
    return find_by_whole_path(name) if os.name == "nt" else shutil.which(name)


def find_by_whole_path(name: str) -> str | None:
    """Return the same as Windows means it, but only by whole paths: of the folders in ``PATH``, those given as one."""
    folders = [""] if Path(name).is_absolute() else os.environ.get("PATH", "").split(os.pathsep)
    endings = os.environ.get("PATHEXT", _USUAL_ENDINGS).split(";")
    if Path(name).suffix:
        endings = ["", *endings]
    paths = (Path(folder, f"{name}{ending}") for folder in folders for ending in endings)
    return next((str(path) for path in paths if path.is_absolute() and path.is_file()), None)

"""The report of a fault in the program itself. It holds nothing that anybody wrote."""

from __future__ import annotations

import sys
import traceback

from compassion_cli import __version__
from compassion_cli.core.errors import ReflectError
from compassion_cli.storage.places import find_reports
from compassion_cli.storage.write_files import create_new, make_folder, remove


def keep_report(error: Exception) -> str:
    """Write down where the program failed, and return what to do with that.

    Messages of exceptions can quote what someone typed, so only the kind of error and the places are kept.
    """
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"compassion-cli {__version__}, Python {sys.version.partition(' ')[0]}, {sys.platform}"]
    lines += [type(error).__name__, *(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)]
    try:
        path = find_reports() / "last-fault.txt"
        make_folder(path.parent)
        remove(path)
        create_new(path, "\n".join(lines) + "\n")
    except (ReflectError, FileExistsError):
        return f"tell us this: {lines[0]}, {lines[1]}, {lines[-1]}"
    return f"send us the file {path}; it shows where the program failed, and contains nothing you wrote"

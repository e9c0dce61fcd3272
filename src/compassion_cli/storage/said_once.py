"""What is said once on a machine, or is new once, and then never again."""

from __future__ import annotations

import os
from pathlib import Path

from compassion_cli.storage.places import find_reports
from compassion_cli.storage.write_files import FileWriteError, create_new, make_folder


def is_first_time(what: str) -> bool:
    """Tell whether something is to be said, because it has not been before. Where that cannot be noted, it is."""
    try:
        make_folder(find_reports())
        create_new(_find_mark(what), "")
    except FileExistsError:
        return False
    except FileWriteError:
        return True
    return True


def has_been(what: str) -> bool:
    """Tell whether it is noted already."""
    return os.path.exists(_find_mark(what))  # noqa: PTH110 - a folder that may not be opened is no error here


def _find_mark(what: str) -> Path:
    return find_reports() / f"said-{what}"

"""What is said once on a machine, and then never again."""

from __future__ import annotations

from compassion_cli.storage.files import FileWriteError, create_new, make_folder
from compassion_cli.storage.places import find_reports


def is_first_time(what: str) -> bool:
    """Tell whether something is to be said, because it has not been before. Where that cannot be noted, it is."""
    try:
        make_folder(find_reports())
        create_new(find_reports() / f"said-{what}", "")
    except FileExistsError:
        return False
    except FileWriteError:
        return True
    return True

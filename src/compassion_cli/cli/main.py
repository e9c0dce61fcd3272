"""The three console scripts. Each imports its own app alone, so that the others cost it nothing."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

#: Loading modules makes tens of thousands of objects and no rubbish; looking for it then costs 4 % of a short command.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000

gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def reflect() -> None:
    """Run ``reflect``."""
    _run("reflect")


def journal() -> None:
    """Run ``journal``."""
    _run("journal")


def compassion() -> None:
    """Run ``compassion``, which has both as subcommands."""
    _run("compassion")


def _run(name: str) -> None:
    try:
        import_module(f"compassion_cli.cli.{name}").app()
    except KeyboardInterrupt:
        # Before the app is loaded there is nothing that could say more.
        sys.exit(130)

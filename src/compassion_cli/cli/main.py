"""The three console scripts. Each imports its own app alone, so that the others cost it nothing."""

from __future__ import annotations

import gc

#: Loading modules makes tens of thousands of objects and no rubbish; looking for it then costs 4 % of a short command.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000

gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def reflect() -> None:
    """Run ``reflect``."""
    from compassion_cli.cli.reflect import app  # noqa: PLC0415

    app()


def journal() -> None:
    """Run ``journal``."""
    from compassion_cli.cli.journal import app  # noqa: PLC0415

    app()


def compassion() -> None:
    """Run ``compassion``, which has both as subcommands."""
    from compassion_cli.cli.compassion import app  # noqa: PLC0415

    app()

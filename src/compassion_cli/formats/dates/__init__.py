"""Dates: as people type them, as a file holds them, and as people read them. The modules in here are nobody else's.

Dates in words are read by few commands, and what reads them takes 7 ms to load. So it is loaded when one of its names
is first asked for: who may be loaded for nothing writes ``dates.read_day`` where it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compassion_cli.formats.dates.due import read_as_written, read_due, read_written_due
from compassion_cli.formats.dates.show import render_age, render_date, render_weekday

if TYPE_CHECKING:
    from compassion_cli.formats.dates.read import DateFaultError, Period, read_day, read_period

__all__ = [
    "DateFaultError",
    "Period",
    "read_as_written",
    "read_day",
    "read_due",
    "read_period",
    "read_written_due",
    "render_age",
    "render_date",
    "render_weekday",
]


def __getattr__(name: str) -> Any:
    """Return what reads dates in words, loaded now."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from compassion_cli.formats.dates import read  # noqa: PLC0415 - see the top of this file

    return getattr(read, name)

"""The day by which an action is due: as typed, and as written in a file."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from compassion_cli.core.action import DateReader, read_iso_date
from compassion_cli.core.errors import ReflectError
from compassion_cli.formats import dates


def read_due(text: str, today: date) -> date:
    """Return the day that was typed for an action.

    A date in figures, year first, is taken even where it is past: so the program writes them, and drafts grow old.

    Raises:
        UsageError: It is none, or cannot be meant.
    """
    with suppress(ReflectError):
        return read_iso_date(text)
    return dates.read_day(text, today, ahead=True)


def read_written_due(text: str, written: date) -> date:
    """Return the day that stands in a file, as it was meant on the day it was written; it may be past even then.

    Raises:
        UsageError: It is none.
    """
    try:
        return read_due(text, written)
    except ReflectError:
        period = dates.read_period(text, written, ahead=False)
        if period.first != period.last:
            # "(by 2027)" is no day to be held to.
            raise
        return period.first


def read_as_written(written: date) -> DateReader:
    """Return what reads the days in a file by what they meant on the day it was written: see ``read_written_due``."""
    return lambda said: read_written_due(said, written)

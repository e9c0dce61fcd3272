"""Dates as people read them and as they type them."""

from __future__ import annotations

import re
from datetime import date, datetime

from compassion_cli.core.errors import UsageError

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MINUTES_AN_HOUR = 60
_DAYS_COUNTED = 14
_DIGITS_ONLY = r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
_DAY_FIRST = r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"


def render_date(day: date) -> str:
    """Return a date as it is written in the United Kingdom: ``23 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def render_age(then: datetime, now: datetime) -> str:
    """Say how long ago something was: ``20 minutes ago``, ``yesterday``, or its date where that is long ago."""
    minutes = max(0, int((now - then).total_seconds() // 60))
    days = (now.date() - then.astimezone(now.tzinfo).date()).days
    if minutes < _MINUTES_AN_HOUR:
        return _count(minutes, "minute") if minutes else "just now"
    if days == 0:
        return _count(minutes // _MINUTES_AN_HOUR, "hour")
    if days == 1:
        return "yesterday"
    return _count(days, "day") if days < _DAYS_COUNTED else render_date(then.astimezone(now.tzinfo).date())


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'} ago"


def parse_date(text: str, option: str = "") -> date:
    """Return the date that ``2026-11-23`` stands for.

    Args:
        text: What was typed.
        option: The option it was typed for, such as ``--since``, to name in the remedy.

    Raises:
        UsageError: It is no date in that form, or no day of the calendar. Where one can be guessed, day first as in
            the United Kingdom, the remedy spells it out rather than assume it.
    """
    try:
        return date.fromisoformat(text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else "")
    except ValueError:
        raise UsageError(f'"{text}" is not a date I can read', _advise(text, option)) from None


def _advise(text: str, option: str) -> str:
    guess = _guess(text)
    if guess:
        return f"{option} {guess.isoformat()}   ({render_date(guess)})".strip()
    return f"{option} 2026-11-23   (year-month-day, here for 23 November 2026)".strip()


def _guess(text: str) -> date | None:
    found = re.fullmatch(_DIGITS_ONLY, text) or re.fullmatch(_DAY_FIRST, text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None

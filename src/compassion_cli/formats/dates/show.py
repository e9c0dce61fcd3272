"""Dates as people read them. As they type them: ``dates.read``."""

from __future__ import annotations

from datetime import date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUTES_AN_HOUR = 60
_DAYS_COUNTED = 14


def render_date(day: date) -> str:
    """Return a date in the form used in the United Kingdom: ``23 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def render_weekday(day: date) -> str:
    """Return a date with its weekday, for someone to check: ``Monday 23 November 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {render_date(day)}"


def render_age(then: datetime, now: datetime) -> str:
    """Say how long ago something was: ``20 minutes ago``, ``yesterday``, or its date where that is long ago."""
    minutes = max(0, int((now - then).total_seconds() // 60))
    days = (now.date() - then.astimezone(now.tzinfo).date()).days
    if minutes < _MINUTES_AN_HOUR:
        return _count_units(minutes, "minute") if minutes else "just now"
    if days == 0:
        return _count_units(minutes // _MINUTES_AN_HOUR, "hour")
    if days == 1:
        return "yesterday"
    return _count_units(days, "day") if days < _DAYS_COUNTED else render_date(then.astimezone(now.tzinfo).date())


def _count_units(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'} ago"

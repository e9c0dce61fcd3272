"""Arithmetic on the calendar: the nearest day of a name, so many months on, and whole weeks, months and years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

_A_WEEK, _A_YEAR = 7, 12
_DAYS_IN = {"day": 1, "week": _A_WEEK, "fortnight": 2 * _A_WEEK}
_MONTHS_IN = {"month": 1, "year": _A_YEAR}
#: From 29 February to the next it can be eight years, as around 2100.
_YEARS_TO_A_DAY = 9


class Period(NamedTuple):
    """The days from one to another, both included."""

    first: date
    last: date


def move_day(day: date, count: int, unit: str) -> date:
    """Return the day so many days, weeks, fortnights, months or years on; of a shorter month, at most its last."""
    if unit in _DAYS_IN:
        return day + timedelta(days=count * _DAYS_IN[unit])
    year, before = divmod(day.year * _A_YEAR + day.month - 1 + count * _MONTHS_IN[unit], _A_YEAR)
    return date(year, before + 1, min(day.day, monthrange(year, before + 1)[1]))


def nearest_day(day: int, month: int, today: date, *, ahead: bool) -> date:
    """Return the nearest such day from today on, or up to today. There must be one in some year."""
    step = 1 if ahead else -1
    years = range(today.year, today.year + step * _YEARS_TO_A_DAY, step)
    days = (date(year, month, day) for year in years if day <= monthrange(year, month)[1])
    return next(found for found in days if (found >= today if ahead else found <= today))


def nearest_month(month: int, today: date, *, ahead: bool) -> Period:
    """Return the nearest such month, which may be the one that today is in."""
    months = (month - today.month) % _A_YEAR if ahead else -((today.month - month) % _A_YEAR)
    return surround(move_day(today, months, "month"), "month")


def find_weekday(number: int, which: str | None, today: date, *, ahead: bool) -> date:
    """Return a weekday, counted from 0 for Monday.

    Args:
        which: ``next`` and ``last`` never mean today. ``this`` may; for looking back it is the one of this week.
        ahead: Whether, without any of these, the next one is meant, or the last one and today counts.
    """
    gap = (number - today.weekday()) % _A_WEEK
    days = {
        "next": gap or _A_WEEK,
        "last": gap - _A_WEEK,
        "this": gap if ahead else number - today.weekday(),
        None: (gap or _A_WEEK) if ahead else -(-gap % _A_WEEK),
    }
    return today + timedelta(days=days[which])


def surround(day: date, unit: str) -> Period:
    """Return the week, from Monday to Sunday, the month or the year that a day is in."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=_A_WEEK - 1))
    if unit == "month":
        return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))

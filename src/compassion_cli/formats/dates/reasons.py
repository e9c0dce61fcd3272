"""Why what someone typed is not a date, and how it would be written: reasons to say and examples to copy."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from compassion_cli.formats.dates.show import MONTHS, render_date

FIRST_YEAR, LAST_YEAR = 1900, 2200

# Patterns are strings: ``re`` compiles and keeps each when it is first used, and most commands use none.
_CLOCK = r"\bat [0-9]|[0-9]:[0-9]|\b[0-9]{1,2} ?[ap] ?m\b|o['’]clock"
_PART_OF_A_DAY = r"\b(?:noon|midday|midnight|morning|afternoon|evening|tonight)\b"
_BARE_NUMBER = r"(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR_FIRST = r"(?P<year>[0-9]{4})(?P<gap>[/.]?)(?P<month>[0-9]{2})(?P=gap)(?P<day>[0-9]{2})"
_DAY_FIRST = r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})"
_LEAP_YEAR = 2000
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = range(11, 20)


def explain_text(words: str, typed: str) -> str:
    """Return why a text is no date at all.

    Args:
        words: The text in lower case, with nothing in it that is to be ignored.
        typed: The text as it may be shown.
    """
    if not words:
        return "no date was given"
    if re.search(_CLOCK, words) or re.search(_PART_OF_A_DAY, words):
        return f'"{typed}" has a time of day in it; please give only the date'
    if re.fullmatch(_BARE_NUMBER, words):
        return f'"{typed}" could be a day in any month'
    return f'"{typed}" is not a date I can read'


def explain_day(day: int, month: int, year: int | None) -> str:
    """Return why the calendar has no such day, or nothing where it has; without a year, where any year has."""
    if not 1 <= month <= len(MONTHS):
        return f"there is no month {month}"
    name = MONTHS[month - 1]
    if not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
        ending = "th" if day in _TEENS else _ENDINGS.get(day % 10, "th")
        return f"{name} has no {day}{ending} day"
    if year is None or explain_year(year):
        return explain_year(year)
    return "" if day <= monthrange(year, month)[1] else f"there is no {day} {name} in {year}"


def explain_year(year: int | None) -> str:
    """Return why a year is not one to be meant, or nothing where it is."""
    if year is None or FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    return f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}"


def guess_day(words: str) -> date | None:
    """Return the day that eight digits most likely stand for; it is to be shown, not to be taken."""
    for shape in (_YEAR_FIRST, _DAY_FIRST):
        found = re.fullmatch(shape, words)
        day, month, year = (int(found[name]) for name in ("day", "month", "year")) if found else (0, 0, 0)
        if not explain_day(day, month, year):
            return date(year, month, day)
    return None


def spell_day(day: date) -> str:
    """Return a day as it can be typed, with what it means in brackets."""
    return f"{day.isoformat()}   ({render_date(day)})"


def give_examples(today: date, *, ahead: bool) -> str:
    """Return dates on the right side of today in three ways to write them."""
    first = today.replace(day=1, year=min(max(today.year, FIRST_YEAR), LAST_YEAR))
    day = (first + timedelta(days=31)).replace(day=1) if ahead else first
    words = "in two weeks" if ahead else "two weeks ago"
    return f'{day.isoformat()}, {day.day} {MONTHS[day.month - 1]} or "{words}"'

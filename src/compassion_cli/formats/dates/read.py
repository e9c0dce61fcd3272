"""Dates as people type them: a calendar date, a weekday, so many weeks from now, a whole month.

Only what has one of the shapes in ``dates.shapes`` is a date; all else is refused with the reason. Nothing is guessed.

People in the United Kingdom disagree about "next Friday". Here it is the first Friday after today, and "last Friday"
the last one before today. A day that is written down is written as a date, so that it can be seen which was understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from compassion_cli.core.errors import UsageError
from compassion_cli.core.text import first_words
from compassion_cli.formats.dates import shapes
from compassion_cli.formats.dates.calendar import Period, find_weekday, move_day, nearest_day, nearest_month, surround
from compassion_cli.formats.dates.reasons import (
    explain_day,
    explain_text,
    explain_year,
    give_examples,
    guess_day,
    spell_day,
)
from compassion_cli.formats.dates.show import WEEKDAYS, render_date

__all__ = ["DateFaultError", "Period", "read_day", "read_period"]

_QUOTED = 40


class DateFaultError(UsageError):
    """A text that does not read as a date, or one on the wrong side of today.

    Args:
        what: What is wrong with it.
        remedy: What to type instead, or examples.
        day: The day that it most likely means.
    """

    def __init__(self, what: str, remedy: str = "", day: date | None = None) -> None:
        super().__init__(what, remedy or (spell_day(day) if day else ""))
        self.day = day

    def spell(self, option: str) -> str:
        """Return what to do where the date was given to an option."""
        if self.day:
            return f"for {render_date(self.day)}: {option} {self.day.isoformat()}"
        return f"{option} with one of these: {self.remedy}" if ", " in self.remedy else f"{option} {self.remedy}"


class _View(NamedTuple):
    """From which day someone looks, and whether ahead or back."""

    today: date
    ahead: bool


def read_day(text: str, today: date, *, ahead: bool) -> date:
    """Return the day that a text means: of a period its last one for looking ahead, its first for looking back.

    Raises:
        DateFaultError: As for ``read_period``.
    """
    period = read_period(text, today, ahead=ahead)
    return period.last if ahead else period.first


def read_period(text: str, today: date, *, ahead: bool) -> Period:
    """Return the days that a text means.

    Args:
        today: The day from which words count.
        ahead: Whether a day to come is wanted, as for what is due, or one to look back to.

    Raises:
        DateFaultError: It is no date, the calendar has no such day, or it lies on the wrong side of today.
    """
    try:
        return _read_within_calendar(shapes.tidy_words(text), first_words(text, _QUOTED), _View(today, ahead))
    except DateFaultError as fault:
        if fault.remedy:
            raise
        raise DateFaultError(fault.what, give_examples(today, ahead=ahead)) from None


def _read_within_calendar(words: str, typed: str, view: _View) -> Period:
    try:
        return _read_shape(words, typed, view)
    except (OverflowError, ValueError):
        # Counted from the first or the last years there are, as a file may claim to be of.
        raise DateFaultError(f'"{typed}" is too far away') from None


def _read_shape(words: str, typed: str, view: _View) -> Period:
    for shape, read in (_ON_THE_CALENDAR | _FROM_TODAY).items():
        found = re.fullmatch(shape, words)
        if found:
            period = read(found, view)
            _check_side(period, typed, view, may_lie_ahead=shape in _ON_THE_CALENDAR)
            return period
    guess = guess_day(words)
    raise DateFaultError(explain_text(words, typed), day=guess and _suggest(guess, view))


def _check_side(period: Period, typed: str, view: _View, *, may_lie_ahead: bool) -> None:
    said = render_date(period.first) if period.first == period.last else f'"{typed}"'
    _refuse_if(explain_year(period.first.year) or explain_year(period.last.year))
    _refuse_if(f"{said} is in the past" if view.ahead and period.last < view.today else "")
    _refuse_if("" if view.ahead or may_lie_ahead or period.first <= view.today else f"{said} is in the future")


def _refuse_if(reason: str) -> None:
    if reason:
        raise DateFaultError(reason)


def _suggest(day: date, view: _View) -> date | None:
    # What would be refused in its turn is no help.
    return None if view.ahead and day < view.today else day


def _read_calendar_day(found: re.Match[str], view: _View) -> Period:
    day, month, year = int(found["day"]), shapes.number_month(found["month"]), shapes.number_year(found["year"])
    reason = explain_day(day, month, year)
    if reason and not explain_day(month, day, year):
        # Month first, as Americans write it.
        raise DateFaultError(reason, day=_suggest(_find_day(month, day, year, view), view))
    _refuse_if(reason)
    when = _find_day(day, month, year, view)
    if year and len(found["year"]) == len("98") and not view.ahead and year > view.today.year + 1:
        raise DateFaultError(f"{render_date(when)} is in the future", day=when.replace(year=year - 100))
    if found["weekday"]:
        _check_weekday(shapes.number_weekday(found["weekday"]), when, view)
    return Period(when, when)


def _check_weekday(said: int, when: date, view: _View) -> None:
    if said != when.weekday():
        what = f"{render_date(when)} is a {WEEKDAYS[when.weekday()]}, not a {WEEKDAYS[said]}"
        raise DateFaultError(what, day=_suggest(when, view))


def _find_day(day: int, month: int, year: int | None, view: _View) -> date:
    return nearest_day(day, month, view.today, ahead=view.ahead) if year is None else date(year, month, day)


def _read_month(found: re.Match[str], view: _View) -> Period:
    month, year = shapes.number_month(found["month"]), shapes.number_year(found["year"])
    _refuse_if(explain_year(year))
    if year is None:
        return nearest_month(month, view.today, ahead=view.ahead)
    return surround(date(year, month, 1), "month")


def _read_year(found: re.Match[str], view: _View) -> Period:
    year = int(found["year"])
    _refuse_if(explain_year(year) or (f"{year} is a year; please give a day" if view.ahead else ""))
    return surround(date(year, 1, 1), "year")


def _read_weekday(found: re.Match[str], view: _View) -> Period:
    when = find_weekday(shapes.number_weekday(found["weekday"]), found["which"], view.today, ahead=view.ahead)
    return Period(when, when)


def _read_week_after(found: re.Match[str], view: _View) -> Period:
    # "Monday week" always lies ahead, and is a week after the Monday to come.
    coming = find_weekday(shapes.number_weekday(found["weekday"]), None, view.today, ahead=True)
    when = move_day(coming, 1, "week")
    return Period(when, when)


def _read_named_day(found: re.Match[str], view: _View) -> Period:
    when = move_day(view.today, shapes.DISTANCES[found["which"]], "day")
    return Period(when, when)


def _read_amount_after(found: re.Match[str], view: _View) -> Period:
    """Read what counts from a day with a name: ``a week tomorrow``; without an amount it is a week."""
    amount = found.groupdict()
    start = move_day(view.today, shapes.DISTANCES[found["which"]], "day")
    when = move_day(start, shapes.number_count(amount.get("count", "a")), amount.get("unit", "week"))
    return Period(when, when)


def _read_end(found: re.Match[str], view: _View) -> Period:
    last = surround(move_day(view.today, shapes.DISTANCES[found["which"] or "this"], found["unit"]), found["unit"]).last
    return Period(last, last)


def _read_end_of_month(found: re.Match[str], view: _View) -> Period:
    last = _read_month(found, view).last
    return Period(last, last)


def _read_span(found: re.Match[str], view: _View) -> Period:
    return surround(move_day(view.today, shapes.DISTANCES[found["which"]], found["unit"]), found["unit"])


def _read_amount(found: re.Match[str], view: _View) -> Period:
    if not (found["way"] or view.ahead):
        raise DateFaultError(f'"{found.string}" could be in the past or in the future', f'"{found.string} ago"')
    count = shapes.number_count(found["count"])
    when = move_day(view.today, -count if found["way"] == "ago" else count, found["unit"])
    return Period(when, when)


_Reader = Callable[[re.Match[str], _View], Period]
_ON_THE_CALENDAR: dict[str, _Reader] = {
    **dict.fromkeys(shapes.CALENDAR_DAYS, _read_calendar_day),
    shapes.MONTH_ALONE: _read_month,
    shapes.END_OF_MONTH: _read_end_of_month,
    shapes.YEAR_ALONE: _read_year,
}
_FROM_TODAY: dict[str, _Reader] = {
    shapes.NAMED_DAY: _read_named_day,
    shapes.DAY_BUT_ONE: _read_named_day,
    shapes.WEEKDAY: _read_weekday,
    **dict.fromkeys(shapes.WEEK_AFTER, _read_week_after),
    shapes.WEEK_AFTER_NAMED: _read_amount_after,
    shapes.AMOUNT_AFTER: _read_amount_after,
    shapes.SPAN: _read_span,
    shapes.END: _read_end,
    **dict.fromkeys(shapes.AMOUNTS, _read_amount),
}

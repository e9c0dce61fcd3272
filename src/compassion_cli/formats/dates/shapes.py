"""The shapes that a typed date can have, as patterns for the whole of a tidied text, and what its words count."""

from __future__ import annotations

import re

from compassion_cli.formats.dates.show import MONTHS, WEEKDAYS

DISTANCES = {
    "before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "now": 0,
    "tomorrow": 1,
    "after tomorrow": 2,
    "last": -1,
    "this": 0,
    "next": 1,
}
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

# Patterns are strings: ``re`` compiles and keeps each when it is first used, and most commands use none.
_IGNORED = r"(?<=[a-z])\.|\.\s*$|,|(?:['’]s?)? time[.]?\s*$"
_WEEKDAY = (
    "(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = "(?:the )?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = "['’]?(?P<year>[0-9]{4}|[0-9]{2})"
_AMOUNT = f"(?P<count>[0-9]{{1,3}}|a|{'|'.join(_NUMBERS)}) (?P<unit>day|week|fortnight|month|year)s?"
_DAYS = (
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    f"(?P<day>[0-9]{{1,2}})(?P<gap>[/.-])(?P<month>[0-9]{{1,2}})(?P=gap){_YEAR}",
    # Without a year only with a stroke: 1.12 and 1-12 can be other things than dates.
    "(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})(?P<year>)",
    f"{_NTH} (?:of )?{_MONTH}(?: {_YEAR})?",
    f"{_MONTH} {_NTH}(?: {_YEAR})?",
)

CALENDAR_DAYS = tuple(f"(?:{_WEEKDAY} )?{day}" for day in _DAYS)
MONTH_ALONE = f"{_MONTH}(?: (?P<year>[0-9]{{4}}))?"
YEAR_ALONE = "(?P<year>[0-9]{4})"
NAMED_DAY = "(?P<which>yesterday|today|tomorrow)"
DAY_BUT_ONE = "(?:the )?day (?P<which>after tomorrow|before yesterday)"
WEEKDAY = f"(?:(?P<which>last|this|next) )?{_WEEKDAY}"
WEEK_AFTER = (f"{_WEEKDAY} week", f"a week on {_WEEKDAY}")
WEEK_AFTER_NAMED = "(?P<which>today|tomorrow) week"
AMOUNT_AFTER = f"(?:in )?{_AMOUNT}(?: from)? (?P<which>today|tomorrow|now)"
# A week ends on another day at work than in the calendar.
END = "(?:the )?end of (?:the |(?P<which>last|this|next) )?(?P<unit>month|year)"
END_OF_MONTH = f"(?:the )?end of {MONTH_ALONE}"
SPAN = "(?P<which>last|this|next) (?P<unit>week|month|year)"
AMOUNTS = (f"(?:(?P<way>in) )?{_AMOUNT}", f"{_AMOUNT} (?P<way>ago)")


def tidy_words(text: str) -> str:
    """Return a text in lower case and without what says nothing: more than one space, commas, a word in front."""
    words = " ".join(re.sub(_IGNORED, " ", text.lower()).split())
    return re.sub("^(?:on|by) ", "", words)


def number_month(text: str) -> int:
    """Return the number of a month, given by name or number."""
    return int(text) if text.isdigit() else [name[:3].lower() for name in MONTHS].index(text[:3]) + 1


def number_weekday(text: str) -> int:
    """Return the number of a weekday, counted from 0 for Monday."""
    return [name[:3].lower() for name in WEEKDAYS].index(text[:3])


def number_year(text: str | None) -> int | None:
    """Return the year that four digits or two stand for, where a year was given."""
    return int(text if len(text) > len("26") else f"20{text}") if text else None


def number_count(text: str) -> int:
    """Return how many a word or number says."""
    if text.isdigit():
        return int(text)
    return 1 if text == "a" else _NUMBERS.index(text)

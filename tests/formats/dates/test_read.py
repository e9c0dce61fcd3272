from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_cli.formats.dates.read import DateFaultError, Period, read_day, read_period
from compassion_cli.formats.dates.show import MONTHS, WEEKDAYS, render_date

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(1910, 1, 1), date(2190, 12, 31))
FIRST_OF_DECEMBER = date(2026, 12, 1)
NEW_YEAR_S_DAY = date(2027, 1, 1)

AHEAD = {
    "2026-12-01": FIRST_OF_DECEMBER,
    "2026-11-25": TODAY,
    "1/12/2026": FIRST_OF_DECEMBER,
    "01.12.2026": FIRST_OF_DECEMBER,
    "1-12-2026": FIRST_OF_DECEMBER,
    "1/12/26": FIRST_OF_DECEMBER,
    "01.12.26": FIRST_OF_DECEMBER,
    "1/12": FIRST_OF_DECEMBER,
    "25/11": TODAY,
    "24/11": date(2027, 11, 24),
    "1 December": FIRST_OF_DECEMBER,
    "1 December 2026": FIRST_OF_DECEMBER,
    "1 Dec 26": FIRST_OF_DECEMBER,
    "December 1": FIRST_OF_DECEMBER,
    "December 1, 2026": FIRST_OF_DECEMBER,
    "1st of December": FIRST_OF_DECEMBER,
    "the 1st of December": FIRST_OF_DECEMBER,
    "2nd December": date(2026, 12, 2),
    "3rd dec": date(2026, 12, 3),
    "23rd Dec. 2026": date(2026, 12, 23),
    "2 Sept 2027": date(2027, 9, 2),
    "25 November": TODAY,
    "29 February": date(2028, 2, 29),
    "Tuesday 1 December 2026": FIRST_OF_DECEMBER,
    "Tues 1 Dec": FIRST_OF_DECEMBER,
    "Tuesday, 1st of December, 2026.": FIRST_OF_DECEMBER,
    "Tue 1/12/26": FIRST_OF_DECEMBER,
    "today": TODAY,
    "tomorrow": date(2026, 11, 26),
    "Friday": date(2026, 11, 27),
    "by Friday.": date(2026, 11, 27),
    "the day after tomorrow": date(2026, 11, 27),
    "tomorrow week": date(2026, 12, 3),
    "today week": date(2026, 12, 2),
    "a week tomorrow": date(2026, 12, 3),
    "two weeks today": date(2026, 12, 9),
    "a fortnight from tomorrow": date(2026, 12, 10),
    "in three weeks from now": date(2026, 12, 16),
    "by the end of the month": date(2026, 11, 30),
    "end of next month": date(2026, 12, 31),
    "end of the year": date(2026, 12, 31),
    "the end of January": date(2027, 1, 31),
    "end of Feb 2028": date(2028, 2, 29),
    "1 Dec '26": FIRST_OF_DECEMBER,
    "1 Dec ’26": FIRST_OF_DECEMBER,
    "on Fri": date(2026, 11, 27),
    "  THIS   friday ": date(2026, 11, 27),
    "next Friday": date(2026, 11, 27),
    "Monday week": date(2026, 12, 7),
    "a week on Fri.": date(2026, 12, 4),
    "in two weeks' time": date(2026, 12, 9),
    "in a week’s time.": date(2026, 12, 2),
    "in a fortnight's time": date(2026, 12, 9),
    "next Mon": date(2026, 11, 30),
    "Wednesday": date(2026, 12, 2),
    "next Weds": date(2026, 12, 2),
    "this Wed": TODAY,
    "this Monday": date(2026, 11, 30),
    "Thurs": date(2026, 11, 26),
    "in two weeks": date(2026, 12, 9),
    "two weeks": date(2026, 12, 9),
    "In 3 days": date(2026, 11, 28),
    "in a day": date(2026, 11, 26),
    "in a fortnight": date(2026, 12, 9),
    "a fortnight": date(2026, 12, 9),
    "in two fortnights": date(2026, 12, 23),
    "in a month": date(2026, 12, 25),
    "in 18 months": date(2028, 5, 25),
    "in a year": date(2027, 11, 25),
    "in zero days": TODAY,
    "this week": date(2026, 11, 29),
    "next week": date(2026, 12, 6),
    "this month": date(2026, 11, 30),
    "next month": date(2026, 12, 31),
    "this year": date(2026, 12, 31),
    "next year": date(2027, 12, 31),
    "November": date(2026, 11, 30),
    "January": date(2027, 1, 31),
    "Feb 2028": date(2028, 2, 29),
    "May": date(2027, 5, 31),
}

BACK = {
    "2026-11-01": date(2026, 11, 1),
    "2027-01-01": NEW_YEAR_S_DAY,
    "1/1/27": NEW_YEAR_S_DAY,
    "1 January 2027": NEW_YEAR_S_DAY,
    "January 2027": (NEW_YEAR_S_DAY, date(2027, 1, 31)),
    "2027": (NEW_YEAR_S_DAY, date(2027, 12, 31)),
    "1/12": date(2025, 12, 1),
    "1 December": date(2025, 12, 1),
    "25 November": TODAY,
    "29 February": date(2024, 2, 29),
    "today": TODAY,
    "yesterday": date(2026, 11, 24),
    "Friday": date(2026, 11, 20),
    "last Friday": date(2026, 11, 20),
    "Wednesday": TODAY,
    "last Wednesday": date(2026, 11, 18),
    "this Monday": date(2026, 11, 23),
    "this Wednesday": TODAY,
    "three weeks ago": date(2026, 11, 4),
    "a fortnight ago": date(2026, 11, 11),
    "2 months ago": date(2026, 9, 25),
    "a year ago": date(2025, 11, 25),
    "this week": (date(2026, 11, 23), date(2026, 11, 29)),
    "last week": (date(2026, 11, 16), date(2026, 11, 22)),
    "this month": (date(2026, 11, 1), date(2026, 11, 30)),
    "last month": (date(2026, 10, 1), date(2026, 10, 31)),
    "this year": (date(2026, 1, 1), date(2026, 12, 31)),
    "last year": (date(2025, 1, 1), date(2025, 12, 31)),
    "November": (date(2026, 11, 1), date(2026, 11, 30)),
    "December": (date(2025, 12, 1), date(2025, 12, 31)),
    "November 2025": (date(2025, 11, 1), date(2025, 11, 30)),
    "2025": (date(2025, 1, 1), date(2025, 12, 31)),
}

AHEAD_EXAMPLES = '2026-12-01, 1 December or "in two weeks"'
BACK_EXAMPLES = '2026-11-01, 1 November or "two weeks ago"'

#: What is refused in either direction, with its reason and with its remedy, where that is not the usual examples.
NEVER = {
    "31 February": ("February has no 31st day", ""),
    "31/4/2027": ("April has no 31st day", ""),
    "32 December": ("December has no 32nd day", ""),
    "0 December": ("December has no 0th day", ""),
    "29 February 2027": ("there is no 29 February in 2027", ""),
    "2027-02-29": ("there is no 29 February in 2027", ""),
    "2027-13-13": ("there is no month 13", ""),
    "1/0/2027": ("there is no month 0", ""),
    "1/13/2027": ("there is no month 13", "2027-01-13   (13 January 2027)"),
    "12/25/2026": ("there is no month 25", "2026-12-25   (25 December 2026)"),
    "12": ('"12" could be a day in any month', ""),
    "the 1st": ('"the 1st" could be a day in any month', ""),
    "123": ('"123" is not a date I can read', ""),
    "20261201": ('"20261201" is not a date I can read', "2026-12-01   (1 December 2026)"),
    "01122026": ('"01122026" is not a date I can read', "2026-12-01   (1 December 2026)"),
    "2026/12/01": ('"2026/12/01" is not a date I can read', "2026-12-01   (1 December 2026)"),
    "99999999": ('"99999999" is not a date I can read', ""),
    "Friday at 3": ('"Friday at 3" has a time of day in it; please give only the date', ""),
    "2026-12-01T09:00": ('"2026-12-01T09:00" has a time of day in it; please give only the date', ""),
    "tomorrow 3 p.m.": ('"tomorrow 3 p.m." has a time of day in it; please give only the date', ""),
    "Friday afternoon": ('"Friday afternoon" has a time of day in it; please give only the date', ""),
    "Friday 1 December 2026": (
        "1 December 2026 is a Tuesday, not a Friday",
        "2026-12-01   (1 December 2026)",
    ),
    "1 December 1850": ("the year 1850 is not between 1900 and 2200", ""),
    "1/12/0000": ("the year 0 is not between 1900 and 2200", ""),
    "May 2201": ("the year 2201 is not between 1900 and 2200", ""),
    "1899": ("the year 1899 is not between 1900 and 2200", ""),
    "in 999 years": ("the year 3025 is not between 1900 and 2200", ""),
    "999 years ago": ("the year 1027 is not between 1900 and 2200", ""),
    "": ("no date was given", ""),
    " . ": ("no date was given", ""),
    "soon": ('"soon" is not a date I can read', ""),
    "aged 82": ('"aged 82" is not a date I can read', ""),
    "on": ('"on" is not a date I can read', ""),
    "1/12-2026": ('"1/12-2026" is not a date I can read', ""),
    "1.12": ('"1.12" is not a date I can read', ""),
    "1 December 126": ('"1 December 126" is not a date I can read', ""),
    "in 1000 days": ('"in 1000 days" is not a date I can read', ""),
    "in two weeks ago": ('"in two weeks ago" is not a date I can read', ""),
    "١/١٢/٢٠٢٦": ('"١/١٢/٢٠٢٦" is not a date I can read', ""),
    "we agreed\nto talk about it again some time in spring": (
        '"we agreed to talk about it again some t…" is not a date I can read',
        "",
    ),
}
NOT_AHEAD = {
    "2026-11-23": "23 November 2026 is in the past",
    "23/11/2026": "23 November 2026 is in the past",
    "last Friday": "20 November 2026 is in the past",
    "two weeks ago": "11 November 2026 is in the past",
    "yesterday": "24 November 2026 is in the past",
    "Last week": '"Last week" is in the past',
    "November 2025": '"November 2025" is in the past',
    "2027": "2027 is a year; please give a day",
    "12/25/2025": "there is no month 25",
    "20251225": '"20251225" is not a date I can read',
}
NOT_BACK = {
    "tomorrow": "26 November 2026 is in the future",
    "in two weeks": "9 December 2026 is in the future",
    "next Friday": "27 November 2026 is in the future",
    "this Friday": "27 November 2026 is in the future",
    "next week": '"next week" is in the future',
    "next month": '"next month" is in the future',
    "next year": '"next year" is in the future',
}


@pytest.mark.parametrize(
    ("text", "said"), [("1/5/98", "1998-05-01   (1 May 1998)"), ("26 Nov '31", "1931-11-26   (26 November 1931)")]
)
def test_two_figures_of_a_year_mean_none_to_come_where_somebody_looks_back(text: str, said: str) -> None:
    what, remedy = refuse(text, ahead=False)
    assert what.endswith(" is in the future")
    assert remedy == said
    assert read_period("1/5/25", TODAY, ahead=False).first == date(2025, 5, 1)


def refuse(text: str, *, ahead: bool) -> tuple[str, str]:
    with pytest.raises(DateFaultError) as error:
        read_period(text, TODAY, ahead=ahead)
    return error.value.what, error.value.remedy


def try_to_read(text: str, today: date, *, ahead: bool) -> Period | DateFaultError:
    try:
        return read_period(text, today, ahead=ahead)
    except DateFaultError as fault:
        return fault


@pytest.mark.parametrize(("text", "day"), AHEAD.items(), ids=AHEAD)
def test_what_is_due_is_read(text: str, day: date) -> None:
    assert read_day(text, TODAY, ahead=True) == day


@pytest.mark.parametrize(("text", "days"), BACK.items(), ids=BACK)
def test_what_is_looked_back_to_is_read(text: str, days: date | tuple[date, date]) -> None:
    period = Period(days, days) if isinstance(days, date) else Period(*days)
    assert read_period(text, TODAY, ahead=False) == period
    assert read_day(text, TODAY, ahead=False) == period.first


@pytest.mark.parametrize("ahead", [True, False], ids=["ahead", "back"])
@pytest.mark.parametrize(("text", "said"), NEVER.items(), ids=map(ascii, NEVER))
def test_what_is_no_date_is_refused_with_the_reason(text: str, said: tuple[str, str], ahead: bool) -> None:
    what, remedy = said
    assert refuse(text, ahead=ahead) == (what, remedy or (AHEAD_EXAMPLES if ahead else BACK_EXAMPLES))


@pytest.mark.parametrize(("text", "what"), NOT_AHEAD.items(), ids=NOT_AHEAD)
def test_what_is_past_cannot_be_due(text: str, what: str) -> None:
    assert refuse(text, ahead=True) == (what, AHEAD_EXAMPLES)


@pytest.mark.parametrize(("text", "what"), NOT_BACK.items(), ids=NOT_BACK)
def test_words_for_what_lies_ahead_do_not_look_back(text: str, what: str) -> None:
    assert refuse(text, ahead=False) == (what, BACK_EXAMPLES)


def test_a_length_of_time_alone_does_not_say_where_it_leads_back_to() -> None:
    assert refuse("Two weeks", ahead=False) == ('"two weeks" could be in the past or in the future', '"two weeks ago"')


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("in a month", date(2027, 1, 31), date(2027, 2, 28)),
        ("in a month", date(2028, 1, 31), date(2028, 2, 29)),
        ("in two months", date(2026, 12, 31), date(2027, 2, 28)),
        ("in a year", date(2028, 2, 29), date(2029, 2, 28)),
        ("tomorrow", date(2026, 12, 31), NEW_YEAR_S_DAY),
        ("tomorrow", date(2028, 2, 28), date(2028, 2, 29)),
        ("1 January", date(2026, 12, 31), NEW_YEAR_S_DAY),
        ("29/2", date(2028, 2, 29), date(2028, 2, 29)),
        ("29/2", date(2096, 3, 1), date(2104, 2, 29)),
        ("next month", date(2027, 1, 31), date(2027, 2, 28)),
        ("next week", date(2026, 12, 31), date(2027, 1, 10)),
        ("next year", date(2028, 2, 29), date(2029, 12, 31)),
        ("December", date(2026, 12, 31), date(2026, 12, 31)),
        ("January", date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_looking_ahead_passes_the_ends_of_months_and_years(text: str, today: date, day: date) -> None:
    assert read_day(text, today, ahead=True) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("a month ago", date(2027, 3, 31), date(2027, 2, 28)),
        ("a year ago", date(2028, 2, 29), date(2027, 2, 28)),
        ("yesterday", NEW_YEAR_S_DAY, date(2026, 12, 31)),
        ("31 December", NEW_YEAR_S_DAY, date(2026, 12, 31)),
        ("29/2", date(2104, 2, 28), date(2096, 2, 29)),
        ("last month", date(2027, 3, 31), date(2027, 2, 1)),
        ("last month", date(2027, 1, 31), date(2026, 12, 1)),
        ("last week", NEW_YEAR_S_DAY, date(2026, 12, 21)),
        ("December", NEW_YEAR_S_DAY, date(2026, 12, 1)),
        ("January", NEW_YEAR_S_DAY, NEW_YEAR_S_DAY),
    ],
)
def test_looking_back_passes_the_ends_of_months_and_years(text: str, today: date, day: date) -> None:
    assert read_day(text, today, ahead=False) == day


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_nearest_one(today: date, name: str) -> None:
    coming = read_day(f"next {name}", today, ahead=True)
    this = read_day(f"this {name}", today, ahead=True)
    last = read_day(f"last {name}", today, ahead=False)
    latest = read_day(name, today, ahead=False)
    assert {WEEKDAYS[day.weekday()] for day in (coming, this, last, latest)} == {name}
    assert 1 <= (coming - today).days <= 7
    assert 0 <= (this - today).days <= 6
    assert 1 <= (today - last).days <= 7
    assert 0 <= (today - latest).days <= 6
    assert read_day(name[:3], today, ahead=True) == coming


@given(DAYS, DAYS, st.booleans())
def test_a_day_written_out_is_read_as_it_is(day: date, today: date, ahead: bool) -> None:
    day = max(day, today) if ahead else day
    weekday = WEEKDAYS[day.weekday()]
    numeric = f"{day.day}/{day.month}/{day.year}"
    for text in (day.isoformat(), render_date(day), f"{weekday} {render_date(day)}", numeric):
        assert read_day(text, today, ahead=ahead) == day


@given(DAYS, st.integers(0, 3000), st.booleans())
def test_a_day_without_its_year_is_the_nearest(today: date, days: int, ahead: bool) -> None:
    then = today + timedelta(days if ahead else -days)
    found = read_day(f"{then.day} {MONTHS[then.month - 1]}", today, ahead=ahead)
    assert (found.day, found.month) == (then.day, then.month)
    assert today <= found <= then if ahead else then <= found <= today


@given(DAYS, st.integers(0, 999), st.sampled_from([("day", 1), ("week", 7), ("fortnight", 14)]))
def test_days_are_counted_on_and_back(today: date, count: int, unit: tuple[str, int]) -> None:
    name, days = unit
    for text, step, ahead in ((f"in {count} {name}s", 1, True), (f"{count} {name}s ago", -1, False)):
        day = today + timedelta(step * count * days)
        if 1900 <= day.year <= 2200:
            assert read_day(text, today, ahead=ahead) == day


@given(DAYS, st.booleans())
def test_every_example_given_can_be_typed(today: date, ahead: bool) -> None:
    with pytest.raises(DateFaultError) as error:
        read_day("soon", today, ahead=ahead)
    iso, _, rest = error.value.remedy.partition(", ")
    named, _, words = rest.partition(" or ")
    assert read_day(iso, today, ahead=ahead) == read_day(named, today, ahead=ahead)
    read_day(words.strip('"'), today, ahead=ahead)


WORDS = [*AHEAD, *BACK, *NEVER, *NOT_BACK]
PIECES = st.sampled_from(sorted({piece for text in WORDS for piece in text.split()} | set("/-.,: ")))


@given(
    st.text() | st.lists(PIECES, max_size=6).map(" ".join) | st.lists(PIECES, max_size=6).map("".join),
    DAYS,
    st.booleans(),
)
def test_whatever_is_typed_is_a_date_or_refused_politely(text: str, today: date, ahead: bool) -> None:
    got = try_to_read(text, today, ahead=ahead)
    if isinstance(got, DateFaultError):
        assert got.what
        assert not got.what.endswith(".")
        assert got.remedy
        assert "\n" not in got.what + got.remedy
    else:
        assert got.first <= got.last
        assert got.last >= today or not ahead


@pytest.mark.parametrize("piece", ["1", ".", " ", ". ", "a ", "12 ", "in a ", "1st ", "at ", "\n", "0:"])
def test_a_very_long_text_is_refused_at_once(piece: str) -> None:
    start = time.process_time()
    refuse(piece * 100_000 + "x", ahead=True)
    assert time.process_time() - start < 2


def test_reading_a_date_imports_nothing_but_this_program_and_the_standard_library() -> None:
    script = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from datetime import date\n"
        "from compassion_cli.formats.dates.read import read_day\n"
        "read_day('in two weeks', date(2026, 11, 25), ahead=True)\n"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before} - set(sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["compassion_cli"]

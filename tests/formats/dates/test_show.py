from __future__ import annotations

from datetime import date

from compassion_cli.formats.dates.show import render_date, render_weekday


def test_a_date_is_shown_as_in_the_united_kingdom() -> None:
    assert render_date(date(2026, 2, 3)) == "3 February 2026"


def test_a_date_is_shown_with_its_weekday_for_somebody_to_check() -> None:
    assert render_weekday(date(2026, 2, 3)) == "Tuesday 3 February 2026"

from __future__ import annotations

from datetime import date

import pytest

from compassion_cli.core.errors import UsageError
from compassion_cli.formats.dates import parse_date, render_date


def test_a_date_is_shown_as_in_the_united_kingdom() -> None:
    assert render_date(date(2026, 2, 3)) == "3 February 2026"


def test_a_date_is_read_year_first() -> None:
    assert parse_date("2026-02-03") == date(2026, 2, 3)


@pytest.mark.parametrize("typed", ["20260203", "03/02/2026", "3.2.2026", "03-02-2026"])
def test_another_spelling_is_refused_and_the_right_one_spelt_out_day_first(typed: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_date(typed, "--since")
    assert error.value.what == f'"{typed}" is not a date I can read'
    assert error.value.remedy == "--since 2026-02-03   (3 February 2026)"


@pytest.mark.parametrize("typed", ["2026-02-30", "32/01/2026", "yesterday", "2026", "", "2026-W01-1"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UsageError) as error:
        parse_date(typed, "--until")
    assert error.value.remedy.startswith("--until 2026-11-23 ")

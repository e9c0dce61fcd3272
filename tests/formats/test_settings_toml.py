from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from compassion_cli.core.errors import UsageError
from compassion_cli.core.settings import Settings
from compassion_cli.core.settings_model import SettingsModel
from compassion_cli.formats.settings_toml import (
    TEMPLATE,
    SettingsFaultError,
    _is_plainly_right,
    parse_settings,
    set_value,
    unset_value,
)

WRITTEN = """\
# mine
name = 'Sam'   # as at work
git = false

[journals]  # all of them
team = "~/team"

# the end
"""

FAULTS = [
    ("a key nobody knows", "git = true\nplan = true", '"plan" is no setting', 'did you mean "plain"?', 2),
    ("yes in quotation marks", 'plain = "yes"', '"plain" does not hold', "true or false, without quotation marks", 1),
    ("a number for a name", "\nname = 3", '"name" does not hold', "text in quotation marks", 2),
    ("two lines", 'name = "a\\nb"', '"name" does not hold', "one line of text", 1),
    ("a terminal sequence", 'editor = "\\u001b[2J"', '"editor" does not hold', "one line of text", 1),
    ("a zero", '[journals]\nteam = "a\\u0000b"', '"journals.team" does not hold', "one line of text", 2),
    ("no folder", '[journals]\nteam = ""', '"journals.team" does not hold', "one line of text", 2),
    ("a name in capitals", 'journals.Team = "x"', '"journals.Team" does not hold', "small letters, digits", 1),
    ("a name with a space", '[journals]\n"my team" = "x"', '"journals.my team" does not hold', "small letters", 2),
    ("a name that is taken", '[journals]\na = "x"\nall = "y"', "no journal can be called all", "", 3),
    ("another that is taken", 'journals.private = "y"', "no journal can be called private", "", 1),
    ("journals that are none", "journals = 3", '"journals" does not hold', "a table of names, each with its value", 1),
    ("a journal of no name", '\ndefault_journal = "tem"', "no journal in the settings is called tem", "", 2),
    ("no TOML", "plain = true\nname = Sam", "it is not valid TOML", "", 2),
]


@pytest.mark.parametrize(("text", "what", "remedy", "line"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_names_key_fault_what_is_right_and_line(text: str, what: str, remedy: str, line: int) -> None:
    with pytest.raises(SettingsFaultError) as error:
        parse_settings(text)
    assert what in error.value.what
    assert remedy in error.value.remedy
    assert error.value.line == line


def test_ones_own_go_over_the_employers_key_by_key() -> None:
    below = parse_settings('plain = true\ngit = false\n[journals]\nteam = "/srv/team"\nold = "/srv/old"')
    settings = parse_settings('git = true\ndefault_journal = "old"\njournals.team = "~/team"', below)
    journals = {"team": "~/team", "old": "/srv/old"}
    assert settings == Settings(plain=True, git=True, default_journal="old", journals=journals)


def test_a_mark_at_the_beginning_and_line_ends_of_windows_are_no_faults() -> None:
    assert parse_settings('\ufeffname = "Sam"\r\nplain = true\r\n') == Settings(name="Sam", plain=True)


def test_all_that_the_new_file_suggests_can_be_used() -> None:
    assert parse_settings(TEMPLATE) == Settings()
    lines = [line.removeprefix("# ") if " = " in line else line for line in TEMPLATE.split("\n")]
    assert parse_settings("\n".join(lines)) == Settings(
        name="Sam Example",
        editor="nano",
        plain=True,
        default_journal="team",
        journals={"team": "~/team-journal"},
    )


VALUES = st.none() | st.booleans() | st.integers(0, 1) | st.text(max_size=5) | st.sampled_from(["team", "~/x", " a"])
NAMES = st.sampled_from(["team", "all", "private", "a-b", "a--b", "A", "", "x" * 41]) | st.text(max_size=3)
TABLES = st.fixed_dictionaries(
    {
        "name": VALUES,
        "editor": st.just("") | VALUES,
        "plain": st.just(value=True) | VALUES,
        "git": st.just(value=False) | VALUES,
        "default_journal": st.just("") | VALUES,
        "journals": VALUES | st.dictionaries(NAMES, st.sampled_from(["~/x", ""]) | VALUES, max_size=2),
    }
)


@given(TABLES)
def test_nothing_is_plainly_right_that_the_rules_refuse(values: dict[str, Any]) -> None:
    if _is_plainly_right(values):
        assert SettingsModel.model_validate(values).model_dump() == values


@given(TABLES)
def test_what_the_rules_take_and_is_not_plain_holds_unusual_characters_only(values: dict[str, Any]) -> None:
    with suppress(ValidationError):
        taken = SettingsModel.model_validate(values).model_dump()
        texts = [text for text in (*taken.values(), *taken["journals"].values()) if isinstance(text, str)]
        if all(text.isprintable() and text == text.strip() for text in texts):
            assert _is_plainly_right(values)


@pytest.mark.parametrize(
    ("key", "words", "expected"),
    [
        ("name", 'S "Q" \\ Ö', WRITTEN.replace("'Sam'", '"S \\"Q\\" \\\\ Ö"')),
        ("plain", "Yes", WRITTEN.replace("git = false\n", "git = false\nplain = true\n")),
        ("git", "ON", WRITTEN.replace("git = false", "git = true")),
        ("journals.team", "/srv", WRITTEN.replace("~/team", "/srv")),
        ("journals.new", "~/n", WRITTEN + 'new = "~/n"\n'),
    ],
)
def test_one_value_is_changed_and_all_else_stays(key: str, words: str, expected: str) -> None:
    assert set_value(WRITTEN, key, words) == expected


def test_journals_are_named_without_a_heading_that_later_lines_would_come_under() -> None:
    text = set_value(set_value("# mine\n", "journals.team", "~/t"), "plain", "true")
    assert text == '# mine\njournals.team = "~/t"\nplain = true\n'


@pytest.mark.parametrize(
    "text", ["", "journals = {}\n", 'journals = { a = "b" }\n', "journals.a = 'b'\n", "[journals]\n"]
)
def test_a_journal_goes_to_where_the_others_are_and_comes_out_again(text: str) -> None:
    changed = set_value(text, "journals.new", "~/n")
    before = tomllib.loads(text).get("journals", {})
    assert tomllib.loads(changed)["journals"] == before | {"new": "~/n"}
    assert tomllib.loads(unset_value(changed, "journals.new")).get("journals", {}) == before


def test_a_value_is_taken_out_and_all_else_stays() -> None:
    assert unset_value(WRITTEN, "name") == WRITTEN.replace("name = 'Sam'   # as at work\n", "")
    assert unset_value(WRITTEN, "journals.team") == WRITTEN.replace('team = "~/team"\n', "")
    assert unset_value(WRITTEN, "editor") == unset_value(WRITTEN, "journals.none") == WRITTEN


def test_words_that_are_neither_yes_nor_no_are_refused() -> None:
    with pytest.raises(UsageError) as error:
        set_value("", "plain", "maybe")
    assert error.value.what == '"plain" is yes or no, and "maybe" is neither'

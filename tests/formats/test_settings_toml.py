from __future__ import annotations

import tomllib

import pytest

from compassion_cli.core.errors import UsageError
from compassion_cli.core.settings import Settings
from compassion_cli.formats.settings_change import set_value, unset_value
from compassion_cli.formats.settings_toml import SettingsFaultError, parse_settings, render_template

WRITTEN = """\
# mine
name = 'Sam'   # as at work
git = false

[journals]  # all of them
team = "~/team"

# the end
"""

TEMPLATE = """\
# Your settings for compassion-cli. To use a line, remove the # in front of it.

# Your name on entries:
# name = "Sam Example"

# Names you used before, with a semicolon between them:
# also_known_as = "Sam Before"

# The editor to use for a whole form:
# editor = "nano"

# Plain text with no colour or moving parts, for screen readers:
# plain = true

# Keep the history of your journal:
# git = true

# Names for journals, and the one to use when you do not name one:
# journals.team = "~/team-journal"
# default_journal = "team"
"""

LINES = "it should be text in quotation marks"
SWITCHES = "it should be true or false, without quotation marks"

FAULTS = [
    ("a key nobody knows", "git = true\nplan = true", '"plan" is not a setting', 'did you mean "plain"?', 2),
    ("yes in quotation marks", 'plain = "yes"', '"plain" has a value', "true or false, without quotation marks", 1),
    ("a number for a name", "\nname = 3", '"name" has a value', "text in quotation marks", 2),
    ("two lines", 'name = "a\\nb"', '"name" has a value', "one line of text", 1),
    ("a terminal sequence", 'editor = "\\u001b[2J"', '"editor" has a value', "one line of text", 1),
    ("a zero", '[journals]\nteam = "a\\u0000b"', '"journals.team" has a value', "one line of text", 2),
    ("no folder", '[journals]\nteam = ""', '"journals.team" has a value', "one line of text", 2),
    ("a name in capitals", 'journals.Team = "x"', '"journals.Team" has a value', "small letters, digits", 1),
    (
        "a name in capitals of no folder",
        'journals.Team = ""',
        '"journals.Team" has a value',
        "small letters, digits",
        1,
    ),
    ("a name with a space", '[journals]\n"my team" = "x"', '"journals.my team" has a value', "small letters", 2),
    ("a name that is taken", '[journals]\na = "~/x"\nall = "y"', "a journal cannot be called all", "", 3),
    ("another that is taken", 'journals.private = "y"', "a journal cannot be called private", "", 1),
    ("journals that are none", "journals = 3", '"journals" has a value', "a table of names, each with its value", 1),
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


def test_a_new_file_explains_every_setting_and_sets_none() -> None:
    assert render_template() == TEMPLATE
    assert parse_settings(TEMPLATE) == Settings()


def test_all_that_the_new_file_suggests_can_be_used() -> None:
    lines = [line.removeprefix("# ") if " = " in line else line for line in TEMPLATE.split("\n")]
    assert parse_settings("\n".join(lines)) == Settings(
        name="Sam Example",
        also_known_as="Sam Before",
        editor="nano",
        plain=True,
        default_journal="team",
        journals={"team": "~/team-journal"},
    )


@pytest.mark.parametrize(("key", "right"), [("name", LINES), ("editor", LINES), ("plain", SWITCHES), ("git", SWITCHES)])
def test_a_value_of_another_kind_is_named_with_what_would_be_right(key: str, right: str) -> None:
    others = ["1", "0", "1.5", "nan", "[]", '["a"]', "{}", '{ a = "b" }', "2026-11-23", "07:30:00"]
    for value in [*others, "true" if right == LINES else '"true"']:
        with pytest.raises(SettingsFaultError) as error:
            parse_settings(f"# mine\n{key} = {value}")
        said = (error.value.what, error.value.remedy, error.value.line)
        assert said == (f'"{key}" has a value that cannot be used', right, 2), value


@pytest.mark.parametrize("key", ["name", "editor"])
def test_a_line_holds_whatever_reads_as_it_is_written(key: str) -> None:
    for value in [
        "",
        " ",
        " a ",
        "Zoë Ó Súilleabháin",
        "名前",
        "😀",
        "code --wait",
        "a\u00a0b",
        "soft\u00adhyphen",
        "\u200b",
    ]:
        assert getattr(parse_settings(f'{key} = "{value}"'), key) == value
    for value in [
        "\\t",
        "a\\n",
        "a\\u0000",
        "\\u007f",
        "\\u0085",
        "\\u2028",
        "a\\u2029",
        "\\u202eb",
        "\\u2066a",
        "a\\u2069",
    ]:
        with pytest.raises(SettingsFaultError) as error:
            parse_settings(f'{key} = "{value}"')
        assert error.value.remedy == "one line of text", value


def test_a_journal_is_called_what_stands_safely_in_a_file_name() -> None:
    for name in ["team", "a", "1", "a-b", "2026-team-a", "x" * 40, "own"]:
        assert parse_settings(f'journals."{name}" = "~/x"').journals == {name: "~/x"}
    for name in ["", "A", "a--b", "-a", "a-", "my team", "a.b", "é", "a/b", "\u00b2"]:
        with pytest.raises(SettingsFaultError) as error:
            parse_settings(f'journals."{name}" = "~/x"')
        assert error.value.what == f'"journals.{name}" has a value that cannot be used'
        assert error.value.remedy == "small letters, digits and single hyphens"
    with pytest.raises(SettingsFaultError) as error:
        parse_settings(f'journals.{"x" * 41} = "~/x"')
    assert error.value.remedy == "it should have at most 40 characters"


def test_the_folder_of_a_journal_is_a_line_without_blanks_around_it() -> None:
    for folder in ["~/team", "/srv/our team", "C:/Teams", "~/é"]:
        assert parse_settings(f'journals.a = "{folder}"').journals == {"a": folder}
    for folder in ["", " ", " a", "a ", "a\\n", "a\\u0000", "a\\u001b", "\\u202aC:/Teams", "a\u00a0"]:
        with pytest.raises(SettingsFaultError) as error:
            parse_settings(f'journals.a = "{folder}"')
        assert error.value.what == '"journals.a" has a value that cannot be used'
        assert error.value.remedy == "one line of text", folder
    for folder in ["team", "é", "./team", "../team", "C:team"]:
        with pytest.raises(SettingsFaultError) as error:
            parse_settings(f'journals.a = "{folder}"')
        assert error.value.remedy == "the full path of a folder, such as ~/team-journal", folder
    with pytest.raises(SettingsFaultError) as error:
        parse_settings('journals.a.b = "~/x"')
    assert error.value.remedy == LINES


def test_the_default_is_a_journal_with_a_name_or_a_folder() -> None:
    for name in ["", "team", "~/elsewhere", "/srv/x", "C:\\\\Teams"]:
        parse_settings(f'default_journal = "{name}"\njournals.team = "~/team"')
    for name in [" ", "tea", "Team", "team "]:
        with pytest.raises(SettingsFaultError) as error:
            parse_settings(f'default_journal = "{name}"\njournals.team = "~/team"')
        assert error.value.what == f'"default_journal": no journal in the settings is called {name}'
    with pytest.raises(SettingsFaultError) as error:
        parse_settings('default_journal = "a/b"')
    assert "the full path of a folder" in error.value.remedy
    with pytest.raises(SettingsFaultError) as error:
        parse_settings("default_journal = true")
    assert error.value.remedy == LINES


def test_several_faults_are_named_one_after_the_other() -> None:
    text = 'plan = true\ndefault_journal = "none"\njournals.A = "x"\ngit = 1\nname = 2\n'
    named = []
    while text:
        with pytest.raises(SettingsFaultError) as error:
            parse_settings(text)
        line = error.value.line or 0
        lines = text.splitlines(keepends=True)
        named.append(lines.pop(line - 1).split(" ")[0])
        text = "".join(lines)
    assert named == ["name", "git", "journals.A", "default_journal", "plan"]


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
    assert error.value.what == '"plain" can only be yes or no, not "maybe"'


def test_where_the_table_of_journals_is_none_nothing_is_added_to_it() -> None:
    text = "journals = 3\n"
    assert set_value(text, "journals.team", "~/team") == text
    assert unset_value(text, "journals.team") == text

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from support.packs import SMALL, small_pack

from compassion_cli.core.errors import UsageError
from compassion_cli.formats.pack_faults import check_pack
from compassion_cli.formats.pack_heading_toml import PackFaultError
from compassion_cli.formats.pack_toml import parse_pack
from compassion_cli.formats.toml_faults import find_line
from compassion_cli.storage.packs import open_shelf
from compassion_cli.storage.places import find_built_in_packs, find_own_packs

FAULTS = [
    (
        "typo in a key",
        'kind = "scale"',
        'knd = "scale"',
        'a pack has no key called "sections.2.questions.1.knd"',
        "kind",
        41,
    ),
    (
        "unknown kind",
        'kind = "scale"',
        'kind = "skale"',
        "has a value that is not known",
        "'text', 'choice', 'scale'",
        41,
    ),
    ("missing title", 'title = "A small pack"\n', "", '"title" is missing', "title =", None),
    ("a choice without choices", 'kind = "actions"', 'kind = "choice"', 'needs two or more "choices"', "", 45),
    ("a scale without ends", 'kind = "actions"', 'kind = "scale"', 'needs a "scale" with low and high', "", 45),
    ("a condition on nothing", 'question = "seen"', 'question = "sen"', '"sen" is not one', "", None),
    ("a condition on no choice", 'is = ["much"]', 'is = ["lots"]', 'names "lots"', "", None),
    ("a section twice", 'id = "two"', 'id = "first"', 'the section "first" appears twice', "", None),
    ("a question twice", 'id = "rate"', 'id = "last"', 'the question "last" appears twice', "", None),
    ("an id with a space", 'id = "rate"', 'id = "the rate"', "has a value that cannot be used", "small letters", 40),
    (
        "a text that is no text",
        'title = "Two"',
        "title = 2",
        "has a value that cannot be used",
        "text in quotation",
        37,
    ),
    (
        "a line break",
        'title = "Two"',
        'title = "Two\\nlines"',
        "has a value that cannot be used",
        "one line of text",
        37,
    ),
    (
        "a relation nobody knows",
        '"derived"',
        '"stolen"',
        "has a value that is not known",
        "'paraphrase' or 'derived'",
        11,
    ),
    ("no TOML at all", "version = 2", "version = = 2", "it is not valid TOML", "", 2),
    ("a negative time", "minutes = 4", "minutes = 0", "has a value", "a number from 1 to 240", 5),
    ("a number in quotation marks", "minutes = 4", 'minutes = "4"', "has a value", "a whole number, without", 5),
    (
        "an option of every pack",
        'section_name = "part"',
        'section_name = "people"',
        "an option of every pack",
        "",
        None,
    ),
    ("a day", 'title = "Two"', "title = 2026-11-23", "has a value", "text in quotation", 37),
    ("no whole number", "minutes = 4", "minutes = 4.5", "has a value", "a whole number", 5),
    ("no yes or no", "care = true", 'care = "perhaps"', "has a value", "true or false", 49),
    ("a list that is none", 'aliases = ["first"]', 'aliases = "first"', "has a value", "a list", 20),
    ("one id of a list", 'aliases = ["first"]', 'aliases = ["a", "A"]', '"sections.1.aliases.2"', "small letters", 20),
    ("a table that is none", 'when = { question = "seen", is = ["much"] }', "when = 3", "has a value", "a table", 33),
    ("a condition without choices", 'is = ["much"]', "is = []", '"sections.1.questions.2.when.is"', "one or more", 33),
    ("an escape at the end", 'title = "Two"', 'title = "Two\\u001b"', "has a value", "one line of text", 37),
    ("a mark that turns a line round", 'title = "Two"', 'title = "\\u202eTwo"', "has a value", "one line", 37),
    ("blanks at the end", 'title = "Two"', 'title = "Two "', "has a value", "one line of text", 37),
    (
        "a section of no time",
        'title = "Two"',
        'title = "Two"\nminutes = 0',
        "has a value",
        "a number from 1 to 240",
        38,
    ),
    (
        "an earlier label twice",
        '{ value = "none", label = "Nothing" }',
        '{ value = "none", label = "Nothing", was = ["a good deal"] }',
        'the label "a good deal" appears twice',
        "",
        23,
    ),
    (
        "an earlier label that is a number",
        '{ value = "none", label = "Nothing" }',
        '{ value = "none", label = "Nothing", was = ["1"] }',
        "a number as its name",
        "",
        23,
    ),
    (
        "a basis of two lines",
        'text = "How much?"',
        'text = "How much?"\nbasis = "a\\nb"',
        "has a value",
        "one line of text",
        43,
    ),
    ("no settings", "minutes = 4", "minutes = 4\nsettings = []", '"settings" has a value', "one or more", 6),
]


@pytest.mark.parametrize(
    ("right", "wrong", "what", "remedy", "line"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_fault_names_place_fault_and_remedy(right: str, wrong: str, what: str, remedy: str, line: int | None) -> None:
    assert SMALL.count(right) == 1 or right == 'id = "two"'
    with pytest.raises(PackFaultError) as error:
        parse_pack(SMALL.replace(right, wrong, 1))
    assert what in error.value.what
    assert remedy in error.value.remedy
    assert error.value.line == line


def test_what_is_read_in_haste_is_what_is_read_with_care() -> None:
    for path in sorted(find_built_in_packs().glob("*.toml")):
        text = path.read_text("utf-8")
        assert check_pack(text, tomllib.loads(text)) == parse_pack(text), path.name


@given(st.data())
def test_nothing_is_taken_in_haste_that_is_refused_with_care(data: st.DataObject) -> None:
    values = tomllib.loads(SMALL)
    holder: Any = values
    while True:
        key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
        if not (isinstance(holder[key], (dict, list)) and holder[key] and data.draw(st.booleans())):
            break
        holder = holder[key]
    other = st.sampled_from(["", "one", "Two\nlines", "9", 0, 1, 2, 4.5, True, [], ["one"], {}, [{}], {"one": 1}])
    if data.draw(st.booleans()):
        holder[key] = data.draw(other)
    elif isinstance(holder, dict):
        holder[data.draw(st.sampled_from(["is", "values", "care", "note", "scale"]))] = data.draw(other)
    text = tomli_w.dumps(values)
    try:
        pack = parse_pack(text)
    except PackFaultError:
        # Only the careful one refuses.
        return
    assert check_pack(text, values) == pack


def test_the_heading_of_a_faulty_pack_names_the_same_fault() -> None:
    find_own_packs().mkdir(parents=True)
    (find_own_packs() / "small.toml").write_text(SMALL.replace('title = "A small pack"\n', ""), encoding="utf-8")
    assert open_shelf().faulty["small"].what == '"title" is missing'


def test_a_section_is_found_by_name_or_alias_and_a_mistyped_one_is_answered_with_the_nearest() -> None:
    assert small_pack().find_section("First").id == "one"
    with pytest.raises(UsageError) as error:
        small_pack().find_section("frist")
    assert error.value.what == 'small has no part called "frist"'
    assert error.value.remedy == "--part first"


def test_questions_for_every_section_come_after_its_own() -> None:
    pack = small_pack()
    assert [question.id for question in pack.questions_of(pack.sections[1])] == ["rate", "do", "last"]


def test_the_line_of_a_key_is_found_in_the_right_table() -> None:
    assert find_line(SMALL, ("sections", 1, "questions", 0, "text")) == 42
    assert find_line(SMALL, ("nowhere",)) is None

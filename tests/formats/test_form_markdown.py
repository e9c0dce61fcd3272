from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compassion_cli.core.errors import FormFaultError
from compassion_cli.core.form import Entry, FormQuestion, FormSection, Progress, Reviewed, Setting
from compassion_cli.formats.form_markdown import parse_entry, parse_form, render_form

NASTY = [
    "+++",
    "<!-- question: self.1 -->",
    "\\<!-- question: self.1 -->",
    "<!-- section: team -->",
    "<!-- not asked: self.2 -->",
    "## Team",
    "### 2. What?",
    "> quoted",
    "> - an option",
    "```",
    "",
    " ",
    "\r",
    "*Not asked, because of an earlier answer.*",
    "\ufeff",
    "\u2028",
    "שלום \u202egnirts",
    "🙂",
]
anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
text = anything | st.lists(st.sampled_from(NASTY) | st.text(max_size=5).filter(str.isprintable)).map("\n".join)
line = anything.map(lambda value: value.replace("\n", " "))


def make_question(values: dict[str, Any]) -> FormQuestion:
    values = values if values["asked"] else values | {"text": ""}
    # What has a value begins with a label.
    return FormQuestion(**(values if values["text"].split("\n")[0].strip() else values | {"value": ""}))


questions = st.fixed_dictionaries(
    {
        "key": st.from_regex(r"\A[a-z0-9-]{1,8}\.[a-z0-9-]{1,8}\Z"),
        "number": st.from_regex(r"\A[A-Za-z0-9-]{1,5}\Z"),
        "wording": line,
        "guidance": st.lists(line, max_size=3).map(tuple),
        "text": text,
        "value": st.just("") | st.from_regex(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z").filter(str.isascii),
        "asked": st.booleans(),
    }
).map(make_question)
sections = st.builds(
    FormSection,
    id=st.from_regex(r"\A[a-z]{1,8}\Z"),
    title=line,
    guidance=st.lists(line, max_size=2).map(tuple),
    loose=text,
    questions=st.lists(questions, max_size=3).map(tuple),
)
entries = st.builds(
    Entry,
    id=st.just("2026-11-23-tool3-self-k7m2"),
    created=st.datetimes(timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))),
    author=line.filter(lambda name: name.splitlines() in ([], [name])),
    pack=st.just("tool3"),
    pack_version=st.integers(1, 99),
    setting=st.none() | st.sampled_from(Setting),
    people=st.none() | st.integers(1, 30),
    format=st.integers(1, 9),
    tags=st.lists(st.from_regex(r"\A\w{1,8}\Z"), max_size=2).map(tuple),
    reviewed=st.none() | st.builds(Reviewed, entry_id=st.just("2026-11-20-tool1-change-p4xd"), digest=line),
    progress=st.none()
    | st.builds(
        Progress,
        journal=line.map(lambda value: value.replace("\0", "")),
        pending=st.none() | st.lists(line, max_size=3).map(tuple),
        written=st.lists(st.integers(0, 9), max_size=3).map(tuple),
        seal=line,
    ),
    extra=st.dictionaries(
        st.text(alphabet=st.characters(exclude_categories=["Cs"])).map("x{}".format),
        anything | st.integers(-9, 9) | st.booleans() | st.lists(st.integers(0, 9)),
        max_size=2,
    ),
    title=line,
    loose=text,
    sections=st.lists(sections, max_size=3).map(tuple),
)


def entry_with(answer: str) -> Entry:
    question = FormQuestion(key="self.1", number="1", wording="What?", guidance=("And why?",), text=answer)
    return Entry(
        id="2026-11-23-tool3-self-k7m2",
        created=datetime(2026, 11, 23, 14, 12, 5, tzinfo=UTC),
        author="A Practitioner",
        pack="tool3",
        pack_version=1,
        title="Four lenses: Self",
        sections=(FormSection(id="self", title="Self", questions=(question, question)),),
    )


@given(entries)
@example(entry_with("\n".join(NASTY)))
@example(entry_with("one\r\ntwo\r\n"))
def test_an_entry_comes_back_from_its_text_equal(entry: Entry) -> None:
    assert parse_entry(render_form(entry)) == entry.answered()


@pytest.mark.parametrize("answer", NASTY)
def test_a_text_that_looks_like_structure_comes_back_as_it_was_typed(answer: str) -> None:
    back = parse_entry(render_form(entry_with(answer)))
    assert [question.text for question in back.questions] == ([answer, answer] if answer.strip() else [])


def test_a_megabyte_comes_back() -> None:
    answer = "A long night shift.\n<!-- question: self.2 -->\n\n" * 22_000
    assert len(answer) > 1_000_000
    assert parse_entry(render_form(entry_with(answer))).questions[0].text == answer


def test_the_file_is_pleasant_to_read_without_the_program() -> None:
    assert render_form(entry_with("Walking the long way back.")) == (
        "+++\n"
        'id = "2026-11-23-tool3-self-k7m2"\n'
        "created = 2026-11-23 14:12:05+00:00\n"
        'author = "A Practitioner"\n'
        "format = 2\n"
        'pack = "tool3"\n'
        "pack_version = 1\n"
        'sections = [\n    "self",\n]\n'
        "+++\n\n"
        "# Four lenses: Self\n\n"
        "<!-- section: self -->\n## Self\n\n"
        "<!-- question: self.1 -->\n### 1. What?\n> And why?\n\nWalking the long way back.\n\n"
        "<!-- question: self.1 -->\n### 1. What?\n> And why?\n\nWalking the long way back.\n"
    )


@pytest.mark.parametrize("marks", ["\ufeff", ""])
def test_a_file_that_an_editor_gave_windows_line_ends_reads_the_same(marks: str) -> None:
    entry = entry_with("one\ntwo")
    assert parse_entry(marks + render_form(entry).replace("\n", "\r\n")) == entry


def test_an_answer_typed_right_below_its_heading_is_an_answer() -> None:
    rendered = render_form(entry_with("")).replace("> And why?\n", "> And why?\nBecause.\n", 1)
    assert parse_entry(rendered).questions[0].text == "Because."


def test_a_question_without_its_section_or_heading_still_reads() -> None:
    rendered = "+++\npack = 'tool3'\npack_version = 1\n+++\n<!-- question: self.4 -->\n\nAn answer\n"
    form = parse_form(rendered)
    assert form.sections[0].id == "self"
    assert form.questions[0].number == "4"
    assert form.questions[0].text == "An answer"


def test_keys_and_text_the_program_does_not_know_survive_a_rewrite() -> None:
    rendered = render_form(entry_with("x")).replace("pack = ", "mood = [1, 2]\npack = ", 1)
    rendered = rendered.replace("## Self\n", "## Self\n\nA note by hand.\n", 1)
    again = render_form(parse_entry(rendered))
    assert "mood = [" in again
    assert "A note by hand." in again


@pytest.mark.parametrize(
    ("wrong", "what", "line"),
    [
        ("", "its first line is not +++", 1),
        ("# Notes\n", "its first line is not +++", 1),
        ("+++\npack = 'x'\n", "the details at the top are not closed", None),
        ("+++\npack = 'x'\nsecret words\n+++\n", "the details at the top are not valid TOML", 3),
        ("+++\npack = 'x'\npack_version = 1\n+++\n", 'the details at the top have no "id"', None),
        (
            "+++\nid='2026-11-23-x-k7m2'\ncreated=2026-11-23T10:00:00\nauthor='a'\npack='x'\npack_version=1\n+++\n",
            '"created" has a value that cannot be used',
            None,
        ),
        (
            "+++\nid='secret words'\ncreated=1\nauthor='a'\npack='x'\npack_version=1\n+++\n",
            '"id" has a value that cannot be used',
            None,
        ),
    ],
)
def test_a_text_that_is_no_entry_is_refused_without_repeating_it(wrong: str, what: str, line: int | None) -> None:
    with pytest.raises(FormFaultError) as fault:
        parse_entry(wrong)
    assert what in fault.value.what
    assert fault.value.line == line
    assert "secret" not in str(fault.value)

"""Markdown formatters and editors that tidy: an entry, form, draft or response has the same answers after them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.commands import CommandLine
from support.formatters import FORMATTERS

from compassion_cli.core.text import bare

LONG = "A visit that went on for longer than anybody had thought, *because* nobody had asked what she would have liked."
#: What people write, some of it like what the program itself does.
ANSWERS = {
    "change.reach": f"2\n{LONG}\n\n> Where do you have it, and how much does it matter?\n\nI.",
    "change.actions": "- [ ] Ring the office (who: Ann) (due 2026-12-01)\n- [ ] Rest",
    "change.support": "\n> a line that someone typed as a quotation",
    "direction.reach": "4",
    "direction.support": "## A heading of my own\n\n1. one\n2. two",
}
each_formatter = pytest.mark.parametrize("formatter", FORMATTERS.values(), ids=FORMATTERS)

Formatter = Callable[[str], str]


def strip_heading(text: str) -> str:
    return bare(text).rstrip(".,;:!")


def tidy(path: Path, formatter: Formatter) -> None:
    before = path.read_text("utf-8")
    after = formatter(before)
    assert after != before
    path.write_bytes(after.encode())


def read(run: CommandLine, what: str = "entry") -> list[tuple[str, ...]]:
    """Return all that was asked and said, without what a formatter may change."""
    shown = json.loads(run("journal", "show", "--json").stdout)["entry"]
    document: dict[str, Any] = shown if what == "entry" else shown[what][0]
    found: list[tuple[str, ...]] = [(bare(document["title"]), bare(document["loose"]))]
    for section in document["sections"]:
        found.append((bare(section["title"]), bare(section["loose"])))
        for one in section["questions"]:
            asked = "asked" if one["asked"] else "not asked"
            found.append(
                (one["key"], asked, *map(strip_heading, (one["wording"], " ".join(one["guidance"]), one["text"])))
            )
    return found


@pytest.fixture
def entry(run: CommandLine) -> Path:
    form = run("reflect", "tool1", "--concept", "change", "--concept", "direction", "--blank").stdout
    for key, answer in ANSWERS.items():
        before, mark, after = form.partition(f"<!-- question: {key} -->\n")
        end = re.search(r"(?m)^\n|\Z", after)
        assert mark
        assert end
        form = f"{before}{mark}{after[: end.start()]}\n{answer}\n{after[end.start() :]}"
    run("reflect", "tool1", "--from", "-", typed=form)
    return run.entries[0]


@each_formatter
def test_an_entry_has_the_same_answers(run: CommandLine, entry: Path, formatter: Formatter) -> None:
    before, listed = read(run), run("journal", "list").stdout
    actions = run("journal", "actions").stdout
    tidy(entry, formatter)
    assert read(run) == before
    assert bare(run("journal", "list").stdout) == bare(listed)
    assert run("journal", "actions").stdout == actions
    # The program's own words are not the person's.
    assert "nothing was found" in run("journal", "search", "control or influence", code=1).stderr
    shown = " ".join(run("journal", "show").stdout.split())
    assert shown.count("How much control or influence do you have here?") == 2
    # Nor does it need another look.
    assert "needs a look" not in run("journal", "list").stderr


@each_formatter
def test_a_response_is_read_and_nobody_is_told_that_words_have_changed(
    run: CommandLine, entry: Path, formatter: Formatter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPASSION_AUTHOR", "Bea")
    run("journal", "review", entry.stem, typed="It stood out\n\nWhat next?\n\nA walk (due 2026-12-01)\n\n", code=None)
    response = next(path for path in run.entries if ".review-" in path.name)
    before = [read(run), read(run, "reviews")]
    tidy(entry, formatter)
    tidy(response, formatter)
    assert [read(run), read(run, "reviews")] == before
    assert "changed since" not in run("journal", "show").stdout
    entry.write_text(entry.read_text("utf-8").replace("nobody", "someone"), "utf-8")
    assert "changed since" in run("journal", "show").stdout


@each_formatter
def test_a_form_that_nobody_has_filled_is_not_answered(run: CommandLine, tmp_path: Path, formatter: Formatter) -> None:
    form = tmp_path / "form.md"
    for words in (["tool1", "--concept", "change"], ["tool3", "--lens", "self"], ["tool2", "--stage", "all"]):
        form.write_text(run("reflect", *words, "--blank").stdout, "utf-8")
        tidy(form, formatter)
        said = run("reflect", words[0], "--from", str(form), code=1).stderr
        assert "no question was answered, so nothing was saved" in said
    assert run.entries == []


@each_formatter
@pytest.mark.parametrize("typed_first", [True, False], ids=["filled, then tidied", "tidied, then filled"])
def test_a_filled_form_gives_the_answers_that_were_typed(
    run: CommandLine, tmp_path: Path, formatter: Formatter, *, typed_first: bool
) -> None:
    def fill(text: str) -> str:
        """Write under the last line of each question, whatever it is."""
        pieces = re.split(r"(?m)^(?=<!-- |\Z)", text)
        answered = [
            f"{piece.rstrip()}\n\nMy answer {number}.\n\n" if piece.startswith("<!-- question") else piece
            for number, piece in enumerate(pieces)
        ]
        return "".join(answered)

    form = tmp_path / "form.md"
    blank = run("reflect", "tool3", "--lens", "self", "--blank").stdout
    form.write_text(blank if not typed_first else fill(blank), "utf-8")
    tidy(form, formatter)
    if not typed_first:
        form.write_bytes(fill(form.read_bytes().decode().replace("\r\n", "\n")).encode())
    run("reflect", "tool3", "--from", str(form))
    questions = json.loads(run("journal", "show", "--json").stdout)["entry"]["sections"][0]["questions"]
    assert [re.fullmatch(r"My answer \d\.", one["text"].strip()) is not None for one in questions] == [True] * 5
    assert [strip_heading(one["wording"]) for one in questions] == [
        strip_heading(line.partition(". ")[2]) for line in blank.split("\n") if line.startswith("### ")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("respond?\n> And", "respond?\nMine\n> And"),
        ("respond?\n> And", "respond?\n\nMine\n\n> And"),
        ("setting it?\n", "setting it?\nMine\n"),
        ("setting it?\n", "setting it?\n\nMine\n"),
        ("setting it?\n", "setting it?\n> Mine\n"),
        ("setting it?\n", "setting it?\n\n> Mine\n"),
        ("setting it?\n", "setting it?\n>Mine\n"),
        ("setting it?\n", "setting it?\n<!--answer-->\nMine\n"),
        ("setting it?\n", "setting it?\n\n<!--  ANSWER -->\n\nMine\n"),
        # Broken anew by something that puts no sign before the second line.
        ("And", "And BREAK"),
    ],
)
def test_an_answer_may_stand_above_what_is_quoted_or_right_under_it(
    run: CommandLine, tmp_path: Path, old: str, new: str
) -> None:
    blank = run("reflect", "tool3", "--only", "1", "--blank").stdout
    heading, quoted = re.findall(r"(?m)^### (.+)\n> (.+)$", blank)[0]
    old = old.replace("respond?\n> And", f"{heading}\n> {quoted}").replace("setting it?", quoted)
    new = new.replace("respond?", heading).replace("> And", f"> {quoted}").replace("setting it?", quoted)
    if "BREAK" in new:
        first, second = quoted.split(" ", 1)
        old, new = f"> {quoted}\n", f"> {first}\n{second}\n\nMine\n"
    assert old in blank
    form = tmp_path / "form.md"
    form.write_text(blank.replace(old, new), "utf-8")
    run("reflect", "tool3", "--from", str(form))
    question = json.loads(run("journal", "show", "--json").stdout)["entry"]["sections"][0]["questions"][0]
    typed = next(word for word in ("> Mine", ">Mine", "Mine") if word in new)
    assert question["text"].strip() == typed
    assert question["guidance"] == [quoted]


@each_formatter
def test_a_draft_is_gone_on_with(run: CommandLine, formatter: Formatter) -> None:
    run("reflect", "tool3", "--only", "6,7,8", typed=f"{LONG}\n\n> quoted\n\n", code=None)
    tidy(run.drafts[0], formatter)
    done = run("reflect", "resume", typed="the last\n\n")
    assert "has been changed" not in done.stderr
    questions = json.loads(run("journal", "show", "--json").stdout)["entry"]["sections"][0]["questions"]
    assert [bare(one["text"]) for one in questions] == [bare(LONG), bare("> quoted"), bare("the last")]
    assert all("Question" not in one["text"] for one in questions)

"""Files that were made before the questions were reworded: they read, are resumed, and can be compared with new ones.

``data/before_rewording`` holds what the program wrote then, with the first version of each pack and format.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from support.commands import CommandLine

from compassion_cli.core.choices import settle_choices
from compassion_cli.formats.form_markdown import parse_entry, parse_form
from compassion_cli.storage.packs import open_shelf
from compassion_cli.storage.places import find_drafts

OLD = Path(__file__).parent / "data" / "before_rewording"
ENTRIES = sorted(path for path in (OLD / "entries").glob("*.md") if ".review-" not in path.name)
DRAFTS = sorted((OLD / "drafts").glob("*.md"))
FORMS = sorted((OLD / "forms").glob("*.md"))
#: What each of the entries chose, by a piece of its name.
CHOICES = {
    "tool1-change": {"change.reach": "control"},
    "tool1-openness": {"openness.reach": "influence"},
    "tool1-direction": {"direction.reach": "not-mine"},
    "tool2-during-after": {"during.context": "two-people", "during.curiosity": "some"},
}


@pytest.fixture
def old_journal(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Return the command line of Sam, whose journal holds the old entries."""
    monkeypatch.setenv("COMPASSION_AUTHOR", "Sam")
    shutil.copytree(OLD / "entries", run.journal / "2026")
    return run


def show_json(run: CommandLine, reference: str) -> dict[str, str]:
    """Return the choices of an entry as a script sees them."""
    entry = json.loads(run("journal", "show", reference, "--json").stdout)["entry"]
    return {one["key"]: one["choice"] for section in entry["sections"] for one in section["questions"] if one["choice"]}


def test_there_is_one_of_each_kind() -> None:
    assert {parse_form(path.read_text("utf-8")).pack for path in ENTRIES} == {"tool1", "tool2", "tool3", "curiosity"}
    assert all(parse_form(path.read_text("utf-8")).format == 1 for path in [*ENTRIES, *DRAFTS, *FORMS])
    assert len(DRAFTS) == 4
    assert len(FORMS) == 6


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_an_old_entry_is_shown_in_the_words_it_was_asked_in(old_journal: CommandLine, path: Path) -> None:
    shown = " ".join(old_journal("journal", "show", path.stem).stdout.split())
    for question in parse_entry(path.read_text("utf-8")).questions:
        assert question.wording in shown
        assert question.text.split("\n")[0] in shown
    assert "needs a look" not in old_journal("journal", "list").stderr


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_is_the_same_whatever_its_label_was(old_journal: CommandLine, name: str) -> None:
    (old,) = [path for path in ENTRIES if name in path.name]
    assert show_json(old_journal, old.stem) == CHOICES[name]


def test_old_and_new_answers_to_tool_1_can_be_compared(old_journal: CommandLine) -> None:
    old_journal("reflect", "tool1", "--concept", "change", typed="Influence: I can have a say in this\n\n\n\n")
    (new,) = set(old_journal.entries) - {
        old_journal.journal / "2026" / path.name for path in (OLD / "entries").glob("*")
    }
    assert show_json(old_journal, new.stem) == {"change.reach": "influence"}
    (old,) = [path for path in ENTRIES if "tool1-change" in path.name]
    assert show_json(old_journal, old.stem) == {"change.reach": "control"}


def test_a_label_that_someone_changes_by_hand_goes_before_the_value_beside_it(old_journal: CommandLine) -> None:
    old_journal("reflect", "tool1", "--concept", "sharing", typed="1\n\n\n\n")
    (path,) = [path for path in old_journal.entries if "sharing" in path.name]
    text = path.read_text("utf-8")
    assert "<!-- answer: control -->\nControl: I can decide this\n" in text
    path.write_text(text.replace("Control: I can decide this\n", "I can affect it\n"), "utf-8")
    assert show_json(old_journal, path.stem) == {"sharing.reach": "influence"}
    # What no version of the pack knows is known by its value, but where no label can have changed.
    text = text.replace("Control: I can decide this\n", "All mine\n")
    path.write_text(text, "utf-8")
    assert show_json(old_journal, path.stem) == {}
    path.write_text(text.replace("pack_version = 2", "pack_version = 9"), "utf-8")
    assert show_json(old_journal, path.stem) == {"sharing.reach": "control"}


@pytest.mark.parametrize(
    ("change", "marker", "value"),
    [
        (
            "s/^Control: I can decide this$/Influence: I can have a say in this/",
            "<!-- answer: influence -->",
            "influence",
        ),
        ("s/^Control: I can decide this$/2/", "<!-- answer: influence -->", "influence"),
        (
            "s/^Control: I can decide this$/influence: i can have a say in this/",
            "<!-- answer: influence -->",
            "influence",
        ),
        ("s/^Control: I can decide this$/Nobody knows/", None, None),
        ("/^Control: I can decide this$/d", None, None),
        ("s/^My words$/Other words/", "<!-- answer: control -->", "control"),
    ],
    ids=["another label", "a number", "small letters", "nothing known", "no label", "something else"],
)
def test_the_value_beside_a_choice_is_changed_with_it(
    old_journal: CommandLine, monkeypatch: pytest.MonkeyPatch, change: str, marker: str | None, value: str | None
) -> None:
    old_journal("reflect", "tool1", "--concept", "sharing", typed="1\nMy words\n\n\n\n")
    (path,) = [path for path in old_journal.entries if "sharing" in path.name]
    monkeypatch.setenv("EDITOR", f"sed -i '{change}'")
    old_journal("journal", "edit", path.stem)
    found = re.findall("<!-- answer.* -->", path.read_text("utf-8"))
    assert found == ([marker] if marker else [])
    assert show_json(old_journal, path.stem) == ({"sharing.reach": value} if value else {})
    shown = old_journal("journal", "show", path.stem).stdout
    assert "ords" in shown
    # A number or small letters are spelled out, as an entry has them.
    assert ("Influence: I can have a say in this" in shown) is (value == "influence")


def test_a_rating_that_is_given_as_a_number_is_spelled_out(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    run("reflect", "tool3", "--lens", "organisation", typed="3\n\n" * 4)
    path = run.entries[0]
    assert "\n3 of 5\n" in path.read_text("utf-8")
    monkeypatch.setenv("EDITOR", "sed -i 's/^3 of 5$/4/'")
    run("journal", "edit")
    assert "\n4 of 5\n" in path.read_text("utf-8")
    assert "3 of 5" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_an_old_draft_is_resumed_and_none_of_its_answers_is_lost(run: CommandLine, path: Path) -> None:
    find_drafts().mkdir(parents=True)
    shutil.copy(path, find_drafts() / path.name)
    written = [question.text for question in parse_form(path.read_text("utf-8")).questions if question.text.strip()]
    loose = parse_form(path.read_text("utf-8")).loose
    result = run("reflect", "resume", typed="New words.\n\n" * 5, code=None)
    # More was typed than is left to ask, or text in it belongs to no question: then all of it is in the draft.
    kept = (run.drafts if result.exit_code else run.entries)[0].read_text("utf-8")
    assert all(text in kept for text in written)
    assert loose in kept
    for line in ("I can affect it", "My own meeting, visit or assessment", "A walk."):
        assert (line in kept) is (line in path.read_text("utf-8"))


def test_an_old_draft_of_tool_1_becomes_an_entry_with_its_choice(run: CommandLine) -> None:
    find_drafts().mkdir(parents=True)
    (path,) = [path for path in DRAFTS if "tool1" in path.name]
    shutil.copy(path, find_drafts() / path.name)
    run("reflect", "resume", typed="Ask for time\n\nMy supervisor.\n\n")
    text = run.entries[0].read_text("utf-8")
    # The words of then, with the answer that was given to them, and what the choice means now.
    assert "### 1. How much influence or control do you have here?" in text
    assert "<!-- answer: influence -->\nI can affect it\n\nOn some days.\n" in text
    assert show_json(run, "latest") == {"change.reach": "influence"}


#: What someone writes into an old form, and what it means.
FILLED = {
    "number": ("2", "influence"),
    "old label": ("I can affect it", "influence"),
    "new label": ("Influence: I can have a say in this", "influence"),
    "old label in capitals": ("IT IS NOT PART OF MY ROLE", "not-mine"),
}


@pytest.mark.parametrize("how", FILLED)
def test_an_old_form_is_taken_filled_in_either_words(run: CommandLine, how: str) -> None:
    answer, value = FILLED[how]
    form = (OLD / "forms" / "tool1-change.md").read_text("utf-8")
    Path("form.md").write_text(
        form.replace("how much this area matters.\n", f"how much this area matters.\n\n{answer}\n")
    )
    run("reflect", "tool1", "--from", "form.md")
    assert show_json(run, "latest") == {"change.reach": value}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_old_form_that_nobody_has_filled_holds_no_answer(run: CommandLine, path: Path) -> None:
    pack = path.stem.partition("-")[0]
    assert "no question was answered" in run("reflect", pack, "--from", str(path), code=1).stderr


def test_a_number_means_the_choice_that_had_it_on_the_form(run: CommandLine) -> None:
    """The pack may have put its choices in another order since."""
    form = (OLD / "forms" / "tool1-change.md").read_text("utf-8")
    form = form.replace(
        "> - 1: I can decide it\n> - 2: I can affect it\n", "> - 1: I can affect it\n> - 2: I can decide it\n"
    )
    Path("form.md").write_text(form.replace("how much this area matters.\n", "how much this area matters.\n\n2\n"))
    run("reflect", "tool1", "--from", "form.md")
    assert show_json(run, "latest") == {"change.reach": "control"}


def test_an_old_response_is_shown_below_its_entry(old_journal: CommandLine) -> None:
    shown = old_journal("journal", "show", "several").stdout
    assert "Response by Alex" in shown
    assert "Monday meetings." in shown
    assert "changed since" not in shown


def test_every_label_there_was_is_known(run: CommandLine) -> None:
    shelf = open_shelf()
    for path in ENTRIES:
        entry = parse_entry(path.read_text("utf-8"))
        settled = settle_choices(shelf.load(entry.pack), entry)
        expected = next((found for name, found in CHOICES.items() if name in path.name), {})
        assert {q.key: q.value for q in settled.questions if q.value} == expected


NEWER = [("show", "latest"), ("show", "--pack", "tool3"), ("list",), ("search", "words")]


@pytest.mark.parametrize("words", NEWER, ids=" ".join)
def test_an_entry_of_a_newer_program_is_shown_kept_and_said_to_be_newer(
    run: CommandLine, words: tuple[str, ...]
) -> None:
    run("reflect", "tool3", "--only", "6", typed="Some words\n\n")
    path = run.entries[0]
    newer = path.read_text("utf-8").replace("format = 2\n", 'format = 3\nmood = "calm"\n')
    path.write_text(newer, "utf-8")
    said = run("journal", *words)
    assert "ome" in said.stdout
    assert "needs a look" not in said.stderr
    if words[0] == "show":
        assert "Please update compassion-cli." in " ".join(said.stdout.split())
    assert path.read_text("utf-8") == newer


def test_an_edit_of_a_newer_entry_keeps_what_is_not_known(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    run("reflect", "tool3", "--only", "6", typed="Some words\n\n")
    path = run.entries[0]
    path.write_text(path.read_text("utf-8").replace("format = 2\n", 'format = 3\nmood = "calm"\n'), "utf-8")
    monkeypatch.setenv("EDITOR", "sed -i 's/Some words/Other words/'")
    run("journal", "edit")
    text = path.read_text("utf-8")
    assert 'format = 3\nmood = "calm"\n' in text
    assert "Other words" in text


def test_a_form_or_draft_of_a_newer_program_is_kept_until_this_one_is_updated(run: CommandLine) -> None:
    form = run("reflect", "tool3", "--only", "6", "--blank").stdout.replace("format = 2", "format = 3") + "\nWords\n"
    Path("form.md").write_text(form, "utf-8")
    refused = run("reflect", "tool3", "--from", "form.md", code=1).stderr
    assert "please update compassion-cli" in refused
    assert 'try: update compassion-cli, then: reflect tool3 --from "form.md"' in refused
    assert Path("form.md").read_text("utf-8") == form
    run("reflect", "tool3", "--only", "6,7", typed="One\n\n", code=1)
    draft = run.drafts[0]
    draft.write_text(draft.read_text("utf-8").replace("format = 2", "format = 3"), "utf-8")
    before = draft.read_text("utf-8")
    refused = run("reflect", "resume", typed="Two\n\n", code=1).stderr
    assert "please update compassion-cli" in refused
    assert str(draft) in refused
    assert draft.read_text("utf-8") == before


@pytest.mark.parametrize("value", ['"note"', "true", "0", "2.0", "[1]"])
def test_a_format_of_some_other_program_is_left_alone(run: CommandLine, value: str) -> None:
    run("reflect", "tool3", "--only", "6", typed="Some words\n\n")
    path = run.entries[0]
    path.write_text(path.read_text("utf-8").replace("format = 2", f"format = {value}"), "utf-8")
    shown = run("journal", "show")
    assert "Some words" in shown.stdout
    assert "update" not in shown.stdout
    assert "needs a look" not in shown.stderr

"""What someone left out is nobody else's business: no file, command or JSON tells it from what was never asked."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.editors import make_editor, needs_a_shell, write_under
from support.packs import SMALL

from compassion_cli.storage.places import find_own_packs

OLD = Path(__file__).parents[1] / "data" / "before_rewording" / "entries"


def be(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COMPASSION_AUTHOR", name)


def without_names(text: str) -> str:
    """Return what does not differ from one entry to the next: all but ids, times and the folder."""
    text = re.sub(r"(tool\d-[a-z-]+)-[a-z0-9]{4}\b", r"\1-PIECE", text)
    return re.sub(r"\b[a-z0-9]{4}\b(?=[.\n])|\d\d:\d\d(:\d\d)?|/\S+/reflective-journal\S*", "", text)


#: Ways to leave questions out, and ways never to have been asked them, that come to the same.
PAIRS = {
    "one lens": (
        (["tool3", "--lens", "self"], "\n\n\n\nFive\n\n"),
        (["tool3", "--lens", "self", "--only", "5"], "Five\n\n"),
    ),
    "all lenses": (
        (["tool3", "--lens", "all"], "\n" * 12 + "Thirteen\n\n" + "\n" * 7),
        (["tool3", "--only", "13"], "Thirteen\n\n"),
    ),
    "a condition": (
        (["tool2", "--stage", "all"], "\n\n1\n\n\n"),
        (["tool2", "--only", "curiosity"], "1\n\n"),
    ),
    "one of three columns": (
        (["tool1", "--concept", "change"], "\n\nSam\n\n"),
        (["tool1", "--concept", "change", "--only", "support"], "Sam\n\n"),
    ),
    "a care question": (
        (["tool3", "--lens", "team"], "\n\nSafe\n\n\n\n\n"),
        (["tool3", "--only", "13"], "Safe\n\n"),
    ),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_an_entry_holds_no_trace_of_what_was_skipped(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, pair: str
) -> None:
    be(monkeypatch, "Sam")
    files, seen = [], []
    for number, (words, typed) in enumerate(PAIRS[pair]):
        home = run.home / str(number)
        monkeypatch.setenv("HOME", str(home))
        one = CommandLine(home)
        one("reflect", *words, typed=typed)
        files.append(without_names(one.entries[0].read_text("utf-8")) + without_names(one.entries[0].name))
        be(monkeypatch, "Eve")
        said = [one("journal", *look) for look in (["show"], ["show", "--json"], ["list"], ["list", "--json"])]
        seen.append([without_names(each.output) for each in said])
        be(monkeypatch, "Sam")
    assert files[0] == files[1]
    assert seen[0] == seen[1]
    assert "Not answered" not in str(seen)


def test_only_its_author_is_told_what_has_no_answer(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, "Sam")
    run("reflect", "tool3", "--lens", "self", typed="One\n\n\n\n\nFive\n\n")
    shown = run("journal", "show").stdout
    assert "Not answered: questions 2, 3 and 4." in shown
    assert "Only you are shown which questions have no answer." in shown
    be(monkeypatch, "Eve")
    assert "nswer" not in run("journal", "show").stdout.replace("choose a different response", "")
    # JSON tells even its author no more than others.
    told = run("journal", "show", "--json").stdout
    be(monkeypatch, "Sam")
    assert run("journal", "show", "--json").stdout == told
    assert [q["key"] for q in json.loads(told)["entry"]["sections"][0]["questions"]] == ["self.1", "self.5"]


LOOKS = {
    "show": ["show", "several"],
    "show json": ["show", "several", "--json"],
    "filtered": ["show", "--pack", "tool3"],
    "list": ["list"],
    "list json": ["list", "--json"],
    "search": ["search", "mondays"],
    "search json": ["search", "mondays", "--json"],
    "agenda": ["agenda", "--for", "Sam"],
}


@pytest.mark.parametrize("look", LOOKS)
def test_entries_saved_before_are_shown_to_others_without_their_empty_questions(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, look: str
) -> None:
    shutil.copytree(OLD, run.journal / "2026")
    be(monkeypatch, "Eve")
    said = run("journal", *LOOKS[look]).output
    assert "We meet on " in said
    for hint in (
        "Not answered",
        "thriving",
        "Recall a time",
        "speaks out",
        "Not applicable",
        "Not asked",
        "and Organisation",
    ):
        assert hint not in said
    if "json" in look:
        entries = json.loads(said)
        for entry in [entries["entry"]] if "entry" in entries else entries["entries"]:
            assert entry["answered"] == entry["asked"]
            if "several" in entry["id"]:
                assert entry["section_ids"] == ["team"]
                assert entry["title"] == "Four lenses on compassionate leadership: Team"


def test_an_earlier_version_is_shown_in_the_same_way(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    be(monkeypatch, "Sam")
    run("reflect", "tool3", "--only", "6", typed="x\n\n")
    (old,) = [path for path in OLD.glob("*several*") if ".review-" not in path.name]
    shutil.copy(old, run.journal / "2026" / old.name)
    run("journal", "history", "several", code=None)
    monkeypatch.setenv("EDITOR", "sed -i 's/on Mondays/on Tuesdays/'")
    run("journal", "edit", "several")
    be(monkeypatch, "Eve")
    first = run("journal", "history", "several", "--show", "1").stdout
    assert "We meet on Mondays." in first
    assert "thriving" not in first


@needs_a_shell
class TestAnsweringLater:
    @pytest.fixture
    def entry(self, run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Path:
        be(monkeypatch, "Sam")
        run("reflect", "tool3", "--lens", "self", typed="One\n\n\n\n\nFive\n\n")
        return run.entries[0]

    def edit(
        self, run: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch, *commands: str, code: int | None = 0
    ) -> str:
        monkeypatch.setenv("EDITOR", make_editor(folder, *commands))
        return run("journal", "edit", code=code).stderr

    def test_the_questions_left_out_are_offered_in_their_places(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = entry.read_text("utf-8")
        said = self.edit(run, tmp_path, monkeypatch, f'cp "$1" "{tmp_path}/seen"')
        seen = (tmp_path / "seen").read_text("utf-8")
        assert re.findall(r"<!-- question: (\S+) -->", seen) == [f"self.{number}" for number in range(1, 6)]
        assert "Any you leave empty will not be in the entry." in said
        assert entry.read_text("utf-8") == before

    def test_one_that_is_answered_is_in_the_entry_and_the_others_are_not(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.edit(run, tmp_path, monkeypatch, write_under("self.3", "Three"))
        text = entry.read_text("utf-8")
        assert re.findall(r"<!-- question: (\S+) -->", text) == ["self.1", "self.3", "self.5"]
        assert "\nThree\n" in text
        assert "Not answered: questions 2 and 4." in run("journal", "show").stdout
        assert "\n\n\n" not in text

    def test_one_that_is_emptied_is_not_in_it_any_more(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.edit(run, tmp_path, monkeypatch, 'sed -i "s/^One$//" "$1"')
        assert re.findall(r"<!-- question: (\S+) -->", entry.read_text("utf-8")) == ["self.5"]
        # Its history has what was there.
        assert "One" in run("journal", "history", "--show", "1").stdout

    def test_words_someone_has_added_to_the_heading_of_an_old_empty_question_stay(
        self, run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        be(monkeypatch, "Sam")
        (old,) = OLD.glob("*tool3-self*")
        path = run.journal / "2026" / old.name
        path.parent.mkdir(parents=True)
        text = old.read_text("utf-8").replace("most worthwhile?\n", "most worthwhile? HEADWORD\n")
        path.write_text(text.replace("so good?\n", "so good?\n> QUOTEWORD\n"), "utf-8")
        for name in ("Sam", "Eve"):
            be(monkeypatch, name)
            said = self.edit(run, tmp_path, monkeypatch, "sed -i 's/long way/short way/' \"$1\"", code=1)
            assert "question 2 (self.2) has no answer, but its heading has changed" in said
            assert "question 4 (self.4) has no answer, but its heading has changed" in said
        assert "HEADWORD" in path.read_text("utf-8")
        assert "QUOTEWORD" in path.read_text("utf-8")

    def test_a_section_that_is_emptied_is_not_named_any_more(
        self, run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        be(monkeypatch, "Sam")
        run("reflect", "tool3", "--only", "1,14", typed="One\n\nFourteen\n\n")
        self.edit(run, tmp_path, monkeypatch, 'sed -i "s/^One$//" "$1"')
        text = run.entries[0].read_text("utf-8")
        assert "Self" not in text
        assert '"self"' not in text
        assert text.startswith("+++\nid = ")
        assert "# Four lenses on compassionate leadership: Team\n" in text

    @pytest.mark.usefixtures("entry")
    def test_a_marker_of_another_kind_is_a_fault_and_no_more(
        self, run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.edit(run, tmp_path, monkeypatch, "printf '\\n<!-- section: self.2 -->\\nWORDS\\n' >> \"$1\"", code=None)
        kept = "".join(path.read_text("utf-8") for path in run.entries)
        assert "WORDS" in kept

    def test_an_answer_to_a_pack_whose_earlier_words_nobody_knows_can_be_deleted(
        self, run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        be(monkeypatch, "Sam")
        own = find_own_packs() / "small.toml"
        own.parent.mkdir(parents=True)
        own.write_text(SMALL, "utf-8")
        run("reflect", "small", "--part", "two", typed="2\n\nDELETEME\n\nKeep\n\n")
        own.write_text(SMALL.replace("What will you do?", "And now?").replace("version = 2", "version = 3"), "utf-8")
        self.edit(run, tmp_path, monkeypatch, 'sed -i "/DELETEME/d" "$1"')
        text = run.entries[0].read_text("utf-8")
        assert "DELETEME" not in text
        assert "What will you do?" not in text
        assert "Keep" in text

    def test_an_editor_that_removes_the_file_leaves_no_edit_to_speak_of(
        self, run: CommandLine, entry: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = entry.read_bytes()
        monkeypatch.setenv("EDITOR", "rm")
        said = run("journal", "edit", code=1).stderr
        assert "your editor deleted the file, so there is no edit to keep" in said
        assert "kept in" not in said
        assert entry.read_bytes() == before

    @pytest.mark.parametrize("where", ["at the end of a heading", "in a quotation right under it"])
    def test_an_answer_that_would_not_be_seen_is_asked_for_in_its_place(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
    ) -> None:
        change = (
            "s/^### 2.*/& Mine/" if where == "at the end of a heading" else "s/^> How could you bring.*/&\\n> Mine/"
        )
        said = self.edit(run, tmp_path, monkeypatch, f"sed -i '{change}' \"$1\"", code=1)
        assert "question 2 (self.2) has no answer, but its heading has changed" in said
        (kept,) = [path for path in run.entries if ".edit-" in path.name]
        assert "Mine" in kept.read_text("utf-8")
        assert "Mine" not in entry.read_text("utf-8")

    def test_whoever_did_not_write_it_is_offered_nothing(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        be(monkeypatch, "Eve")
        self.edit(run, tmp_path, monkeypatch, f'cp "$1" "{tmp_path}/seen"')
        assert (tmp_path / "seen").read_bytes() == entry.read_bytes()

    @pytest.mark.usefixtures("entry")
    def test_an_entry_from_before_loses_its_empty_questions_when_its_author_changes_it(
        self, run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.copytree(OLD, run.journal / "2026", dirs_exist_ok=True)
        (path,) = [path for path in run.entries if "several" in path.name and ".review-" not in path.name]
        monkeypatch.setenv("EDITOR", make_editor(tmp_path, "sed -i 's/on Mondays/on Tuesdays/' \"$1\""))
        run("journal", "edit", "several")
        assert re.findall(r"<!-- question: (\S+) -->", path.read_text("utf-8")) == ["team.11"]

    def test_what_was_agreed_can_be_added_to_a_response_later(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        be(monkeypatch, "Alex")
        run("journal", "review", entry.stem, typed="It stood out\n\n\n\n")
        (response,) = [path for path in run.entries if ".review-" in path.name]
        assert "agreed" not in response.read_text("utf-8")
        monkeypatch.setenv("EDITOR", make_editor(tmp_path, write_under("response.agreed", "- [ ] Meet on Friday")))
        run("journal", "review", entry.stem, "--edit")
        assert "What have you agreed to do?" in run("journal", "show", entry.stem).stdout
        assert "Meet on Friday" in run("journal", "actions").stdout
        assert "response.question" not in response.read_text("utf-8")

    def test_windows_line_ends_and_no_last_line_end_change_nothing(
        self, run: CommandLine, entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = entry.read_bytes()
        self.edit(run, tmp_path, monkeypatch, "sed -i 's/$/\\r/' \"$1\"")
        assert entry.read_bytes() == before
        self.edit(run, tmp_path, monkeypatch, 'printf %s "$(cat "$1")" > "$1.x"; cat "$1.x" > "$1"; rm "$1.x"')
        assert entry.read_bytes().rstrip() == before.rstrip()


def test_a_draft_keeps_every_question(run: CommandLine) -> None:
    run("reflect", "tool3", "--lens", "self", typed="\n\nThree\n\n", code=1)
    assert len(re.findall("<!-- question: ", run.drafts[0].read_text("utf-8"))) == 5

"""Files that hold more than anybody wrote: they are named or read, and the good ones beside them come soon."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.commands import CommandLine
from support.forked import run_forked

from compassion_cli.storage.places import find_settings_file
from compassion_cli.terminal.time_limit import limit_time

#: Some of these took half a minute before there were limits, or never ended; with them, each takes under a second.
PATIENCE = 60.0
DEEP_KEY = ".".join("a" * 9_000) + " = 1\n"
DEEP_TABLE = "[" + " . ".join(["'a'"] * 9_000) + "]\n"
DEEP_LIST = "x = " + "[" * 9_000 + "]" * 9_000 + "\n"
FRONT = """\
+++
id = "2026-11-20-tool3-self-zzzz"
created = 2026-11-20T12:00:00+00:00
author = "Ann"
pack = "tool3"
pack_version = 1
sections = ["self"]
{}+++

# Tool 3

<!-- section: self -->
## Self

"""
QUESTION = "<!-- question: self.6 -->\n### 6. What?\n\ngood words\n\n"
TOO_MANY = "has more than 2000 questions and sections"
ENTRIES = {
    "a key of many parts": (FRONT.format(DEEP_KEY) + QUESTION, "nested too deeply"),
    "a table of many parts": (FRONT.format(DEEP_TABLE) + QUESTION, "nested too deeply"),
    "a key of many parts within a table": (
        FRONT.format(f"x = {{ {DEEP_KEY[:-1]} }}\n") + QUESTION,
        "nested too deeply",
    ),
    "lists within lists": (FRONT.format(DEEP_LIST) + QUESTION, "nested too deeply"),
    "many tags": (
        FRONT.format("tags = [" + '"a",' * 40_000 + "]\n") + QUESTION,
        "details at the top are larger than 64 kB",
    ),
    "many questions": (FRONT.format("") + QUESTION * 40_000, TOO_MANY),
    "many sections": (FRONT.format("") + "<!-- section: self -->\n" * 40_000, TOO_MANY),
    "one long line": (FRONT.format("") + QUESTION + "word " * 1_000_000, "larger than 4 MB"),
    "many actions": (FRONT.format("") + QUESTION + "- [ ] Rest (due 2026-12-01)\n" * 20_000, "more than 1000 actions"),
}


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    assert threading.current_thread() is threading.main_thread()
    with limit_time(PATIENCE, AssertionError(f"it took longer than {PATIENCE:.0f} seconds")):
        yield


@pytest.mark.parametrize("name", ENTRIES)
def test_what_holds_too_much_is_named_and_holds_nobody_up(run: CommandLine, name: str) -> None:
    run("reflect", "tool3", "--only", "6", typed="good words\n- [ ] Ring the office\n\n")
    text, said = ENTRIES[name]
    path = run.entries[0].with_name("2026-11-20-tool3-self-zzzz.md")
    path.write_text(text, "utf-8")
    problems = ""
    for words in (
        ["list"],
        ["show", "--since", "2020"],
        ["search", "good"],
        ["search", "--regex", "g.*d"],
        ["actions"],
    ):
        done = run("journal", *words)
        assert "23 November 2026" in done.stdout or "Ring the office" in done.stdout
        problems += done.stderr
    assert said in problems
    assert str(path) in problems.replace("\n", "")
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("text", [DEEP_KEY, DEEP_TABLE, DEEP_LIST], ids=["key", "table", "list"])
def test_settings_packs_forms_and_drafts_of_that_kind_are_refused_in_a_sentence(
    run: CommandLine, tmp_path: Path, text: str
) -> None:
    run("journal", "config", "name", "Ann")
    settings = find_settings_file()
    packs = settings.with_name("packs")
    packs.mkdir()
    (packs / "mine.toml").write_text(text, "utf-8")
    assert "nested too deeply" in run("reflect", "mine", code=1).stderr
    form = tmp_path / "form.md"
    blank = run("reflect", "tool3", "--only", "6", "--blank").stdout
    form.write_text(blank.replace("+++\n", f"+++\n{text}", 1), "utf-8")
    assert "nested too deeply" in run("reflect", "tool3", "--from", str(form), code=1).stderr
    run("reflect", "tool3", "--only", "6,7", "--plain", typed="one\n\n", code=None)
    draft = run.drafts[0]
    before = draft.read_text("utf-8").replace("+++\n", f"+++\n{text}", 1)
    draft.write_text(before, "utf-8")
    done = run("reflect", "resume", typed="two\n\n", code=None)
    assert "nested too deeply" in done.stderr
    assert draft.read_text("utf-8") == before
    settings.write_text(text, "utf-8")
    assert "nested too deeply" in run("journal", "list", code=1).stderr


def test_a_name_with_many_full_stops_is_a_name_like_any_other(run: CommandLine) -> None:
    dots = "A.B." * 20
    run("journal", "config", "name", dots)
    assert run("journal", "config", "name").stdout == f"{dots}\n"
    run("reflect", "tool3", "--only", "6", "--tag", f"it's {dots}", typed="words\n\n")
    assert dots in run("journal", "show").stdout


def test_what_is_too_large_to_be_read_again_is_not_saved_as_an_entry(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "\n".join(["a word " * 10_000] * 70)
    done = run("reflect", "tool3", "--only", "6", typed=f"{words}\n\n", code=1)
    assert "larger than 4 MB" in done.stderr
    assert run.entries == []
    assert words.strip() in run.drafts[0].read_text("utf-8")
    # Nor as an edit.
    run("reflect", "tool3", "--only", "7", typed="good words\n\n")
    entry = run.entries[0]
    before = entry.read_text("utf-8")
    larger = tmp_path / "larger"
    larger.write_text(before + words, "utf-8")
    monkeypatch.setenv("EDITOR", f"cp {larger}")
    done = run("journal", "edit", "latest", code=1)
    assert "larger than 4 MB" in done.stderr
    assert "Your edit is kept in" in done.stderr
    assert entry.read_text("utf-8") == before


@pytest.mark.parametrize("regex", ["(a+)+$"])
@pytest.mark.skipif(os.name == "nt", reason="Windows has no clock that could end it")
def test_a_regular_expression_without_end_is_left(run: CommandLine, regex: str) -> None:
    run("reflect", "tool3", "--only", "6", typed=f"{'a' * 60}!\n\n")
    said = run("journal", "search", "--regex", regex, code=None).stderr
    assert "takes too long" in said or "nothing was found" in said
    assert "a!" in run("journal", "search", "--regex", "a+!").stdout


@pytest.mark.skipif(os.name == "nt", reason="programs are forked here")
def test_twenty_people_can_tick_different_actions_of_one_entry_at_once(run: CommandLine) -> None:
    tasks = "".join(f"- [ ] Act number {number:02}\n" for number in range(20))
    run("reflect", "tool3", "--only", "6", typed=f"{tasks}\n")
    beginning, begin = os.pipe()
    pids = []
    for number in range(20):
        pid = os.fork()
        if pid == 0:
            os.close(begin)
            os.read(beginning, 1)
            words = ("journal", "actions", "done", f"Act number {number:02}")
            done = run_forked(words, b"", os.environ, PATIENCE)
            os._exit(done.returncode)
        pids.append(pid)
    os.close(begin)
    assert [os.waitpid(pid, 0)[1] for pid in pids] == [0] * 20
    assert run.entries[0].read_text("utf-8").count("- [x] Act number") == 20
    assert run("journal", "actions").stdout == ""

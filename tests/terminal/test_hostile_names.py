"""Nothing that a colleague wrote does anything to a terminal, or hides or turns round what is read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from support.people import Person

pytest.importorskip("pty", reason="there are no pseudo-terminals on Windows")

from support.terminal import Terminal

HOSTILE = "Sam\x1b]0;x\x07\x1b[31m\x9b2J\b\u202eeno\u202c\u2066\u200f\u061c\ufeff\U000e0041y"
HARM = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
ESCAPED = "".join(f"\\U{ord(sign):08x}" if HARM.match(sign) else sign for sign in HOSTILE)

COMMANDS = (
    ["journal", "list"],
    ["journal", "list", "--unreviewed"],
    ["journal", "list", "--author", "Sam"],
    ["journal", "show", "latest"],
    ["journal", "search", "words"],
    ["journal", "agenda"],
    ["journal", "actions"],
    ["journal", "actions", "--author", "Sam"],
    ["journal", "history"],
    ["journal", "journals"],
    ["journal", "review", "latest", "--blank"],
    ["journal", "config"],
    ["journal", "--help"],
    ["reflect", "--help"],
)  # fmt: skip


@pytest.fixture
def ann(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Someone in whose journal all that came from others is hostile: names, words, actions, files and folders."""
    person = Person("Ann", tmp_path / "ann", monkeypatch)
    entry = person.write("words that are looked for")
    text = entry.read_text("utf-8").replace('author = "Ann"', f'author = "{ESCAPED}"')
    hostile = f"{HOSTILE} words\n- [ ] Ring {HOSTILE} (who: {HOSTILE})\n"
    entry.write_text(text.replace("tags = []", f'tags = ["{ESCAPED}"]') + hostile, encoding="utf-8")
    form = person.home / "form.md"
    person.name = "Bea"
    form.write_text(f"{person.type('journal', 'review', 'latest', '--blank').stdout}\nA word of {HOSTILE}.\n", "utf-8")
    person.type("journal", "review", "latest", "--from", str(form))
    for review in entry.parent.glob("*.review-*.md"):
        review.write_text(review.read_text("utf-8").replace('author = "Bea"', f'author = "{ESCAPED}"'), "utf-8")
    person.name = "Ann"
    odd = person.journal.with_name("odd\x1b[31m\u202ename")
    person.type("journal", "init", str(odd), "--name", "odd", code=None)
    (entry.parent / "2026-11-23-tool3-self\x1b[2J.md").write_text("no entry", encoding="utf-8")
    return person


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_what_came_from_others_is_shown_and_does_nothing(ann: Person, words: list[str]) -> None:
    result = ann.type(*words, code=None)
    assert not HARM.search(result.stdout + result.stderr)


@pytest.mark.parametrize("words", [["list"], ["search", "words"], ["show", "latest"], ["actions"]], ids=" ".join)
@pytest.mark.parametrize("plain", [[], ["--plain"]], ids=["in colour", "plain"])
def test_at_a_terminal_only_the_styles_are_ours(ann: Person, words: list[str], plain: list[str]) -> None:
    ann.be()
    with Terminal(["journal", *words, *plain], os.environ | {"TERM": "xterm-256color", "PAGER": ""}) as terminal:
        terminal.wait_for("Sam")
        assert terminal.finish() == 0
        shown = terminal.raw.decode("utf-8").replace("\r\n", "\n")
    assert not plain or "\x1b" not in shown
    assert not HARM.search(re.sub(r"\x1b\[[0-9;]*m", "", shown))

"""Words that people know from elsewhere lead to the command that is meant, and help is there whoever asks how."""

from __future__ import annotations

import pytest
from support.commands import CommandLine

from compassion_cli.cli.journal import JournalGroup

#: What is typed, and what it leads to. From a shell, git, jrnl, nb, an office suite, and plain English.
MEANT = {
    "reflect": ["new", "add", "write", "create", "start", "compose"],
    "reflect resume": ["continue", "drafts", "unfinished"],
    "reflect --help": ["packs", "questions", "tools"],
    "reflect support": ["helpline", "wellbeing"],
    "journal list": ["ls", "dir", "log", "timeline", "entries"],
    "journal show": ["open", "view", "read", "cat", "print"],
    "journal search": ["find", "grep", "query", "filter"],
    "journal edit": ["change", "amend", "correct", "vim"],
    "journal review": ["answer", "respond", "reply", "comment", "feedback"],
    "journal agenda": ["meeting", "supervision", "prepare"],
    "journal init": ["setup", "clone", "mkdir"],
    "journal sync": ["push", "pull", "fetch", "send"],
    "journal share": ["publish"],
    "journal unshare": ["hide", "withdraw", "unpublish"],
    "journal resolve": ["merge", "conflicts"],
    "journal history": ["versions", "diff", "blame"],
    "journal delete": ["erase", "remove", "rm", "del", "trash"],
    "journal restore": ["undelete", "undo", "recover", "revert"],
    "journal journals": ["status", "remote", "notebooks"],
    "journal config": ["settings", "preferences", "options"],
    "journal actions": ["todo", "tasks"],
    "journal actions done": ["tick", "finish", "complete"],
    "journal actions carry": ["postpone", "defer"],
}
#: For ``reflect``, these are parts of a pack first of all.
PARTS = ["change", "feedback"]
WORDS = [(word, command) for command, words in MEANT.items() for word in words]


@pytest.mark.parametrize(("word", "command"), WORDS, ids=[word for word, _ in WORDS])
@pytest.mark.parametrize("program", [["reflect"], ["journal"], ["compassion"], ["compassion", "journal"]], ids=" ".join)
def test_a_word_from_elsewhere_leads_to_the_command_that_is_meant(
    run: CommandLine, program: list[str], word: str, command: str
) -> None:
    refused = run(*program, word.upper() if program == ["journal"] else word, "k7m2", code=2)
    if program == ["reflect"] and word in PARTS:
        command = f"reflect tool1 --concept {word}"
    else:
        assert "there is no " in refused.stderr
    assert refused.stderr.endswith(f"\n  try: {command}\n")
    assert not run.journal.exists()


@pytest.mark.parametrize(("word", "command"), [("show", "journal show"), ("resume", "reflect resume")])
def test_a_command_of_the_other_program_is_named_with_it(run: CommandLine, word: str, command: str) -> None:
    other = "journal" if command.startswith("reflect") else "reflect"
    assert run(other, word, code=2).stderr.endswith(f"\n  try: {command}\n")


@pytest.mark.parametrize(
    ("word", "command"), [("remove", "drop"), ("finished", "done"), ("snooze", "carry"), ("dome", "done")]
)
def test_among_actions_a_word_has_the_meaning_it_has_there(run: CommandLine, word: str, command: str) -> None:
    assert run("journal", "actions", word, code=2).stderr.endswith(f"\n  try: journal actions {command}\n")


HELP = [
    ("reflect", "help"),
    ("reflect", "help", "tool3"),
    ("reflect", "help", "resume"),
    ("journal", "help"),
    ("journal", "help", "list"),
    ("journal", "help", "actions", "done"),
    ("journal", "actions", "help", "done"),
    ("compassion", "help"),
    ("compassion", "help", "journal", "list"),
    ("compassion", "journal", "help"),
]


@pytest.mark.parametrize("words", HELP, ids=" ".join)
def test_help_is_a_word_too(run: CommandLine, words: tuple[str, ...]) -> None:
    expected = run(*(word for word in words if word != "help"), "--help").stdout
    assert expected.startswith("Usage: ")
    assert run(*words).stdout == expected


def test_help_for_what_is_not_there_names_what_is(run: CommandLine) -> None:
    assert run("journal", "help", "lst", code=2).stderr.endswith("\n  try: journal list\n")


COMMANDS = [["reflect", *rest] for rest in ([], ["resume"], ["support"], ["tool1"], ["tool3"])] + [
    ["journal", *rest] for rest in ([], *([name] for name in JournalGroup.summaries), ["actions", "done"])
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("columns", [36, 40, 80, 200])
def test_help_is_as_wide_as_the_window_and_never_wider_than_is_easy_to_read(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, words: list[str], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run(*words, "--help").stdout.split("\n")
    assert max(map(len, lines)) <= min(columns, 80)

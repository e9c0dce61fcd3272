"""Front matter as notes programs leave it: blank lines and YAML above ours, or YAML in its place."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from support.commands import CommandLine

from compassion_cli.core.errors import FormFaultError
from compassion_cli.formats.form_markdown import parse_entry, parse_form, render_form
from compassion_cli.formats.task_list import digest_words

TOML = """\
+++
id = "2026-11-23-tool3-self-k7m2"
created = 2026-11-23 12:00:05+00:00
author = "Ann"
pack = "tool3"
pack_version = 1
sections = ["self"]
tags = ["mine"]
mood = "good"
+++
"""
YAML = """\
---
id: 2026-11-23-tool3-self-k7m2
created: {}
author: Ann
pack: tool3
pack_version: 1
sections: [self]
tags: [mine]
mood: good
---
"""
BODY = """
# Four lenses: Self

<!-- section: self -->
## Self

<!-- question: self.1 -->
### 1. What?

- [ ] Rest
"""
TIMES = ("2026-11-23 12:00:05+00:00", "2026-11-23T12:00:05Z", '"2026-11-23T12:00:05+00:00"')


@pytest.mark.parametrize(
    "front",
    [
        f"\n{TOML}",
        f"\n \n\t\n{TOML}",
        f"\ufeff\n{TOML}",
        f"---\n---\n{TOML}",
        f"---\naliases:\n---\n\n{TOML}",
        f"---\naliases: [\n---\n{TOML}",
        f"---\nauthor: Someone Else\nid: x\n...\n{TOML}",
        *(YAML.format(time) for time in TIMES),
        "\n" + YAML.format(TIMES[0]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whatever_stands_around_it_the_entry_is_the_same(front: str, end: str) -> None:
    plain, text = f"{TOML}{BODY}", f"{front}{BODY}".replace("\n", end)
    entry = parse_entry(text)
    extra = {name: value for name, value in entry.extra.items() if name != "aliases"}
    assert replace(entry, extra=extra) == parse_entry(plain)
    assert (entry.author, entry.tags, entry.extra["mood"]) == ("Ann", ("mine",), "good")
    assert digest_words(text) == digest_words(plain)


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("tags: [cpd, mine]", ("mine", "cpd")),
        ("tags:\n  - cpd\n  - 2026", ("mine", "cpd", "2026")),
        ("tags: cpd", ("mine", "cpd")),
        ("tags: cpd, visit", ("mine", "cpd", "visit")),
        ("tags:", ("mine",)),
        ("tag: cpd", ("mine",)),
    ],
)
def test_tags_that_a_notes_program_has_added_are_tags(tags: str, found: tuple[str, ...]) -> None:
    assert parse_entry(f"---\n{tags}\n---\n{TOML}{BODY}").tags == found


def test_what_is_not_known_of_a_form_is_kept_when_it_is_written_again() -> None:
    form = parse_form(f"---\naliases: [Monday]\n---\n{TOML}{BODY}")
    assert dict(parse_form(render_form(form)).extra) == {"mood": "good", "aliases": ["Monday"]}


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("---\naliases: [\n---\n", "are not valid YAML"),
        ("---\n- one\n---\n", "are not valid YAML"),
        ("---\n1: one\n---\n", "are not valid YAML"),
        ("---\na: b\n", "are not closed: add a second --- line"),
        ("---\na: b\n---\n", 'have no "id"'),
        (YAML.format("yesterday"), '"created" has a value that cannot be used'),
        (YAML.format("2026-11-23"), '"created" has a value that cannot be used'),
        ("---\na: &a [x]\nb: !!python/object/apply:os.system [true]\n---\n", "are not valid YAML"),
        (f"---\n{'[' * 5000}{']' * 5000}\n---\n", "are not valid YAML"),
        ("words\n", "its first line is not +++"),
        ("", "its first line is not +++"),
    ],
)
def test_what_cannot_be_read_is_said(front: str, fault: str) -> None:
    with pytest.raises(FormFaultError) as found:
        parse_entry(f"{front}{BODY}")
    assert fault in found.value.what


@pytest.mark.parametrize("front", [f"---\ntags:\n  - cpd\n---\n{TOML}", f"\n{TOML}", YAML.format(TIMES[0])])
def test_every_command_reads_it(run: CommandLine, front: str) -> None:
    run("reflect", "tool3", "--only", "1", "--tag", "mine", typed="First words\n\n")
    path: Path = run.entries[0]
    path.write_text(front.replace("2026-11-23-tool3-self-k7m2", path.stem) + BODY, "utf-8")
    for words in ("list", "list --author Ann", "list --tag mine", "list --pack tool3", "search rest", "show latest"):
        done = run("journal", *words.split())
        assert "Rest" in done.stdout.replace("[Rest]", "Rest") or path.stem[-4:] in done.stdout
        assert "needs a look" not in done.stderr
    assert json.loads(run("journal", "show", "--json").stdout)["entry"]["author"] == "Ann"
    run("journal", "actions", "done", "Rest")
    assert path.read_text("utf-8") == front.replace("2026-11-23-tool3-self-k7m2", path.stem) + BODY.replace(
        "[ ] Rest", "[x] Rest (done 2026-11-23)"
    )


BOMB = "\n".join(["a: &a [x, x]", *(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]" for a, b in pairwise("abcdefghijklmnop"))])


@pytest.mark.parametrize("yaml", [f"{BOMB}\ntags: [*p]", "a: &a [*a]\ntags: *a", "tags: [[one, two], {a: b}, good]"])
def test_yaml_that_grows_is_not_read(yaml: str) -> None:
    assert parse_entry(f"---\n{yaml}\n---\n{TOML}{BODY}").tags in (("mine",), ("mine", "good"))


@pytest.mark.parametrize("tags", ["5", '"abc"', "true", "[5]"])
def test_tags_that_are_none_are_a_fault_beside_yaml_too(tags: str) -> None:
    with pytest.raises(FormFaultError) as found:
        parse_entry("---\ntags: a\n---\n" + TOML.replace('["mine"]', tags) + BODY)
    assert found.value.what == '"tags" has a value that cannot be used'


@pytest.mark.parametrize("value", ["", "!!binary aGVsbG8=", "!!set {a, b}", "[a, null]", "{a: null}", "{1: a}", "~"])
def test_a_form_with_values_that_toml_has_not_is_taken_and_loses_no_answer(run: CommandLine, value: str) -> None:
    blank = run("reflect", "tool3", "--only", "6", "--blank").stdout
    run("reflect", "tool3", "--from", "-", typed=f"---\naliases: {value}\n---\n{blank}\nPRECIOUS\n")
    assert "PRECIOUS" in run.entries[0].read_text("utf-8")

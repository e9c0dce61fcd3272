"""What people see of ``journal``."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.commands import NOON, CommandLine

from compassion_cli.storage.places import find_built_in_packs, find_own_packs

NASTY = (
    "<resident name> [brackets] [/b] :smile: `code` **bold**\nnext line\n"
    "\x1b[31mred\x1b]0;title\x07 \x9b2J \u202eover\u202c | table | &amp; {{x}} #tag\t|tab"
)


def write(run: CommandLine, text: str, day: int = 0, pack: str = "tool3", only: str = "6") -> Path:
    run.now = NOON + timedelta(days=day)
    before = set(run.entries)
    run("reflect", pack, "--only", only, typed=f"{text}\n\n")
    return next(path for path in run.entries if path not in before)


def test_list_shows_date_pack_section_author_and_first_words_newest_first(run: CommandLine) -> None:
    first, second = write(run, "The older one\nof two"), write(run, "The newer one", day=1)
    assert run("journal", "list").stdout == (
        f"24 November 2026  tool3 supervisor. A Practitioner. {second.stem[-4:]}. The newer one\n"
        f"23 November 2026  tool3 supervisor. A Practitioner. {first.stem[-4:]}. The older one of two\n"
    )


def test_entries_of_one_second_are_listed_in_the_order_they_were_written_in(run: CommandLine) -> None:
    for number in range(6):
        run.now = NOON + timedelta(milliseconds=number)
        run("reflect", "tool3", "--only", "6", typed=f"word {number}\n\n")
    assert re.findall(r"word (\d)", run("journal", "list").stdout) == ["5", "4", "3", "2", "1", "0"]
    assert "word 5" in run("journal", "show").stdout


def test_list_stops_after_the_number_asked_for_and_says_so(run: CommandLine) -> None:
    for day in range(3):
        write(run, f"day {day}", day)
    result = run("journal", "list", "-n", "2")
    assert "day 2" in result.stdout
    assert "day 0" not in result.stdout
    assert "To see more, add: -n 10" in result.stderr


def test_list_filters(run: CommandLine) -> None:
    write(run, "a", 0)
    write(run, "b", 1, only="11")
    write(run, "c", 2, pack="tool2", only="direction")

    def listed(*options: str) -> str:
        return "".join(line.rpartition(" ")[2] for line in run("journal", "list", *options).stdout.splitlines())

    assert listed("--since", "2026-11-24") == "cb"
    assert listed("--until", "2026-11-24") == "ba"
    assert listed("--pack", "tool3") == "ba"
    assert listed("--lens", "Team") == "b"
    assert listed("--lens", "leader") == "a"
    assert listed("--pack", "Tool3") == "ba"


def test_list_is_json_for_scripts(run: CommandLine) -> None:
    path = write(run, NASTY)
    path.with_name("2026-11-20-tool3-self-zzzz.md").write_text("broken")
    result = run("journal", "list", "--json")
    value = json.loads(result.stdout)
    assert value["version"] == 1
    assert value["entries"][0]["id"] == path.stem
    assert value["entries"][0]["section_ids"] == ["supervisor"]
    assert len(value["problems"]) == 1
    assert result.stdout.isascii()


def test_an_empty_journal_says_how_to_begin_and_is_not_made_by_looking(run: CommandLine) -> None:
    result = run("journal", "list")
    assert "There are no entries" in result.stderr
    assert "reflect" in result.stderr
    assert not run.journal.exists()
    assert "there are no entries" in run("journal", "show", code=1).stderr


def test_nothing_that_matches_is_said(run: CommandLine) -> None:
    write(run, "x")
    assert "No entry matches from 1 January 2027 on." in run("journal", "list", "--since", "2027-01-01").stderr
    days = ("--since", "1 May 2025", "--until", "last month")
    assert "No entry matches from 1 May 2025 on, up to 31 October 2026." in run("journal", "list", *days).stderr
    assert "No entry matches." in run("journal", "list", "--author", "nobody").stderr


def test_show_gives_back_every_word_and_no_control(run: CommandLine) -> None:
    path = write(run, "placeholder")
    text = path.read_text(encoding="utf-8").replace("placeholder", NASTY)
    path.write_bytes(text.encode())
    shown = run("journal", "show").stdout
    for piece in (
        "<resident name> [brackets] [/b] :smile: `code` **bold**\nnext line\n",
        "]0;title",
        "over",
        "&amp; {{x}}",
    ):
        assert piece in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e\u202c")


def test_show_raw_is_the_file_as_it_is(run: CommandLine) -> None:
    path = write(run, "placeholder")
    path.write_bytes(path.read_bytes().replace(b"placeholder", "a\r\n\x1b[31mé".encode()))
    assert run.program("journal", "show", "--raw").stdout == path.read_bytes()


def test_show_json_holds_the_whole_entry(run: CommandLine) -> None:
    write(run, NASTY)
    result = run("journal", "show", "--json")
    question = json.loads(result.stdout)["entry"]["sections"][0]["questions"][0]
    assert question["key"] == "supervisor.6"
    assert question["text"].startswith("<resident name>")
    assert result.stdout.isascii()


@pytest.mark.parametrize("how", ["id", "piece", "part", "date", "path", "relative path", "latest"])
def test_an_entry_is_found_in_many_ways(run: CommandLine, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(run, "Another")
    path = write(run, "The one", day=1)
    monkeypatch.chdir(run.journal)
    words = {
        "id": path.stem,
        "piece": path.stem[-4:].upper(),
        "part": "11-24-tool3",
        "date": "2026-11-24",
        "path": str(path),
        "relative path": f"2026/{path.name}",
        "latest": "latest",
    }
    assert "The one" in run("journal", "show", words[how]).stdout


def test_of_one_day_the_latest_is_the_one_written_last(run: CommandLine) -> None:
    run.now = NOON
    run("reflect", "tool3", "--only", "11", typed="Earlier\n\n")
    run.now = NOON + timedelta(minutes=1)
    run("reflect", "tool3", "--only", "6", typed="Later\n\n")
    run.now = NOON - timedelta(hours=1)
    run("reflect", "tool3", "--only", "17", typed="Earliest\n\n")
    assert "Later" in run("journal", "show").stdout


#: What a hand puts for the day an entry was written on, and what is seen of the 24th, which is in its name.
HANDS = {
    "earlier": ("2026-10-01", "24 November 2026, by A Practitioner. Written 1 October 2026, 12:00.", True),
    "later": ("2026-11-26", "24 November 2026, by A Practitioner. Written 26 November 2026, 12:00.", False),
    "the same": ("2026-11-24", "24 November 2026, 12:00, by A Practitioner.", False),
}


@pytest.mark.parametrize(("written", "shown", "is_doubted"), HANDS.values(), ids=list(HANDS))
def test_the_day_in_the_name_is_the_one_that_counts(
    run: CommandLine, written: str, shown: str, *, is_doubted: bool
) -> None:
    write(run, "The first")
    path = write(run, "The second", day=1)
    write(run, "The third", day=2)
    path.write_text(path.read_text("utf-8").replace("created = 2026-11-24", f"created = {written}"), "utf-8")
    listed = run("journal", "list")
    assert [line.partition(" November")[0] for line in listed.stdout.splitlines()] == ["25", "24", "23"]
    for options in (["--since", "2026-11-24", "--until", "2026-11-24"], ["--json", "--since", "2026-11-25"]):
        assert ("second" in run("journal", "list", *options).stdout) == ("--until" in options)
    one = run("journal", "show", "2026-11-24")
    assert shown in " ".join(one.stdout.split())
    assert json.loads(run("journal", "show", "2026-11-24", "--json").stdout)["entry"]["day"] == "2026-11-24"
    for said in (listed.stderr, one.stderr):
        assert ("it was written on 1 October 2026, before the date in its name" in " ".join(said.split())) == is_doubted
    if is_doubted:
        piece = path.stem[-4:]
        assert f"journal restore {piece} --version N" in listed.stderr
        run("journal", "history", piece)
        run("journal", "restore", piece, "--version", "1")
        assert "before the date" not in run("journal", "list").stderr


def test_an_ambiguous_entry_lists_its_candidates(run: CommandLine) -> None:
    paths = [write(run, text) for text in ("a", "b")]
    for words in ("tool3", "2026-11-23"):
        result = run("journal", "show", words, code=1)
        assert f'2 entries match "{words}"' in result.stderr
        assert f'one of these instead of "{words}":' in result.stderr
        assert all(f"       {path.stem}\n" in result.stderr for path in paths)


WRONG = [
    (["show", "zzzz"], 1, 'journal: no entry matches "zzzz"\n  try: journal list\n'),
    (["show", "2026-01-02"], 1, "journal: there is no entry for 2 January 2026\n"),
    (["show", "20261123"], 2, "  try: For 23 November 2026: journal show 2026-11-23\n"),
    (["show", "22/11/2026"], 1, "journal: there is no entry for 22 November 2026\n"),
    (["show", "31/11/2026"], 2, "journal: November has no 31st day\n  try: journal show 2026-11-23\n"),
    (["show", "2026/gone.md"], 1, "journal: there is no file 2026/gone.md\n"),
    (
        ["list", "--since", "20260203"],
        2,
        '"20260203" is not a date I can read\n  try: For 3 February 2026: --since 2026-02-03\n',
    ),
    (
        ["list", "--since", "31 February"],
        2,
        "journal: February has no 31st day\n  try: --since with one of these: 2026-11-01, 1 November or",
    ),
    (
        ["list", "--until", "soon"],
        2,
        'journal: "soon" is not a date I can read\n  try: --until with one of these: 2026-11-01, 1 November or',
    ),
    (["list", "--since", "today", "--until", "last week"], 2, "--since is later than --until"),
    (["list", "--unreviewed", "--answered"], 2, "no entry can be both"),
    (["show", "--unreviewed", "k7m2"], 2, "cannot be used with filters"),
    (
        ["list", "--pack", "tol3"],
        2,
        'there is no pack called "tol3", and you have no entry from it\n  try: journal list --pack tool3\n',
    ),
    (["list", "--lens", "slef"], 2, "  try: journal list --lens self\n"),
    (["list", "-n", "0"], 2, '-n must be 1 or more, not "0"\n  try: journal list -n 20\n'),
    (["list", "--journal", "nowhere"], 1, "nowhere\n  try: "),
    (["lst"], 2, 'journal: there is no command called "lst"\n  try: journal list\n'),
]


@pytest.mark.parametrize(("words", "code", "said"), WRONG, ids=[" ".join(words) for words, _, _ in WRONG])
def test_a_wrong_word_is_answered_with_a_sentence_and_a_remedy(
    run: CommandLine, words: list[str], code: int, said: str
) -> None:
    write(run, "secret")
    result = run("journal", *words, code=code)
    assert said in result.stderr
    assert "secret" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        "yesterday", "24 November 2026", "Tuesday 24 November 2026", "24/11/2026", "24.11.26", "2026-11-24",
        "YESTERDAY", "last Tuesday", "1 day ago", "{piece}", "{piece}.md", "{id}.md", "{id}", "last",
        "latest", "Newest",
    ],
)  # fmt: skip
def test_an_entry_is_found_by_whatever_names_it(run: CommandLine, words: str) -> None:
    write(run, "The older one")
    newer = write(run, "The newer one", day=1)
    run.now += timedelta(days=1)
    name = words.format(piece=newer.stem[-4:], id=newer.stem)
    for options in ((), ("--raw",), ("--json",)):
        shown = run("journal", "show", name, *options).stdout
        assert "The newer one" in shown
        assert "The older one" not in shown
    assert "The newer one" in run("journal", "history", name, "--show", "1").stdout


@pytest.mark.parametrize("words", ["first", "Oldest", "2 days ago", "23 November"])
def test_so_is_the_first_one(run: CommandLine, words: str) -> None:
    write(run, "The older one")
    write(run, "The newer one", day=1)
    run.now += timedelta(days=1)
    shown = run("journal", "show", words).stdout
    assert "The older one" in shown
    assert "The newer one" not in shown


def test_a_date_on_which_nothing_or_more_than_one_was_written_is_told_in_a_sentence(run: CommandLine) -> None:
    first, second = write(run, "one"), write(run, "two")
    assert "there is no entry for 22 November 2026" in run("journal", "show", "yesterday", code=1).stderr
    assert 'there is no entry for "last month"' in run("journal", "show", "last month", code=1).stderr
    refused = run("journal", "delete", "this week", "--yes", code=1).stderr
    assert '2 entries match "this week"' in refused
    assert first.stem in refused
    assert first.exists()
    assert second.exists()
    assert 'no entry matches "tomorow"' in run("journal", "show", "tomorow", code=1).stderr


def test_a_broken_file_is_named_after_the_good_results(run: CommandLine) -> None:
    good = write(run, "A good one")
    broken = good.with_name("2026-11-22-tool3-self-zzzz.md")
    broken.write_text("+++\nsecret words\n")
    result = run("journal", "list")
    assert "A good one" in result.stdout
    assert f"{broken}: the details at the top are not closed" in result.stderr
    result = run("journal", "show", "zzzz", code=1)
    assert "could not be read as an entry" in result.stderr
    assert "secret" not in result.output
    assert "A good one" in run("journal", "show").stdout


def test_when_the_only_entry_is_broken_show_says_what_is_wrong(run: CommandLine) -> None:
    write(run, "secret").write_text("secret")
    result = run("journal", "show", code=1)
    assert "its first line is not +++" in result.stderr
    assert "try: open it in a text editor" in result.stderr


def test_both_are_subcommands_of_one_program(run: CommandLine) -> None:
    run("compassion", "reflect", "tool3", "--only", "6", typed="From the umbrella\n\n")
    assert "From the umbrella" in run("compassion", "journal", "show").stdout
    assert "no pack called" in run("compassion", "reflect", "tol3", code=2).stderr


def test_a_console_that_is_not_utf_8_is_no_reason_to_fail(run: CommandLine) -> None:
    write(run, "Café 🙂 שלום")
    for encoding in ("cp1252", "ascii"):
        assert b"Caf" in run.program("journal", "show", PYTHONIOENCODING=encoding).stdout
        run.program("journal", "list", PYTHONIOENCODING=encoding)


def test_a_pipe_is_utf_8_whatever_the_locale(run: CommandLine) -> None:
    run.program("reflect", "tool3", "--only", "6", typed="Café 🙂\n\n".encode(), LC_ALL="C", PYTHONCOERCECLOCALE="0")
    shown = run.program("journal", "show", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0").stdout
    assert "Café 🙂" in shown.decode("utf-8")


def test_a_pipe_in_another_encoding_loses_no_letter(run: CommandLine) -> None:
    run.program("reflect", "tool3", "--only", "6", typed=b"Caf\xe9 \x96 done\n\n")
    assert "Café – done" in run.program("journal", "show").stdout.decode("utf-8")


def test_the_journal_can_be_named_by_option_or_environment(run: CommandLine, tmp_path: Path) -> None:
    run("reflect", "tool3", "--only", "6", "--journal", str(tmp_path / "a"), typed="In a\n\n")
    assert "In a" in run("journal", "show", "--journal", str(tmp_path / "a")).stdout
    assert b"In a" in run.program("journal", "show", COMPASSION_JOURNAL=str(tmp_path / "a")).stdout
    assert not run.journal.exists()


def test_the_hour_is_that_of_the_writer(run: CommandLine) -> None:
    run.now = datetime.fromisoformat("2026-07-01T09:30:00+01:00")
    run("reflect", "tool3", "--only", "6", typed="x\n\n")
    assert "1 July 2026, 09:30, by A Practitioner." in run("journal", "show").stdout


def test_what_lies_deeper_in_a_private_journal_is_private(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(run("reflect", "tool3", "--only", "6", "--private", typed="secret\n\n").stdout.strip())
    deeper = path.parent / "old" / path.name
    deeper.parent.mkdir()
    path.rename(deeper)
    assert json.loads(run("journal", "show", str(deeper), "--json").stdout)["entry"]["private"] is True
    assert "Private." in run("journal", "show", str(deeper)).stdout
    monkeypatch.setenv("COMPASSION_AUTHOR", "Alex")
    assert "this entry is private" in run("journal", "review", str(deeper), code=1).stderr


@pytest.mark.skipif(os.name == "nt", reason="no file is called so there")
@pytest.mark.parametrize("name", ["a**b", "[x]", "a?b"])
def test_a_file_may_be_called_as_a_pattern_would_be(run: CommandLine, tmp_path: Path, name: str) -> None:
    path = Path(run("reflect", "tool3", "--only", "6", typed="words\n\n").stdout.strip())
    copy = tmp_path / f"{name}.md"
    copy.write_bytes(path.read_bytes())
    assert "words" in run("journal", "show", str(copy)).stdout
    assert "only one version" in run("journal", "resolve", str(copy), code=1).stderr


def test_json_says_where_everything_was_found(run: CommandLine) -> None:
    entry = write(run, "- [ ] Ring Pat")
    run("journal", "init", str(run.journal), "--name", "team")
    where = {"journal": "team", "file": str(entry)}
    for words in (["list"], ["show"], ["show", "--pack", "tool3"], ["search", "ring"], ["actions"]):
        told = json.loads(
            run("journal", *words, "--json", "--journal", "all").stdout
            if words != ["show"]
            else run("journal", "show", "--json").stdout
        )
        one = told.get("entry") or (told.get("entries") or told["actions"])[0]
        assert where.items() <= one.items()


def test_a_file_in_another_encoding_is_named_with_what_would_mend_it(run: CommandLine) -> None:
    path = write(run, "Zoe said so")
    path.write_bytes(path.read_bytes().replace(b"Zoe", b"Zo\xeb"))
    listed = run("journal", "list", code=None)
    assert "it is not UTF-8 text" in listed.stderr
    assert "save it as UTF-8" in listed.stderr


def test_a_name_of_a_section_goes_before_an_alias_in_another_pack(run: CommandLine) -> None:
    write(run, "words")
    own = find_own_packs()
    own.mkdir(parents=True)
    text = (find_built_in_packs() / "tool2.toml").read_text("utf-8").replace('id = "tool2"', 'id = "mine"', 1)
    before, _, rest = text.partition("[[sections]]\n")
    rest = "\n".join(line for line in rest.split("\n") if not line.startswith("aliases"))
    (own / "mine.toml").write_text(f'{before}[[sections]]\naliases = ["supervisor"]\n{rest}', "utf-8")
    assert "mine" in run("reflect", "--help").stdout
    assert "words" in run("journal", "list", "--lens", "supervisor").stdout


def test_a_journal_whose_entries_were_all_moved_is_not_called_empty(run: CommandLine) -> None:
    for _ in range(7):
        run("reflect", "tool3", "--only", "6", typed="words\n\n")
    folder = run.journal / "Supervision"
    (run.journal / "2026").rename(folder)
    said = run("journal", "list").stderr
    assert "There are no entries" not in said
    assert "7 files need a look:" in said
    assert "and 2 more of the same kind" in " ".join(said.split())
    assert said.replace("\n    ", " ").count("move it to the folder") == 1
    folder.rename(run.journal / "2026")
    assert run("journal", "list").stdout.count("words") == 7

"""Input that is odd, damaged or meant to harm: no word is lost, nothing leaks, and every answer is a sentence."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from support.commands import CommandLine
from support.packs import SMALL

from compassion_cli.core.errors import ExitCode
from compassion_cli.storage.places import find_drafts, find_own_packs

posix_only = pytest.mark.skipif(os.name == "nt", reason="of POSIX systems only")


def blank_form(run: CommandLine, *numbers: str) -> str:
    return run("reflect", "tool3", "--only", ",".join(numbers), "--blank").stdout


def save(run: CommandLine, form: str, code: int = 0) -> str:
    """Save a form from a file and return what was said; the file must be as it was unless all went well."""
    path = Path("form.md")
    path.write_bytes(form.encode())
    result = run("reflect", "tool3", "--from", "form.md", code=code)
    assert path.read_bytes() == form.encode()
    return result.stderr


def test_a_quotation_right_under_a_question_is_part_of_the_answer(run: CommandLine) -> None:
    save(run, blank_form(run, "13").rstrip("\n") + "\n> She said thank you.\nAnd I was glad.\n")
    assert "> She said thank you.\nAnd I was glad.\n" in run("journal", "show").stdout


@pytest.mark.parametrize("heading", ["### 13. ", "## Team", "# Four lenses"])
def test_words_added_to_a_heading_are_a_fault_and_not_lost(run: CommandLine, heading: str) -> None:
    form = blank_form(run, "13") + "\nAn answer\n"
    line = next(line for line in form.split("\n") if line.startswith(heading))
    assert "has been changed; put it back, and write under it" in save(run, form.replace(line, line + " my words"), 1)


def test_a_line_between_a_marker_and_its_heading_is_a_fault(run: CommandLine) -> None:
    form = blank_form(run, "13").replace("### 13.", "### my words\n### 13.")
    assert "the heading of team.13 has been changed" in save(run, form, 1)


@pytest.mark.parametrize(
    "marker",
    ["<!--question: team.14-->", "  <!-- question: team.14 -->", "<!-- question: team.14 --> x", "<!-- Question"],
)
def test_a_damaged_marker_is_a_fault_that_names_its_line(run: CommandLine, marker: str) -> None:
    form = blank_form(run, "13", "14").replace("<!-- question: team.14 -->", marker)
    line = form.split("\n").index(marker) + 1
    assert f"line {line} looks like a marker but is not one" in save(run, form + "\nAn answer\n", 1)


def test_front_matter_the_program_does_not_know_stays(run: CommandLine) -> None:
    save(run, blank_form(run, "13").replace("+++\n\n", "mood = 'tired'\n+++\n\n", 1) + "\nx\n")
    assert 'mood = "tired"' in run.entries[0].read_text(encoding="utf-8")


def test_a_form_with_windows_line_ends_anywhere_reads_the_same(run: CommandLine) -> None:
    form = blank_form(run, "13") + "\nLine one\nLine two\n"
    save(run, form.replace("\n", "\r\n").replace("\r\n", "\n", 1))
    assert "\n\nLine one\nLine two\n" in run.entries[0].read_text(encoding="utf-8")


def test_a_form_as_windows_powershell_writes_it_is_read(run: CommandLine) -> None:
    Path("form.md").write_bytes((blank_form(run, "13") + "\nCafé\n").encode("utf-16"))
    run("reflect", "tool3", "--from", "form.md")
    assert "Café" in run("journal", "show").stdout


def test_text_under_a_question_that_did_not_apply_is_an_answer(run: CommandLine) -> None:
    run("reflect", "tool2", "--stage", "all", typed="\n\nnone\n\n", code=1)
    draft = run.drafts[0].read_text(encoding="utf-8")
    note = "*Not asked, because of an earlier answer.*"
    assert note in draft
    Path("form.md").write_text(draft.replace(note, f"{note}\n\nBut this did happen."), encoding="utf-8")
    run("reflect", "tool2", "--from", "form.md")
    saved = run.entries[0].read_text(encoding="utf-8")
    assert "But this did happen." in saved
    assert note not in saved


@pytest.mark.parametrize(
    "words", [["--tag", "x"], ["--lens", "self"], ["--only", "1"], ["--blank"], ["--setting", "group"]]
)
def test_an_option_that_a_form_would_ignore_is_refused(run: CommandLine, words: list[str]) -> None:
    Path("form.md").write_text(blank_form(run, "13") + "\nx\n", encoding="utf-8")
    assert "cannot be used with it" in run("reflect", "tool3", "--from", "form.md", *words, code=2).stderr


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        (b"caf\xe9, and no form", "café, and no form"),
        ("café, and no form".encode("utf-16"), "café, and no form"),
        (b"\x00\xff", "\x00ÿ"),
        (b"+++\npack = '../../x'\n", "+++\npack = '../../x'\n"),
    ],
)
def test_a_piped_text_that_is_no_form_is_kept_whatever_its_bytes(run: CommandLine, form: bytes, kept: str) -> None:
    done = run.program("reflect", "tool3", "--from", "-", typed=form, code=1)
    assert len(run.drafts) == 1
    assert str(run.drafts[0]) in done.stderr.decode()
    # All that is added is the journal it was for.
    lines = run.drafts[0].read_text(encoding="utf-8").splitlines(keepends=True)
    assert "".join(line for line in lines if not line.startswith("draft_journal = ")) == kept


def test_a_pack_name_in_a_form_cannot_choose_where_a_file_goes(run: CommandLine, tmp_path: Path) -> None:
    form = blank_form(run, "13").replace('pack = "tool3"', f'pack = "{tmp_path}/evil"')
    before = set(tmp_path.iterdir())
    run("reflect", "tool3", "--from", "-", typed=form, code=1)
    assert set(tmp_path.iterdir()) == before
    assert run.drafts[0].read_text(encoding="utf-8").replace('draft_journal = "~/reflective-journal"\n', "") == form


def test_a_piped_form_that_can_be_kept_nowhere_is_shown(run: CommandLine) -> None:
    run.block_state()
    result = run("reflect", "tool3", "--from", "-", typed="Not a form, but someone's words", code=1)
    assert "Not a form, but someone's words" in result.stderr


@posix_only
def test_a_form_from_something_that_is_no_file_is_kept(run: CommandLine) -> None:
    os.mkfifo("pipe")
    writer = Thread(target=Path("pipe").write_text, args=("Someone's words",), daemon=True)
    writer.start()
    result = run("reflect", "tool3", "--from", "pipe", code=1)
    writer.join()
    assert run.drafts[0].read_text(encoding="utf-8") == "Someone's words"
    assert str(run.drafts[0]) in result.stderr


def test_a_name_or_tag_on_several_lines_or_in_other_bytes_makes_an_entry_that_reads(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPASSION_AUTHOR", "A\nPractitioner")
    tags = ["--tag", "one\ntwo", "--tag", "caf\udce9", "--tag", " "]
    run("reflect", "tool3", "--only", "6", *tags, typed="x\n\n")
    shown = run("journal", "show").stdout
    assert "by A Practitioner." in shown
    assert "Tags: one two, café." in shown


def test_words_that_only_look_like_a_date_are_no_fault(run: CommandLine) -> None:
    run("reflect", "tool1", "--concept", "change", "--only", "actions", typed="Ring the GP (due to her fall)\n\n")
    assert "- [ ] Ring the GP (due to her fall)\n" in run.entries[0].read_text(encoding="utf-8")


def test_a_rating_of_thousands_of_digits_is_only_words(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "17", typed="1" * 5000 + "\n\n")
    assert "1" * 5000 in run("journal", "show").stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('pack = "tool3"', 'pack = "\\u001b]0;owned\\u0007tool3"'),
        ("pack_version = 2", "pack_version = 1\nsetting = ['x']"),
        ("pack_version = 2", "pack_version = 1\nsetting = {a = 1}"),
        ("pack_version = 2", "pack_version = 1\nsetting = 3"),
        ("pack_version = 2", "pack_version = 1\ntags = 'x'"),
        ("pack_version = 2", f"pack_version = {'1' * 5000}"),
        ("pack_version = 2", f"pack_version = 1\nx = {'[' * 3000}"),
        ("pack_version = 2", "pack_version = '1'"),
        ("author = ", "author = 3 #"),
    ],
)
def test_an_entry_with_odd_front_matter_is_a_problem_and_no_more(run: CommandLine, old: str, new: str) -> None:
    run("reflect", "tool3", "--only", "6", typed="A good one\n\n")
    run("reflect", "tool3", "--only", "11", typed="placeholder\n\n")
    path = next(path for path in run.entries if "-team-" in path.name)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    result = run("journal", "list")
    assert "A good one" in result.stdout
    assert str(path) in result.stderr
    assert "\x1b" not in result.output
    shown = run("journal", "show")
    assert "A good one" in shown.stdout
    assert str(path) in shown.stderr


@posix_only
def test_a_year_that_may_not_be_opened_is_a_problem_and_no_more(run: CommandLine, nobody: None) -> None:
    run("reflect", "tool3", "--only", "6", typed="A good one\n\n")
    locked = run.journal / "2025"
    locked.mkdir()
    locked.chmod(0)
    result = run("journal", "list")
    locked.chmod(stat.S_IRWXU)
    assert "A good one" in result.stdout
    assert f"{locked}: you do not have permission" in result.stderr


@posix_only
@pytest.mark.parametrize("mode", [0, 0o500])
def test_a_drafts_folder_that_may_not_be_opened_costs_no_word(run: CommandLine, mode: int, nobody: None) -> None:
    folder = find_drafts()
    folder.mkdir(parents=True)
    folder.chmod(mode)
    result = run("reflect", "tool3", "--only", "6", typed="Every word\n\n")
    folder.chmod(stat.S_IRWXU)
    assert "Your draft is not being saved" in result.stderr
    assert "Every word" in run.entries[0].read_text(encoding="utf-8")


@posix_only
def test_a_link_to_a_file_is_not_shown(run: CommandLine, tmp_path: Path) -> None:
    run("reflect", "tool3", "--only", "6", typed="x\n\n")
    (tmp_path / "secret").write_text("secret words")
    link = run.entries[0].with_name("2026-01-05-tool3-self-zzzz.md")
    link.symlink_to(tmp_path / "secret")
    for words in (["2026/" + link.name], [str(link), "--raw"]):
        result = run("journal", "show", *words, code=1)
        assert "is a link, and links are not followed" in result.stderr
        assert "secret words" not in result.output


def test_the_same_id_twice_is_told_apart_by_path(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6", typed="x\n\n")
    path = run.entries[0]
    (run.journal / "2025").mkdir()
    (run.journal / "2025" / path.name).write_bytes(path.read_bytes())
    result = run("journal", "show", path.stem, code=1)
    assert f'one of these instead of "{path.stem}":\n       "{run.journal}' in result.stderr
    assert f'"{path}"' in result.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["journal", "show", "~nobodyx/f.md"], 1),
        (["reflect", "tool3", "--from", "~nobodyx/f.md"], 1),
        (["journal", "list", "--journal", "~nobodyx/j"], 1),
        (["journal", "show", "a" * 300 + "/x.md"], 1),
        (["journal", "show", "a" * 3000], 1),
        (["journal", "show", ".."], 1),
        (["journal", "show", ""], 1),
        (["journal", "show", "*"], 1),
        (["journal", "list", "--journal", "a" * 300], 1),
        (["journal", "list", "--journal", ""], 2),
        (["journal", "list", "-n", "x"], 2),
        (["journal", "list", "-n", "9" * 5000], 2),
        (["reflect", "tool3", "--only", "6", "--journal", ""], 2),
        (["reflect", "tool3", "--only", "6", "--journal", "a" * 300], 1),
        (["reflect", "tool3", "--from", ""], 2),
        (["reflect", "tool3", "--from", "."], 1),
    ],
)
def test_an_odd_name_is_answered_with_a_sentence(run: CommandLine, words: list[str], code: int) -> None:
    run("reflect", "tool3", "--only", "6", typed="x\n\n")
    run("reflect", "tool3", "--only", "6", typed="y\n\n")
    result = run(*words, typed="z\n\n", code=code)
    assert "\n  try: " in result.stderr
    assert len(run.entries) == 2


FAULTY_PACKS = {
    "sections that are text": SMALL.replace('[[sections]]\nid = "two"', '[x]\nid = "two"').replace("[[sections", "[[y"),
    "a list of texts": 'id = "x"\ntitle = "t"\nsummary = "s"\nminutes = 1\nsections = ["x"]\n',
    "an escape in the summary": SMALL.replace("One question of every kind", "\\u001b]0;owned\\u0007"),
    "a huge number": SMALL.replace("version = 2", f"version = {'1' * 5000}"),
    "deep nesting": SMALL + f"x = {'[' * 3000}",
    "an option as its word": SMALL.replace('section_name = "part"', 'section_name = "help"'),
    "a section called all": SMALL.replace('aliases = ["first"]', 'aliases = ["all"]'),
    "an id that is a number": SMALL.replace('id = "small"', "id = 3"),
    "an id with a slash": SMALL.replace('id = "small"', 'id = "../small"'),
}


@posix_only
@pytest.mark.parametrize("name", FAULTY_PACKS)
def test_a_faulty_pack_stops_nothing_else(run: CommandLine, name: str) -> None:
    folder = find_own_packs()
    folder.mkdir(parents=True)
    (folder / "small.toml").write_text(FAULTY_PACKS[name], encoding="utf-8")
    text = run("reflect", "--help").stdout
    assert "tool3" in text
    assert "\x1b" not in text
    result = run("reflect", "small", "--blank", code=1)
    assert f'the pack "small" cannot be used ({folder / "small.toml"}' in result.stderr
    run("reflect", "tool3", "--only", "6", typed="x\n\n")


@posix_only
def test_odd_things_among_the_packs_stop_nothing(run: CommandLine, nobody: None) -> None:
    folder = find_own_packs()
    folder.mkdir(parents=True)
    (folder / "folder.toml").mkdir()
    (folder / "binary.toml").write_bytes(b"\xff\x00")
    os.mkfifo(folder / "fifo.toml")
    assert "binary.toml" in run("reflect", "--help").stdout.replace("\n", "")
    folder.chmod(0)
    assert "tool3" in run("reflect", "--help").stdout
    folder.chmod(stat.S_IRWXU)


@posix_only
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_result_that_cannot_be_written_out_is_no_bug(run: CommandLine) -> None:
    line = "reflect tool3 --only 6 > /dev/full"
    done = run.shell(line, typed=b"Every word\n\n")
    assert done.returncode == 1
    assert b"the result could not be written out: no space left on device" in done.stderr
    assert b"Saved." in done.stderr
    assert "Every word" in run.entries[0].read_text(encoding="utf-8")


MUTILATIONS: dict[str, Callable[[str], str]] = {
    "deleted": lambda _: "",
    "without its line end": lambda marker: f"An answer {marker}",
    "autocorrected": lambda marker: marker.replace("<", "\u2039").replace("--", "\u2013").replace(">", "\u203a"),
    "misspelt": lambda marker: marker.replace("question", "qestion"),
    "without its word": lambda marker: marker.replace("question", ""),
    "quoted": lambda marker: f"> {marker}",
    "backslashed": lambda marker: f"\\{marker}",
    "indented": lambda marker: f"    {marker}",
}


@pytest.mark.parametrize("name", MUTILATIONS)
@pytest.mark.parametrize("number", ["2", "3", "5"])
def test_whatever_becomes_of_a_marker_no_answer_slips_under_another_question(
    run: CommandLine, name: str, number: str
) -> None:
    marker = f"<!-- question: self.{number} -->"
    form = blank_form(run, "1", "2", "3", "4", "5").replace(marker, MUTILATIONS[name](marker))
    assert "marker" in save(run, form + "\nAn answer\n", 1)


def test_a_quotation_under_a_section_is_a_fault_and_not_lost(run: CommandLine) -> None:
    form = blank_form(run, "13").replace("## Team\n", "## Team\n> my words\n") + "\nx\n"
    assert 'there is text under "Team" that is not under a question' in save(run, form, 1)


def test_answers_on_a_form_of_another_version_keep_the_wording_they_were_given_to(run: CommandLine) -> None:
    form = blank_form(run, "13").replace("pack_version = 2", "pack_version = 99").replace("How can you", "Can you")
    save(run, form + "\nx\n", 0)
    assert "Question 13. Can you help your team feel safe" in run("journal", "show").stdout


def test_piped_answers_in_the_encoding_of_windows_powershell_are_read(run: CommandLine) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        run.program("reflect", "tool3", "--only", "6", typed="Café\n\n".encode(encoding))
        assert "\n\nCafé\n" in run.program("journal", "show").stdout.decode()


@posix_only
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("line", ["journal show --raw", "journal show", "journal list", "journal --help", "reflect"])
def test_nothing_that_cannot_be_written_out_is_a_bug(run: CommandLine, line: str) -> None:
    run("reflect", "tool3", "--only", "6", typed="x\n\n")
    done = run.shell(f"{line} > /dev/full")
    assert done.returncode == 1, done.stderr
    assert b"our fault, not yours" not in done.stderr


def test_advice_names_commands_as_they_have_to_be_typed(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPASSION_PREFIX", "python3 start.py ")
    said = run("reflect", "tool3", "--only", "6", "--journal", "j", typed="x\n\n").stderr
    assert f'To read it: python3 start.py journal show --journal "{Path("j").absolute()}"' in said
    assert "try: python3 start.py reflect tool3" in run("reflect", "tol3", code=2).stderr
    said = run("reflect", "tool3", "--lens", "self", typed="x\n\n", code=1).stderr
    assert "To carry on: python3 start.py reflect resume" in said
    assert "python3 start.py journal list --help\n" in run("journal", "list", "--zzz", code=2).stderr
    assert "python3 start.py reflect tool3 --from FILE\n" in run("reflect", "tool3", "--blank").stdout
    for words in (["reflect"], ["journal"], ["compassion"], ["journal", "list"], ["reflect", "tool3"]):
        shown = run(*words, "--help").stdout
        assert f"Usage: python3 start.py {' '.join(words)} " in shown
        assert ": reflect" not in shown
        assert ": journal" not in shown


FORGED = "Ann{end}reflect: your journal is full{end}  try: something"


@pytest.mark.parametrize("end", ["\\r", "\\u2028", "\\u0085", "\\u000b"])
def test_a_name_does_not_go_on_as_a_sentence_of_the_program(run: CommandLine, end: str) -> None:
    run("reflect", "tool3", "--only", "6", typed="words\n\n")
    path = run.entries[0]
    text = path.read_text("utf-8").replace("A Practitioner", FORGED.format(end=end))
    path.write_text(text, "utf-8")
    listed = run("journal", "list", code=None)
    assert '"author" has a value that cannot be used' in listed.stderr
    assert not any(line.startswith("reflect:") for line in (listed.stdout + listed.stderr).splitlines())


@pytest.mark.parametrize("end", ["\u2028", "\u0085", "\u000b", "\u000c"])
def test_an_action_is_one_line_whatever_is_in_it(run: CommandLine, end: str) -> None:
    run("reflect", "tool3", "--only", "6", typed="- [ ] words (who: me)\n\n")
    path = run.entries[0]
    text = path.read_bytes().decode().replace("words (who: me)", f"Do{end}reflect: full (who: A{end}reflect: B)")
    path.write_bytes(text.encode())
    said = [run("journal", *words) for words in (["actions"], ["agenda"], ["actions", "done", "full"])]
    for result in said:
        assert "reflect: full" in result.stdout + result.stderr
        lines = (result.stdout + result.stderr).split("\n")
        assert not any(line.startswith("reflect:") for line in lines)
        assert end not in result.stdout + result.stderr


@pytest.mark.parametrize("words", [["list"], ["show"], ["search", "x"], ["agenda"], ["actions"]])
@pytest.mark.parametrize("option", ["--lens", "--author", "--tag", "--pack", "--since", "--journal"])
def test_an_option_in_bytes_that_are_no_text_is_answered_in_words(
    run: CommandLine, words: list[str], option: str
) -> None:
    run("reflect", "tool3", "--only", "6", typed="x\n\n")
    assert run("journal", *words, option, "\udcff", code=None).exit_code != ExitCode.BUG

"""What people see of responding to entries, of what waits, and of following up what was agreed."""

from __future__ import annotations

import json
import os
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from support.commands import NOON, CommandLine
from support.editors import make_editor, needs_a_shell, write_under

from compassion_cli.storage import actions
from compassion_cli.storage.drafts import Draft
from compassion_cli.storage.places import find_built_in_packs, find_own_packs
from compassion_cli.storage.read_entry import read_with_text


def write(run: CommandLine, words: str, *options: str, author: str = "Sam", day: int = 0) -> Path:
    run.now = NOON + timedelta(days=day)
    os.environ["COMPASSION_AUTHOR"] = author
    said = run("reflect", "tool3", "--only", "6", *options, typed=f"{words}\n\n")
    os.environ["COMPASSION_AUTHOR"] = "Alex"
    return Path(said.stdout.strip())


def respond(run: CommandLine, entry: Path, words: str = "It was read.", agreed: str = "", author: str = "Alex") -> Path:
    os.environ["COMPASSION_AUTHOR"] = author
    said = run("journal", "review", entry.stem, typed=f"{words}\n\n\n{agreed}\n\n")
    os.environ["COMPASSION_AUTHOR"] = "Alex"
    return Path(said.stdout.strip())


@pytest.fixture(autouse=True)
def _alex(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPASSION_AUTHOR", "Alex")


def test_a_response_lies_beside_the_entry_and_leaves_its_bytes_alone(run: CommandLine) -> None:
    entry = write(run, "words of Sam")
    before = entry.read_bytes()
    review = respond(run, entry)
    assert review.name.startswith(f"{entry.stem}.review-")
    assert review.parent == entry.parent
    assert entry.read_bytes() == before
    shown = run("journal", "show", entry.stem).stdout
    assert "words of Sam" in shown
    assert "Response by Alex, 23 November 2026, 12:00." in shown
    assert "It was read." in shown
    assert "changed since" not in shown


def test_a_change_of_words_is_said_and_a_ticked_action_is_none(run: CommandLine) -> None:
    entry = write(run, "- [ ] Rest (due 2026-12-01)")
    respond(run, entry)
    name = json.loads(run("journal", "actions", "--json").stdout)["actions"][0]["id"]
    run("journal", "actions", "done", name)
    assert "(done 2026-11-23)" in entry.read_text("utf-8")
    assert "changed since" not in run("journal", "show", entry.stem).stdout
    entry.write_text(entry.read_text("utf-8").replace("Rest", "Sleep"), "utf-8")
    assert "The entry has changed since this response was written." in run("journal", "show", entry.stem).stdout


def test_one_does_not_respond_to_oneself_twice_or_to_what_is_private(run: CommandLine) -> None:
    own, entry = write(run, "mine", author="Alex"), write(run, "by Sam")
    private = write(run, "secret", "--private")
    assert "you wrote this entry yourself" in run("journal", "review", own.stem, code=1).stderr
    assert "journal share" in run("journal", "review", private.stem, code=1).stderr
    review = respond(run, entry)
    again = run("journal", "review", entry.stem, code=1)
    assert "you have already responded to this entry" in again.stderr
    assert f"journal review {entry.stem[-4:]} --edit" in again.stderr
    assert "you can only respond to an entry" in run("journal", "review", str(review), code=1).stderr
    assert len(list(run.journal.rglob("*.review-*"))) == 1


def test_several_people_respond_to_one_entry_and_each_changes_only_their_own(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = write(run, "by Sam")
    first, second = respond(run, entry, "from Alex"), respond(run, entry, "from Pat", author="Pat")
    monkeypatch.setenv("EDITOR", "sed -i s/from/yours/")
    run("journal", "review", entry.stem, "--edit")
    assert "yours Alex" in first.read_text("utf-8")
    assert "from Pat" in second.read_text("utf-8")
    assert "this is a response by Pat" in run("journal", "edit", str(second), code=1).stderr
    assert "from Pat" in second.read_text("utf-8")


def test_what_waits_is_what_others_shared_and_i_have_not_responded_to(run: CommandLine) -> None:
    older, newer = write(run, "older"), write(run, "newer", day=1)
    write(run, "mine", author="Alex", day=2)
    write(run, "private", "--private", day=2)
    respond(run, older, author="Pat")
    listed = run("journal", "list", "--unreviewed").stdout
    assert [line.split()[-1] for line in listed.splitlines()] == ["newer", "older"]
    assert "Reviewed by Pat." in listed
    shown = run("journal", "show", "--unreviewed").stdout
    assert shown.index("older") < shown.index("newer")
    assert "mine" not in shown
    respond(run, older)
    respond(run, newer)
    nothing = run("journal", "list", "--unreviewed")
    assert nothing.stdout == ""
    assert nothing.stderr == "Alex has nothing left to respond to.\n"
    assert run("journal", "show", "--unreviewed").stderr == nothing.stderr
    unanswered = "Nobody has responded to an entry by Alex yet.\n"
    assert run("journal", "show", "--answered").stderr == unanswered
    assert run("journal", "list", "--answered").stderr == unanswered


def test_the_author_sees_what_is_new_until_it_has_been_read(run: CommandLine) -> None:
    entry = write(run, "by Sam")
    respond(run, entry)
    os.environ["COMPASSION_AUTHOR"] = "Sam"
    assert "New response by Alex." in run("journal", "list", "--answered").stdout
    assert "New response by Alex." in run("journal", "search", "sam", "--answered").stdout
    assert "nothing was found" in run("journal", "search", "sam", "--unreviewed", code=1).stderr
    assert "12:00. New." in run("journal", "show", entry.stem).stdout
    assert "Response by Alex" in run("journal", "show", "--answered").stdout
    listed = run("journal", "list", "--answered").stdout
    assert "Reviewed." in listed
    assert "New" not in listed


def test_a_response_in_which_an_action_was_ticked_is_no_new_one(run: CommandLine) -> None:
    respond(run, write(run, "by Sam"), agreed="Ring the surgery")
    os.environ["COMPASSION_AUTHOR"] = "Sam"
    run("journal", "show")
    run("journal", "actions", "done", "ring the surgery")
    assert "New" not in run("journal", "list", "--answered").stdout


def test_an_entry_that_goes_while_actions_are_read_takes_no_other_with_it(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays, goes = write(run, "- [ ] Stay"), write(run, "- [ ] Go")
    read = read_with_text

    def read_late(path: Path) -> object:
        goes.unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(actions, "read_with_text", read_late)
    listed = run("journal", "actions", code=None)
    assert "Stay" in listed.stdout
    assert stays.exists()
    assert f"{goes.name}" in listed.stderr


@needs_a_shell
def test_a_response_is_written_in_an_editor_or_a_form(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = write(run, "one"), write(run, "two", day=1)
    monkeypatch.setenv("EDITOR", make_editor(tmp_path, write_under("response.stood-out", "In the editor.")))
    review = Path(run("journal", "review", first.stem, "--editor").stdout.strip())
    assert "In the editor." in review.read_text("utf-8")
    blank = run("journal", "review", second.stem, "--blank").stdout
    form = tmp_path / "form.md"
    form.write_text(blank.replace("for you?\n", "for you?\n\nOn the form.\n", 1), "utf-8")
    wrong = run("journal", "review", first.stem, "--from", str(form), code=1)
    assert "already" in wrong.stderr
    review = Path(run("journal", "review", second.stem, "--from", str(form)).stdout.strip())
    assert "On the form." in review.read_text("utf-8")


def test_a_form_for_another_entry_is_refused_and_kept(run: CommandLine, tmp_path: Path) -> None:
    first, second = write(run, "one"), write(run, "two", day=1)
    form = tmp_path / "form.md"
    form.write_text(run("journal", "review", first.stem, "--blank").stdout + "\nWords\n", "utf-8")
    refused = run("journal", "review", second.stem, "--from", str(form), code=1)
    assert "it responds to a different entry" in refused.stderr
    assert "Words" in form.read_text("utf-8")
    assert list(run.journal.rglob("*.review-*")) == []


def test_a_broken_off_response_is_a_draft_that_is_gone_on_with(run: CommandLine) -> None:
    entry = write(run, "by Sam")
    broken = run("journal", "review", entry.stem, typed="half of it\n\n", code=1)
    assert "reflect resume" in broken.stderr
    assert "you have already started a response" in run("journal", "review", entry.stem, code=1).stderr
    review = Path(run("reflect", "resume", typed="And then?\n\n\n").stdout.strip())
    assert review.name.startswith(f"{entry.stem}.review-")
    assert "half of it" in review.read_text("utf-8")
    assert run.drafts == []


def test_drafts_of_responses_say_whose_entry_they_respond_to(run: CommandLine) -> None:
    for author, day in (("Sam", 0), ("Zed", 1)):
        run("journal", "review", write(run, "words", author=author, day=day).stem, typed=f"for {author}\n\n", code=1)
    listed = run("reflect", "resume", code=2).stderr
    labels = [f"response to {who}, tool3 supervisor of {day} November 2026" for who, day in (("Sam", 23), ("Zed", 24))]
    assert all(label in listed for label in labels)
    name = next(line.split()[-1] for line in listed.splitlines() if "to Zed" in line)
    discarded = run("reflect", "resume", name, "--delete", typed="yes\n").stderr
    assert "Delete this draft? You cannot get it back. response to Zed" in " ".join(discarded.split())
    assert (
        "You have an unfinished draft: response to Sam"
        in run("reflect", "tool3", "--only", "6", typed="mine\n\n").stderr
    )


def test_nobody_responds_twice_from_two_windows(run: CommandLine) -> None:
    entry = write(run, "by Sam")
    run("journal", "review", entry.stem, typed="first words\n\n", code=1)
    draft = Draft(run.drafts[0])
    assert draft.hold()
    refused = run("journal", "review", entry.stem, typed="second words\n\n\n\n", code=1).stderr
    assert "you are writing a response to this entry in another window" in refused
    draft.release()
    # As another computer would, of which this one knows by a sync.
    text = run.drafts[0].read_text("utf-8")
    run.drafts[0].unlink()
    respond(run, entry, "the other window")
    draft.path.write_text(text, "utf-8")
    again = run("reflect", "resume", typed="more\n\n\n", code=1).stderr
    assert "you have already responded to this entry" in again
    assert f"journal review {entry.stem[-4:]} --edit" in again
    assert "first words" in run.drafts[0].read_text("utf-8")
    assert "more" in run.drafts[0].read_text("utf-8")
    assert len(list(run.journal.rglob("*.review-*"))) == 1


@needs_a_shell
def test_a_response_to_a_copy_of_an_entry_is_edited_where_it_lies(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = write(run, "by Sam")
    review = respond(run, entry, "my words")
    copies = tmp_path / "Desktop" / "copies"
    copies.mkdir(parents=True)
    for path in (entry, review):
        shutil.copy(path, copies)
    monkeypatch.setenv("EDITOR", "sed -i s/my/better/")
    said = run("journal", "review", str(copies / entry.name), "--edit")
    assert "better words" in (copies / review.name).read_text("utf-8")
    assert "journal sync" not in said.stderr
    assert [path.name for path in (tmp_path / "Desktop").iterdir()] == ["copies"]


@needs_a_shell
def test_an_edit_of_a_response_that_was_kept_is_named_when_it_is_edited_again(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = write(run, "by Sam")
    respond(run, entry)
    monkeypatch.setenv("EDITOR", "sed -i 1d")
    kept = run("journal", "review", entry.stem, "--edit", code=1).stderr
    assert "Your edit is kept in" in kept
    monkeypatch.setenv("EDITOR", "true")
    again = " ".join(run("journal", "review", entry.stem, "--edit").stderr.split())
    assert "There is a saved edit of this in" in again
    assert "journal edit --from" in again


def test_a_response_that_comes_through_a_pipe_is_kept_where_it_cannot_be_taken(run: CommandLine) -> None:
    entry, other = write(run, "words of Sam"), write(run, "more", day=1)
    form = run("journal", "review", entry.stem, "--blank").stdout + "\nwords of Alex\n"
    respond(run, entry)
    run("journal", "review", other.stem, typed="half of it\n\n", code=1)
    refusals = {
        entry.stem: "you have already responded to this entry",
        other.stem: "you have already started a response",
        "zzzz": 'no entry matches "zzzz"',
    }
    for words in (["--from", "-"], [entry.stem, "--edit", "--from", "-"]):
        assert "The form is kept in" in run("journal", "review", *words, typed=form, code=2).stderr
        run.drafts[-1].unlink()
    for name, said in refusals.items():
        refused = run("journal", "review", name, "--from", "-", typed=form, code=1).stderr
        assert said in refused
        kept = Path(" ".join(refused.split()).partition("The form is kept in ")[2].partition(".md")[0] + ".md")
        text = kept.read_text("utf-8")
        assert text.endswith(form.partition("+++\n")[2].partition("+++\n")[2])
        assert 'journal = "~/reflective-journal"' in text
        kept.unlink()
    assert "is kept" not in run("journal", "review", entry.stem, "--from", "-", typed="\n", code=1).stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_response_from_what_is_no_file_is_kept_where_it_cannot_be_taken(run: CommandLine, tmp_path: Path) -> None:
    # As with <(…) of a shell: once it is read, it is gone.
    entry, other = write(run, "words of Sam"), write(run, "more", day=1)
    form = run("journal", "review", entry.stem, "--blank").stdout + "\nwords of Alex\n"
    respond(run, entry)
    os.mkfifo(tmp_path / "pipe")
    for name, said in (
        (entry.stem, "already responded to this entry"),
        (other.stem, "it responds to a different entry"),
    ):
        threading.Thread(target=(tmp_path / "pipe").write_text, args=(form, "utf-8"), daemon=True).start()
        assert said in run("journal", "review", name, "--from", str(tmp_path / "pipe"), code=1).stderr
        assert "words of Alex" in run.drafts[-1].read_text("utf-8")
        run.drafts[-1].unlink()


def test_a_form_of_a_response_names_the_command_that_takes_it(run: CommandLine, tmp_path: Path) -> None:
    entry = write(run, "words of Sam", "--journal", str(tmp_path / "sams"))
    form = run("journal", "review", entry.stem, "--blank", "--journal", str(tmp_path / "sams")).stdout
    assert f'journal review {entry.stem} --from "FILE" --journal "{tmp_path / "sams"}"' in form
    (tmp_path / "form.md").write_text(form + "\nwords\n", "utf-8")
    wrong = run("reflect", "tool3", "--from", str(tmp_path / "form.md"), code=1).stderr
    assert f'journal review ENTRY --from "{tmp_path / "form.md"}"' in " ".join(wrong.split())


def test_a_response_is_never_saved_where_its_entry_is_not(run: CommandLine, tmp_path: Path) -> None:
    entry = write(run, "words of Sam", "--journal", str(tmp_path / "sams"))
    broken = run("journal", "review", entry.stem, "--journal", str(tmp_path / "sams"), typed="half\n\n", code=1)
    assert "reflect resume" in broken.stderr
    write(run, "mine", author="Alex")
    lost = run("reflect", "resume", "--journal", str(run.journal), typed="And more.\n\n\n", code=1).stderr
    assert f"{run.journal} could not be written: it does not have the entry that this responds to" in lost
    assert "Everything you wrote is kept in" in lost
    assert "half" in run.drafts[0].read_text("utf-8")
    assert list(tmp_path.rglob("*.review-*")) == []
    run("reflect", "resume", "--journal", str(tmp_path / "sams"), typed="\n\n")
    assert len(list((tmp_path / "sams").rglob("*.review-*"))) == 1
    assert run.drafts == []


def test_an_entry_in_the_folder_of_another_year_is_said_to_be_there(run: CommandLine) -> None:
    entry = write(run, "words of Sam")
    (run.journal / "2025").mkdir()
    entry = entry.rename(run.journal / "2025" / entry.name)
    refused = run("journal", "review", entry.stem, typed="Words\n\n\n\n", code=1).stderr
    assert f"{entry}, belongs in {run.journal / '2026'}" in refused
    entry.rename(run.journal / "2026" / entry.name)
    assert "Your response is saved" in run("reflect", "resume").stderr


@pytest.mark.parametrize("name", ["Zoë O’Brien", "ZOË O'BRIEN", "Zoë  O‘Brien"])
def test_one_person_is_one_whichever_apostrophe_they_have(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    entry = write(run, "mine", author="Zoë O’Brien")
    monkeypatch.setenv("COMPASSION_AUTHOR", name)
    assert "mine" not in run("journal", "list", "--unreviewed").stdout
    assert "mine" in run("journal", "list", "--author", "zoë o'brien").stdout
    assert "you wrote this entry yourself" in run("journal", "review", entry.stem, code=1).stderr


@needs_a_shell
def test_whoever_edits_an_entry_of_somebody_else_is_told(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, own = write(run, "words of Sam"), write(run, "mine", author="Alex", day=1)
    monkeypatch.setenv("EDITOR", make_editor(tmp_path, "true"))
    said = f"This entry is by Sam. To respond without changing it: journal review {entry.stem[-4:]}"
    assert said in run("journal", "edit", entry.stem).stderr
    assert "This entry is by" not in run("journal", "edit", own.stem).stderr


def test_actions_are_found_wherever_they_stand_overdue_first(run: CommandLine) -> None:
    write(run, "- [ ] Later (due 1/12/2026)\nwords\n* [ ] Some day\n- [x] Past", day=0)
    entry = write(run, "- [ ] Soonest (due tomorrow)", day=1)
    respond(run, entry, agreed="Book a room (who: manager) (due in two weeks)")
    run.now = NOON + timedelta(days=4)
    lines = run("journal", "actions").stdout.splitlines()
    assert [line[6:].partition(".")[0] for line in lines] == ["Soonest", "Later", "Book a room", "Some day"]
    assert "Overdue, was due 25 November 2026. Sam. 3 days old." in lines[0]
    assert "Due 8 December 2026. manager." in lines[2]
    assert "Past" in run("journal", "actions", "--done").stdout
    assert len(run("journal", "actions", "--all").stdout.splitlines()) == 5
    assert "Book" in run("journal", "actions", "--author", "alex").stdout
    assert "Later" not in run("journal", "actions", "--due-before", "1 December").stdout


def test_an_action_changes_one_line_and_nothing_else(run: CommandLine) -> None:
    entry = write(run, "- [ ] First (due tomorrow)\n- [ ] Second")
    before = entry.read_text("utf-8").splitlines()
    first, second = (one["id"] for one in json.loads(run("journal", "actions", "--json").stdout)["actions"])
    carried = run("journal", "actions", "carry", first[:4], "--to", "next Friday")
    assert "Now due Friday 27 November 2026: First" in carried.stderr
    run("journal", "actions", "drop", second[:4])
    after = entry.read_text("utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [
        ("- [ ] First (due 2026-11-24)", "- [ ] First (due 2026-11-27)"),
        ("- [ ] Second", "- [-] Second (dropped 2026-11-23)"),
    ]


def test_words_that_only_one_open_action_has_are_as_good_as_its_name(run: CommandLine) -> None:
    entry = write(run, "- [ ] Ring the\tCAFÉ\n- [ ] Ring Pat\n- [x] Ring the bank")
    assert "Done: Ring the" in run("journal", "actions", "done", "ring the cafe", "café").stderr
    both = run("journal", "actions", "done", "Pat", "the", code=1)
    assert 'no open action matches "the"' in both.stderr
    assert "- [ ] Ring Pat\n" in entry.read_text("utf-8")
    write(run, "- [ ] Ring Pat again [soon]")
    unclear = run("journal", "actions", "drop", "ring", code=1)
    assert '2 actions match "ring"' in unclear.stderr
    assert "use one of the names above" in unclear.stderr
    assert "Ring" not in unclear.stderr
    listed = {line[6:].partition(".")[0] for line in unclear.stdout.splitlines()}
    assert listed == {"Ring Pat", "Ring Pat again [soon]"}
    name = unclear.stdout[:4]
    assert "Dropped: Ring Pat" in run("journal", "actions", "drop", name).stderr
    assert run("journal", "actions", "drop", " ", code=1).stderr.startswith("journal: no open action matches")
    assert "- [x] Ring the bank\n" in entry.read_text("utf-8")


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("31 February", "February has no 31st day"),
        ("yesterday", "is in the past"),
        ("soon", "is not a date I can read"),
        ("12/25/2026", "there is no month 25"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_with_the_reason(run: CommandLine, to: str, said: str) -> None:
    entry = write(run, "- [ ] First")
    before = entry.read_bytes()
    name = json.loads(run("journal", "actions", "--json").stdout)["actions"][0]["id"]
    refused = run("journal", "actions", "carry", name, "--to", to, code=2)
    assert said in refused.stderr
    assert "--to " in refused.stderr.partition("try: ")[2]
    assert entry.read_bytes() == before


def test_an_action_whose_words_have_changed_is_not_mistaken_for_another(run: CommandLine) -> None:
    entry = write(run, "- [ ] First")
    name = json.loads(run("journal", "actions", "--json").stdout)["actions"][0]["id"]
    entry.write_text(entry.read_text("utf-8").replace("First", "Other"), "utf-8")
    assert f'{name}"' in run("journal", "actions", "done", name, code=1).stderr
    assert "- [ ] Other" in entry.read_text("utf-8")


def test_a_page_of_two_journals_says_which_line_is_from_which(run: CommandLine, tmp_path: Path) -> None:
    for name in ("sam", "sam-b"):
        run("journal", "init", str(tmp_path / name), "--name", name)
        write(run, f"words in {name}", "--journal", name)
        write(run, f"- [ ] Rest, says {name}", "--journal", name)
    page = run("journal", "agenda", "--for", "Sam", "--journal", "all")
    for name in ("sam", "sam-b"):
        entry = next(line for line in page.stdout.splitlines() if line.endswith(f"words in {name}"))
        action = next(line for line in page.stdout.splitlines() if f"Rest, says {name} " in line)
        assert f", in {name}; no response yet" in entry
        assert f", in {name})" in action
    assert "Entries by Sam are in sam and sam-b." in page.stderr.replace("\n", " ")
    assert ", in sam" not in run("journal", "agenda", "--for", "Sam", "--journal", "sam").stdout


@pytest.mark.parametrize(
    ("typed", "hints"),
    [("anna", ["Anna Lee"]), ("lee", ["Anna Lee", "Lee Ash"]), ("an", ["Ann"]), ("xqxq", []), ("samm", ["Sam"])],
)
def test_somebody_who_is_not_there_is_not_taken_for_another(run: CommandLine, typed: str, hints: list[str]) -> None:
    for author in ("Ann", "Anna Lee", "Lee Ash", "Zoë", "Sam"):
        write(run, "words", author=author)
    refused = run("journal", "agenda", "--for", typed, code=1).stderr
    assert [line.split('"')[1] for line in refused.splitlines() if "--for" in line] == hints
    assert hints or "For everyone: journal agenda" in refused
    assert "with Zoë" in run("journal", "agenda", "--for", "zoe").stdout
    assert "Zoë" in run("journal", "list", "--author", "ZOE").stdout


def test_a_pack_that_cannot_be_used_takes_no_page_with_it(run: CommandLine) -> None:
    write(run, "words of Sam")
    own = find_own_packs()
    own.mkdir(parents=True)
    text = (find_built_in_packs() / "tool2.toml").read_text("utf-8")
    (own / "mine.toml").write_text(
        text.replace('id = "tool2"', 'id = "mine"', 1).replace("text =", "txet =", 1), "utf-8"
    )
    page = run("journal", "agenda")
    assert "words of Sam" in page.stdout
    assert "mine.toml" in page.stderr


def test_what_somebody_wrote_is_no_markup_on_the_page(run: CommandLine) -> None:
    write(run, "~~never said~~ &lt;b&gt; <i> [a](b)")
    assert r"\~\~never said\~\~ \&lt;b\&gt; \<i> \[a\](b)" in run("journal", "agenda").stdout


def test_the_agenda_is_one_page_and_holds_nothing_private(run: CommandLine) -> None:
    write(run, "older than a month", day=-40)
    write(run, "talked over", "--setting", "supervision", day=-20)
    flagged = write(run, "for <us> to talk over\n- [ ] Rest (due tomorrow)", "--tag", "supervision", day=-3)
    write(run, "by someone else", author="Pat", day=-2)
    write(run, "- [ ] secret", "--private", day=-1)
    run.now = NOON
    page = run("journal", "agenda", "--for", "sam").stdout
    assert page.startswith("# Supervision with Sam, 23 November 2026\n")
    assert "The last meeting recorded was on 3 November 2026" in page
    recent = page.partition("## Since the last meeting")[2].partition("##")[0]
    assert f"({flagged.stem[-4:]}; no response yet): for \\<us> to talk over" in recent
    assert "older than a month" not in recent
    waiting = page.partition("## No response yet")[2].partition("##")[0]
    assert waiting.startswith("\n\n- the entry above\n- ")
    assert "older than a month" in waiting
    assert "- [ ] Rest (Sam, due 21 November 2026" in page.partition("## Overdue")[2].partition("##")[0]
    assert "talk over" in page.partition("## Flagged for supervision")[2].partition("##")[0]
    assert "Organisation (not in the last year)" in page.partition("## What you have not looked at for a while")[2]
    assert 2 <= page.partition("## Questions to open with")[2].count("\n- ") <= 3
    assert "secret" not in page
    assert "someone else" not in page
    assert "by someone else" in run("journal", "agenda").stdout
    assert "Since 20 November 2026" in run("journal", "agenda", "--since", "20 November").stdout
    assert 'try: --for "Sam"' in run("journal", "agenda", "--for", "Samm", code=1).stderr


def test_an_entry_is_told_by_its_words_and_not_by_its_task_list(run: CommandLine) -> None:
    write(run, "- [ ] Rest (due tomorrow)\nWe met.\n- [x] Ring Pat")
    write(run, "- [ ] Only this", day=1)
    lines = run("journal", "list").stdout.splitlines()
    assert [line.partition(". Sam. ")[2][6:] for line in lines] == ["- [ ] Only this", "We met."]
    page = run("journal", "agenda").stdout
    assert "no response yet): We met.\n" in page
    assert "- all 2 entries above\n" in page


def test_search_finds_all_words_in_any_case_and_accent_and_marks_them(run: CommandLine) -> None:
    entry = write(run, "We met in the CAFÉ, and felt\nheard there.")
    respond(run, entry, "A café is a good place.")
    found = run("journal", "search", "cafe", "HEARD").stdout
    assert "Question 6: We met in the [CAFÉ], and felt [heard] there." in found
    assert "[felt heard]" in run("journal", "search", "felt heard").stdout
    assert "Response by Alex: A [café] is a good [place]." in run("journal", "search", "place", "cafe").stdout
    assert "[met in]" in run("journal", "search", "--regex", "m.t in").stdout
    passages = json.loads(run("journal", "search", "heard", "--json").stdout)["entries"][0]["passages"]
    start, end = passages[0]["marks"][0]
    assert passages[0]["text"][start:end] == "heard"
    # The question is not what someone wrote.
    assert run("journal", "search", "behaviour", code=1).stderr.startswith("journal: nothing was found\n  try: ")
    assert run("journal", "search", "cafe", "--author", "Pat", code=1).stdout == ""


def test_on_this_day_shows_earlier_years(run: CommandLine) -> None:
    write(run, "a year ago", day=-365)
    write(run, "another day", day=-364)
    write(run, "today")
    shown = run("journal", "show", "--on-this-day").stdout
    assert "a year ago" in shown
    assert "another day" not in shown
    assert "today" not in shown
    run.now = NOON + timedelta(days=30)
    assert run("journal", "show", "--on-this-day").stderr == "Nothing was written on 23 December in earlier years.\n"


def test_good_results_come_first_whatever_else_is_in_the_journal(run: CommandLine, tmp_path: Path) -> None:
    entry = write(run, "good words\n- [ ] Rest")
    respond(run, entry)
    year = entry.parent
    (year / "2026-11-20-tool3-self-zzzz.md").write_text("broken good words - [ ] x", "utf-8")
    (year / "2026-11-19-tool3-self-zzzz.md").write_bytes(b"+++\ngood words \xff - [ ] x\n")
    with (year / "2026-11-18-tool3-self-zzzz.md").open("wb") as huge:
        huge.write(b"+++\ngood words - [ ] \n")
        huge.truncate(40 * 1024 * 1024)
    (year / "2026-11-17-tool3-self-zzzz.review-bbbb.md").write_text(entry.read_text("utf-8"), "utf-8")
    outside = tmp_path / "outside.md"
    outside.write_text(entry.read_text("utf-8").replace("good", "good outside"), "utf-8")
    (year / "2026-11-16-tool3-self-zzzz.md").symlink_to(outside)
    commands = [
        ("list",), ("show", "--since", "last year"), ("search", "good", "words"), ("actions",),
        ("agenda",), ("list", "--unreviewed", "--author", "Sam"), ("list", "--tag", "none"),
    ]  # fmt: skip
    for words in commands:
        done = run("journal", *words)
        assert "outside" not in done.stdout + done.stderr
        assert "files need a look:" in done.stderr, words
        assert "zzzz" not in done.stdout
    assert "[good] words" in run("journal", "search", "good").stdout
    problems = run("journal", "list").stderr
    for said in (
        "its first line is not +++",
        "not UTF-8",
        "larger than 4 MB",
        "its entry is not here",
        "links are not",
    ):
        assert said in problems

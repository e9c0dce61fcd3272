"""Who will read what is written: said before and at the end, and changed while it can still be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import CommandLine
from support.editors import needs_a_shell
from support.people import Person, git

NOTICE = (
    "It is confidential. On this computer, only your account is meant to open it.\n"
    "It is not a case record.\n"
    "It is not a way to report a safeguarding concern. Use your usual route for that.\n"
)


@pytest.mark.parametrize(
    "words",
    [
        ["reflect", "tool3", "--only", "6"],
        ["reflect", "tool3", "--only", "6", "--private"],
        ["reflect", "tool3", "--only", "6", "--journal", "elsewhere"],
        ["journal", "init"],
        ["journal", "init", "elsewhere"],
        ["journal", "init", "--name", "team"],
    ],
    ids=" ".join,
)
def test_a_new_journal_is_said_to_be_what_it_is_once_whatever_makes_it(run: CommandLine, words: list[str]) -> None:
    first = run(*words, typed="words\n\n")
    assert NOTICE in first.stderr
    assert "case record" not in run(*words, typed="words\n\n").stderr


def test_so_is_one_that_comes_from_elsewhere(ann: Person, bea: Person, tmp_path: Path) -> None:
    ann.write("words")
    ann.type("journal", "init", "--remote", str(tmp_path / "place"))
    ann.sync()
    said = bea.type("journal", "init", "--clone", str(tmp_path / "place"), "--name", "ann").stderr
    assert NOTICE in said


def test_sending_is_spoken_of_only_where_a_journal_is_shared(ann: Person, bea: Person, tmp_path: Path) -> None:
    entry = ann.write("words", "--private")
    assert "sync" not in ann.type("journal", "share", entry.stem, typed="yes\n").stderr
    bea.patch.setenv("HOME", str(ann.home))
    bea.patch.setenv("COMPASSION_AUTHOR", "Bea")
    said = bea.line("journal", "review", entry.stem, typed="Good\n\n\n\n").stderr
    assert "Your response is saved. The entry has not changed." in said
    assert "sync" not in said
    ann.type("journal", "init", "--remote", str(tmp_path / "place"))
    other = ann.write("more", "--private")
    assert "To send it to others: journal sync\n" in ann.type("journal", "share", other.stem, typed="yes\n").stderr
    bea.patch.setenv("COMPASSION_AUTHOR", "Bea")
    said = bea.line("journal", "review", other.stem, typed="Good\n\n\n\n").stderr
    assert "To send it to others: journal sync\n" in said


@needs_a_shell
@pytest.mark.parametrize("what", ["a git that is not there", "a damaged history"])
def test_where_nobody_can_tell_whether_a_journal_is_shared_nothing_is_promised(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    run("reflect", "tool3", "--only", "6", typed="six\n\n")
    run("journal", "init", "--remote", str(tmp_path / "place"))
    # It leaves the form as it is, which is then kept as a draft.
    monkeypatch.setenv("EDITOR", "/bin/cat")
    if what == "a git that is not there":
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        (run.journal / ".git" / "config").write_text("[core\n")
    run("reflect", "tool3", "--only", "7", "--editor", code=1)
    form = run.drafts[0].read_text("utf-8")
    assert "I could not check whether it is shared." in form
    assert "not shared" not in form


def test_a_draft_can_be_finished_as_private(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6,7", typed="six\n\n", code=1)
    said = run("reflect", "resume", "--private", typed="seven\n\n")
    assert run.entries == []
    (path,) = (run.journal / "private").glob("????/*.md")
    assert said.stdout.strip() == str(path)
    assert "To read it: journal show --private" in said.stderr
    assert run.drafts == []


def test_a_draft_that_was_begun_as_private_stays_so(run: CommandLine) -> None:
    run("reflect", "tool3", "--only", "6,7", "--private", typed="six\n\n", code=1)
    run("reflect", "resume", typed="seven\n\n")
    assert run.entries == []


def test_a_response_cannot_be_private(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    run("reflect", "tool3", "--only", "6", typed="six\n\n")
    monkeypatch.setenv("COMPASSION_AUTHOR", "Alex")
    run("journal", "review", "latest", typed="one\n\n", code=1)
    assert "it cannot be private" in run("reflect", "resume", "--private", code=2).stderr
    assert len(run.drafts) == 1


class TestUnsharing:
    def test_an_entry_that_was_never_sent_is_taken_back_and_never_sent(
        self, ann: Person, bea: Person, shared: Path
    ) -> None:
        entry = ann.write("secret words")
        ann.change("secret", "secreter", entry.stem)
        said = ann.type("journal", "unshare", entry.stem)
        assert "It is private now. As far as the history here knows, it was never sent." in said.stderr
        path = Path(said.stdout.strip())
        assert path.is_relative_to(ann.journal / "private")
        assert "secreter words" in path.read_text("utf-8")
        assert not entry.exists()
        ann.write("for all")
        assert ann.sync() == "Sent 1 entry.\n"
        bea.sync()
        assert "secret" not in git(shared, "log", "-p", "--all")
        assert "secret" not in "".join(bea.texts.values())
        assert "Private." in ann.type("journal", "list").stdout
        assert "moved here from the shared journal" in ann.type("journal", "history", entry.stem).stdout

    def test_and_can_be_shared_again(self, ann: Person) -> None:
        entry = ann.write("words")
        names = {entry.name}
        for _ in range(3):
            ann.type("journal", "unshare", entry.stem)
            assert not entry.exists()
            said = ann.type("journal", "share", entry.stem, typed="yes\n")
            entry = Path(said.stdout.strip().split("\n")[-1])
            assert "words" in entry.read_text("utf-8")
            names.add(entry.name)
        assert len(names) == 4

    def test_what_it_said_before_it_was_taken_back_is_not_sent_when_it_is_shared_again(
        self, ann: Person, tmp_path: Path
    ) -> None:
        ann.type("journal", "init", "--remote", str(tmp_path / "place"))
        ann.write("beginning")
        ann.sync()
        entry = ann.write("a NAME in it")
        ann.write("another")
        ann.type("journal", "unshare", entry.stem)
        ann.change("NAME", "role", entry.stem)
        shared = Path(ann.type("journal", "share", entry.stem, "--yes").stdout.strip().split("\n")[-1])
        # Under its own name it is recorded as it was.
        assert shared.name != entry.name
        assert f'id = "{shared.stem}"' in shared.read_text("utf-8")
        assert ann.sync() == "Sent 2 entries.\n"
        sent = git(tmp_path / "place", "log", "-p", "--all")
        assert "NAME" not in sent
        assert entry.stem not in sent
        assert "a role in it" in sent
        assert "NAME" in git(ann.journal / "private", "log", "-p", "--all")

    @pytest.mark.parametrize("quoted", ["'{}'", '"{}"', "'{}' # mine"])
    def test_its_new_id_stands_in_it_however_it_is_quoted(self, ann: Person, quoted: str) -> None:
        entry = ann.write("words")
        ann.type("journal", "unshare", entry.stem)
        private = ann.journal / "private" / "2026" / entry.name
        text = private.read_text("utf-8")
        private.write_text(text.replace(f'id = "{entry.stem}"', f"id = {quoted.format(entry.stem)}"), "utf-8")
        shared = Path(ann.type("journal", "share", entry.stem, "--yes").stdout.strip().split("\n")[-1])
        assert shared.stem != entry.stem
        assert f"id = {quoted.format(shared.stem)}" in shared.read_text("utf-8")

    @pytest.mark.parametrize("keeps_history", ["yes", "no"])
    def test_without_a_git_to_ask_it_stays_private(self, ann: Person, tmp_path: Path, keeps_history: str) -> None:
        entry = ann.write("words")
        ann.type("journal", "unshare", entry.stem)
        ann.type("journal", "config", "git", keeps_history)
        ann.patch.setenv("PATH", str(tmp_path))
        refused = ann.type("journal", "share", entry.stem, "--yes", code=1).stderr
        assert "git is not installed" in refused
        assert not entry.exists()
        assert "words" in (ann.journal / "private" / "2026" / entry.name).read_text("utf-8")

    def test_with_an_edit_beside_it_that_is_not_finished_it_stays(self, ann: Person) -> None:
        entry = ann.write("words")
        edit = entry.with_name(f"{entry.stem}.edit-0123abcd-k7m2.md")
        edit.write_text("EDITWORD", "utf-8")
        refused = ann.type("journal", "unshare", entry.stem, code=1).stderr
        assert f'journal edit --from "{edit}"' in refused
        assert entry.exists()

    def test_a_line_of_history_that_was_merged_by_hand_counts_as_sent(
        self, ann: Person, bea: Person, tmp_path: Path
    ) -> None:
        ann.write("beginning")
        ann.type("journal", "init", "--remote", str(tmp_path / "place"))
        ann.sync()
        bea.type("journal", "init", str(bea.journal), "--clone", str(tmp_path / "place"), "--name", "ann")
        bea.patch.setenv("COMPASSION_AUTHOR", "Ann")
        said = bea.line("reflect", "tool3", "--only", "7", typed="sent elsewhere\n\n", code=0)
        sent = Path(said.stdout.strip())
        bea.line("journal", "sync")
        bea.line("journal", "delete", sent.stem, "--yes")
        bea.line("journal", "sync")
        ann.write("more")
        git(ann.journal, "pull", "-q", "--no-rebase", "--no-edit")
        ann.sync()
        ann.type("journal", "restore", sent.stem)
        assert "it is too late" in ann.type("journal", "unshare", sent.stem, code=1).stderr

    def test_what_was_sent_to_a_place_before_this_one_was_sent(self, ann: Person, tmp_path: Path) -> None:
        entry = ann.write("words")
        ann.type("journal", "init", "--remote", str(tmp_path / "first"))
        ann.sync()
        ann.type("journal", "delete", entry.stem, "--yes")
        ann.sync()
        ann.type("journal", "init", "--remote", str(tmp_path / "second"))
        ann.write("more")
        ann.sync()
        ann.type("journal", "restore", entry.stem)
        assert "it is too late" in ann.type("journal", "unshare", entry.stem, code=1).stderr

    def test_a_long_history_makes_it_no_slower_and_stays_as_it_is(self, ann: Person, tmp_path: Path) -> None:
        ann.type("journal", "init", "--remote", str(tmp_path / "place"))
        first = ann.write("first")
        ann.sync()
        entry = ann.write("words")
        ann.write("more")
        before = git(ann.journal, "rev-parse", "main~1").strip()
        ann.type("journal", "unshare", entry.stem)
        assert git(ann.journal, "merge-base", "--is-ancestor", before, "main") == ""
        assert ann.sync() == "Sent 1 entry.\n"
        assert "missing" not in git(ann.journal, "fsck", "--strict", "--no-dangling")
        assert "first" in ann.type("journal", "show", first.stem).stdout

    def test_an_edit_that_someone_records_by_hand_is_not_sent(self, ann: Person, tmp_path: Path) -> None:
        ann.type("journal", "init", "--remote", str(tmp_path / "place"))
        entry = ann.write("words")
        entry.with_name(f"{entry.stem}.edit-0123abcd-k7m2.md").write_text("EDITWORD", "utf-8")
        git(ann.journal, "add", "-A", "-f", "2026")
        git(ann.journal, "commit", "-qm", "by hand")
        ann.sync()
        assert "EDITWORD" not in git(tmp_path / "place", "log", "-p", "--all")

    def test_one_that_was_sent_stays_and_is_said_to_be_too_late(self, ann: Person, bea: Person, tmp_path: Path) -> None:
        entry = ann.write("words")
        ann.type("journal", "init", "--remote", str(tmp_path / "place"))
        ann.sync()
        ann.change("words", "others", entry.stem)
        refused = ann.type("journal", "unshare", entry.stem, code=1).stderr
        assert "it is too late: this entry has already been sent" in refused
        assert "The entry has not changed." in refused
        assert f"journal delete {entry.stem[-4:]}" in refused
        assert entry.exists()
        bea.type("journal", "init", str(bea.journal), "--clone", str(tmp_path / "place"), "--name", "ann")
        assert "this entry is by Ann" in bea.type("journal", "unshare", entry.stem, code=1).stderr

    def test_another_copy_of_one_s_own_journal_knows_what_was_sent_elsewhere(
        self, ann: Person, bea: Person, tmp_path: Path
    ) -> None:
        entry = ann.write("words")
        ann.type("journal", "init", "--remote", str(tmp_path / "place"))
        ann.sync()
        bea.type("journal", "init", str(bea.journal), "--clone", str(tmp_path / "place"), "--name", "ann")
        bea.patch.setenv("COMPASSION_AUTHOR", "Ann")
        refused = bea.line("journal", "unshare", entry.stem, code=1).stderr
        assert "it is too late" in refused

    def test_one_that_is_private_or_has_a_response_is_refused(
        self, run: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("reflect", "tool3", "--only", "6", "--private", typed="six\n\n")
        assert "is already private" in run("journal", "unshare", code=1).stderr
        run("reflect", "tool3", "--only", "7", typed="seven\n\n")
        (entry,) = run.entries
        author = "Alex"
        monkeypatch.setenv("COMPASSION_AUTHOR", author)
        run("journal", "review", entry.stem, typed="one\n\n\n\n")
        monkeypatch.delenv("COMPASSION_AUTHOR")
        monkeypatch.setenv("COMPASSION_AUTHOR", "A Practitioner")
        assert "someone has already responded" in run("journal", "unshare", entry.stem, code=1).stderr
        assert entry.exists()

    def test_it_works_where_no_history_is_kept(self, run: CommandLine) -> None:
        run("journal", "config", "git", "no")
        run("reflect", "tool3", "--only", "6", typed="six\n\n")
        (entry,) = run.entries
        run("journal", "unshare")
        assert not entry.exists()
        assert "six" in run("journal", "show", "--private").stdout

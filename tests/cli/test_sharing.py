"""Two people, two computers and a folder between them."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import stat
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from support.people import Person, git, share_a_journal

from compassion_cli.cli.journal import share
from compassion_cli.history import remote

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the editors of these tests are POSIX programs")


def read(folder: Path) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


@pytest.mark.usefixtures("shared")
def test_what_one_writes_the_other_reads(ann: Person, bea: Person) -> None:
    ann.write("from ann")
    bea.write("from bea")
    assert ann.sync() == "Sent 1 entry.\n"
    assert bea.sync() == "Received 1 entry; sent 1 entry.\n"
    assert ann.sync() == "Received 1 entry.\n"
    assert ann.sync() == "Nothing new to send or receive.\n"
    assert ann.texts == bea.texts
    assert len(ann.texts) == 3
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in bea.journal.rglob("????/*.md")} == {0}
    # Own commits come after those of others, by whoever wrote them.
    assert git(ann.journal, "log", "--format=%an %s", "--reverse").split("\n")[-3:-1] == [
        "Ann reflect: tool3 supervisor 2026-11-23",
        "Bea reflect: tool3 supervisor 2026-11-23",
    ]


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("keep", "left"), [("this", ["bea-s"]), ("other", ["ann-s"]), ("both", ["ann-s", "bea-s"])])
def test_where_two_people_changed_one_entry_both_versions_are_kept(
    ann: Person, bea: Person, keep: str, left: list[str]
) -> None:
    ann.change("beginning", "ann-s")
    bea.change("beginning", "bea-s")
    ann.sync()
    assert "journal resolve" in bea.sync()
    (other,) = bea.journal.glob("2026/*.other-*.md")
    assert "ann-s" in other.read_text("utf-8")
    assert "two people changed this entry" in bea.type("journal", "list").stderr
    assert all("<<<<" not in text for text in bea.texts.values())
    assert git(bea.journal, "status", "--porcelain") == ""
    bea.type("journal", "resolve", "latest", "--keep", keep)
    assert not other.exists()
    bea.sync()
    ann.sync()
    assert ann.texts == bea.texts
    (text,) = ann.texts.values()
    assert [word for word in ("ann-s", "bea-s") if word in text] == left
    everything = git(ann.journal, "log", "-p", "--all")
    assert all(word in everything for word in ("beginning", "ann-s", "bea-s"))


@pytest.mark.usefixtures("shared")
def test_two_people_can_follow_up_the_actions_of_one_entry_while_one_changes_its_words(
    ann: Person, bea: Person
) -> None:
    entry = ann.write("We met.\n- [ ] Ring Pat\n- [ ] Rest (due next Friday)\n- [ ] Read")
    ann.sync()
    bea.sync()
    bea.type("journal", "actions", "done", "ring")
    bea.type("journal", "actions", "drop", "read")
    ann.type("journal", "actions", "carry", "rest", "--to", "1 March 2199")
    ann.change("met", "parted", entry.stem)
    ann.sync()
    assert "resolve" not in bea.sync()
    ann.sync()
    assert ann.texts == bea.texts
    assert entry.read_text("utf-8").endswith(
        "We parted.\n- [x] Ring Pat (done 2026-11-23)\n- [ ] Rest (due 2199-03-01)\n- [-] Read (dropped 2026-11-23)\n"
    )
    assert list(bea.journal.glob("2026/*.other-*.md")) == []


@pytest.mark.usefixtures("shared")
def test_an_action_that_two_people_treat_in_two_ways_is_settled_by_a_rule(ann: Person, bea: Person) -> None:
    entry = ann.write("- [ ] Ring Pat")
    ann.sync()
    bea.sync()
    bea.type("journal", "actions", "done", "ring")
    ann.type("journal", "actions", "drop", "ring")
    ann.sync()
    assert "journal resolve" not in bea.sync()
    ann.sync()
    assert "- [x] Ring Pat" in entry.read_text("utf-8")
    assert ann.texts == bea.texts
    # What was there before is in the history.
    assert "- [-] Ring Pat" in git(ann.journal, "log", "-p")


@pytest.mark.usefixtures("shared")
def test_resolving_asks_for_a_choice_and_knows_no_other(bea: Person) -> None:
    assert "only one version" in bea.type("journal", "resolve", "latest", code=1).stderr


def name_own(ann: Person) -> list[str]:
    return []


def name_by_folder(ann: Person) -> list[str]:
    return ["--journal", str(ann.home / "elsewhere")]


def name_by_name(ann: Person) -> list[str]:
    ann.type("journal", "init", str(ann.home / "elsewhere"), "--name", "team")
    return ["--journal", "team"]


@pytest.mark.parametrize("name", [name_own, name_by_folder, name_by_name])
def test_what_resolves_two_versions_is_said_for_the_journal_they_are_in(
    ann: Person, name: Callable[[Person], list[str]]
) -> None:
    options = name(ann)
    entry = ann.write("mine", *options)
    entry.with_name(f"{entry.stem}.other-0a1b2c3d.md").write_text(entry.read_text("utf-8").replace("mine", "theirs"))
    listed = ann.type("journal", "list", *options, code=None)
    command = next(line for line in listed.stderr.splitlines() if "journal resolve" in line).split("try: ")[1]
    ann.type(*shlex.split(command), "--keep", "other")
    assert "theirs" in entry.read_text("utf-8")


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("names", [[], ["--journal", "all"]])
def test_the_journal_of_somebody_else_in_a_mistyped_place_stays_apart(
    ann: Person, drive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> None:
    cass = Person("Cass", tmp_path / "cass", monkeypatch)
    cass.write("words of cass")
    cass.type("journal", "init", "--remote", str(drive))
    refused = cass.type("journal", "sync", *names, code=1).stderr
    assert f"{drive} has another journal in it, by Ann" in refused
    assert "can read everything in both: journal sync --join\n" in refused
    assert "beginning" not in cass.type("journal", "list").stdout
    ann.sync()
    assert "words of cass" not in read(drive) + ann.type("journal", "list").stdout
    # Where that is what someone wants, they say so once.
    cass.type("journal", "sync", "--join")
    cass.write("more of cass")
    cass.sync()
    ann.sync()
    assert "more of cass" in ann.type("journal", "list").stdout


def test_a_place_that_somebody_prepared_and_holds_no_entry_is_no_other_journal(ann: Person, tmp_path: Path) -> None:
    prepared = tmp_path / "prepared"
    prepared.mkdir()
    git(prepared, "init", "--quiet", "--initial-branch=main")
    (prepared / "NOTES.md").write_text("made by IT")
    git(prepared, "add", "NOTES.md")
    git(prepared, "commit", "--quiet", "--message=prepared")
    git(tmp_path, "clone", "--quiet", "--bare", str(prepared), str(tmp_path / "drive.git"))
    ann.write("words of ann")
    ann.type("journal", "init", "--remote", str(tmp_path / "drive.git"))
    assert "sent 1 entry" in ann.sync()


def test_two_journals_of_one_person_become_one_without_a_question(ann: Person, drive: Path, tmp_path: Path) -> None:
    ann.write("at work")
    ann.type("journal", "init", "--remote", str(drive))
    ann.sync()
    other = ("--journal", str(tmp_path / "laptop"))
    ann.write("at home", *other)
    ann.type("journal", "init", other[1], "--remote", str(drive))
    ann.type("journal", "sync", *other)
    assert "at work" in ann.type("journal", "list", *other).stdout


@pytest.mark.usefixtures("shared")
def test_a_private_entry_never_leaves_the_machine(ann: Person, bea: Person, drive: Path) -> None:
    path = ann.write("secret words", "--private")
    assert path.parent.parent == ann.journal / "private"
    ann.sync()
    bea.sync()
    assert "secret" not in read(drive) + read(bea.home)
    assert "secret" not in git(ann.journal, "log", "-p", "--all")
    listed = ann.type("journal", "list").stdout
    assert "Private. secret words" in listed
    assert listed.count("Private") == 1
    assert "secret" in ann.type("journal", "list", "--private").stdout
    assert "beginning" not in ann.type("journal", "list", "--private").stdout
    assert "!! private/" in git(ann.journal, "status", "--porcelain", "--ignored")
    # Not even where someone gives it another side.
    git(ann.journal / "private", "remote", "add", "origin", str(drive))
    refused = ann.type("journal", "sync", "--journal", str(ann.journal / "private"), code=1)
    assert "never sent" in refused.stderr
    refused = ann.type("journal", "init", str(ann.journal / "private"), "--remote", str(drive), code=2)
    assert "never shared" in refused.stderr


@pytest.mark.usefixtures("shared")
def test_sharing_moves_the_words_as_they_stand_and_nothing_before(ann: Person, bea: Person, drive: Path) -> None:
    path = ann.write("first thoughts", "--private")
    ann.change("first", "second", str(path))
    refused = ann.type("journal", "share", typed="no\n", code=1)
    assert "second thoughts" in refused.stdout
    assert str(drive) in refused.stderr
    assert path.exists()
    ann.type("journal", "share", typed="yes\n")
    assert not path.exists()
    ann.sync()
    bea.sync()
    assert any("second thoughts" in text for text in bea.texts.values())
    assert "first thoughts" not in git(bea.journal, "log", "-p", "--all") + git(ann.journal, "log", "-p", "--all")
    assert "first thoughts" in git(ann.journal / "private", "log", "-p", "--all")


@pytest.mark.usefixtures("shared")
def test_what_changed_while_somebody_was_reading_is_not_shared(
    ann: Person, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ann.write("agreed words", "--private")

    def answer(*_: object) -> bool:
        path.write_text(path.read_text("utf-8").replace("agreed words", "a name nobody saw"), "utf-8")
        return True

    monkeypatch.setattr(share, "confirm", answer)
    refused = ann.type("journal", "share", code=1)
    assert "agreed words" in refused.stdout
    assert "has been changed since you read it" in refused.stderr
    assert "Nothing was shared." in refused.stderr
    assert "a name nobody saw" in path.read_text("utf-8")
    ann.sync()
    assert "nobody saw" not in read(drive) + "".join(ann.texts.values())


@pytest.mark.usefixtures("shared")
def test_a_folder_called_private_that_comes_from_elsewhere_is_left_out(ann: Person, bea: Person) -> None:
    planted = bea.journal / "private" / "planted.md"
    planted.parent.mkdir()
    planted.write_text("planted")
    git(bea.journal, "add", "--force", "private/planted.md")
    git(bea.journal, "commit", "-qm", "x")
    git(bea.journal, "push", "-q", "origin", "HEAD:main")
    said = ann.sync()
    assert "private/planted.md" in said
    assert "does not belong in a journal" in said
    assert not (ann.journal / "private").exists()


@pytest.mark.usefixtures("shared")
def test_offline_nothing_is_lost_and_one_sentence_says_so(ann: Person, bea: Person, drive: Path) -> None:
    ann.write("written offline")
    drive.rename(drive.with_name("gone"))
    said = ann.sync(code=1)
    assert "does not exist" in said
    assert "Everything written here is saved here" in said
    assert "1 still to be sent" in ann.type("journal", "journals").stdout
    drive.with_name("gone").rename(drive)
    assert ann.sync() == "Sent 1 entry.\n"
    assert bea.sync() == "Received 1 entry.\n"


@pytest.mark.usefixtures("shared")
def test_a_place_that_takes_nothing_says_so_and_what_came_is_kept(ann: Person, bea: Person, drive: Path) -> None:
    bea.write("from bea")
    bea.sync()
    ann.write("from ann")
    git(drive, "config", "receive.maxInputSize", "1")
    said = ann.sync(code=1)
    assert "Received 1 entry." in said
    assert "would not accept it" in said
    git(drive, "config", "--unset", "receive.maxInputSize")
    assert ann.sync() == "Sent 1 entry.\n"


def test_a_password_that_nobody_can_type_is_not_waited_for(ann: Person) -> None:
    ann.write("x")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def refuse() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                connection.recv(4096)
                answer = b'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'
                connection.sendall(answer)
                connection.close()

        thread = threading.Thread(target=refuse)
        thread.start()
        ann.type("journal", "init", "--remote", f"http://ann:secret-word@127.0.0.1:{port}/x.git")
        said = ann.sync(code=1)
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert "would not let you sign in" in said
    assert "secret-word" not in said


def test_another_side_that_never_answers_is_given_up(ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    ann.write("x")
    monkeypatch.setattr(remote, "REMOTE_PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        ann.type("journal", "init", "--remote", f"git://127.0.0.1:{server.getsockname()[1]}/x.git")
        said = ann.sync(code=1)
    assert "could not be reached" in said


@pytest.mark.usefixtures("shared")
def test_a_merge_somebody_is_in_the_middle_of_is_left_alone(ann: Person) -> None:
    (ann.journal / ".git" / "MERGE_HEAD").write_text(git(ann.journal, "rev-parse", "HEAD"))
    said = ann.sync(code=1)
    assert "in the middle of a merge" in said
    assert "git merge --abort" in said
    path = ann.write("saved all the same")
    assert "saved all the same" in path.read_text("utf-8")
    (ann.journal / ".git" / "MERGE_HEAD").unlink()
    assert ann.sync() == "Sent 1 entry.\n"


@pytest.mark.usefixtures("shared")
def test_changes_of_somebodys_own_are_never_swept_up(ann: Person, bea: Person) -> None:
    (ann.journal / "notes.txt").write_text("mine")
    (ann.journal / "staged.txt").write_text("staged")
    git(ann.journal, "add", "staged.txt")
    before = git(ann.journal, "status", "--porcelain")
    bea.write("from bea")
    bea.sync()
    ann.write("from ann")
    ann.sync()
    assert git(ann.journal, "status", "--porcelain") == before
    assert "staged" not in git(ann.journal, "log", "--name-only", "--format=")
    assert (ann.journal / "notes.txt").read_text() == "mine"


@pytest.mark.usefixtures("shared")
def test_an_entry_that_was_changed_by_hand_is_shared_as_it_is(ann: Person, bea: Person) -> None:
    (path,) = ann.journal.glob("2026/*.md")
    path.write_text(path.read_text("utf-8").replace("beginning", "by hand"), encoding="utf-8")
    assert ann.sync() == "Sent 1 change.\n"
    bea.sync()
    assert "by hand" in next(iter(bea.texts.values()))


@pytest.mark.usefixtures("shared")
def test_a_file_that_somebody_deleted_here_is_neither_sent_as_gone_nor_lost(ann: Person, bea: Person) -> None:
    (path,) = ann.journal.glob("2026/*.md")
    path.unlink()
    ann.sync()
    bea.sync()
    assert len(bea.texts) == 1
    assert "beginning" in ann.type("journal", "history", path.stem, "--show", "1").stdout


def test_a_supervisor_reads_all_journals_at_once(ann: Person, bea: Person, drive: Path) -> None:
    share_a_journal(ann, bea, drive)
    bea.type("journal", "init", "--name", "team")
    bea.line.now += timedelta(hours=1)
    bea.write("for the team", "--journal", "team")
    listed = bea.type("journal", "list", "--journal", "all").stdout
    assert "In ann. beginning" in listed
    assert "In team. for the team" in listed
    assert "for the team" in bea.type("journal", "show", "--journal", "all").stdout
    named = bea.type("journal", "journals").stdout
    assert f"ann: {bea.journal}. Last entry 23 November 2026. Everything has been sent." in named
    assert "On this computer only." in named
    refused = bea.type("reflect", "tool3", "--only", "6", "--journal", "taem", typed="x\n\n", code=2)
    assert "--journal team" in refused.stderr
    bea.type("reflect", "tool3", "--only", "6", "--journal", "all", typed="x\n\n", code=2)


def test_a_journal_that_is_not_there_yet_or_has_no_good_name_is_told_in_a_sentence(ann: Person) -> None:
    assert "there is no journal in " in ann.type("journal", "sync", code=1).stderr
    for name in ("all", "private", "Team A"):
        refused = ann.type("journal", "init", "--name", name, code=2)
        assert "a journal cannot be called" in refused.stderr
    assert list(ann.home.glob("reflective*")) == []


@pytest.mark.usefixtures("shared")
def test_a_file_of_somebodys_own_that_is_changed_on_both_sides_is_left_as_it_is(ann: Person, bea: Person) -> None:
    notes = [person.journal / "notes.txt" for person in (ann, bea)]
    notes[0].write_text("first")
    git(ann.journal, "add", "notes.txt")
    git(ann.journal, "commit", "-qm", "notes")
    ann.sync()
    bea.sync()
    notes[0].write_text("second")
    git(ann.journal, "commit", "-qam", "notes")
    ann.sync()
    notes[1].write_text("not recorded")
    bea.write("words")
    assert "notes.txt has been changed both here and elsewhere" in bea.sync(code=1)
    assert notes[1].read_text() == "not recorded"
    notes[1].write_text("first")
    assert bea.sync() == "Received 1 other file; sent 1 entry.\n"


def test_a_place_with_something_else_in_it_is_refused(ann: Person, tmp_path: Path) -> None:
    ann.write("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    assert "something else in it" in ann.type("journal", "init", "--remote", str(tmp_path / "full"), code=1).stderr
    assert "already someone's journal" in ann.type("journal", "init", "--remote", str(ann.journal), code=1).stderr
    for address in ("-x", "ext::sh -c true", "fd::7"):
        assert "not an address" in ann.type("journal", "init", f"--remote={address}", code=1).stderr
    # A drive that is not connected is not made up.
    refused = ann.type("journal", "init", "--remote", str(tmp_path / "unplugged" / "ann"), code=1)
    assert "its drive is connected" in refused.stderr
    assert not (tmp_path / "unplugged").exists()


@pytest.mark.usefixtures("shared")
def test_a_journal_that_both_began_is_put_together(
    ann: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleo = Person("Cleo", tmp_path / "cleo", monkeypatch)
    cleo.write("begun elsewhere")
    cleo.type("journal", "init", "--remote", str(tmp_path / "drive" / "ann"))
    assert "Received 1 entry" in cleo.type("journal", "sync", "--join").stdout
    ann.sync()
    assert ann.texts == cleo.texts
    assert len(ann.texts) == 2


@pytest.mark.usefixtures("shared")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give folders away")
def test_a_folder_of_another_account_on_a_shared_drive_will_do(ann: Person, bea: Person, drive: Path) -> None:
    for path in (drive, *drive.rglob("*")):
        os.chown(path, 65534, 65534)
    ann.write("from ann")
    assert ann.sync() == "Sent 1 entry.\n"
    assert bea.sync() == "Received 1 entry.\n"
    shutil.rmtree(drive)


def test_whoever_finds_nothing_in_their_own_journal_is_told_how_to_look_in_all(
    ann: Person, bea: Person, tmp_path: Path
) -> None:
    entry = ann.write("We met Pat.\n- [ ] Ring Pat")
    assert "--journal all" not in ann.type("journal", "list", "--unreviewed").stderr
    ann.type("journal", "init", "--remote", str(tmp_path / "shared"))
    ann.sync()
    bea.type("journal", "init", "--clone", str(tmp_path / "shared"), "--name", "ann")
    said = "o look in all your journals, add: --journal all"
    nothing: list[tuple[int, list[str]]] = [
        (0, ["list"]),
        (0, ["list", "--unreviewed"]),
        (0, ["show", "--unreviewed"]),
        (0, ["actions"]),
        (0, ["agenda"]),
        (1, ["agenda", "--for", "Ann"]),
        (1, ["search", "pat"]),
        (1, ["show"]),
        (1, ["show", entry.stem]),
        (1, ["review", entry.stem]),
        (1, ["actions", "done", "ring"]),
    ]
    for code, words in nothing:
        assert said in " ".join(bea.type("journal", *words, code=code).stderr.split()), words
        found = bea.type("journal", *words, "--journal", "all", code=None)
        assert said not in found.stderr
        assert "Pat" in found.stdout + found.stderr or words[0] == "review", words
    assert said not in ann.type("journal", "search", "absent", code=1).stderr


@pytest.mark.usefixtures("shared")
def test_a_page_of_several_people_says_whose_words_are_on_it(ann: Person, bea: Person) -> None:
    bea.write("Mine as well.")
    said = "This page has what Ann and Bea wrote. For a meeting with one person, add: --for NAME"
    assert said not in ann.type("journal", "agenda").stderr
    assert said in bea.type("journal", "agenda").stderr
    assert said not in bea.type("journal", "agenda", "--for", "Ann").stderr


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("ending", ["-renamed-k7m2.md", None])
def test_an_entry_that_somebody_renamed_or_took_away_by_hand_stops_no_sync(
    ann: Person, bea: Person, ending: str | None
) -> None:
    entry = ann.write("We met.\n- [ ] Ring Pat")
    ann.sync()
    bea.sync()
    if ending:
        entry.rename(entry.with_name(f"{entry.stem[:16]}{ending}"))
    else:
        entry.unlink()
    bea.type("journal", "actions", "done", "ring")
    bea.sync()
    ann.sync()
    assert "- [x] Ring Pat" in entry.read_text("utf-8")
    bea.sync()
    assert ann.texts == bea.texts
    assert len(ann.texts) == (3 if ending else 2)


@pytest.mark.usefixtures("shared")
def test_an_entry_that_was_deleted_by_hand_is_said_to_be_shared_still(ann: Person, bea: Person) -> None:
    entry = bea.write("regretted words")
    bea.sync()
    entry.unlink()
    said = bea.sync()
    assert f"{entry.name} was deleted here by hand. Others still have it" in said
    assert "written" in bea.type("journal", "history", entry.stem).stdout
    assert "regretted words" in bea.type("journal", "history", entry.stem, "--show", "1").stdout
    ann.sync()
    assert "deleted" not in ann.sync()
    command = said.split("To bring it back: ")[1]
    bea.type(*shlex.split(command))
    assert "regretted words" in entry.read_text("utf-8")
    assert bea.sync() == "Nothing new to send or receive.\n"
    # Whose it is does not matter then: others have it.
    (ann.journal / "2026" / entry.name).unlink()
    ann.type("journal", "restore", entry.stem)
    assert ann.texts == bea.texts


def test_nothing_is_written_into_a_private_journal_that_is_a_link(ann: Person, tmp_path: Path) -> None:
    ann.write("open")
    (tmp_path / "mine").mkdir()
    (ann.journal / "private").symlink_to(tmp_path / "mine")
    said = ann.type("reflect", "tool3", "--only", "6", "--private", typed="secret\n\n", code=1).stderr
    assert "it is a link" in said
    assert "Everything you wrote is kept in" in said
    assert list((tmp_path / "mine").iterdir()) == []


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("way", ["dots", "link", "capitals"])
def test_a_private_journal_is_private_whichever_way_one_comes_to_it(
    ann: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    entry = ann.write("secret words\n- [ ] secret action", "--private")
    private = ann.journal / "private"
    if way == "capitals":
        private = private.rename(ann.journal / "Private")
        entry = private / "2026" / entry.name
    monkeypatch.chdir(private / "2026")
    (tmp_path / "mine").symlink_to(private)
    name = {"dots": "..", "link": str(tmp_path / "mine"), "capitals": str(private)}[way]
    file = {"dots": f"../2026/{entry.name}", "link": f"{name}/2026/{entry.name}", "capitals": str(entry)}[way]
    assert "this journal is private" in ann.type("journal", "agenda", "--journal", name, code=1).stderr
    place = str(tmp_path / "leak")
    assert "never shared" in ann.type("journal", "init", name, "--remote", place, code=2).stderr
    git(private, "remote", "add", "origin", place)
    assert "never sent" in ann.type("journal", "sync", "--journal", name, code=1).stderr
    assert "Private." in ann.type("journal", "list", "--journal", name).stdout
    monkeypatch.setattr(ann, "name", "Bea")
    for waits in (["list", "--unreviewed"], ["show", "--unreviewed"]):
        assert "secret" not in ann.type("journal", *waits, "--journal", name).stdout
    for words in ([file], [entry.stem, "--journal", name]):
        assert "this entry is private" in ann.type("journal", "review", *words, "--blank", code=1).stderr
    assert not (tmp_path / "leak").exists()


def test_where_there_is_no_journal_to_take_nothing_is_said_of_what_was_written(bea: Person, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused = bea.type("journal", "init", "--clone", str(tmp_path / "empty"), "--name", "sam", code=1).stderr
    assert "No journal has been copied here." in refused
    assert "journal init --clone ADDRESS --name sam" in " ".join(refused.split())
    assert "Everything written here" not in refused


@pytest.mark.usefixtures("shared")
def test_of_two_versions_it_is_said_who_wrote_which(ann: Person, bea: Person) -> None:
    ann.change("beginning", "manner")
    ann.sync()
    bea.change("beginning", "voice")
    bea.sync()
    shown = bea.type("journal", "resolve", "latest", code=2).stderr
    assert ", by Ann: manner" in shown
    assert ", by Bea: voice" in shown


@pytest.mark.parametrize("is_committed", [False, True])
def test_an_entry_with_the_marks_of_a_merge_is_a_problem_and_is_not_sent(
    ann: Person, shared: Path, *, is_committed: bool
) -> None:
    path = ann.write("common words")
    ann.sync()
    text = path.read_text("utf-8")
    both = text.replace("common words", "<<<<<<< HEAD\nmy words\n=======\nher words\n>>>>>>> origin/main")
    path.write_text(both, "utf-8")
    if is_committed:
        git(ann.journal, "commit", "--quiet", "--all", "--message", "merged")
    ann.write("another")
    said = ann.sync(code=None)
    assert "<<<<<<<" not in git(shared, "log", "-p", "--all")
    listed = ann.type("journal", "list")
    assert "it holds two versions" in " ".join(listed.stderr.split())
    assert "HEAD" not in listed.stdout
    assert "has two versions of some words" in said
    # It stops nothing else.
    assert "another" in git(shared, "log", "-p", "--all")
    assert path.read_text("utf-8") == both
    path.write_text(text.replace("common words", "my words and hers"), "utf-8")
    ann.sync()
    assert "my words and hers" in git(shared, "show", f"main:2026/{path.name}")


def test_words_that_look_like_the_marks_of_a_merge_are_words(ann: Person, shared: Path) -> None:
    words = "<<<<<<< HEAD\nmine\n=======\nhers\n>>>>>>> theirs"
    ann.write(words)
    ann.sync()
    shown = json.loads(ann.type("journal", "show", "--json").stdout)
    assert shown["entry"]["sections"][0]["questions"][0]["text"] == words

"""Nothing that came with a folder is run: not from a copied journal, and not from a place where one is shared.

The settings are all of those in git-config(1) whose value is a program, or leads to one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from support.people import Person, git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs that must not run are POSIX programs")

ENTRIES = "*.md filter=evil diff=evil merge=evil\n"
#: Settings, with PROGRAM for what would leave a trace, and FOLDER for where it lies.
SETTINGS = {
    "core.alternateRefsCommand": "PROGRAM",
    "core.askPass": "PROGRAM",
    "core.attributesFile": "FOLDER/attributes",
    "core.editor": "PROGRAM",
    "core.fsmonitor": "PROGRAM",
    "core.gitProxy": "PROGRAM",
    "core.hooksPath": "FOLDER/hooks",
    "core.pager": "PROGRAM",
    "core.sshCommand": "PROGRAM",
    "alias.status": "!PROGRAM",
    "browser.x.cmd": "PROGRAM",
    "credential.helper": "!PROGRAM",
    "diff.evil.command": "PROGRAM",
    "diff.evil.textconv": "PROGRAM",
    "diff.external": "PROGRAM",
    "difftool.x.cmd": "PROGRAM",
    "extensions.partialClone": "origin",
    "filter.evil.clean": "PROGRAM",
    "filter.evil.smudge": "PROGRAM",
    "filter.evil.process": "PROGRAM",
    "gc.recentObjectsHook": "PROGRAM",
    "gpg.program": "PROGRAM",
    "gpg.ssh.defaultKeyCommand": "PROGRAM",
    "gpg.x509.program": "PROGRAM",
    "guitool.x.cmd": "PROGRAM",
    "include.path": "FOLDER/more",
    "includeIf.gitdir:/.path": "FOLDER/more",
    "interactive.diffFilter": "PROGRAM",
    "man.x.cmd": "PROGRAM",
    "merge.evil.driver": "PROGRAM",
    "mergetool.x.cmd": "PROGRAM",
    "pager.status": "PROGRAM",
    "protocol.ext.allow": "always",
    "receive.procReceiveRefs": "refs/heads",
    "remote.origin.promisor": "true",
    "remote.origin.receivepack": "PROGRAM",
    "remote.origin.uploadpack": "PROGRAM",
    "remote.origin.vcs": "evil",
    "sendemail.toCmd": "PROGRAM",
    "sequence.editor": "PROGRAM",
    "submodule.x.update": "!PROGRAM",
    "tar.x.command": "PROGRAM",
    "uploadpack.packObjectsHook": "PROGRAM",
    "url.ext::PROGRAM .insteadOf": "DRIVE",
    "web.browser": "x",
}
HOOKS = (
    "applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-applypatch", "post-checkout", "post-commit",
    "post-index-change",
    "post-merge", "post-receive", "post-rewrite", "post-update", "pre-applypatch", "pre-auto-gc", "pre-commit",
    "pre-merge-commit",
    "pre-push", "pre-rebase", "pre-receive", "prepare-commit-msg", "proc-receive", "push-to-checkout",
    "reference-transaction",
    "sendemail-validate", "update",
)  # fmt: skip


@pytest.fixture
def drive(shared: Path) -> Path:
    return shared


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A folder with a program that leaves a trace, hooks that do, and settings and attributes that lead to it."""
    folder = tmp_path / "evil"
    (folder / "hooks").mkdir(parents=True)
    for path in (folder / "program", folder / "git-remote-evil", *(folder / "hooks" / name for name in HOOKS)):
        path.write_text(f'#!/bin/sh\necho "$0" >> {folder}/ran\nexit 1\n')
        path.chmod(0o755)
    (folder / "attributes").write_text(ENTRIES)
    (folder / "more").write_text(
        f"[core]\n\tfsmonitor = {folder}/program\n\talternateRefsCommand = {folder}/program\n"
        f'[filter "evil"]\n\tclean = {folder}/program\n\tsmudge = {folder}/program\n'
    )
    return folder


def put_settings_in(config: Path, evil: Path, names: list[str]) -> None:
    """Put settings in a file as someone would whose they are."""
    for name in names:
        where = name.replace("PROGRAM", str(evil / "program"))
        value = SETTINGS[name].replace("PROGRAM", str(evil / "program")).replace("FOLDER", str(evil))
        value = value.replace("DRIVE", str(evil.parent / "drive"))
        git(evil, "config", "--file", str(config), where, value)


def use_everything(person: Person) -> str:
    """Run every command that starts git, however each ends; return what was said."""
    said = person.type("reflect", "tool3", "--only", "6", typed="words\n\n", code=None).output
    for words in (["sync"], ["journals"], ["history"], ["list"], ["show"]):
        said += person.type("journal", *words, code=None).output
    return said


def test_no_setting_of_a_copied_journal_starts_a_program(ann: Person, drive: Path, evil: Path) -> None:
    git_folder = ann.journal / ".git"
    for name in SETTINGS:
        put_settings_in(git_folder / "config", evil, [name])
        (git_folder / "info" / "attributes").write_text(ENTRIES)
        assert "could start programs here" in ann.type("journal", "history", code=1).stderr, name
        assert not (evil / "ran").exists(), name
    assert "Sent 1 entry" in use_everything(ann)
    assert not (evil / "ran").exists()
    assert len(list(git_folder.glob("config.*-set-aside"))) == len(SETTINGS)


def test_all_settings_together_start_no_program_and_what_the_journal_needs_stays(
    ann: Person, drive: Path, evil: Path
) -> None:
    config = ann.journal / ".git" / "config"
    put_settings_in(config, evil, list(SETTINGS))
    text = config.read_text("utf-8")
    said = ann.type("journal", "sync", code=1).output
    assert "alias.status, browser.x.cmd, core.alternaterefscommand and" in said
    assert "Nothing in them was run" in said
    assert [path.read_text("utf-8") for path in config.parent.glob("config.*-set-aside")] == [text]
    assert "could start" not in use_everything(ann)
    assert git(ann.journal, "remote", "get-url", "origin").strip() == str(drive)
    assert not (evil / "ran").exists()


COMMANDS = {
    "reflect": (["reflect", "tool3", "--only", "6"], 0),
    "history": (["journal", "history"], 1),
    "journals": (["journal", "journals"], 0),
    "sync": (["journal", "sync"], 1),
    "edit": (["journal", "edit"], 0),
    "show": (["journal", "show"], 0),
    "actions": (["journal", "actions", "done", "Ring"], 0),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_whatever_command_is_first_says_so_and_starts_none(
    ann: Person, drive: Path, evil: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i s/beginning/ending/")
    path = next(ann.journal.glob("2026/*.md"))
    path.write_text(f"{path.read_text('utf-8')}- [ ] Ring the office\n", encoding="utf-8")
    put_settings_in(ann.journal / ".git" / "config", evil, list(SETTINGS))
    (ann.journal / ".git" / "info" / "attributes").write_text(ENTRIES)
    words, code = COMMANDS[name]
    assert "could start programs here" in ann.type(*words, typed="words\n\n", code=code).output
    assert not (evil / "ran").exists()
    # What was done is recorded all the same.
    assert name not in {"reflect", "edit"} or git(ann.journal, "status", "--porcelain") == ""


def test_no_setting_of_a_shared_folder_starts_a_program(ann: Person, drive: Path, evil: Path) -> None:
    plain = (drive / "config").read_text("utf-8")
    ann.write("words")
    for name in SETTINGS:
        put_settings_in(drive / "config", evil, [name])
        said = ann.sync(code=1)
        assert not (evil / "ran").exists(), name
        assert "could start programs on this computer" in said, name
        (drive / "config").write_text(plain, encoding="utf-8")
    assert ann.sync() == "Sent 1 entry.\n"


def test_no_hook_of_a_shared_folder_or_a_copied_journal_is_run(ann: Person, drive: Path, evil: Path) -> None:
    for folder in (drive, ann.journal / ".git"):
        shutil.copytree(evil / "hooks", folder / "hooks", dirs_exist_ok=True)
    assert "Sent 1 entry" in use_everything(ann)
    assert not (evil / "ran").exists()


def test_what_people_have_set_for_all_folders_goes_on_working(
    ann: Person, drive: Path, evil: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if by ssh: the program is given a host and a command, and runs it here.
    ssh = evil / "ssh"
    ssh.write_text(f'#!/bin/sh\necho "$@" >> {evil}/asked\nfor last; do :; done\nexec sh -c "$last"\n')
    ssh.chmod(0o755)
    git(ann.journal, "config", "--file", str(ann.home / ".gitconfig"), "core.sshCommand", str(ssh))
    ann.type("journal", "init", "--remote", f"ssh://host.invalid{drive}")
    ann.write("by another way")
    assert ann.sync() == "Sent 1 entry.\n"
    assert "host.invalid" in (evil / "asked").read_text()
    assert "by another way" in git(drive, "grep", "-h", "way", "main")


#: What a person, a machine, or someone by way of the journal can say of its files.
ATTRIBUTES = (
    "*.md filter=lfs ident text eol=crlf -diff merge=binary",
    "*.md working-tree-encoding=UTF-16LE-BOM filter=evil",
)
WORDS = "At $Id$, a café on the Ouse."


@pytest.mark.parametrize("attributes", ATTRIBUTES)
@pytest.mark.parametrize("origin", ["the journal", "the person", "git's own folder"])
def test_no_attribute_changes_a_word_on_its_way(
    ann: Person, bea: Person, drive: Path, evil: Path, origin: str, attributes: str
) -> None:
    # As on a machine where git-lfs was installed for everyone.
    settings = '[filter "lfs"]\n\tclean = sed s/a/X/g\n\tsmudge = sed s/a/X/g\n\trequired = true\n'
    for person in (ann, bea):
        (person.home / ".gitconfig").write_text(settings + settings.replace("lfs", "evil"))
        if origin == "the person":
            (person.home / ".config" / "git").mkdir(parents=True)
            (person.home / ".config" / "git" / "attributes").write_text(f"{attributes}\n")
        elif origin == "git's own folder":
            (person.journal / ".git" / "info" / "attributes").write_text(f"{attributes}\n")
    if origin == "the journal":
        strangers = evil / "clone"
        git(evil, "clone", "--quiet", str(drive), str(strangers))
        (strangers / ".gitattributes").write_text(f"{attributes}\n")
        git(strangers, "add", ".gitattributes")
        git(strangers, "commit", "--quiet", "--message", "attributes")
        git(strangers, "push", "--quiet")
        ann.sync()
    path = ann.write(WORDS)
    assert "sent 1 entry" in ann.sync().lower()
    assert git(drive, "show", f"main:2026/{path.name}").encode() == path.read_bytes()
    assert "received" in bea.sync().lower()
    assert bea.texts[f"2026/{path.name}"] == path.read_text("utf-8")
    assert WORDS in bea.texts[f"2026/{path.name}"]
    cleaned = ann.type("journal", "sync").stdout
    assert cleaned == "Nothing new to send or receive.\n"


def test_a_git_that_records_other_words_is_found_out_before_anything_is_said_to_be_sent(
    ann: Person, drive: Path, evil: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a filter would that git has no way to be told of.
    real = shutil.which("git")
    (evil / "bin").mkdir()
    (evil / "bin" / "git").write_text(
        "#!/bin/sh\n"
        f'case " $* " in *" add "*|*" commit "*) ;; *) exec {real} "$@";; esac\n'
        f"cp -p {ann.journal}/2026/*-????.md {evil}; sed -i s/words/worms/ {ann.journal}/2026/*-????.md\n"
        f'{real} "$@"; code=$?; cp -p {evil}/*-????.md {ann.journal}/2026; exit $code\n'
    )
    (evil / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(evil / "bin"), prepend=os.pathsep)
    said = ann.type("reflect", "tool3", "--only", "6", typed="words\n\n").stderr
    assert "does not match the file" in said
    assert "Your files are saved" in said
    assert "Sent" not in ann.sync(code=1)
    assert sum("words" in text for text in ann.texts.values()) == 1

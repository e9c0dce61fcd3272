"""Places a journal is shared in that cannot be used: named for what they are, with what to do, and no secret shown."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from support.people import Person, git

from compassion_cli.history.failures import explain_remote
from compassion_cli.history.remote import hide_password

ADDRESSES = {
    "https://host.example/x?token=hunter2": "https://host.example/x",
    "https://host.example/x#hunter2": "https://host.example/x",
    "https://user:hunter2@host.example/x.git": "https://host.example/x.git",
    "https://hunter2@host.example/x": "https://host.example/x",
    "https://user:p@hunter2@host.example/x": "https://host.example/x",
    "https://user:pa/hunter2@host.example/x": "https://host.example/x",
    "https://host.example/@team/journal": "https://host.example/@team/journal",
    "ssh://git@host.example:22/x": "ssh://host.example:22/x",
    "user:hunter2@host.example:x": "host.example:x",
    "http:/user:hunter2@host.example/x": "host.example/x",
    "https://tok/hunter2@host.example/x": "https://host.example/x",
    "https://host.example:1/x;t=hunter2": "https://host.example:1/x",
    "https://host.example/r.git&private_token=hunter2": "https://host.example/r.git",
    "user:hun/ter2@host.example:path": "host.example:path",
    "git@host.example:team/journal.git": "git@host.example:team/journal.git",
    "file:///srv/a@b/c?d#e": "file:///srv/a@b/c?d#e",
    "/srv/a@b/c": "/srv/a@b/c",
    "C:\\Users\\a@b\\journal": "C:\\Users\\a@b\\journal",
}


@pytest.mark.parametrize(("address", "shown"), ADDRESSES.items())
def test_an_address_is_shown_without_what_lets_somebody_in(address: str, shown: str) -> None:
    assert hide_password(address) == shown


#: What git says, and what someone reads of that.
SAID = {
    "fatal: mismatched algorithms: client sha1; server sha256": "SHA-256",
    "fatal: the receiving end does not support this repository's hash algorithm": "SHA-256",
    "warning: rejected refs/heads/main because shallow roots are not allowed to be updated": "latest part of its",
    "remote: error: insufficient permission for adding an object": "you are not allowed to write to",
    "remote: fatal: Unable to create temporary file: Permission denied": "you are not allowed to write to",
    "error: unable to write file: Read-only file system": "you are not allowed to write to",
    " ! [remote rejected] main -> main (pre-receive hook declined)": "would not accept it",
}


@pytest.mark.parametrize(("said", "shown"), SAID.items())
def test_what_git_says_of_a_place_is_said_in_our_words(said: str, shown: str) -> None:
    what, remedy = explain_remote(said, "PLACE")
    assert shown in what
    assert "PLACE" in what
    assert "try again later" not in remedy


def make_place_of_another_kind(drive: Path) -> str:
    git(drive.parent, "init", "--quiet", "--bare", "--object-format=sha256", str(drive.parent / "other"))
    return "in a different way (SHA-256)"


def make_place_that_may_not_be_opened(drive: Path) -> str:
    other = drive.parent / "other"
    git(drive.parent, "init", "--quiet", "--bare", str(other))
    (other / "config").unlink()
    (other / "config").symlink_to("/proc/1/mem" if os.geteuid() else "/proc/self/mem")
    return "you are not allowed to open"


@pytest.mark.skipif(os.name == "nt", reason="the places are made with POSIX links")
@pytest.mark.parametrize("make", [make_place_of_another_kind, make_place_that_may_not_be_opened])
def test_a_place_that_cannot_be_used_is_named_and_nothing_is_lost(
    ann: Person, shared: Path, make: Callable[[Path], str]
) -> None:
    expected = make(shared)
    path = ann.write("from ann")
    ann.type("journal", "init", "--remote", str(shared.parent / "other"), code=None)
    said = " ".join(ann.sync(code=1).split())
    assert expected in said
    assert "Nothing new" not in said
    assert "from ann" in path.read_text("utf-8")
    ann.type("journal", "init", "--remote", str(shared))
    assert "Sent 1 entry" in ann.sync()

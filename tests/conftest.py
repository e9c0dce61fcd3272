"""Every test has a home of its own, and none reaches the real one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import coverage
import pytest
from hypothesis import settings
from support.commands import CommandLine
from support.people import Person, copy_a_shared_journal, share_a_journal

from compassion_cli.storage import journal

#: An account without rights, on every POSIX system.
NOBODY = 65534
#: What says how to show things, and may come from the terminal the tests are started at.
_OF_A_TERMINAL = ("NO_COLOR", "FORCE_COLOR", "PAGER", "LESS", "COLUMNS", "LINES")
_MAY_PASS = stat.S_IXGRP | stat.S_IXOTH

# A job in the background, or under nohup, is started with some signals ignored, and whatever it starts would inherit
# that. A handler of ours is not inherited, and does the same.
for _name in ("SIGHUP", "SIGINT", "SIGQUIT"):
    if hasattr(signal, _name) and signal.getsignal(getattr(signal, _name)) is signal.SIG_IGN:
        signal.signal(getattr(signal, _name), lambda *_: None)

# Thousands of small files and folders are made and synced: on a disk in memory that takes a third of the time.
_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
_ENOUGH = 2 * 1024**3
if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_collection() -> None:
    """Have a process that is forked in another folder leave what was measured here, where it is looked for."""
    if measuring := coverage.Coverage.current():
        measuring.config.data_file = str(Path(measuring.config.data_file).absolute())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home, no git identity and no settings of whoever runs it."""
    for name in list(os.environ):
        if name.startswith(("COMPASSION_", "XDG_", "GIT_")) or name in _OF_A_TERMINAL:
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(folder / "AppData"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "employer"))
    monkeypatch.setenv("WIN_PD_OVERRIDE_COMMON_APPDATA", str(tmp_path / "employer"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COMPASSION_AUTHOR", "A Practitioner")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture(autouse=True)
def chance(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the entries that are written in this process the same ids whenever the test is run."""
    monkeypatch.setattr(journal, "_draw_bytes", random.Random(request.node.nodeid).randbytes)  # noqa: S311 - no secret


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[None]:
    """Take the rights of root away from a test that root runs: to root, every folder is open."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & _MAY_PASS != _MAY_PASS:
            folder.chmod(folder.stat().st_mode | _MAY_PASS)
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def run(home: Path) -> CommandLine:
    """Return a command line to type at."""
    return CommandLine(home)


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """Return where a journal can be shared, and is not yet."""
    (tmp_path / "drive").mkdir(exist_ok=True)
    return tmp_path / "drive" / "ann"


@pytest.fixture
def ann(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Return someone with a home of their own."""
    return Person("Ann", tmp_path / "ann", monkeypatch)


@pytest.fixture
def bea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Return someone else with a home of their own."""
    return Person("Bea", tmp_path / "bea", monkeypatch)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that two people share, made once: what it takes to share one is not what most tests are about."""
    folder = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("XDG_CONFIG_DIRS", str(folder / "employer"))
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            patch.delenv(name, raising=False)
        ann, bea = (Person(name, folder / name.lower(), patch) for name in ("Ann", "Bea"))
        (folder / "drive").mkdir()
        share_a_journal(ann, bea, folder / "drive" / "ann")
    return folder


@pytest.fixture
def shared(ann: Person, made: Path, tmp_path: Path) -> Path:
    """Have Ann and Bea share a journal; return the folder they share it in."""
    copy_a_shared_journal(made, tmp_path)
    # The clock goes on from there.
    ann.line.now += timedelta(minutes=1)
    return tmp_path / "drive" / "ann"

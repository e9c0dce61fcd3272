from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from compassion_cli.storage import write_files as files
from compassion_cli.storage.locks import FileLock
from compassion_cli.storage.read_files import FileReadError, read_text
from compassion_cli.storage.write_files import (
    FileChangedError,
    FileWriteError,
    create_new,
    make_folder,
    remove_if_it_holds,
    replace,
    sync_to_disk,
)


@pytest.fixture
def locked(tmp_path: Path, nobody: None) -> Iterator[Path]:
    """Return a folder that whoever runs the test may not write to."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


def test_a_new_file_holds_exactly_its_text_and_is_its_owners_alone(tmp_path: Path) -> None:
    create_new(tmp_path / "a.md", "one\r\ntwo\nthrée")
    assert (tmp_path / "a.md").read_bytes() == "one\r\ntwo\nthrée".encode()
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["a.md"]


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    create_new(tmp_path / "a.md", "mine")
    with pytest.raises(FileExistsError):
        create_new(tmp_path / "a.md", "yours")
    assert read_text(tmp_path / "a.md") == "mine"
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["a.md"]


def test_of_many_writers_of_one_name_exactly_one_wins(tmp_path: Path) -> None:
    def write(number: int) -> bool:
        try:
            create_new(tmp_path / "a.md", str(number) * 10_000)
        except FileExistsError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(write, range(9))) == 1
    assert len(set(read_text(tmp_path / "a.md"))) == 1


def test_a_file_system_without_links_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    create_new(tmp_path / "a.md", "text")
    assert read_text(tmp_path / "a.md") == "text"
    with pytest.raises(FileExistsError):
        create_new(tmp_path / "a.md", "other")
    assert read_text(tmp_path / "a.md") == "text"


def test_replacing_leaves_one_whole_file(tmp_path: Path) -> None:
    create_new(tmp_path / "a.md", "one")
    replace(tmp_path / "a.md", "two", read="one")
    assert read_text(tmp_path / "a.md") == "two"
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["a.md"]


def test_only_what_was_read_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with pytest.raises(FileChangedError):
        replace(path, "two", read="one")
    assert not path.exists()
    create_new(path, "another's")
    with pytest.raises(FileChangedError, match="has been changed by another program"):
        replace(path, "two", read="one")
    assert read_text(path) == "another's"
    remove_if_it_holds(path, "one")
    assert read_text(path) == "another's"
    remove_if_it_holds(path, "another's")
    assert [found.name for found in tmp_path.iterdir()] == ["home"]


@pytest.mark.skipif(os.name == "nt", reason="there is no lock of a folder on Windows")
def test_of_many_who_replace_one_version_exactly_one_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    holds = files._holds

    def look_slowly(path: Path, text: str) -> bool:
        is_held = holds(path, text)
        time.sleep(0.01)
        return is_held

    monkeypatch.setattr(files, "_holds", look_slowly)
    create_new(tmp_path / "a.md", "read by all")

    def write(number: int) -> bool:
        try:
            replace(tmp_path / "a.md", str(number), read="read by all")
        except FileChangedError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(write, range(32))) == 1


def test_a_lock_is_held_by_one_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / ".draft.lock"
    first = FileLock(path)
    second = FileLock(path)
    assert (first.is_ours, second.is_ours) == (True, False)
    second.release()
    assert FileLock(path).is_ours is False
    first.release()
    assert not path.exists()
    third = FileLock(path)
    assert third.is_ours
    third.release()
    assert FileLock(tmp_path / "nowhere" / ".draft.lock").is_ours


def test_what_a_killed_program_left_half_written_goes_after_an_hour(tmp_path: Path) -> None:
    old, new, foreign = (tmp_path / f".{name}.tmp" for name in ("0" * 16, "1" * 16, "mine"))
    for path in (old, new, foreign):
        path.write_text("half")
    an_hour_ago = new.stat().st_mtime - 3700
    os.utime(old, (an_hour_ago, an_hour_ago))
    os.utime(foreign, (an_hour_ago, an_hour_ago))
    create_new(tmp_path / "a.md", "text")
    assert [path.exists() for path in (old, new, foreign)] == [False, True, True]


def test_a_folder_that_may_not_be_written_is_named_with_the_reason(locked: Path) -> None:
    with pytest.raises(FileWriteError, match="you do not have permission"):
        create_new(locked / "a.md", "text")
    with pytest.raises(FileWriteError, match="you do not have permission"):
        replace(locked / "a.md", "text", read="")
    with pytest.raises(FileWriteError, match="you do not have permission"):
        make_folder(locked / "b")


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(FileWriteError, match="there is a file"):
        make_folder(tmp_path / "a")
    with pytest.raises(FileWriteError, match="there is a file where a folder should be"):
        create_new(tmp_path / "a" / "b.md", "text")


def test_a_name_that_is_too_long_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError, match="its name is too long"):
        create_new(tmp_path / ("a" * 300), "text")
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_a_file_that_is_not_there_or_not_text_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(FileReadError, match="it does not exist"):
        read_text(tmp_path / "a.md")
    (tmp_path / "a.md").write_bytes(b"\xff is no letter")
    with pytest.raises(FileReadError, match="it is not UTF-8 text"):
        read_text(tmp_path / "a.md")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no way to sync a folder")
@pytest.mark.parametrize("count", [0, 1, 40])
def test_what_another_program_has_written_is_synced_with_its_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    paths = [tmp_path / str(number % 3) / f"{number}.md" for number in range(count)]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.touch()
    synced: set[int] = set()
    real = os.fsync

    def note(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    sync_to_disk([*paths, tmp_path / "gone.md"] if paths else [])
    assert synced >= {path.stat().st_ino for path in (*paths, *(path.parent for path in paths))}

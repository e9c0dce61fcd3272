"""Other programs: found where someone has put them, and never because a file lies in the folder one is in."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from compassion_cli.terminal import programs, styled_rich
from compassion_cli.terminal.styled import StyledLine


def test_on_windows_nothing_is_started_from_the_folder_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, installed = tmp_path / "here", tmp_path / "installed"
    for folder, names in ((here, ["less.exe", "less", "nano.exe"]), (installed, ["less.EXE", "edit", "edit.CMD"])):
        folder.mkdir()
        for name in names:
            (folder / name).write_text("")
    monkeypatch.chdir(here)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "here", str(installed)]))
    monkeypatch.setenv("PATHEXT", ".EXE;.CMD")
    assert programs.find_by_whole_path("less") == str(installed / "less.EXE")
    assert programs.find_by_whole_path("edit") == str(installed / "edit.CMD")
    assert programs.find_by_whole_path("nano") is None
    assert programs.find_by_whole_path("nano.exe") is None
    assert programs.find_by_whole_path(str(here / "nano.exe")) == str(here / "nano.exe")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "screenfuls"), [("\n" * 50, 10), ("q\n", 1), ("\nstop\n", 2), ("", 10)], ids=["all", "q", "stop", "end"]
)
def test_where_there_is_no_pager_nothing_scrolls_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, screenfuls: int
) -> None:
    monkeypatch.setattr(styled_rich, "show_in_pager", lambda _: False)
    monkeypatch.setattr("sys.stdin", _Terminal(typed))
    monkeypatch.setenv("LINES", "11")
    lines = [StyledLine(((f"line {number}", ""),)) for number in range(100)]
    styled_rich.page_lines(lines, 40)
    shown = capsys.readouterr().out
    assert shown.count("line ") == 10 * screenfuls
    assert shown.count("For more, press Enter. To stop, type q and press Enter: ") == min(screenfuls, 9)

"""Draw the picture in the README: a real session in a real terminal, exported by Rich.

Usage: python docs/draw_session.py
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from itertools import groupby
from pathlib import Path

from rich.color import ANSI_COLOR_NAMES
from rich.console import Console
from rich.style import Style
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support.commands import SCRIPTS  # noqa: E402 - found through the line above
from support.terminal import Terminal  # noqa: E402

COLUMNS, LINES = 80, 66
#: Rich's own frame, without the font it would fetch from elsewhere: a picture should load nothing.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>A reflection with compassion-cli, and the entry it makes</title>
<style>
.{unique_id}-matrix {{ font-family: monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def main() -> None:
    """Hold the session and write docs/session.svg."""
    home = Path(tempfile.gettempdir()) / "sam"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    try:
        console = Console(record=True, width=COLUMNS, file=io.StringIO())
        console.print(hold_session(home))
        console.save_svg(
            str(ROOT / "docs" / "session.svg"), title="compassion-cli", code_format=FRAME, unique_id="session"
        )
    finally:
        shutil.rmtree(home)


def hold_session(home: Path) -> Text:
    """Answer two questions, look at the entry, and return the screen."""
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    env = {"HOME": str(home), "PATH": path, "TERM": "xterm-256color", "PS1": "$ ", "PAGER": "cat"}
    env |= {"LANG": "C.UTF-8", "COMPASSION_AUTHOR": "Sam", "COMPASSION_JOURNAL": str(home / "reflective-journal")}
    (home / "reflective-journal").mkdir()
    with Terminal(["bash", "--norc", "--noprofile", "--noediting"], env, COLUMNS, LINES) as terminal:
        terminal.wait_for("$")
        terminal.send("reflect tool3 --lens self --only 1,2\n")
        terminal.wait_for("Question 1 of 2")
        terminal.answer("Walking the long way back to the car after a hard visit.")
        terminal.wait_for("Question 2 of 2")
        terminal.answer("The day someone laughed again for the first time in weeks.")
        terminal.wait_for("Press Enter to save.")
        terminal.send("\r")
        terminal.wait(lambda: terminal.text.endswith(".md\n$"), "the next prompt")
        terminal.send("journal show\n")
        terminal.wait(lambda: "journal edit" in terminal.text and terminal.text.endswith("\n$"), "the last prompt")
        return paint(terminal)


def paint(terminal: Terminal) -> Text:
    """Return the screen as Rich text, its colours included."""
    screen = terminal.screen
    text = Text()
    for row in range(screen.cursor.y):
        cells = [screen.buffer[row][column] for column in range(screen.columns)]
        for style, run in groupby(cells, key=lambda cell: (name_colour(cell.fg), cell.bold, cell.italics)):
            colour, bold, italic = style
            text.append("".join(cell.data for cell in run), Style(color=colour, bold=bold, italic=italic))
        text.append("\n")
    return text


def name_colour(name: str) -> str | None:
    """Return Rich's name for a colour of the terminal: pyte has some words of its own, and plain hexadecimals."""
    if name == "default":
        return None
    return {"brown": "yellow"}.get(name, name if name in ANSI_COLOR_NAMES else f"#{name}")


if __name__ == "__main__":
    main()

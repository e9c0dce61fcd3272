"""What the commands get from outside: the clock, whoever asks, and the editor. Tests put others there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from compassion_cli.core.asking import Asker
    from compassion_cli.flows.desk import Editor
    from compassion_cli.terminal.lines import LineReader
    from compassion_cli.terminal.screen import Screen


def read_clock() -> datetime:
    """Return the local time with its offset. The parts of a second keep what is written within one in its order."""
    return datetime.now().astimezone()


def make_asker(screen: Screen, reader: LineReader) -> Asker:
    """Return the asker that fits: in colour for a person at a capable terminal, plain for everything else."""
    if screen.is_interactive and not screen.is_plain:
        from compassion_cli.terminal.rich_asker import RichAsker  # noqa: PLC0415 - the heaviest import there is

        return RichAsker(screen, reader)
    from compassion_cli.terminal.plain_asker import PlainAsker  # noqa: PLC0415

    return PlainAsker(screen, reader)


def make_editor(screen: Screen, reader: LineReader) -> Editor:
    """Return the editor of whoever is there. Settings with a fault are mended in one too."""
    from compassion_cli.storage.settings import load_usable  # noqa: PLC0415 - most commands open none
    from compassion_cli.terminal.editor import OwnEditor  # noqa: PLC0415

    return OwnEditor(screen, reader, load_usable().editor)


@dataclass(frozen=True)
class Environment:
    """The world outside, as far as commands reach into it."""

    now: Callable[[], datetime] = read_clock
    make_asker: Callable[[Screen, LineReader], Asker] = make_asker
    make_editor: Callable[[Screen, LineReader], Editor] = make_editor


def find_environment(ctx: typer.Context) -> Environment:
    """Return the environment a command runs in: the one given to the program, else the real one."""
    return ctx.obj if isinstance(ctx.obj, Environment) else Environment()

"""What a run of the program works with: settings, screen, clock, who is there, and the packs. It is made once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import typer

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.review import Person
from compassion_cli.core.settings import Settings
from compassion_cli.history.author import find_author
from compassion_cli.storage.packs import PackShelf, open_shelf
from compassion_cli.storage.settings import change_setting, load_settings, unset_setting
from compassion_cli.terminal.open_reader import open_reader
from compassion_cli.terminal.screen import Screen, open_screen

if TYPE_CHECKING:
    from compassion_cli.core.asking import Asker
    from compassion_cli.flows.own_editor import Editor
    from compassion_cli.terminal.lines import LineReader


def read_clock() -> datetime:
    """Return the local time with its offset. The parts of a second keep what is written within one in its order."""
    try:
        return datetime.now().astimezone()
    except ValueError:
        # A zone that is more than a day from UTC is not a zone.
        return datetime.now(UTC)


@dataclass(frozen=True)
class Environment:
    """What tests may put others in place of: the clock, whoever asks, and the editor. None stands for the real one."""

    now: Callable[[], datetime] = read_clock
    make_asker: Callable[[Screen, LineReader], Asker] | None = None
    make_editor: Callable[[Screen, LineReader], Editor] | None = None


class Context:
    """One run of the program. Everything is found when it is first asked for, and stays."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self._is_plain = False
        self._bears_faults = False

    def be_plain(self, *, plain: bool) -> None:
        """Note whether plain lines were asked for, be it before a subcommand or after it."""
        self._is_plain = self._is_plain or plain

    def now(self) -> datetime:
        """Return the local time."""
        return self.environment.now()

    @cached_property
    def settings(self) -> Settings:
        """Return the settings that hold.

        Raises:
            SettingsFaultError: They cannot be used.
        """
        return load_settings()

    @property
    def usable_settings(self) -> Settings:
        """Return the settings that hold, or those built in where they cannot be used."""
        try:
            return self.settings
        except ReflectError:
            return Settings()

    def change_setting(self, key: str, words: str | None) -> None:
        """Set one value in the person's own file, or with None take it out.

        Raises:
            ReflectError: It cannot be done; the settings have not changed.
        """
        if words is None:
            unset_setting(key)
        else:
            change_setting(key, words)
        for name in ("settings", "me"):
            self.__dict__.pop(name, None)

    def bear_faulty_settings(self) -> None:
        """Have the screen work whatever the settings hold, for what mends them."""
        self._bears_faults = True

    @cached_property
    def screen(self) -> Screen:
        """Return the screen, plain where that was asked for or is settled.

        Raises:
            SettingsFaultError: The settings cannot be used.
        """
        settings = self.usable_settings if self._bears_faults else self.settings
        return open_screen(plain=self._is_plain or settings.plain)

    @cached_property
    def reader(self) -> LineReader:
        """Return what reads from whoever is there."""
        return open_reader(sys.stdin, is_interactive=self.screen.is_interactive, is_plain=self.screen.is_plain)

    @cached_property
    def me(self) -> Person:
        """Return the name of whoever types, as their entries carry it, with those they had before."""
        return Person(find_author(self.settings.name), self.settings.former_names)

    @cached_property
    def shelf(self) -> PackShelf:
        """Return the packs."""
        return open_shelf()


def find_context(ctx: typer.Context, *, plain: bool = False) -> Context:
    """Return the context of this run, made where it is first asked for.

    Args:
        ctx: Typer's own, which may hold the environment that the program was given.
        plain: Plain lines were asked for.
    """
    root = ctx.find_root()
    if not isinstance(root.obj, Context):
        root.obj = Context(root.obj or Environment())
    context: Context = root.obj
    context.be_plain(plain=plain)
    return context

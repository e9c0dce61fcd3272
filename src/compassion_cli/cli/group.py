"""The Typer groups behind every app: friendly failures in one place, plain help, and commands loaded when called.

Typer carries its own copy of Click, which is private to it; only ``typer`` and ``typer.core`` are used here.
Help is plain rather than in boxes: screen readers read every border, and it takes half the time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup

from compassion_cli.cli.failures import report
from compassion_cli.cli.options import VersionOption
from compassion_cli.cli.other_words import find_meant
from compassion_cli.core.errors import ExitCode, UsageError
from compassion_cli.core.text import nearest
from compassion_cli.terminal.screen import (
    count_columns,
    find_prefix,
    prepare_streams,
    print_clean,
    spell_commands,
    wrap_advice,
)

#: In columns.
_WIDEST_HELP, _NARROWEST_HELP = 80, 30


class FriendlyGroup(TyperGroup):
    """A group of commands whose failures are sentences."""

    #: What a subcommand is called in an error.
    noun = "command"

    def __init__(self, **attributes: Any) -> None:
        """Take what Typer hands on, and answer to ``-h`` as well, here and in every subcommand."""
        super().__init__(**attributes)
        self.context_settings.setdefault("help_option_names", ["-h", "--help"])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program and exit with an :class:`ExitCode`."""
        prepare_streams()
        # A plugin of Pydantic's, installed by some other program, would be handed whatever people write here.
        os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
        program = self.name or prog_name or "compassion"
        try:
            code = super().main(
                args,
                prog_name=find_prefix() + program,
                complete_var=complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
            if code == ExitCode.INTERRUPTED:
                # Where nothing is said, the shell's next line at least stands on its own.
                print_clean("", sys.stderr)
            # Now, while a fault can still be told; Python would do it on its way out, and only stammer.
            if sys.stdout:
                sys.stdout.flush()
        except Exception as error:  # noqa: BLE001 - the one place where every failure ends
            code = report(error, program)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else ExitCode.DONE)
        return code

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Begin to read a command line; help is as wide as the window, where Typer's would be 50 columns at least."""
        columns = min(count_columns(), _WIDEST_HELP)
        extra.setdefault("terminal_width", max(columns, _NARROWEST_HELP) - 2)
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read the command line; ``help list`` is another way to type ``list --help``."""
        if args[:1] == ["help"] and "help" not in self.list_commands(ctx):
            args = [*args[1:], "--help"]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """Find a subcommand; a mistyped one is answered with the nearest."""
        name = args[0]
        if not name.startswith("-") and not ctx.resilient_parsing and name not in self.list_commands(ctx):
            raise self.refuse(ctx, name)
        return super().resolve_command(ctx, args)

    def format_epilog(self, _: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Write what comes last in the help, with its command as it has to be typed here."""
        if self.epilog:
            formatter.write_paragraph()
            with formatter.indentation():
                indent = " " * formatter.current_indent
                formatter.write(wrap_advice(spell_commands(self.epilog), formatter.width, indent) + "\n")

    def refuse(self, ctx: typer.Context, name: str) -> Exception:
        """Return the error for a subcommand that does not exist: it names what is meant by that, or spelled like it."""
        meant = find_meant(name, self.name or "")
        # What is offered may well be typed, and some commands change something.
        near = None if meant else nearest(name, self.list_commands(ctx), likeness=0.65)
        what = f'there is no {self.noun} called "{name}"'
        return UsageError(what, meant or f"{ctx.command_path} {near or '--help'}")


class LazyGroup(FriendlyGroup):
    """A group whose commands are the modules of a package, each imported only when it is called.

    A module has the command as its function ``run``, or a Typer app of its own as ``app``.
    """

    #: The package that the modules are in.
    package: ClassVar[str]
    #: The names of the modules, with what the help says of each: the first sentence of the command's own.
    summaries: ClassVar[Mapping[str, str]]

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the names of the commands, in the order of the table."""
        return [*self.summaries, *super().list_commands(ctx)]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Return a command by name, imported on the spot."""
        if cmd_name in self.summaries:
            return build_command(self.package, cmd_name)
        return super().get_command(ctx, cmd_name)

    def list_summaries(self, _: typer.Context) -> Iterator[tuple[str, str]]:
        """Yield the name of each command, and what the help says of it."""
        yield from self.summaries.items()

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Write what the help says of the commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.list_summaries(ctx)))


def make_app(name: str, group: type[FriendlyGroup], summary: str, epilog: str | None = None) -> typer.Typer:
    """Return the Typer app of a program: plain help, and no traceback, which could hold what someone wrote."""
    return typer.Typer(
        name=name,
        cls=group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help=summary,
        epilog=epilog,
    )


def show_help(ctx: typer.Context, *, _version: VersionOption = False) -> None:
    """Show what there is, where no command was named."""
    if ctx.invoked_subcommand is None:
        print_clean(ctx.get_help())


def build_command(package: str, name: str) -> Any:
    """Return the command that a module of a package holds."""
    module = import_module(f"{package}.{name}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name)(module.run)
    return typer.main.get_command(app)

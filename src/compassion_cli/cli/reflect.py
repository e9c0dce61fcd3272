"""The ``reflect`` app: one subcommand for each pack, and a menu of them."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import Annotated, Any

import typer

from compassion_cli.cli.group import FriendlyGroup
from compassion_cli.cli.options import EditorOption, JournalOption, PlainOption, VersionOption
from compassion_cli.cli.pack_command import build_command
from compassion_cli.core.text import displayable
from compassion_cli.storage.packs import PackShelf, PackUnusableError, open_shelf
from compassion_cli.terminal.lines import open_reader
from compassion_cli.terminal.menu import choose
from compassion_cli.terminal.screen import open_screen


class PackGroup(FriendlyGroup):
    """A group whose subcommands are the packs found on disk."""

    noun = "pack"

    @cached_property
    def shelf(self) -> PackShelf:
        """Return the packs, read once for each run."""
        return open_shelf()

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the ids of all packs, after the commands that are always there."""
        return [*super().list_commands(ctx), *self.shelf.headings]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Return a command by name, built on the spot where it is a pack."""
        own = super().get_command(ctx, cmd_name)
        heading = self.shelf.headings.get(cmd_name)
        return build_command(heading, self.shelf) if own is None and heading else own

    def refuse(self, ctx: typer.Context, name: str) -> Exception:
        """Return the error for a pack that is not there; where its file is and has a fault, name that."""
        if name in self.shelf.faulty:
            return PackUnusableError(name, self.shelf.faulty[name])
        return super().refuse(ctx, name)

    def format_epilog(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Name the packs that cannot be used, after all that can."""
        super().format_epilog(ctx, formatter)
        if self.shelf.faulty:
            problems = self.shelf.faulty.values()
            with formatter.section("Packs that cannot be used"):
                formatter.write_dl([(displayable(problem.place), displayable(problem.what)) for problem in problems])


app = typer.Typer(
    name="reflect",
    cls=PackGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Answer a set of questions, and keep what you write in your journal.",
    epilog="Your answers stay on this computer. Read them again with: journal show",
)


@app.command("resume")
def resume_command(
    ctx: typer.Context,
    *,
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="A piece of its name, where several wait.")] = "",
    discard: Annotated[bool, typer.Option("--discard", help="Throw it away instead. Asks first.")] = False,
    editor: EditorOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Go on with what you stopped in the middle."""
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.resuming import ResumeRequest, resume  # noqa: PLC0415

    assert ctx.parent is not None  # noqa: S101 - for the type checker
    assert isinstance(ctx.parent.command, PackGroup)  # noqa: S101
    plain = plain or bool(ctx.parent.params.get("plain"))
    request = ResumeRequest(draft, discard=discard, editor=editor, plain=plain, journal=journal)
    resume(request, ctx.parent.command.shelf, find_environment(ctx))


@app.callback(invoke_without_command=True)
def open_menu(ctx: typer.Context, *, plain: PlainOption = False, _version: VersionOption = False) -> None:
    """Offer a numbered menu of packs where no pack was named."""
    if ctx.invoked_subcommand is not None:
        return
    if not open_screen(plain=plain).is_interactive:
        print(ctx.get_help())
        return
    from compassion_cli.cli.desks import say_waiting  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415
    from compassion_cli.cli.opening import open_own_screen  # noqa: PLC0415
    from compassion_cli.cli.reflecting import Request, carry_out  # noqa: PLC0415

    assert isinstance(ctx.command, PackGroup)  # noqa: S101 - for the type checker
    environment = find_environment(ctx)
    shelf = ctx.command.shelf
    screen = open_own_screen(plain=plain)
    headings = list(shelf.headings.values())
    reader = open_reader(sys.stdin, is_interactive=True, is_plain=screen.is_plain)
    options = [f"{heading.summary} ({heading.duration})" for heading in headings]
    with reader.held():
        say_waiting(screen, environment.now())
        place = choose(screen, reader, "What would you like to reflect on?", options)
        if place is not None:
            carry_out(Request(pack=headings[place].id, plain=plain), shelf, environment, reader)

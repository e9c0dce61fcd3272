"""The ``reflect`` app: one subcommand for each pack, those that are modules here, and a menu."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from typing import Any, ClassVar

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.group import LazyGroup, make_app
from compassion_cli.cli.options import PlainOption, VersionOption
from compassion_cli.core.errors import UsageError
from compassion_cli.core.text import displayable
from compassion_cli.storage.packs import PackUnusableError
from compassion_cli.terminal.screen import open_screen, print_clean


class PackGroup(LazyGroup):
    """A group whose subcommands are the packs found on disk, after those that are always there."""

    noun = "pack"
    package = __name__
    summaries: ClassVar = {
        "resume": "Carry on with something you left unfinished.",
        "support": "Show where to find support.",
    }

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the ids of all packs, after the commands that are always there."""
        return [*super().list_commands(ctx), *find_context(ctx).shelf.headings]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """Return a command by name, built on the spot where it is a pack."""
        shelf = find_context(ctx).shelf
        if cmd_name in shelf.headings:
            return import_module(f"{self.package}.pack").build_pack_command(shelf.headings[cmd_name])
        return super().get_command(ctx, cmd_name)

    def list_summaries(self, ctx: typer.Context) -> Iterator[tuple[str, str]]:
        """Yield the name of each command, and what the help says of it; of a pack, from the top of its file."""
        yield from super().list_summaries(ctx)
        for heading in find_context(ctx).shelf.headings.values():
            yield heading.id, f"{heading.summary} ({heading.duration})"

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read the command line; where it names a section and no pack, say which packs have it."""
        for word, value in pairwise([*args, ""]):
            if not word.startswith("--") or word == "--":
                break
            name, sign, joined = word.removeprefix("--").partition("=")
            sections = (joined if sign else value).casefold()
            if word not in ("--help", "--plain", "--version") and (lines := _find_sections(ctx, sections, name)):
                raise UsageError(f"{word} comes after the name of a pack", lines)
        return super().parse_args(ctx, args)

    def refuse(self, ctx: typer.Context, name: str) -> Exception:
        """Return the error for a pack that is not there; where its file is and has a fault, name that."""
        faulty = find_context(ctx).shelf.faulty
        if name in faulty:
            return PackUnusableError(name, faulty[name])
        if lines := _find_sections(ctx, name.casefold()):
            return UsageError(f'"{name}" is part of a pack, and the name of the pack comes first', lines)
        return super().refuse(ctx, name)

    def format_epilog(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Name the packs that cannot be used, after all that can."""
        super().format_epilog(ctx, formatter)
        if faulty := find_context(ctx).shelf.faulty:
            with formatter.section("Packs that cannot be used"):
                formatter.write_dl([(displayable(fault.place), displayable(fault.what)) for fault in faulty.values()])


def _find_sections(ctx: typer.Context, name: str, option: str = "") -> str:
    """Return what to type for a section that someone named without its pack, a line for each that it may be."""
    return "\n".join(
        f"reflect {heading.id} --{heading.section_name} {section.id}"
        for heading in find_context(ctx).shelf.headings.values()
        for section in heading.sections
        if heading.section_name and name in section.names and option in ("", heading.section_name)
    )


app = make_app(
    "reflect",
    PackGroup,
    "Answer a set of questions, and keep what you write in your journal.",
    "Your answers stay on this computer unless you share your journal. To read them: journal show",
)


@app.callback(invoke_without_command=True)
def open_menu(ctx: typer.Context, *, plain: PlainOption = False, _version: VersionOption = False) -> None:
    """Offer a numbered menu of packs where no pack was named."""
    context = find_context(ctx, plain=plain)
    if ctx.invoked_subcommand is not None:
        return
    if open_screen(plain=plain).is_interactive:
        import_module(f"{PackGroup.package}.menu").run(context)
    else:
        print_clean(ctx.get_help())

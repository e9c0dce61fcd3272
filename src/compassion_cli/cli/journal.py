"""The ``journal`` app: reading what was written, and changing it."""

from __future__ import annotations

from typing import Annotated

import typer

from compassion_cli.cli.group import FriendlyGroup
from compassion_cli.cli.options import JournalOption, PlainOption, PrivateOption, VersionOption

app = typer.Typer(
    name="journal",
    cls=FriendlyGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Read the reflections in your journal, and change them.",
    epilog="Write one with: reflect",
)

JsonOption = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]


@app.callback(invoke_without_command=True)
def show_help(ctx: typer.Context, *, _version: VersionOption = False) -> None:
    """Show what there is, where no command was named."""
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


@app.command("list")
def list_command(
    *,
    number: Annotated[str, typer.Option("-n", metavar="NUMBER", help="How many, newest first.")] = "20",
    since: Annotated[str, typer.Option(metavar="DATE", help="From this day on, as in 2026-11-23.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Up to this day.")] = "",
    pack: Annotated[str, typer.Option(metavar="NAME", help="Only this pack.")] = "",
    lens: Annotated[str, typer.Option(metavar="NAME", help="Only this lens, role, concept or stage.")] = "",
    private: PrivateOption = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """List entries, newest first."""
    from compassion_cli.cli.listing import list_entries, read_count, read_query  # noqa: PLC0415 - help needs none of it

    query, limit = read_query(since, until, pack, lens), read_count(number)
    list_entries(journal, query, limit, private=private, as_json=as_json, plain=plain)


@app.command("show")
def show_command(
    *,
    entry: Annotated[
        str,
        typer.Argument(metavar="ENTRY", help="latest, an id, a piece of one, a date (2026-11-23) or a file."),
    ] = "latest",
    private: PrivateOption = False,
    raw: Annotated[bool, typer.Option("--raw", help="The file as it is.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Show one entry: the latest, unless you name another."""
    from compassion_cli.cli.showing import show_entry  # noqa: PLC0415 - help needs none of it

    show_entry(journal, entry, private=private, raw=raw, as_json=as_json, plain=plain)


@app.command("edit")
def edit_command(
    ctx: typer.Context,
    *,
    entry: Annotated[
        str,
        typer.Argument(metavar="ENTRY", help="latest, an id, a piece of one, a date (2026-11-23) or a file."),
    ] = "latest",
    kept: Annotated[str, typer.Option("--from", metavar="FILE", help="Go on with an edit that was kept.")] = "",
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Change one entry in your own editor: the latest, unless you name another."""
    from compassion_cli.cli.editing import edit  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415

    edit(journal, entry, kept, find_environment(ctx), plain=plain)


@app.command("config")
def config_command(
    ctx: typer.Context,
    *,
    key: Annotated[str, typer.Argument(metavar="KEY", help="One setting, such as name or journals.team.")] = "",
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="What it should be from now on.")] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Take the setting out of your file.")] = False,
    edit_file: Annotated[bool, typer.Option("--edit", help="Open your file of settings in your own editor.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Show your settings, or change one."""
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.settings import SettingsRequest, carry_out  # noqa: PLC0415

    request = SettingsRequest(key, value, unset=unset, edit=edit_file, as_json=as_json, plain=plain)
    carry_out(request, find_environment(ctx))

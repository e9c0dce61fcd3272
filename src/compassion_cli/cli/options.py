"""Options that several commands share, so that each is spelt and explained in one way."""

from __future__ import annotations

from typing import Annotated

import typer

from compassion_cli import __version__
from compassion_cli.terminal.screen import print_clean

JournalOption = Annotated[
    str | None,
    typer.Option(
        "--journal", metavar="NAME", help="Use this journal: its name or folder. When reading, all means every journal."
    ),
]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="Plain text with no colour or moving parts, for screen readers.")
]

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
EntryArgument = Annotated[
    str,
    typer.Argument(
        metavar="ENTRY", help="latest, first, an id or part of one, a date (2026-11-23, or yesterday) or a file."
    ),
]
NumberOption = Annotated[str, typer.Option("-n", metavar="NUMBER", help="How many to show, newest first.")]
BlankOption = Annotated[bool, typer.Option("--blank", help="Print an empty form, to fill in with an editor.")]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="FILE", help="Save a filled-in form; use - to read from a pipe.")
]
PrivateOption = Annotated[
    bool, typer.Option("--private", help="Show only private entries; they never leave this computer.")
]
EditorOption = Annotated[bool, typer.Option("--editor", help="Write the whole form in your own editor.")]


def show_version(wanted: bool) -> None:
    """Print the version and stop, where ``--version`` was given."""
    if wanted:
        print_clean(f"compassion-cli {__version__}")
        raise typer.Exit


VersionOption = Annotated[
    bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and stop.")
]

"""The Typer group behind every app: friendly failures in one place, and plain help.

Typer carries its own copy of Click, which is private to it; only ``typer`` and ``typer.core`` are used here.
Help is plain rather than in boxes: screen readers read every border, and it takes half the time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from compassion_cli.cli.reporting import report
from compassion_cli.core.errors import ExitCode, UsageError
from compassion_cli.core.text import nearest
from compassion_cli.terminal.screen import prepare_streams


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
                prog_name=program,
                complete_var=complete_var,
                standalone_mode=False,
                windows_expand_args=windows_expand_args,
                **extra,
            )
            if code == ExitCode.INTERRUPTED:
                # Where nothing is said, the shell's next line at least stands on its own.
                print(file=sys.stderr)
            # Now, while a fault can still be told; Python would do it on its way out, and only stammer.
            if sys.stdout:
                sys.stdout.flush()
        except Exception as error:  # noqa: BLE001 - the one place where every failure ends
            code = report(error, program)
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else ExitCode.DONE)
        return code

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """Find a subcommand; a mistyped one is answered with the nearest."""
        name = args[0]
        if not name.startswith("-") and not ctx.resilient_parsing and self.get_command(ctx, name) is None:
            raise self.refuse(ctx, name)
        return super().resolve_command(ctx, args)

    def refuse(self, ctx: typer.Context, name: str) -> Exception:
        """Return the error for a subcommand that does not exist."""
        near = nearest(name, self.list_commands(ctx))
        return UsageError(f'no {self.noun} called "{name}"', f"{ctx.command_path} {near or '--help'}")

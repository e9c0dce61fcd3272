"""``reflect support``."""

from __future__ import annotations

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.options import PlainOption
from compassion_cli.storage.support import read_support
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import wrap
from compassion_cli.terminal.support_view import list_support


def run(ctx: typer.Context, *, plain: PlainOption = False) -> None:
    """Show where to find support."""
    context = find_context(ctx, plain=plain)
    support, width = read_support(), context.screen.result_width
    lines = list_support(support.text, context.now().date())
    context.screen.result("\n".join(wrap(line, width) if width else line for line in lines))
    say_problems(support.problems, context.screen)

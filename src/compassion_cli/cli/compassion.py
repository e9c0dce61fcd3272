"""The umbrella app: ``reflect`` and ``journal`` as subcommands of one program."""

from __future__ import annotations

from compassion_cli.cli.group import FriendlyGroup, make_app, show_help
from compassion_cli.cli.journal import app as journal_app
from compassion_cli.cli.reflect import app as reflect_app

app = make_app("compassion", FriendlyGroup, "A reflective journal for people who work in adult social care.")
app.add_typer(reflect_app)
app.add_typer(journal_app)
app.callback(invoke_without_command=True)(show_help)

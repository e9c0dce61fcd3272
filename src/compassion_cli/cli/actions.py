"""The ``journal actions`` commands: following up what somebody said they would do."""

from __future__ import annotations

from typing import Annotated

import typer

from compassion_cli.cli.group import FriendlyGroup
from compassion_cli.cli.options import JournalOption, JsonOption, PlainOption, PrivateOption

app = typer.Typer(name="actions", cls=FriendlyGroup, rich_markup_mode=None, add_completion=False)

NamesArgument = Annotated[
    list[str], typer.Argument(metavar="NAME", help="Its name in journal actions, or words that only it has.")
]


@app.callback(invoke_without_command=True)
def list_command(
    ctx: typer.Context,
    *,
    done: Annotated[bool, typer.Option("--done", help="Those that are done.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Open, done and dropped.")] = False,
    author: Annotated[
        str, typer.Option(metavar="NAME", help="Only those of this person: theirs, or in what they wrote.")
    ] = "",
    due_before: Annotated[str, typer.Option(metavar="DATE", help="Only those due before this day.")] = "",
    private: PrivateOption = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """List what is still to be done, or mark it as done.

    Overdue first. An action is a line that begins with - [ ] in an entry or a response. (due 1 December) and
    (who: team lead) may follow.
    """
    if ctx.invoked_subcommand is not None:
        return
    from compassion_cli.cli.acting import ActionsRequest, show_actions  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415

    request = ActionsRequest(
        journal, done=done, everything=everything, author=author, due_before=due_before, private=private,
        as_json=as_json, plain=plain,
    )  # fmt: skip
    show_actions(request, find_environment(ctx))


@app.command("done")
def done_command(
    ctx: typer.Context, *, names: NamesArgument, plain: PlainOption = False, journal: JournalOption = None
) -> None:
    """Mark actions as done.

    Only their own lines change.
    """
    from compassion_cli.cli.acting import end_actions  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415
    from compassion_cli.core.action import State  # noqa: PLC0415

    end_actions(journal, names, State.DONE, find_environment(ctx), plain=plain)


@app.command("drop")
def drop_command(
    ctx: typer.Context, *, names: NamesArgument, plain: PlainOption = False, journal: JournalOption = None
) -> None:
    """Mark actions as dropped.

    They are not to be done after all, and stay to be seen. Only their own lines change.
    """
    from compassion_cli.cli.acting import end_actions  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415
    from compassion_cli.core.action import State  # noqa: PLC0415

    end_actions(journal, names, State.DROPPED, find_environment(ctx), plain=plain)


@app.command("carry")
def carry_command(
    ctx: typer.Context,
    *,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Its name in journal actions, or words that only it has.")
    ],
    to: Annotated[str, typer.Option("--to", metavar="DATE", help='1 December, or in words: "in two weeks".')],
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Give an action another day by which it is due."""
    from compassion_cli.cli.acting import carry_one  # noqa: PLC0415 - help needs none of it
    from compassion_cli.cli.environment import find_environment  # noqa: PLC0415

    carry_one(journal, name, to, find_environment(ctx), plain=plain)

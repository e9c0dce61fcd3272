"""``journal actions``, and the commands under it: following up what someone said they would do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Annotated

import typer

from compassion_cli.cli.context import find_context
from compassion_cli.cli.filters import read_days
from compassion_cli.cli.group import FriendlyGroup
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, JsonOption, PlainOption, PrivateOption
from compassion_cli.cli.saved import open_recorder
from compassion_cli.core.action import State
from compassion_cli.core.action_order import SHORTEST_NAME, concerns, rank_action, say_whose, shorten_ids
from compassion_cli.core.errors import NotFoundError, ReflectError
from compassion_cli.core.text import fold
from compassion_cli.flows.change_action import carry_action, end_action
from compassion_cli.formats.as_json import ListedAction, Origin, render_actions_json
from compassion_cli.formats.dates import render_weekday
from compassion_cli.storage.actions import Actions, FoundAction, list_actions
from compassion_cli.terminal.action_view import Line, print_actions
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen

app = typer.Typer(name="actions", cls=FriendlyGroup, rich_markup_mode=None, add_completion=False)

NameArgument = typer.Argument(metavar="NAME", help="Words that only this action has, or its name in journal actions.")

_SHORTEST_WORD = 2
#: How many of the actions that match one word are shown.
_MOST_SHOWN = 8


@app.callback(invoke_without_command=True)
def run(
    ctx: typer.Context,
    *,
    done: Annotated[bool, typer.Option("--done", help="Show finished actions.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show open, done and dropped actions.")] = False,
    author: Annotated[
        str,
        typer.Option(metavar="NAME", help="Show one person's actions: their own, and those in what they wrote."),
    ] = "",
    due_before: Annotated[str, typer.Option(metavar="DATE", help="Show actions due before this date.")] = "",
    private: PrivateOption = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """List what is still to be done, or mark it as done.

    Overdue actions come first. An action is a line that begins with - [ ] in an entry or a response. You can end it
    with (due 1 December) and (who: team lead).
    """
    if ctx.invoked_subcommand is not None:
        return
    context = find_context(ctx, plain=plain)
    choice, today = JournalChoice(context, journal), context.now().date()
    before = _read_before(due_before, today) if due_before else None
    states = tuple(State) if everything else (State.DONE,) if done else (State.OPEN,)
    actions = list_actions(choice.open_parts(only_private=private), states)
    found = [one for one in actions.found if _is_wanted(one, author, before)]
    _put_in_order(found, today)
    screen = context.screen
    if as_json:
        screen.result(render_actions_json(list(map(_list_for_json, found)), actions.problems, today))
        return
    print_actions(_list_lines(found, actions), today, screen)
    if not found:
        screen.say("No actions match." if author or due_before or private else _say_none(states))
        choice.say_others()
    elif any(one.action.state is State.OPEN for one in found):
        screen.advise(f"To mark one as done: journal actions done NAME{choice.option}")
    say_problems(actions.problems, screen)


def _list_for_json(one: FoundAction) -> ListedAction:
    origin = Origin(str(one.path), one.journal.label, one.journal.is_private)
    return one.task, one.entry, one.holder, origin


def _say_none(states: Sequence[State]) -> str:
    if states == tuple(State):
        return "There are no actions yet. To write one, begin a new line with - [ ]"
    return "You have no open actions." if State.OPEN in states else "You have no finished actions yet."


@app.command("done")
def done_command(
    ctx: typer.Context,
    *,
    names: Annotated[list[str], NameArgument],
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Mark actions as done.

    Only their own lines change.
    """
    _end_actions(JournalChoice(find_context(ctx, plain=plain), journal), names, State.DONE)


@app.command("drop")
def drop_command(
    ctx: typer.Context,
    *,
    names: Annotated[list[str], NameArgument],
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Mark actions as dropped.

    They will not be done after all, but you can still see them. Only their own lines change.
    """
    _end_actions(JournalChoice(find_context(ctx, plain=plain), journal), names, State.DROPPED)


@app.command("carry")
def carry_command(
    ctx: typer.Context,
    *,
    name: Annotated[str, NameArgument],
    to: Annotated[str, typer.Option("--to", metavar="DATE", help='New date: 1 December, or words: "in two weeks".')],
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Change when an action is due."""
    context = find_context(ctx, plain=plain)
    choice = JournalChoice(context, journal)
    day = read_days("--to", to, context.now().date(), ahead=True).last
    one = _find_action(list_actions(choice.open_parts()), name, choice)
    _refuse_if_ended(one)
    carry_action(one, day, open_recorder(one.journal.folder, context))
    _say_changed(one, f"Now due {render_weekday(day)}", context.screen)


def _end_actions(choice: JournalChoice, names: Sequence[str], state: State) -> None:
    """Note of some actions that they are done, or dropped."""
    context, screen = choice.context, choice.context.screen
    # All are found and looked at before one is changed: a mistyped name changes nothing.
    actions = list_actions(choice.open_parts())
    named = [_find_action(actions, name, choice) for name in names]
    found = list({(one.path, one.task.id): one for one in named}.values())
    wanted = [one for one in found if one.action.state is not state]
    for one in wanted:
        _refuse_if_ended(one)
    for one in found:
        if one.action.state is state:
            screen.say(f"Already {state.value}: {one.action.words}")
    for place, one in enumerate(wanted):
        try:
            end_action(one, state, context.now().date(), open_recorder(one.journal.folder, context))
        except ReflectError as error:
            if not place:
                raise
            safe = "The actions named above have changed. This one and any after it have not."
            raise ReflectError(error.what, error.remedy, safe) from None
        _say_changed(one, state.value.capitalize(), screen)


def _read_before(text: str, today: date) -> date:
    # What is due lies ahead, if it can; what is overdue does not.
    try:
        return read_days("--due-before", text, today, ahead=True).first
    except ReflectError:
        with suppress(ReflectError):
            return read_days("--due-before", text, today).first
        raise


def _put_in_order(found: list[FoundAction], today: date) -> None:
    found.sort(key=lambda one: rank_action(one.action, one.holder.created.date(), today))


def _list_lines(found: Sequence[FoundAction], actions: Actions) -> list[Line]:
    # Each is named so that it is no other of all there are.
    names = shorten_ids(one.task.id for one in actions.found)
    return [
        Line(
            names[one.task.id],
            one.action,
            say_whose(one.action, one.entry, one.holder),
            one.entry.piece,
            one.holder.created.date(),
            is_private=one.journal.is_private,
        )
        for one in found
    ]


def _is_wanted(one: FoundAction, author: str, before: date | None) -> bool:
    is_by = not author or concerns(one.action, one.entry, one.holder, author)
    return is_by and (before is None or (one.action.due is not None and one.action.due < before))


def _refuse_if_ended(one: FoundAction) -> None:
    if one.action.state is not State.OPEN:
        remedy = f"to change its line by hand: journal edit {one.entry.piece}{one.journal.option}"
        raise ReflectError(f"this action is already {one.action.state.value}", remedy, "Nothing was changed.")


def _find_action(actions: Actions, name: str, choice: JournalChoice) -> FoundAction:
    """Return the action whose name begins so, or the one that is open and has these words."""
    # What is shorter than any name is a word, such as GP, even where a name begins so.
    is_name = len(name) >= SHORTEST_NAME
    named = [one for one in actions.found if is_name and one.task.id.startswith(name.lower())]
    still_open = [one for one in named if one.action.state is State.OPEN]
    worded = [one for one in _find_words(actions.found, name) if one not in still_open]
    matching = [*still_open, *worded] or named
    if not matching:
        with choice.looking():
            what = f'no open action matches "{name}"'
            raise NotFoundError(what, f"to see every action: journal actions --all{choice.option}")
    if len(matching) > 1:
        today = choice.context.now().date()
        _put_in_order(matching, today)
        print_actions(_list_lines(matching[:_MOST_SHOWN], actions), today, choice.context.screen)
        if len({one.task.id for one in matching}) == 1:
            raise _tell_of_two_files(matching[0])
        what = f'{len(matching)} actions match "{name}"'
        raise ReflectError(what, "use one of the names above", "Nothing was changed.")
    return matching[0]


def _tell_of_two_files(one: FoundAction) -> ReflectError:
    # As where a program was killed while it moved an entry from the private journal to the shared one.
    remedy = (
        f"to finish sharing it: journal share {one.entry.piece}{one.journal.option}\nor delete the file you do not want"
    )
    what = "the entry of this action is there twice; perhaps sharing it was interrupted"
    return ReflectError(what, remedy, "Nothing was changed.")


def _find_words(found: Sequence[FoundAction], words: str) -> list[FoundAction]:
    wanted = " ".join(fold(words).split())
    if len(wanted) < _SHORTEST_WORD:
        return []
    # A few letters have to be a whole word: they stand in too many others.
    end = "" if len(wanted) >= SHORTEST_NAME else r"(?!\w)"
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}{end}")
    return [one for one in found if one.action.state is State.OPEN and pattern.search(fold(one.action.words))]


def _say_changed(one: FoundAction, what: str, screen: Screen) -> None:
    screen.say(f"{what}: {one.action.words}")
    screen.result(str(one.path))

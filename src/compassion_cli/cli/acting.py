"""What ``journal actions`` and its commands do, once their options are read. Imported only then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from compassion_cli.cli.environment import Environment
from compassion_cli.cli.filtering import read_days
from compassion_cli.cli.opening import looking_in, open_journals, open_own_screen, say_others, spell_journal
from compassion_cli.cli.recording import open_recorder
from compassion_cli.core.action import State
from compassion_cli.core.action_order import SHORTEST_NAME, concerns, rank, say_whose, shorten
from compassion_cli.core.errors import NotFoundError, ReflectError
from compassion_cli.core.folding import fold
from compassion_cli.flows.change_action import carry_action, end_action
from compassion_cli.formats.dates import render_weekday
from compassion_cli.storage.actions import Actions, FoundAction, list_actions
from compassion_cli.terminal.action_view import Line, print_actions
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen, spell_commands

_SHORTEST_WORD = 2
#: How many of those that go by one word are shown.
_MOST = 8


@dataclass(frozen=True)
class ActionsRequest:
    """Which actions somebody wants to see, and how."""

    folder: str | None
    done: bool = False
    everything: bool = False
    author: str = ""
    due_before: str = ""
    private: bool = False
    as_json: bool = False
    plain: bool = False


class ActionNotFoundError(NotFoundError):
    """No action is called that."""


def show_actions(request: ActionsRequest, environment: Environment) -> None:
    """List actions: the open ones, unless others are wanted."""
    today = environment.now().date()
    before = _read_before(request.due_before, today) if request.due_before else None
    actions = list_actions(open_journals(request.folder, only_private=request.private), _choose_states(request))
    found = [one for one in actions.found if _is_wanted(one, request.author, before)]
    _put_in_order(found, today)
    screen = open_own_screen(plain=request.plain)
    if request.as_json:
        from compassion_cli.cli.origins import list_action  # noqa: PLC0415 - start-up counts here
        from compassion_cli.formats.action_json import render_actions_json  # noqa: PLC0415

        screen.result(render_actions_json(list(map(list_action, found)), actions.problems, today))
        return
    print_actions(list_lines(found, actions), today, screen)
    if not found:
        screen.say(_say_none(request))
        say_others(request.folder, screen)
    elif any(one.action.state is State.OPEN for one in found):
        screen.say(spell_commands(f"When one is done: journal actions done NAME{spell_journal(request.folder)}"))
    say_problems(actions.problems, screen)


def _read_before(text: str, today: date) -> date:
    # What is due lies ahead, if it can; what is overdue does not.
    try:
        return read_days("--due-before", text, today, ahead=True).first
    except ReflectError:
        with suppress(ReflectError):
            return read_days("--due-before", text, today).first
        raise


def _put_in_order(found: list[FoundAction], today: date) -> None:
    found.sort(key=lambda one: rank(one.action, one.holder.created.date(), today))


def list_lines(found: Sequence[FoundAction], actions: Actions) -> list[Line]:
    """Return actions as they are shown, each named so that it is no other of all there are."""
    names = shorten(one.task.id for one in actions.found)
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


def _choose_states(request: ActionsRequest) -> Sequence[State]:
    if request.everything:
        return tuple(State)
    return (State.DONE,) if request.done else (State.OPEN,)


def _is_wanted(one: FoundAction, author: str, before: date | None) -> bool:
    is_by = not author or concerns(one.action, one.entry, one.holder, author)
    return is_by and (before is None or (one.action.due is not None and one.action.due < before))


def _say_none(request: ActionsRequest) -> str:
    if request.author or request.due_before or request.private:
        return "No action matches."
    if request.everything:
        return "There is no action yet. One is written on a line of its own that begins with - [ ]"
    return "No action is done yet." if request.done else "No action is open."


def end_actions(
    folder: str | None, names: Sequence[str], state: State, environment: Environment, *, plain: bool
) -> None:
    """Note of some actions that they are done, or dropped."""
    screen, today = open_own_screen(plain=plain), environment.now().date()
    # All are found and looked at before one is changed: a mistyped name leaves everything as it was.
    actions = list_actions(open_journals(folder))
    named = [_find(actions, folder, name, today, screen) for name in names]
    found = list({(one.path, one.task.id): one for one in named}.values())
    wanted = [one for one in found if one.action.state is not state]
    for one in wanted:
        _refuse_if_ended(one)
    for one in found:
        if one.action.state is state:
            screen.say(f"{state.value.capitalize()} already: {one.action.words}")
    for place, one in enumerate(wanted):
        try:
            end_action(one, state, today, open_recorder(one.journal.folder, environment, screen))
        except ReflectError as error:
            if place:
                error.advise(error.remedy, "What is named above is changed. This one, and any after it, is as it was.")
            raise
        _say_changed(one, state.value.capitalize(), screen)


def carry_one(folder: str | None, name: str, to: str, environment: Environment, *, plain: bool) -> None:
    """Give an action another day by which it is due."""
    screen, today = open_own_screen(plain=plain), environment.now().date()
    day = read_days("--to", to, today, ahead=True).last
    one = _find(list_actions(open_journals(folder)), folder, name, today, screen)
    _refuse_if_ended(one)
    carry_action(one, day, open_recorder(one.journal.folder, environment, screen))
    _say_changed(one, f"Carried to {render_weekday(day)}", screen)


def _refuse_if_ended(one: FoundAction) -> None:
    if one.action.state is not State.OPEN:
        remedy = f"journal edit {one.entry.piece}{one.journal.option}, to change its line by hand"
        raise ReflectError(f"this action is {one.action.state.value} already", remedy, "Nothing was changed.")


def _find(actions: Actions, folder: str | None, name: str, today: date, screen: Screen) -> FoundAction:
    """Return the action whose name begins so, or the one that is open and has these words."""
    # What is shorter than any name is a word, such as GP, even where a name begins so.
    is_name = len(name) >= SHORTEST_NAME
    named = [one for one in actions.found if is_name and one.task.id.startswith(name.lower())]
    still_open = [one for one in named if one.action.state is State.OPEN]
    worded = [one for one in _find_words(actions.found, name) if one not in still_open]
    matching = [*still_open, *worded] or named
    if not matching:
        with looking_in(folder):
            how = "in it" if len(name) >= SHORTEST_NAME else "in it as a word of its own"
            what = f'no action is called "{name}", and none that is open has that {how}'
            raise ActionNotFoundError(what, f"journal actions --all{spell_journal(folder)}")
    if len(matching) > 1:
        _put_in_order(matching, today)
        print_actions(list_lines(matching[:_MOST], actions), today, screen)
        if len({one.task.id for one in matching}) == 1:
            raise _tell_of_two_files(matching[0])
        what = f'{len(matching)} actions go by "{name}"'
        raise ReflectError(what, "use one of the names above", "Nothing was changed.")
    return matching[0]


def _tell_of_two_files(one: FoundAction) -> ReflectError:
    # As where a program was killed while it moved an entry from the private journal to the shared one.
    remedy = (
        f"journal share {one.entry.piece}{one.journal.option}, to finish that; or delete the file that is not wanted"
    )
    what = "the entry of this action is there twice, as where sharing it was broken off"
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

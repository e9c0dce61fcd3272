"""``journal sync``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import JournalOption, PlainOption
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError
from compassion_cli.core.text import enumerate_words
from compassion_cli.history.remote import RemoteError
from compassion_cli.history.sync import StrangersError, sync, tidy
from compassion_cli.history.traffic import Traffic
from compassion_cli.storage.journal import Journal, SharedJournal
from compassion_cli.terminal.entry_view import say_hands
from compassion_cli.terminal.progress_line import ProgressLine
from compassion_cli.terminal.screen import Screen

SAFE = "Everything written here is saved here, and will be sent with the next sync that works."
_MOST_NAMED = 5
_PLURALS = {
    "entry": "entries",
    "change": "changes",
    "review": "responses",
    "deletion": "deleted entries",
    "version": "other versions",
    "choice": "choices between two versions",
    "other file": "other files",
}
_SINGULARS = {
    "review": "response",
    "version": "other version",
    "choice": "choice between two versions",
    "deletion": "deleted entry",
}


def run(
    ctx: typer.Context,
    *,
    join: Annotated[
        bool, typer.Option("--join", help="Combine this journal with someone else's in the same place.")
    ] = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Get what others have shared, and send what is new."""
    context = find_context(ctx, plain=plain)
    journals = JournalChoice(context, journal).open_each()
    if len(journals) == 1:
        sync_one(_expect_shared(journals[0]), context, joins=join)
        return
    failures = []
    for each in journals:
        try:
            sync_one(_expect_shared(each), context, f"{each.name}: ", joins=join)
        except InterruptedReflectionError:
            raise
        except ReflectError as error:
            failures.append(f"{each.name}: {'; '.join((error.what, *error.remedy.splitlines()))}")
    if failures:
        raise ReflectError("some journals could not be synced", safe=SAFE, details=failures)


def _expect_shared(journal: Journal) -> SharedJournal:
    if isinstance(journal, SharedJournal):
        return journal
    remedy = "to share one of its entries: journal share ENTRY"
    raise ReflectError("a private journal is never sent anywhere", remedy)


def sync_one(journal: SharedJournal, context: Context, prefix: str = "", *, joins: bool = False) -> None:
    """Bring one journal and its other side together, and say what came and what went.

    Raises:
        ReflectError: It could not be done, or only half; what is safe is said.
    """
    screen, watch = context.screen, ProgressLine(context.screen).watch
    if not context.settings.git:
        raise ReflectError("git is switched off in your settings, so nothing is sent", "journal config git yes")
    try:
        traffic = sync(journal, context.me, is_attended=screen.is_interactive, watch=watch, joins=joins)
    except StrangersError as error:
        raise ReflectError(error.what, _say_how_to_join(journal), error.safe) from None
    except RemoteError as error:
        raise RemoteError(error.what, error.remedy, SAFE) from None
    except KeyboardInterrupt:
        raise InterruptedReflectionError("stopped", "journal sync", SAFE) from None
    if not traffic.failure or traffic.received:
        screen.result(f"{prefix}{say_traffic(traffic)}")
    _say_what_needs_a_look(traffic, journal.option, screen)
    tidy(journal, watch)
    if traffic.failure:
        raise ReflectError(f"your new entries were not sent: {traffic.failure.what}", traffic.failure.remedy, SAFE)


def _say_how_to_join(journal: SharedJournal) -> str:
    named = f" --name {journal.name}" if journal.name else f' "{journal.folder}"'
    return (
        f"if this is the wrong place: journal init{'' if journal.is_own else named} --remote PLACE\n"
        "to combine the two journals, so that their readers can read everything in both: "
        f"journal sync --join{journal.option}"
    )


def _say_what_needs_a_look(traffic: Traffic, option: str, screen: Screen) -> None:
    for path, (author, hands) in list(traffic.hands.items())[:_MOST_NAMED]:
        piece = path.name.partition(".")[0][-len("k7m2") :]
        said = " ".join(say_hands(hands))
        screen.advise(f"{path.name} is by {author}. {said} To read it: journal show {piece}{option}")
    if (more := len(traffic.hands) - _MOST_NAMED) > 0:
        screen.advise(f"Someone else recorded or changed {more} more of these files. To see one: journal show ENTRY")
    for path in traffic.clashes:
        screen.advise(
            f"Two people changed {path.name}. Both versions are kept. "
            f"To choose: journal resolve {path.name.partition('.')[0]}{option}"
        )
    if traffic.withheld:
        screen.advise(_say_what_was_withheld(traffic.withheld, option))
    if traffic.passed_over:
        screen.advise(
            f"Someone has put {_name_few(traffic.passed_over)} into what is shared; it does not belong in a journal. "
            "It was left out here, and everything else has arrived. Ask whoever shares it with you to remove it."
        )
    if traffic.refused:
        screen.advise(
            f"Someone had put {_name_few(traffic.refused)} into what is shared, and git refuses to work with it. "
            "It was removed for everyone, and everything else has arrived."
        )
    for path in traffic.unclear:
        screen.advise(
            f"{path.name} has two versions of some words, between lines of <<<<<<< and >>>>>>>. "
            "Its changes were not sent. In a text editor, keep the words you want, then: journal sync"
        )
    for path in traffic.unsent:
        name = path.name.removesuffix(".md")
        screen.advise(
            f"{path.name} was deleted here by hand before it was shared, so it was not sent. It is in the history. "
            f"To bring it back: journal restore {name}{option}"
        )
    for path in traffic.missing:
        name = path.name.removesuffix(".md")
        screen.advise(
            f"{path.name} was deleted here by hand. Others still have it, and it is in the history. "
            f"To bring it back: journal restore {name}{option}"
        )


def _say_what_was_withheld(paths: Sequence[Path], option: str) -> str:
    are = "This is private, so it was" if len(paths) == 1 else "These are private, so they were"
    stays = "It stays" if len(paths) == 1 else "They stay"
    return (
        f"{are} not sent: {_name_few([path.name for path in paths])}. {stays} on this computer. "
        f"To share a private entry: journal share ENTRY{option}"
    )


def _name_few(names: Sequence[str]) -> str:
    more = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
    return enumerate_words([*names[:_MOST_NAMED], *more], "and")


def say_traffic(traffic: Traffic) -> str:
    """Say in one sentence what came and what went."""
    parts = [
        f"{verb} {_spell_counts(numbers)}"
        for verb, numbers in (("received", traffic.received), ("sent", traffic.sent))
        if numbers
    ]
    sentence = "; ".join(parts) or "nothing new to send or receive"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _spell_counts(numbers: Counter[str]) -> str:
    words: Sequence[str] = [
        f"{number} {_SINGULARS.get(name, name) if number == 1 else _PLURALS[name]}"
        for name, number in sorted(numbers.items(), key=lambda item: list(_PLURALS).index(item[0]))
    ]
    return enumerate_words(words, "and")

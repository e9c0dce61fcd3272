"""What ``journal sync`` does, once its options are read. Imported only then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from compassion_cli.cli.opening import open_each, open_own_screen
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError
from compassion_cli.core.text import enumerate_words
from compassion_cli.history.author import find_author
from compassion_cli.history.remote import RemoteError
from compassion_cli.history.sync import StrangersError, Traffic, sync
from compassion_cli.history.versions import History
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.settings import load_settings
from compassion_cli.terminal.progress_line import Patience
from compassion_cli.terminal.screen import Screen, spell_commands

_SAFE = "Everything written here is saved here, and goes out with the next sync that succeeds."
_PLURALS = {
    "entry": "entries",
    "change": "changes",
    "review": "reviews",
    "version": "other versions",
    "choice": "choices between two versions",
    "other file": "other files",
}
_NAMES = {"version": "other version", "choice": "choice between two versions"}


def sync_journals(folder: str | None, *, joins: bool, plain: bool) -> None:
    """Bring journals and their other sides together, and say what came and went.

    Args:
        folder: What ``--journal`` was given; with ``all``, every journal that has another side.
        joins: Journals of different people that began apart are meant to become one.
        plain: Plain lines were asked for.
    """
    screen = open_own_screen(plain=plain)
    journals = open_each(folder)
    failures = []
    for journal in journals:
        prefix = f"{journal.name}: " if len(journals) > 1 else ""
        try:
            sync_one(journal, prefix, screen, joins=joins)
        except ReflectError as error:
            if len(journals) == 1 or isinstance(error, InterruptedReflectionError):
                raise
            failures.append(f"{prefix}{'; '.join((error.what, *error.remedy.splitlines()))}")
    if failures:
        raise ReflectError("not every journal could be synced", safe=_SAFE, details=failures)


def sync_one(journal: Journal, prefix: str, screen: Screen, *, joins: bool = False) -> None:
    """Bring one journal and its other side together.

    Raises:
        ReflectError: It could not be done, or only half; what is safe is said.
    """
    settings = load_settings()
    if not settings.git:
        raise ReflectError("git is switched off in your settings, and nothing is sent", "journal config git yes")
    history = History(journal.folder, find_author(settings.name))
    try:
        traffic = sync(history, is_attended=screen.is_interactive, watch=Patience(screen).watch, joins=joins)
    except StrangersError as error:
        named = f" --name {journal.name}" if journal.name else f' "{journal.folder}"'
        error.advise(
            f"journal init{'' if journal.is_own else named} --remote PLACE, with the right place\n"
            f"journal sync --join{journal.option}, to make one journal of both, which everybody reads who reads either",
            error.safe,
        )
        raise
    except RemoteError as error:
        error.advise(error.remedy, _SAFE)
        raise
    except KeyboardInterrupt:
        raise InterruptedReflectionError("stopped", "journal sync", _SAFE) from None
    screen.result(f"{prefix}{describe(traffic)}")
    for path in traffic.clashes:
        screen.say(
            spell_commands(
                f"Two people changed {path.name}. Both versions are kept. "
                f"To choose: journal resolve {path.name.partition('.')[0]}{journal.option}"
            )
        )
    for path in traffic.missing:
        name = path.name.removesuffix(".md")
        screen.say(
            spell_commands(
                f"{path.name} was deleted here by hand. Others still have it, and so has the history. "
                f"To read it: journal history {name}{journal.option}"
            )
        )
    if traffic.failure:
        failure = traffic.failure
        raise ReflectError(f"what is new here was not sent: {failure.what}", failure.remedy, _SAFE)


def describe(traffic: Traffic) -> str:
    """Say in one sentence what came and what went."""
    parts = [
        f"{verb} {_count(numbers)}"
        for verb, numbers in (("received", traffic.received), ("sent", traffic.sent))
        if numbers
    ]
    sentence = "; ".join(parts) or "nothing new, here or there"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _count(numbers: Counter[str]) -> str:
    words: Sequence[str] = [
        f"{number} {_NAMES.get(name, name) if number == 1 else _PLURALS[name]}"
        for name, number in sorted(numbers.items(), key=lambda item: list(_PLURALS).index(item[0]))
    ]
    return enumerate_words(words, "and")

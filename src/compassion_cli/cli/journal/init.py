"""``journal init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.journal.sync import sync_one
from compassion_cli.cli.options import PlainOption
from compassion_cli.cli.saved import open_recorder
from compassion_cli.core.errors import ReflectError, UsageError
from compassion_cli.core.form import PACK_ID
from compassion_cli.core.settings import RESERVED_NAMES, Settings
from compassion_cli.flows.destination import NOTICE, say_cloud
from compassion_cli.history.remote import RemoteError, hide_password
from compassion_cli.history.remote_setup import connect, make_place, read_address
from compassion_cli.history.versions import History
from compassion_cli.storage.entry_files import list_files
from compassion_cli.storage.journal import Journal, SharedJournal, open_folder
from compassion_cli.storage.journals import find_one
from compassion_cli.storage.places import contract, find_journal
from compassion_cli.storage.private_mark import PRIVATE_NAME


def run(
    ctx: typer.Context,
    *,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where to keep it.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="What you will call it, as in --journal NAME.")] = "",
    remote: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to share it: a folder, or an address.")] = "",
    clone: Annotated[str, typer.Option(metavar="ADDRESS", help="Get a journal that is shared there.")] = "",
    plain: PlainOption = False,
) -> None:
    """Make a journal, give one a name, or say where it is shared."""
    context = find_context(ctx, plain=plain)
    screen, settings = context.screen, context.settings
    if name:
        _check_name(name)
    journal = _find_journal(folder, name, settings, is_clone=bool(clone))
    if name in settings.journals and find_journal(settings.journals[name]) != journal.folder:
        raise UsageError(f'another journal is already called "{name}"', "journal journals")
    if remote or clone:
        shared = _expect_fit_to_share(journal)
        address = read_address(clone or remote)
        if clone:
            _take_shared(shared, address, context)
        else:
            _make_journal(shared, context)
            _share_in(shared, address, context)
    else:
        _make_journal(journal, context)
    if name:
        context.change_setting(f"journals.{name}", _write_down(journal.folder))
        screen.advise(f"It is called {name} here, as in: journal list --journal {name}")
    screen.result(str(journal.folder))


def _check_name(name: str) -> None:
    # Before anything is made.
    if name in RESERVED_NAMES:
        raise UsageError(f'a journal cannot be called "{name}": it already means something else', "--name team")
    if not PACK_ID.fullmatch(name):
        raise UsageError(
            f'a journal cannot be called "{name}"', "use small letters, digits and single hyphens, as in: team-a"
        )


def _find_journal(folder: str, name: str, settings: Settings, *, is_clone: bool) -> Journal:
    if folder:
        return open_folder(find_journal(folder), name)
    if name in settings.journals:
        return find_one(name, settings)
    if is_clone and not name:
        raise UsageError("a journal from somewhere else needs a name", "for example, the person's: --name sam")
    if name:
        return open_folder(find_journal(f"~/reflective-journal-{name}"), name)
    return find_one(None, settings)


def _expect_fit_to_share(journal: Journal) -> SharedJournal:
    # A new folder of that name would be taken for the private one of the journal it lies in.
    if isinstance(journal, SharedJournal) and journal.folder.name.lower() != PRIVATE_NAME:
        return journal
    raise UsageError("a private journal is never shared", "give the folder another name")


def _write_down(folder: Path) -> str:
    return contract(folder) or str(folder)


def _make_journal(journal: Journal, context: Context) -> None:
    if journal.prepare():
        context.screen.say(f"A new journal has been made in {journal.folder}.\n{NOTICE}")
    else:
        context.screen.say(f"{journal.folder} is already a journal. Nothing in it has changed.")
    _warn_of_cloud(journal, context)
    if context.settings.git:
        # Its history begins, with all that is there already.
        open_recorder(journal.folder, context).begin()


def _warn_of_cloud(journal: Journal, context: Context) -> None:
    if cloud := say_cloud(journal.folder):
        context.screen.say(cloud)


def _share_in(journal: SharedJournal, address: str, context: Context) -> None:
    was_made = make_place(address)
    before = connect(journal, context.me, address)
    place = hide_password(address)
    said = f"From the next sync, it is shared at {place}. Everyone who can open that place can read it."
    if was_made:
        said += " The shared place is new and empty."
    if before not in {"", place}:
        said += f" It was shared at {before} before. What is there stays there."
    context.screen.advise(f"{said}\nTo send your entries: journal sync{journal.option}")


def _take_shared(journal: SharedJournal, address: str, context: Context) -> None:
    if History(journal.folder).exists and next(list_files([journal]), None):
        raise ReflectError(f"there is already a journal in {journal.folder}", "choose another folder")
    journal.prepare_empty()
    connect(journal, context.me, address)
    try:
        sync_one(journal, context)
    except RemoteError as error:
        # It was not theirs to be sent, and it is to be taken once more rather than shared.
        again = f"journal init --clone ADDRESS --name {journal.name or 'NAME'}"
        remedy = error.remedy.replace("journal init --remote ADDRESS", again).replace("journal sync", again)
        raise ReflectError(error.what, remedy, "No journal has been copied here.") from None
    context.screen.say(f"The journal is in {journal.folder}.\n{NOTICE}")
    _warn_of_cloud(journal, context)

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
from compassion_cli.flows.destination import say_cloud
from compassion_cli.history.remote import RemoteError, hide_password
from compassion_cli.history.remote_setup import connect, make_place, read_address
from compassion_cli.history.versions import History
from compassion_cli.storage.entry_files import list_files
from compassion_cli.storage.journal import Journal, SharedJournal, open_folder
from compassion_cli.storage.journals import find_one
from compassion_cli.storage.places import contract, find_journal
from compassion_cli.storage.private_mark import PRIVATE_NAME

_NOTICE = (
    "It is confidential, and on this computer only your account is meant to open it. Wherever it is shared, everybody "
    "who can open that place can read it. It is not a case record, and not a way to report a safeguarding concern."
)


def run(
    ctx: typer.Context,
    *,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where it should be.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="What you will call it, as in --journal NAME.")] = "",
    remote: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to share it: a folder, or an address.")] = "",
    clone: Annotated[str, typer.Option(metavar="ADDRESS", help="Take a journal that is shared there.")] = "",
    plain: PlainOption = False,
) -> None:
    """Make a journal, give one a name, or say where it is shared."""
    context = find_context(ctx, plain=plain)
    screen, settings = context.screen, context.settings
    if name:
        _check_name(name)
    journal = _find_journal(folder, name, settings, is_clone=bool(clone))
    if name in settings.journals and find_journal(settings.journals[name]) != journal.folder:
        raise UsageError(f'another journal is called "{name}" already', "journal journals")
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
        raise UsageError(f'no journal can be called "{name}": that means something else already', "--name team")
    if not PACK_ID.fullmatch(name):
        raise UsageError(
            f'no journal can be called "{name}"', "small letters, digits and single hyphens, as in: team-a"
        )


def _find_journal(folder: str, name: str, settings: Settings, *, is_clone: bool) -> Journal:
    if folder:
        return open_folder(find_journal(folder), name)
    if name in settings.journals:
        return find_one(name, settings)
    if is_clone and not name:
        raise UsageError("a journal that is taken from elsewhere needs a name", "--name NAME, such as the person's")
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
        context.screen.say(f"A new journal has been made in {journal.folder}. {_NOTICE}")
    else:
        context.screen.say(f"{journal.folder} is a journal already; all in it is as it was.")
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
    made = " That place has been made now; nothing is in it yet." if was_made else ""
    if before not in {"", hide_password(address)}:
        made += f" Before, it was shared in {before}; what is there stays there."
    context.screen.advise(f"It is shared in {hide_password(address)}.{made} To send and fetch: journal sync")


def _take_shared(journal: SharedJournal, address: str, context: Context) -> None:
    if History(journal.folder).exists and next(list_files([journal]), None):
        raise ReflectError(f"there is a journal in {journal.folder} already", "name another folder")
    journal.prepare_empty()
    connect(journal, context.me, address)
    try:
        sync_one(journal, context)
    except RemoteError as error:
        # It was not theirs to be sent, and it is to be taken once more rather than shared.
        remedy = error.remedy.replace("init --remote ADDRESS", f"init --clone ADDRESS --name {journal.name or 'NAME'}")
        raise ReflectError(error.what, remedy, "No journal has been taken.") from None
    context.screen.say(f"The journal is in {journal.folder}. {_NOTICE}")
    _warn_of_cloud(journal, context)

"""What ``journal init`` does, once its options are read. Imported only then."""

from __future__ import annotations

from dataclasses import dataclass

from compassion_cli.cli.opening import open_own_screen
from compassion_cli.cli.syncing import sync_one
from compassion_cli.core.errors import ReflectError, UsageError
from compassion_cli.core.form import PACK_ID
from compassion_cli.core.settings import RESERVED_NAMES, Settings
from compassion_cli.history.author import find_author
from compassion_cli.history.remote import RemoteError, hide_password
from compassion_cli.history.remote_setup import connect, make_place, read_address
from compassion_cli.history.versions import History
from compassion_cli.storage.entry_files import list_files
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.journals import find_one
from compassion_cli.storage.places import contract, find_journal
from compassion_cli.storage.settings import change_setting, load_settings
from compassion_cli.terminal.screen import Screen, spell_commands

_NOTICE = (
    "It is confidential, and only you can open it on this computer. Wherever it is shared, everybody who can open that "
    "place can read it. It is not a case record, and not a way to report a safeguarding concern."
)


@dataclass(frozen=True)
class InitRequest:
    """What somebody asked for on the command line; what is empty was not given."""

    folder: str = ""
    name: str = ""
    remote: str = ""
    clone: str = ""
    plain: bool = False


def make_journal(request: InitRequest) -> None:
    """Make a journal, or take a shared one; give it a name, and say where it is shared."""
    screen, settings = open_own_screen(plain=request.plain), load_settings()
    if request.name:
        _check_name(request.name)
    journal = _find_place(request, settings)
    if journal.is_private and (request.remote or request.clone):
        raise UsageError("a private journal is never shared", "give the folder another name")
    if request.name in settings.journals and find_journal(settings.journals[request.name]) != journal.folder:
        raise UsageError(f'another journal is called "{request.name}" already', "journal journals")
    address = read_address(request.clone or request.remote) if request.clone or request.remote else ""
    if request.clone:
        _take(journal, address, settings, screen)
    else:
        _make(journal, address, settings, screen)
    if request.name:
        change_setting(f"journals.{request.name}", _write_down(journal))
        screen.say(spell_commands(f"It is called {request.name} here, as in: journal list --journal {request.name}"))
    screen.result(str(journal.folder))


def _check_name(name: str) -> None:
    # Before anything is made.
    if name in RESERVED_NAMES:
        raise UsageError(f'no journal can be called "{name}": that means something else already', "--name team")
    if not PACK_ID.fullmatch(name):
        raise UsageError(
            f'no journal can be called "{name}"', "small letters, digits and single hyphens, as in: team-a"
        )


def _find_place(request: InitRequest, settings: Settings) -> Journal:
    if request.folder:
        return Journal(find_journal(request.folder), request.name)
    if request.name in settings.journals:
        return find_one(request.name, settings)
    if request.clone and not request.name:
        raise UsageError("a journal that is taken from elsewhere needs a name", "--name NAME, such as the person's")
    if request.name:
        return Journal(find_journal(f"~/reflective-journal-{request.name}"), request.name)
    return find_one(None, settings)


def _write_down(journal: Journal) -> str:
    return contract(journal.folder) or str(journal.folder)


def _make(journal: Journal, address: str, settings: Settings, screen: Screen) -> None:
    if journal.prepare():
        screen.say(f"A new journal has been made in {journal.folder}. {_NOTICE}")
    else:
        screen.say(f"{journal.folder} is a journal already; all in it is as it was.")
    history = History(journal.folder, find_author(settings.name))
    with history.turn():
        # Its history begins, with all that is there already.
        pass
    if address:
        was_made = make_place(address)
        before = connect(history, address)
        made = " That place has been made now; nothing is in it yet." if was_made else ""
        if before not in {"", hide_password(address)}:
            made += f" Before, it was shared in {before}; what is there stays there."
        screen.say(spell_commands(f"It is shared in {hide_password(address)}.{made} To send and fetch: journal sync"))


def _take(journal: Journal, address: str, settings: Settings, screen: Screen) -> None:
    history = History(journal.folder, find_author(settings.name))
    if history.exists and next(list_files([journal]), None):
        raise ReflectError(f"there is a journal in {journal.folder} already", "name another folder")
    journal.prepare_empty()
    connect(history, address)
    try:
        sync_one(journal, "", screen)
    except RemoteError as error:
        # It was not theirs to be sent, and it is to be taken once more rather than shared.
        remedy = error.remedy.replace("init --remote ADDRESS", f"init --clone ADDRESS --name {journal.name or 'NAME'}")
        error.advise(remedy, "No journal has been taken.")
        raise
    screen.say(f"The journal is in {journal.folder}. {_NOTICE}")

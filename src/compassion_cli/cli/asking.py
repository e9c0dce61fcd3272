"""What every command that asks works with: an asker, an editor, and where the entry goes."""

from __future__ import annotations

from compassion_cli.cli.context import Context
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.questions import find_or_ask_author
from compassion_cli.cli.saved import open_recorder
from compassion_cli.core.asking import Asker
from compassion_cli.flows.destination import Destination
from compassion_cli.flows.draft_keeper import SessionKeeper
from compassion_cli.flows.own_editor import Editor
from compassion_cli.storage.drafts import Draft
from compassion_cli.terminal.editor import OwnEditor
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.plain_asker import PlainAsker


def open_asker(context: Context, reader: LineReader) -> Asker:
    """Return the asker that fits: in colour for a person at a capable terminal, plain for everything else."""
    screen = context.screen
    if context.environment.make_asker:
        return context.environment.make_asker(screen, reader)
    if screen.is_interactive and not screen.is_plain:
        from compassion_cli.terminal.rich_asker import RichAsker  # noqa: PLC0415 - the heaviest import there is

        return RichAsker(screen, reader)
    return PlainAsker(screen, reader)


def open_editor(context: Context, reader: LineReader | None = None) -> Editor:
    """Return the editor of whoever is there. Settings with a fault are mended in one too."""
    reader = reader or context.reader
    if context.environment.make_editor:
        return context.environment.make_editor(context.screen, reader)
    return OwnEditor(context.screen, reader, context.usable_settings.editor)


def open_destination(
    choice: JournalChoice, reader: LineReader, *, private: bool = False, asks_name: bool = True
) -> Destination:
    """Return where an entry goes.

    Args:
        choice: The journal.
        reader: Who is there.
        private: The entry is for the private journal inside it.
        asks_name: Someone who never said so may be asked what name their entries should carry.
    """
    context = choice.context
    journal = choice.find().private if private else choice.find()
    options = journal.option + (" --private" if journal.is_private else "")
    author = find_or_ask_author(context, reader) if asks_name else context.me
    return Destination(journal, open_recorder(journal.folder, context, author), options)


def open_keeper(draft: Draft, destination: Destination, context: Context, reader: LineReader) -> SessionKeeper:
    """Return what keeps the draft of a session that is asked."""
    return SessionKeeper(draft, destination, context.screen, open_editor(context, reader))

"""The ``journal`` app: reading what was written, and changing it. Each command is the module of its name."""

from __future__ import annotations

from typing import ClassVar

from compassion_cli.cli.group import LazyGroup, make_app, show_help


class JournalGroup(LazyGroup):
    """The commands of ``journal``."""

    package = __name__
    summaries: ClassVar = {
        "list": "List entries, newest first.",
        "show": "Show an entry with the responses to it.",
        "search": "Find words in what was written.",
        "edit": "Change an entry in your own editor.",
        "review": "Read an entry by someone else, and respond.",
        "agenda": "Put together the page for a supervision meeting.",
        "init": "Make a journal, give one a name, or say where it is shared.",
        "sync": "Get what others have shared, and send what is new.",
        "share": "Move a private entry into the shared journal.",
        "unshare": "Make an entry private again, if it has not been sent yet.",
        "resolve": "Choose which version to keep when two people changed an entry.",
        "history": "List the versions of an entry, or show an older one.",
        "delete": "Delete one of your entries.",
        "restore": "Bring back one of your deleted entries, or an earlier version.",
        "journals": "List your journals, and what is still to be sent.",
        "config": "Show your settings, or change one.",
        "actions": "List what is still to be done, or mark it as done.",
    }


app = make_app(
    "journal", JournalGroup, "Read the reflections in your journal, and change them.", "Write one with: reflect"
)
app.callback(invoke_without_command=True)(show_help)

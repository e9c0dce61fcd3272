"""Which drafts are unfinished: found on the disk, without those that are saved already or open in another window."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from compassion_cli.core.errors import FormFaultError, Problem, ReflectError, name_place
from compassion_cli.core.form import Entry, Form
from compassion_cli.formats.form_markdown import parse_entry, parse_form, render_form
from compassion_cli.storage.drafts import Draft, find_draft_of
from compassion_cli.storage.entry_lookup import find_file
from compassion_cli.storage.entry_query import Found, read_one
from compassion_cli.storage.journal import open_folder
from compassion_cli.storage.places import expand, find_drafts
from compassion_cli.storage.read_files import FileReadError, explain

_LEFT_BY_EDITOR = ("an editor left it behind, and its draft is gone", "copy what you need from it, then delete it")
_MEND = "open it in a text editor and fix it; nothing in it has changed"


@dataclass(frozen=True)
class WaitingDraft:
    """A draft found on the disk, and the form in it.

    Attributes:
        changed: When it was last written.
    """

    draft: Draft
    form: Form
    changed: datetime


@dataclass(frozen=True)
class Waiting:
    """All drafts, newest first, and what could not be read among them.

    Attributes:
        open_elsewhere: The files of more, which are open in another window.
    """

    drafts: tuple[WaitingDraft, ...]
    problems: tuple[Problem, ...]
    open_elsewhere: tuple[Path, ...] = ()

    def find_response(self, entry_id: str) -> Path | None:
        """Return the draft of a response to an entry; None where there is no such draft."""
        for one in self.drafts:
            if one.form.reviewed and one.form.reviewed.entry_id == entry_id:
                return one.draft.path
        return None

    def has_open_response(self, entry_id: str) -> bool:
        """Tell whether a response to an entry is being written in another window."""
        # What is open there cannot be read, but the name of a draft begins with that of its entry.
        return any(path.name.startswith(f"{entry_id}-review") for path in self.open_elsewhere)


def find_waiting() -> Waiting:
    """Return the unfinished drafts.

    One whose entry is saved already waits for nothing: the program was killed before it could be dropped, and that
    is done here.
    """
    drafts: list[WaitingDraft] = []
    problems: list[Problem] = []
    files = _list_draft_files(problems)
    open_elsewhere: list[Path] = []
    for path in files:
        draft, owner = Draft(path), find_draft_of(path)
        try:
            if not draft.hold():
                open_elsewhere.append(path)
                continue
            waiting = _read_draft(draft)
            if _is_saved(waiting):
                draft.drop()
            else:
                drafts.append(waiting)
        except FormFaultError as fault:
            if owner is None:
                problems.append(Problem(name_place(path, fault.line), fault.what, _MEND))
            elif owner not in files:
                problems.append(Problem(str(path), *_LEFT_BY_EDITOR))
        except FileReadError as error:
            problems.append(Problem(str(path), error.reason, error.remedy))
        finally:
            draft.release()
    newest_first = sorted(drafts, key=lambda found: found.changed, reverse=True)
    return Waiting(tuple(newest_first), tuple(problems), tuple(open_elsewhere))


def find_answered(waiting: WaitingDraft) -> Found | None:
    """Return the entry that a draft responds to; None where it is not a response, or its entry cannot be read."""
    reviewed, progress = waiting.form.reviewed, waiting.form.progress
    if not (reviewed and progress and progress.journal):
        return None
    try:
        journal = open_folder(expand(progress.journal))
        return read_one(find_file([journal], str(journal.find_place(f"{reviewed.entry_id}.md")))).found[0]
    except ReflectError:
        return None


def _list_draft_files(problems: list[Problem]) -> list[Path]:
    folder = find_drafts()
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(Problem(str(folder), explain(error), "check that you are allowed to open it"))
        return []
    names = sorted(entry.name for entry in found if entry.name.endswith(".md") and entry.name[0] != ".")
    return [folder / name for name in names]


def _read_draft(draft: Draft) -> WaitingDraft:
    text = draft.reread()
    try:
        changed = datetime.fromtimestamp(draft.path.stat().st_mtime, UTC)
    except OSError as error:
        raise FileReadError(draft.path, explain(error)) from None
    return WaitingDraft(draft, parse_form(text), changed)


def _is_saved(waiting: WaitingDraft) -> bool:
    # A draft that is being saved holds the entry itself, with the name it will have. Where someone has written into
    # it since, that would be lost with it.
    progress = waiting.form.progress
    if progress is None or not progress.seal:
        return False
    try:
        entry = parse_entry(waiting.draft.text or "")
        journal = open_folder(expand(progress.journal))
    except ReflectError:
        return False
    return progress.seal == seal(entry) and journal.holds(entry)


def seal(entry: Entry) -> str:
    """Return what tells whether the answers in a draft of an entry are still what they were."""
    return sha256(render_form(replace(entry.answered(), progress=None)).encode()).hexdigest()[:16]

"""What ``reflect resume`` does, once its options are read. Imported only then."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass

from compassion_cli.cli.environment import Environment
from compassion_cli.cli.reflecting import open_desk, say_saved
from compassion_cli.core.errors import ReflectError, UsageError
from compassion_cli.core.filling import fill
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Session
from compassion_cli.flows.forms import reflect_in_editor
from compassion_cli.flows.keeping import join_texts
from compassion_cli.flows.sessions import reflect
from compassion_cli.storage.drafts import Waiting, WaitingDraft, find_waiting
from compassion_cli.storage.files import FileReadError
from compassion_cli.storage.packs import PackShelf
from compassion_cli.terminal.lines import LineReader, open_reader
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.menu import choose, confirm
from compassion_cli.terminal.recap import describe_draft, say_recap
from compassion_cli.terminal.screen import Screen, open_screen


class NoDraftError(ReflectError):
    """There is no draft, or none of that name."""


@dataclass(frozen=True)
class ResumeRequest:
    """What somebody asked for on the command line.

    Attributes:
        name: A piece of the draft's name; empty where none was given.
    """

    name: str = ""
    discard: bool = False
    editor: bool = False
    plain: bool = False
    journal: str | None = None


def resume(request: ResumeRequest, shelf: PackShelf, environment: Environment) -> None:
    """Go on with a draft, or discard one."""
    screen = open_screen(plain=request.plain)
    reader = open_reader(sys.stdin, is_interactive=screen.is_interactive, is_plain=screen.is_plain)
    with reader.held():
        waiting = find_waiting()
        say_problems(waiting.problems, screen)
        resuming = _Resuming(request, environment, screen, reader)
        chosen = resuming.choose(waiting)
        if chosen and request.discard:
            resuming.discard(chosen)
        elif chosen:
            resuming.go_on(chosen, _load_pack(chosen, shelf))


@dataclass(frozen=True)
class _Resuming:
    """One run of the command, and whoever is there."""

    request: ResumeRequest
    environment: Environment
    screen: Screen
    reader: LineReader

    def choose(self, waiting: Waiting) -> WaitingDraft | None:
        """Return the draft that is meant; None where somebody turns away from the list."""
        request = self.request
        drafts = [found for found in waiting.drafts if request.name.lower() in found.draft.path.name]
        if not drafts:
            missing = f'no draft is called "{request.name}"' if request.name else "no draft waits"
            raise NoDraftError(missing, "reflect")
        if len(drafts) == 1:
            return drafts[0]
        labels = [self._describe(found) for found in drafts]
        if not self.screen.is_interactive:
            named = zip(drafts, labels, strict=True)
            remedy = "\n".join(f"reflect resume {found.draft.piece}   ({label})" for found, label in named)
            raise UsageError(f"{len(drafts)} drafts wait, and one has to be named", remedy)
        what = "Which one is to be discarded?" if request.discard else "Which one will you go on with?"
        place = choose(self.screen, self.reader, f"{len(drafts)} drafts wait. {what}", labels)
        return None if place is None else drafts[place]

    def _describe(self, found: WaitingDraft) -> str:
        return describe_draft(found.form, found.changed, self.environment.now())

    def discard(self, chosen: WaitingDraft) -> None:
        """Throw a draft away, once somebody has said yes."""
        if confirm(self.screen, self.reader, f"Discard this draft for good? {self._describe(chosen)}."):
            chosen.draft.discard()
            self.screen.say("Discarded.")
        elif self.screen.is_interactive:
            self.screen.say("Nothing was discarded.")
        else:
            remedy = "echo yes | reflect resume --discard"
            raise ReflectError("nothing was discarded", remedy, f"The draft is as it was, in {chosen.draft.path}.")

    def go_on(self, chosen: WaitingDraft, pack: Pack) -> None:
        """Ask what is still to be asked, or have it filled in an editor, and save the entry."""
        screen, reader, progress = self.screen, self.reader, chosen.form.progress
        session = _take_up(chosen, pack)
        folder = self.request.journal or (progress.journal if progress else None)
        desk = open_desk(folder, screen, reader, self.environment)
        if self.request.editor:
            say_saved(reflect_in_editor(session, desk, chosen.draft), desk, screen)
            return
        if screen.is_interactive:
            say_recap(screen, session)
        say_saved(reflect(session, self.environment.make_asker(screen, reader), desk, chosen.draft), desk, screen)


def _load_pack(chosen: WaitingDraft, shelf: PackShelf) -> Pack:
    try:
        return shelf.load(chosen.form.pack)
    except ReflectError as error:
        safe = f"The draft is as it was, in {chosen.draft.path}; any text editor opens it."
        raise ReflectError(error.what, "put the pack back, then: reflect resume", safe) from None


def _take_up(chosen: WaitingDraft, pack: Pack) -> Session:
    # An editor was still open when the session ended.
    session, pages = fill(pack, chosen.form).session, chosen.draft.find_pages()
    for item in session.items:
        page = pages.get(item.key)
        with suppress(FileReadError):
            if page and (text := chosen.draft.take_back(page)).strip():
                session = session.unsettle(item, join_texts(session.text_of(item), text))
    return session

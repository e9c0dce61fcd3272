"""What ``reflect resume`` does, once its options are read. Imported only then."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from compassion_cli.cli.desks import describe_waiting, open_desk, say_saved
from compassion_cli.cli.environment import Environment
from compassion_cli.cli.opening import open_own_screen
from compassion_cli.cli.showing import show_found
from compassion_cli.core.action import DateReader
from compassion_cli.core.errors import ReflectError, UsageError
from compassion_cli.core.form_to_session import read_session
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Session
from compassion_cli.core.text import join_texts
from compassion_cli.flows.ask_session import reflect
from compassion_cli.flows.fill_in_editor import reflect_in_editor
from compassion_cli.flows.take_form import hold
from compassion_cli.formats.form_markdown import find_damaged_markers
from compassion_cli.storage.drafts import Draft
from compassion_cli.storage.packs import PackShelf
from compassion_cli.storage.read_files import FileReadError
from compassion_cli.storage.waiting_drafts import Waiting, WaitingDraft, find_answered, find_waiting
from compassion_cli.terminal.draft_view import say_recap
from compassion_cli.terminal.lines import LineReader, open_reader
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.menu import choose, confirm
from compassion_cli.terminal.screen import Screen


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
    screen = open_own_screen(plain=request.plain)
    reader = open_reader(sys.stdin, is_interactive=screen.is_interactive, is_plain=screen.is_plain)
    with reader.held():
        waiting = find_waiting()
        say_problems(waiting.problems, screen)
        resuming = _Resuming(request, environment, screen, reader)
        chosen = resuming.choose(waiting)
        if chosen is None:
            return
        try:
            # Another window may have gone on with it while this one waited for a choice.
            hold(chosen.draft)
            if not chosen.draft.is_as_read:
                raise NoDraftError("another window has just gone on with this draft", "reflect resume")
            if request.discard:
                resuming.discard(chosen)
            else:
                resuming.go_on(chosen, _load_pack(chosen, shelf))
        finally:
            chosen.draft.release()


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
        drafts = [found for found in waiting.drafts if request.name.lower() in found.draft.path.name.lower()]
        if not drafts and request.name and waiting.drafts:
            raise NoDraftError(f'no draft is called "{request.name}"', self._list(waiting.drafts))
        if not drafts and waiting.open_elsewhere:
            raise NoDraftError("your draft is open in another window", "go on there, or close that window first")
        if not drafts:
            raise NoDraftError("no draft waits", "reflect")
        if len(drafts) == 1:
            return drafts[0]
        if not self.screen.is_interactive:
            raise UsageError(f"{len(drafts)} drafts wait, and one has to be named", self._list(drafts))
        labels = [self._describe(found) for found in drafts]
        what = "Which one is to be discarded?" if request.discard else "Which one will you go on with?"
        place = choose(self.screen, self.reader, f"{len(drafts)} drafts wait. {what}", labels)
        return None if place is None else drafts[place]

    def _list(self, drafts: Sequence[WaitingDraft]) -> str:
        option = " --discard" if self.request.discard else ""
        return "\n".join(f"reflect resume {d.draft.path.stem[-4:]}{option}   ({self._describe(d)})" for d in drafts)

    def _describe(self, found: WaitingDraft) -> str:
        return describe_waiting(found, self.environment.now())

    def discard(self, chosen: WaitingDraft) -> None:
        """Throw a draft away, once somebody has said yes."""
        if confirm(self.screen, self.reader, f"Discard this draft for good? {self._describe(chosen)}."):
            chosen.draft.discard()
            if chosen.draft.exists:
                raise ReflectError(f"{chosen.draft.path} cannot be removed", "see that you are allowed to change it")
            self.screen.say("Discarded.")
        elif self.screen.is_interactive:
            self.screen.say("Nothing was discarded.")
        else:
            remedy = "echo yes | reflect resume --discard"
            raise ReflectError("nothing was discarded", remedy, f"The draft is as it was, in {chosen.draft.path}.")

    def go_on(self, chosen: WaitingDraft, pack: Pack) -> None:
        """Ask what is still to be asked, or have it filled in an editor, and save the entry."""
        screen, reader = self.screen, self.reader
        desk = open_desk(self._find_journal(chosen), screen, reader, self.environment)
        session = self._take_up(chosen, pack, desk.read_due)
        if self.request.editor:
            say_saved(reflect_in_editor(session, desk, chosen.draft), desk, screen)
            return
        if screen.is_interactive:
            if answered := find_answered(chosen):
                # Whoever responds has to see to what.
                show_found((answered,), screen)
                screen.say()
            say_recap(screen, session)
        say_saved(reflect(session, self.environment.make_asker(screen, reader), desk, chosen.draft), desk, screen)

    def _find_journal(self, chosen: WaitingDraft) -> str | None:
        progress = chosen.form.progress
        if self.request.journal or progress is None:
            return self.request.journal
        if not progress.journal:
            raise ReflectError(
                "the draft does not say which journal it is for, because the name of that is no text",
                "reflect resume --journal FOLDER",
                f"The draft is as it was, in {chosen.draft.path}.",
            )
        return progress.journal

    def _take_up(self, chosen: WaitingDraft, pack: Pack, read_date: DateReader) -> Session:
        filling = read_session(pack, chosen.form, read_date)
        session, unsettled = filling.session, set(filling.session.unsettled)
        odd = [*find_damaged_markers(chosen.draft.text or ""), *filling.oddities]
        if odd and not self.request.editor:
            self.screen.say(
                "The draft has been changed by hand, or its questions have changed. "
                "All of it is kept; look it over before you save:"
            )
            for line in odd:
                self.screen.say(f"- {line}", indent="  ")
        pages = chosen.draft.find_pages()
        for item in session.items:
            page = pages.pop(item.key, None)
            text = self._take_page(chosen, page) if page else ""
            if text.strip():
                session = session.unsettle(item, join_texts(session.text_of(item), text))
                unsettled.add(item.key)
        for page in pages.values():
            self.screen.say(f"An editor left {page.path}, for a question that is not in this draft. It stays there.")
        return replace(session, seen=session.seen - unsettled).at_first_unseen()

    def _take_page(self, chosen: WaitingDraft, page: Draft) -> str:
        # An editor was still open when the session ended.
        try:
            return chosen.draft.take_back(page)
        except FileReadError as error:
            self.screen.say(f"{error.what}. An editor left it; it stays there.")
            return ""


def _load_pack(chosen: WaitingDraft, shelf: PackShelf) -> Pack:
    try:
        return shelf.load_for(chosen.form)
    except ReflectError as error:
        safe = f"The draft is as it was, in {chosen.draft.path}; any text editor opens it."
        raise ReflectError(error.what, "put the pack back, then: reflect resume", safe) from None

"""``reflect resume``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from compassion_cli.cli.asking import open_asker, open_destination, open_keeper
from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import EditorOption, JournalOption, PlainOption
from compassion_cli.cli.reflect.waiting import describe_waiting
from compassion_cli.cli.saved import say_saved
from compassion_cli.cli.shown_entries import show_found
from compassion_cli.core.action import DateReader
from compassion_cli.core.errors import ReflectError, UsageError
from compassion_cli.core.form_to_session import read_session
from compassion_cli.core.pack import Pack
from compassion_cli.core.session import Session
from compassion_cli.core.text import join_texts
from compassion_cli.flows.ask_session import ask_session
from compassion_cli.flows.fill_in_editor import fill_in_editor
from compassion_cli.flows.take_form import hold_draft
from compassion_cli.formats.form_markdown import find_damaged_markers
from compassion_cli.storage.drafts import Draft
from compassion_cli.storage.packs import PackShelf
from compassion_cli.storage.read_files import FileReadError
from compassion_cli.storage.waiting_drafts import Waiting, WaitingDraft, find_answered, find_waiting
from compassion_cli.terminal.draft_view import say_recap
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.menu import choose, confirm


def run(
    ctx: typer.Context,
    *,
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="A piece of its name, where several wait.")] = "",
    discard: Annotated[bool, typer.Option("--discard", help="Throw it away instead. Asks first.")] = False,
    editor: EditorOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Go on with what you stopped in the middle."""
    context = find_context(ctx, plain=plain)
    with context.reader.held():
        waiting = find_waiting()
        say_problems(waiting.problems, context.screen)
        resuming = _Resuming(context, journal, discards=discard, uses_editor=editor)
        chosen = resuming.choose(waiting, draft)
        if chosen is None:
            return
        try:
            # Another window may have gone on with it while this one waited for a choice.
            hold_draft(chosen.draft)
            if not chosen.draft.is_as_read:
                raise ReflectError("another window has just gone on with this draft", "reflect resume")
            if discard:
                resuming.discard(chosen)
            else:
                resuming.go_on(chosen)
        finally:
            chosen.draft.release()


@dataclass(frozen=True)
class _Resuming:
    """One run of the command, and whoever is there."""

    context: Context
    journal: str | None
    discards: bool
    uses_editor: bool

    def choose(self, waiting: Waiting, name: str) -> WaitingDraft | None:
        """Return the draft that a piece of its name means; None where somebody turns away from the list."""
        screen = self.context.screen
        drafts = [found for found in waiting.drafts if name.lower() in found.draft.path.name.lower()]
        if not drafts and name and waiting.drafts:
            raise ReflectError(f'no draft is called "{name}"', self._spell_drafts(waiting.drafts))
        if not drafts and waiting.open_elsewhere:
            raise ReflectError("your draft is open in another window", "go on there, or close that window first")
        if not drafts:
            raise ReflectError("no draft waits", "reflect")
        if len(drafts) == 1:
            return drafts[0]
        if not screen.is_interactive:
            raise UsageError(f"{len(drafts)} drafts wait, and one has to be named", self._spell_drafts(drafts))
        labels = [self._describe(found) for found in drafts]
        what = "Which one is to be discarded?" if self.discards else "Which one will you go on with?"
        place = choose(screen, self.context.reader, f"{len(drafts)} drafts wait. {what}", labels)
        return None if place is None else drafts[place]

    def _spell_drafts(self, drafts: Sequence[WaitingDraft]) -> str:
        option = " --discard" if self.discards else ""
        return "\n".join(f"reflect resume {d.draft.path.stem[-4:]}{option}   ({self._describe(d)})" for d in drafts)

    def _describe(self, found: WaitingDraft) -> str:
        return describe_waiting(found, self.context)

    def discard(self, chosen: WaitingDraft) -> None:
        """Throw a draft away, once somebody has said yes."""
        screen = self.context.screen
        if confirm(screen, self.context.reader, f"Discard this draft for good? {self._describe(chosen)}."):
            chosen.draft.discard()
            if chosen.draft.exists:
                raise ReflectError(f"{chosen.draft.path} cannot be removed", "see that you are allowed to change it")
            screen.say("Discarded.")
        elif screen.is_interactive:
            screen.say("Nothing was discarded.")
        else:
            remedy = "echo yes | reflect resume --discard"
            raise ReflectError("nothing was discarded", remedy, f"The draft is as it was, in {chosen.draft.path}.")

    def go_on(self, chosen: WaitingDraft) -> None:
        """Ask what is still to be asked, or have it filled in an editor, and save the entry."""
        context, screen, reader = self.context, self.context.screen, self.context.reader
        pack = _load_pack(chosen, context.shelf)
        destination = open_destination(JournalChoice(context, self._find_journal(chosen)), reader)
        session = self._take_up(chosen, pack, destination.read_due)
        keeper = open_keeper(chosen.draft, destination, context, reader)
        if self.uses_editor:
            say_saved(fill_in_editor(session, keeper), destination, screen)
            return
        if screen.is_interactive:
            if answered := find_answered(chosen):
                # Whoever responds has to see to what.
                show_found((answered,), context)
                screen.say()
            say_recap(screen, session)
        say_saved(ask_session(session, open_asker(context, reader), keeper), destination, screen)

    def _find_journal(self, chosen: WaitingDraft) -> str | None:
        progress = chosen.form.progress
        if self.journal or progress is None:
            return self.journal
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
        if odd and not self.uses_editor:
            self.context.screen.say(
                "The draft has been changed by hand, or its questions have changed. "
                "All of it is kept; look it over before you save:"
            )
            for line in odd:
                self.context.screen.say(f"- {line}", indent="  ")
        pages = chosen.draft.find_pages()
        for item in session.items:
            page = pages.pop(item.key, None)
            text = self._take_page(chosen, page) if page else ""
            if text.strip():
                session = session.unsettle(item, join_texts(session.text_of(item), text))
                unsettled.add(item.key)
        for page in pages.values():
            self.context.screen.say(
                f"An editor left {page.path}, for a question that is not in this draft. It stays there."
            )
        return replace(session, seen=session.seen - unsettled).at_first_unseen()

    def _take_page(self, chosen: WaitingDraft, page: Draft) -> str:
        # An editor was still open when the session ended.
        try:
            return chosen.draft.take_back(page)
        except FileReadError as error:
            self.context.screen.say(f"{error.what}. An editor left it; it stays there.")
            return ""


def _load_pack(chosen: WaitingDraft, shelf: PackShelf) -> Pack:
    try:
        return shelf.load_for(chosen.form)
    except ReflectError as error:
        safe = f"The draft is as it was, in {chosen.draft.path}; any text editor opens it."
        raise ReflectError(error.what, "put the pack back, then: reflect resume", safe) from None

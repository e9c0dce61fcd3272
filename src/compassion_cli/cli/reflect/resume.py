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
from compassion_cli.flows.take_form import NEWER, hold_draft
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
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="Part of its name, if you have several.")] = "",
    delete: Annotated[bool, typer.Option("--delete", help="Delete the draft. You are asked to confirm.")] = False,
    discard: Annotated[bool, typer.Option("--discard", hidden=True, help="What --delete was called.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Keep the entry in your private journal.")] = False,
    editor: EditorOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Carry on with something you left unfinished."""
    context = find_context(ctx, plain=plain)
    with context.reader.held():
        waiting = find_waiting()
        say_problems(waiting.problems, context.screen)
        deletes = delete or discard
        if deletes and (private or editor):
            raise UsageError("--delete cannot be used with --private or --editor", "leave one of them out")
        resuming = _Resuming(context, journal, deletes=deletes, is_private=private, uses_editor=editor)
        chosen = resuming.choose(waiting, draft)
        if chosen is None:
            return
        try:
            # Another window may have carried on with it while this one waited for a choice.
            hold_draft(chosen.draft)
            if not chosen.draft.is_as_read:
                raise ReflectError("another window has just carried on with this draft", "reflect resume")
            if deletes:
                resuming.delete(chosen)
            else:
                resuming.go_on(chosen)
        finally:
            chosen.draft.release()


@dataclass(frozen=True)
class _Resuming:
    """One run of the command, and whoever is there."""

    context: Context
    journal: str | None
    deletes: bool
    is_private: bool
    uses_editor: bool

    def choose(self, waiting: Waiting, name: str) -> WaitingDraft | None:
        """Return the draft that a piece of its name means; None where someone turns away from the list."""
        screen = self.context.screen
        drafts = [found for found in waiting.drafts if name.lower() in found.draft.path.name.lower()]
        if not drafts and name and waiting.drafts:
            raise ReflectError(f'you have no draft called "{name}"', self._spell_drafts(waiting.drafts))
        if not drafts and waiting.open_elsewhere:
            raise ReflectError("your draft is open in another window", "carry on in that window, or close it first")
        if not drafts:
            raise ReflectError("you have no drafts", "to write a new entry: reflect")
        if len(drafts) == 1:
            return drafts[0]
        if not screen.is_interactive:
            raise UsageError(f"you have {len(drafts)} drafts, so name the one you want", self._spell_drafts(drafts))
        labels = [self._describe(found) for found in drafts]
        what = "Which one do you want to delete?" if self.deletes else "Which one do you want to carry on with?"
        place = choose(screen, self.context.reader, f"You have {len(drafts)} unfinished drafts. {what}", labels)
        return None if place is None else drafts[place]

    def _spell_drafts(self, drafts: Sequence[WaitingDraft]) -> str:
        option = " --delete" if self.deletes else " --private" if self.is_private else ""
        return "\n".join(f"{self._describe(d)}: reflect resume {d.draft.path.stem[-4:]}{option}" for d in drafts)

    def _describe(self, found: WaitingDraft) -> str:
        return describe_waiting(found, self.context)

    def delete(self, chosen: WaitingDraft) -> None:
        """Delete a draft, once someone has said yes."""
        screen = self.context.screen
        question = f"Delete this draft? You cannot get it back. {self._describe(chosen)}."
        if confirm(screen, self.context.reader, question):
            chosen.draft.delete()
            if chosen.draft.exists:
                raise ReflectError(f"{chosen.draft.path} cannot be deleted", "check that you are allowed to change it")
            screen.say("Deleted.")
        elif screen.is_interactive:
            screen.say("Nothing was deleted.")
        else:
            remedy = "echo yes | reflect resume --delete"
            safe = f"Your draft has not changed. It is in {chosen.draft.path}."
            raise ReflectError("nothing was deleted", remedy, safe)

    def go_on(self, chosen: WaitingDraft) -> None:
        """Ask what is still to be asked, or have it filled in an editor, and save the entry."""
        context, screen, reader = self.context, self.context.screen, self.context.reader
        if chosen.form.is_newer:
            raise ReflectError(
                f"this draft cannot be opened here: {NEWER}",
                "update compassion-cli first",
                f"Your draft has not changed. It is in {chosen.draft.path}.",
            )
        if self.is_private and chosen.form.reviewed:
            raise UsageError("a response is saved next to its entry, so it cannot be private", "leave --private out")
        pack = _load_pack(chosen, context.shelf)
        choice = JournalChoice(context, self._find_journal(chosen))
        destination = open_destination(choice, reader, private=self.is_private)
        session = self._take_up(chosen, pack, destination.read_due)
        keeper = open_keeper(chosen.draft, destination, context, reader)
        if self.uses_editor:
            say_saved(fill_in_editor(session, keeper), keeper.destination, context)
            return
        if screen.is_interactive:
            if answered := find_answered(chosen):
                # Whoever responds has to see to what.
                show_found((answered,), context)
                screen.say()
            say_recap(screen, session)
        say_saved(ask_session(session, open_asker(context, reader), keeper), keeper.destination, context)

    def _find_journal(self, chosen: WaitingDraft) -> str | None:
        progress = chosen.form.progress
        if self.journal or progress is None:
            return self.journal
        if not progress.journal:
            raise ReflectError(
                "the draft does not say which journal it is for, because its name is not text",
                "reflect resume --journal FOLDER",
                f"Your draft has not changed. It is in {chosen.draft.path}.",
            )
        return progress.journal

    def _take_up(self, chosen: WaitingDraft, pack: Pack, read_date: DateReader) -> Session:
        filling = read_session(pack, chosen.form, read_date, self.context.shelf.find_earlier(chosen.form))
        session, unsettled = filling.session, set(filling.session.unsettled)
        odd = [*find_damaged_markers(chosen.draft.text or ""), *filling.oddities]
        if odd and not self.uses_editor:
            self.context.screen.say(
                "The draft has been changed by hand, or its questions have changed. "
                "Everything in it is kept; check it before you save:"
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
                f"An editor left {page.path} behind, for a question that is not in this draft. It stays there."
            )
        return replace(session, seen=session.seen - unsettled).at_first_unseen()

    def _take_page(self, chosen: WaitingDraft, page: Draft) -> str:
        # An editor was still open when the session ended.
        try:
            return chosen.draft.take_back(page)
        except FileReadError as error:
            self.context.screen.say(f"{error.what}. An editor left this file behind; it stays there.")
            return ""


def _load_pack(chosen: WaitingDraft, shelf: PackShelf) -> Pack:
    try:
        return shelf.load_for(chosen.form)
    except ReflectError as error:
        safe = f"Your draft has not changed. It is in {chosen.draft.path}, and any text editor can open it."
        raise ReflectError(error.what, "put the pack back, then: reflect resume", safe) from None

"""``journal review``."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from compassion_cli.cli.asking import open_asker, open_keeper
from compassion_cli.cli.context import Context, find_context
from compassion_cli.cli.editing import edit_one
from compassion_cli.cli.form_input import hold_input, keeping_a_form, open_form_reader, read_form_input
from compassion_cli.cli.journal_choice import JournalChoice
from compassion_cli.cli.options import BlankOption, EditorOption, FromOption, JournalOption, PlainOption
from compassion_cli.cli.questions import find_or_ask_author
from compassion_cli.cli.saved import mention_kept_edits, open_recorder, open_recorder_of, say_saved
from compassion_cli.cli.shown_entries import show_found
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError, UsageError
from compassion_cli.core.form import Reviewed
from compassion_cli.core.pack import Pack
from compassion_cli.core.query import Query
from compassion_cli.core.review import find_own, is_same_person
from compassion_cli.core.session import Session, begin_session
from compassion_cli.flows.ask_session import ask_session, begin_draft
from compassion_cli.flows.destination import Destination, Saved
from compassion_cli.flows.fill_in_editor import fill_in_editor
from compassion_cli.flows.take_form import take_form
from compassion_cli.formats.form_markdown import render_form
from compassion_cli.storage.entry_lookup import find_file
from compassion_cli.storage.entry_query import Found, read_again, read_one, select
from compassion_cli.storage.journal import PrivateJournal
from compassion_cli.storage.read_entry import EntryUnreadableError
from compassion_cli.storage.responses import digest_entry
from compassion_cli.storage.waiting_drafts import find_waiting
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.list_view import say_problems

_OPEN_ELSEWHERE = "you are writing a response to this entry in another window"


def run(
    ctx: typer.Context,
    *,
    entry: Annotated[
        str,
        typer.Argument(
            metavar="ENTRY",
            help="Which entry (as in journal show). Leave out to go through all you have not responded to.",
        ),
    ] = "",
    edit_own: Annotated[bool, typer.Option("--edit", help="Change your own response in your own editor.")] = False,
    blank: BlankOption = False,
    form: FromOption = None,
    editor: EditorOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Read an entry by someone else, and respond. What they wrote does not change."""
    context = find_context(ctx, plain=plain)
    reader = open_form_reader(form, context.screen)
    with hold_input(reader, form):
        me = find_or_ask_author(context, reader)
        pack, choice = context.shelf.load_review(), JournalChoice(context, journal)
        reviewing = _Reviewing(context, choice, reader, me, pack, form, blank=blank, uses_editor=editor)
        if entry and edit_own:
            reviewing.edit_one(entry)
        elif entry:
            reviewing.respond_to_one(entry)
        else:
            reviewing.respond_to_all(edits=edit_own)


@dataclass(frozen=True)
class _Reviewing:
    """One run of the command, and whoever is there.

    Attributes:
        me: Who responds.
        form: The file of a filled-in form; None where there is no form.
    """

    context: Context
    choice: JournalChoice
    reader: LineReader
    me: str
    pack: Pack
    form: str | None
    blank: bool
    uses_editor: bool

    def edit_one(self, reference: str) -> None:
        """Change the response to the entry that was named."""
        with self._keeping_a_form():
            if self.form is not None or self.blank:
                raise UsageError("--edit cannot be used with a form", "leave one of them out")
            found = self._find_entry(reference)
        own = find_own(found.reviews, self.me)
        if not own:
            raise ReflectError(
                "you have not responded to this entry yet", f"journal review {found.entry.piece}{self.choice.option}"
            )
        path, screen = found.file.path.with_name(f"{own[-1].id}.md"), self.context.screen
        mention_kept_edits(path, screen)
        recorder = open_recorder_of(path, self.choice.open_parts(), self.context)
        if edit_one(path, None, self.context, recorder):
            say_saved(Saved(path), self._find_destination(found), self.context, is_sent=recorder.is_on)

    def respond_to_one(self, reference: str) -> None:
        """Respond to the entry that was named."""
        with self._keeping_a_form():
            found = self._find_entry(reference)
            self._refuse_if_answered(found)
        self._respond(found)

    def _keeping_a_form(self) -> AbstractContextManager[None]:
        return keeping_a_form(self.pack, self.form, self.choice, self.reader)

    def _find_entry(self, reference: str) -> Found:
        """Return the entry that was named.

        Raises:
            ReflectError: It is not there, or not for this person to respond to.
        """
        with self.choice.looking():
            listing = read_one(find_file(self.choice.open_parts(), reference, self.context.now().date()))
        say_problems(listing.problems, self.context.screen)
        found = listing.found[0]
        self._refuse_if_not_to_be_reviewed(found)
        return found

    def _refuse_if_not_to_be_reviewed(self, found: Found) -> None:
        if found.entry.reviewed:
            remedy = f"journal review {found.entry.reviewed.entry_id[-4:]}"
            raise ReflectError("that is a response; you can only respond to an entry", remedy)
        if isinstance(found.file.journal, PrivateJournal):
            raise ReflectError(
                "this entry is private, so nobody else can read it", "to share it first: journal share ENTRY"
            )
        if is_same_person(found.entry.author, self.me):
            raise ReflectError(
                f"you wrote this entry yourself, as {found.entry.author}; a response comes from someone else",
                f"to add to it: journal edit {found.entry.piece}{self.choice.option}\n"
                'if someone else has the same name, use a fuller one: journal config name "NAME"\n'
                "and then: journal config also_known_as --unset",
            )

    def _refuse_if_answered(self, found: Found) -> None:
        if find_own(found.reviews, self.me):
            remedy = f"journal review {found.entry.piece} --edit{self.choice.option}"
            raise ReflectError("you have already responded to this entry", remedy, "Your response has not changed.")
        waiting = find_waiting()
        if waiting.has_open_response(found.entry.id):
            raise ReflectError(_OPEN_ELSEWHERE, "carry on in that window, or close it first")
        if draft := waiting.find_response(found.entry.id):
            raise ReflectError(
                "you have already started a response",
                f"to carry on with it: reflect resume {draft.stem[-4:]}\n"
                f"to delete it and start again: reflect resume {draft.stem[-4:]} --delete",
                f"The draft of your response is in {draft}.",
            )

    def respond_to_all(self, *, edits: bool) -> None:
        """Respond to every entry that has no response by me, oldest first, with a way out after each."""
        screen = self.context.screen
        with self._keeping_a_form():
            if not screen.is_interactive or self.form or self.blank or edits:
                remedy = "to see what to read: journal list --unreviewed\nto respond: journal review ENTRY"
                raise UsageError("which entry?", remedy)
        listing = select(self.choice.open_shared(), Query(waits_for=self.me), None, with_reviews=True)
        waiting, problems = tuple(reversed(listing.found)), list(listing.problems)
        if not waiting:
            screen.say(f"{self.me} has nothing left to respond to.")
            self.choice.say_others()
        for place, found in enumerate(waiting, 1):
            if place > 1 and not self._wants_next(len(waiting) - place + 1):
                break
            if len(waiting) > 1:
                screen.say(f"Entry {place} of {len(waiting)}.")
            try:
                self._respond_if_still_waiting(found)
            except EntryUnreadableError as error:
                problems.append(error.problem)
        say_problems(problems, screen)

    def _respond_if_still_waiting(self, found: Found) -> None:
        """Respond to an entry, unless that is begun or done.

        Raises:
            EntryUnreadableError: It has become something else.
        """
        screen, drafts = self.context.screen, find_waiting()
        if drafts.has_open_response(found.entry.id):
            screen.say(f"{_OPEN_ELSEWHERE[0].upper()}{_OPEN_ELSEWHERE[1:]}.")
            return
        if drafts.find_response(found.entry.id):
            screen.advise("You have already started a response to this one. To carry on: reflect resume")
            return
        # Much may have happened while another was read, and what is shown must be what is there.
        now = read_again(found.file).found[0]
        if find_own(now.reviews, self.me):
            screen.say("You have already responded to this one.")
            return
        self._respond(now)

    def _wants_next(self, count: int) -> bool:
        self.context.screen.say()
        self.context.screen.say(
            f"{count} more to read. Press Enter for the next one, or type stop and press Enter to leave it for later."
        )
        try:
            line = self.reader.read()
        except KeyboardInterrupt:
            safe = "Everything you have saved is still there."
            raise InterruptedReflectionError("stopped", "to see what is left to read: journal review", safe) from None
        return line is not None and not line.strip()

    def _respond(self, found: Found) -> None:
        screen, reviewed = self.context.screen, Reviewed(found.entry.id, digest_entry(found))
        destination = self._find_destination(found)
        if self.form is not None:
            text, source = read_form_input(self.pack, self.form, destination, self.reader, screen)
            find_earlier = self.context.shelf.find_earlier
            saved = take_form(
                self.pack, text, source, destination, screen, reviewed=reviewed, find_earlier=find_earlier
            )
            say_saved(saved, destination, self.context)
            return
        session = begin_session(self.pack, self.pack.sections)
        session = replace(session, reviewed=reviewed, read_date=destination.read_due)
        if self.blank:
            hint = f"Write under each question, then: {destination.spell_taking(self.pack.id, 'FILE')}"
            comment = f"{hint}{destination.options}"
            screen.result(render_form(session.to_form(), comment=comment).rstrip("\n"))
            return
        if screen.is_interactive:
            show_found((found,), self.context)
            screen.say()
        self._ask(session, destination)

    def _ask(self, session: Session, destination: Destination) -> None:
        keeper = open_keeper(begin_draft(session, self.context.now()), destination, self.context, self.reader)
        if self.uses_editor:
            saved: Saved | None = fill_in_editor(session, keeper)
        else:
            saved = ask_session(session, open_asker(self.context, self.reader), keeper)
        say_saved(saved, destination, self.context)

    def _find_destination(self, found: Found) -> Destination:
        journal = JournalChoice(self.context, str(found.file.journal.folder)).find()
        recorder = open_recorder(journal.folder, self.context, self.me)
        return Destination(journal, recorder, journal.option, f"journal review {found.entry.id}")

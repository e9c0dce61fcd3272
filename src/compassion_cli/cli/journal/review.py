"""``journal review``."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from compassion_cli.cli.asking import open_asker, open_editor, open_keeper
from compassion_cli.cli.context import Context, find_context
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
from compassion_cli.flows.destination import Destination
from compassion_cli.flows.edit_entry import edit_entry
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
        str, typer.Argument(metavar="ENTRY", help="The entry, named as for show; all that wait where none is named.")
    ] = "",
    edit_own: Annotated[bool, typer.Option("--edit", help="Change your own response in your own editor.")] = False,
    blank: BlankOption = False,
    form: FromOption = None,
    editor: EditorOption = False,
    plain: PlainOption = False,
    journal: JournalOption = None,
) -> None:
    """Read an entry by somebody else, and respond. What they wrote stays as it is."""
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
        form: The file of a filled form; None where there is none.
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
                raise UsageError("--edit opens your response in your editor, and needs no form", "one of them alone")
            found = self._find_entry(reference)
        own = find_own(found.reviews, self.me)
        if not own:
            raise ReflectError(
                "you have not responded to this entry yet", f"journal review {found.entry.piece}{self.choice.option}"
            )
        path, screen = found.file.path.with_name(f"{own[-1].id}.md"), self.context.screen
        mention_kept_edits(path, screen)
        recorder = open_recorder_of(path, self.choice.open_parts(), self.context)
        if edit_entry(path, None, open_editor(self.context, self.reader), recorder):
            say_saved(path, self._find_destination(found), screen, is_sent=recorder.is_on)

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
            listing = read_one(find_file(self.choice.open_parts(), reference))
        say_problems(listing.problems, self.context.screen)
        found = listing.found[0]
        self._refuse_if_not_to_be_reviewed(found)
        return found

    def _refuse_if_not_to_be_reviewed(self, found: Found) -> None:
        if found.entry.reviewed:
            remedy = f"journal review {found.entry.reviewed.entry_id[-4:]}"
            raise ReflectError("that is a response itself, and a response is written to an entry", remedy)
        if isinstance(found.file.journal, PrivateJournal):
            raise ReflectError("this entry is private, and nobody else can read it", "journal share ENTRY, first")
        if is_same_person(found.entry.author, self.me):
            raise ReflectError(
                f"this entry is by {found.entry.author}, which is your own name; a response comes from someone else",
                "to add to your entry: journal edit\n"
                'where two people have this name, take a fuller one: journal config name "NAME"\n'
                "and after that: journal config also_known_as --unset",
            )

    def _refuse_if_answered(self, found: Found) -> None:
        if find_own(found.reviews, self.me):
            remedy = f"journal review {found.entry.piece} --edit{self.choice.option}"
            raise ReflectError("you have responded to this entry already", remedy, "Your response is as it was.")
        waiting = find_waiting()
        if waiting.has_open_response(found.entry.id):
            raise ReflectError(_OPEN_ELSEWHERE, "go on there, or close that window first")
        if draft := waiting.find_response(found.entry.id):
            raise ReflectError(
                "you have begun a response to this entry",
                f"reflect resume {draft.stem[-4:]}\nreflect resume {draft.stem[-4:]} --discard, to begin anew",
                f"The draft of your response is in {draft}.",
            )

    def respond_to_all(self, *, edits: bool) -> None:
        """Respond to all that wait, oldest first, with a way out after each."""
        screen = self.context.screen
        with self._keeping_a_form():
            if not screen.is_interactive or self.form or self.blank or edits:
                raise UsageError("which entry?", "journal list --unreviewed, for what waits\njournal review ENTRY")
        listing = select(self.choice.open_shared(), Query(waits_for=self.me), None, with_reviews=True)
        waiting, problems = tuple(reversed(listing.found)), list(listing.problems)
        if not waiting:
            screen.say(f"Nothing waits for a response by {self.me}.")
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
            screen.advise("You have begun a response to this one. Go on with it: reflect resume")
            return
        # Much may have happened while another was read, and what is shown must be what is there.
        now = read_again(found.file).found[0]
        if find_own(now.reviews, self.me):
            screen.say("You have responded to this one meanwhile.")
            return
        self._respond(now)

    def _wants_next(self, count: int) -> bool:
        left = "1 more waits" if count == 1 else f"{count} more wait"
        self.context.screen.say()
        self.context.screen.say(f"{left}. Enter goes on with the next. Any word, then Enter, stops here.")
        try:
            line = self.reader.read()
        except KeyboardInterrupt:
            safe = "All that was saved is saved."
            raise InterruptedReflectionError("stopped", "journal review, for what still waits", safe) from None
        return line is not None and not line.strip()

    def _respond(self, found: Found) -> None:
        screen, reviewed = self.context.screen, Reviewed(found.entry.id, digest_entry(found))
        destination = self._find_destination(found)
        if self.form is not None:
            text, source = read_form_input(self.pack, self.form, destination, self.reader, screen)
            say_saved(take_form(self.pack, text, source, destination, screen, reviewed=reviewed), destination, screen)
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
            path: Path | None = fill_in_editor(session, keeper)
        else:
            path = ask_session(session, open_asker(self.context, self.reader), keeper)
        say_saved(path, destination, self.context.screen)

    def _find_destination(self, found: Found) -> Destination:
        journal = JournalChoice(self.context, str(found.file.journal.folder)).find()
        recorder = open_recorder(journal.folder, self.context, self.me)
        return Destination(journal, recorder, journal.option, f"journal review {found.entry.id}")

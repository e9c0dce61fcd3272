"""What ``journal review`` does, once its options are read. Imported only then."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from compassion_cli.cli.desks import open_desk, say_saved
from compassion_cli.cli.editing import mention_kept_edits
from compassion_cli.cli.environment import Environment
from compassion_cli.cli.naming import find_or_ask_author
from compassion_cli.cli.opening import (
    looking_in,
    open_each,
    open_journals,
    open_own_screen,
    say_others,
    spell_journal,
)
from compassion_cli.cli.recording import open_recorder_of
from compassion_cli.cli.showing import show_found
from compassion_cli.cli.taking import hold, keeping_a_form, open_form_reader, read_form
from compassion_cli.core.errors import InterruptedReflectionError, ReflectError, UsageError
from compassion_cli.core.form import Reviewed
from compassion_cli.core.pack import Pack
from compassion_cli.core.query import Query
from compassion_cli.core.review import find_own, is_same_person
from compassion_cli.core.session import Session, begin
from compassion_cli.flows.ask_session import begin_draft, reflect
from compassion_cli.flows.desk import Desk
from compassion_cli.flows.edit_entry import edit_entry
from compassion_cli.flows.fill_in_editor import reflect_in_editor
from compassion_cli.flows.take_form import reflect_from_form
from compassion_cli.formats.form_markdown import render_form
from compassion_cli.storage.entry_lookup import find_file
from compassion_cli.storage.entry_query import Found, read_again, read_one, select
from compassion_cli.storage.packs import open_shelf
from compassion_cli.storage.read_entry import EntryUnreadableError
from compassion_cli.storage.responses import digest_entry
from compassion_cli.storage.waiting_drafts import find_waiting
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.list_view import say_problems
from compassion_cli.terminal.screen import Screen, spell_commands

_OPEN_ELSEWHERE = "you are writing a response to this entry in another window"


@dataclass(frozen=True)
class ReviewRequest:
    """What somebody asked for on the command line.

    Attributes:
        reference: The entry; empty for all that wait, one after another.
        form: The file of a filled form; None where there is none.
    """

    folder: str | None
    reference: str = ""
    edit: bool = False
    blank: bool = False
    form: str | None = None
    editor: bool = False
    plain: bool = False


def review(request: ReviewRequest, environment: Environment) -> None:
    """Show entries and ask for a response to each, or take one that is written already."""
    screen = open_own_screen(plain=request.plain)
    reader = open_form_reader(request.form, screen)
    with hold(reader, request.form):
        me = find_or_ask_author(screen, reader)
        reviewing = _Reviewing(request, environment, screen, reader, me, open_shelf().load_review())
        if request.reference:
            reviewing.review_one()
        else:
            reviewing.review_all()


@dataclass(frozen=True)
class _Reviewing:
    """One run of the command, and whoever is there."""

    request: ReviewRequest
    environment: Environment
    screen: Screen
    reader: LineReader
    me: str
    pack: Pack

    @property
    def _options(self) -> str:
        return spell_journal(self.request.folder)

    def review_one(self) -> None:
        """Respond to the entry that was named."""
        with self._keeping_a_form():
            found = self._find()
        if self.request.edit:
            self._edit(found)
        else:
            self._respond(found)

    def _keeping_a_form(self) -> AbstractContextManager[None]:
        return keeping_a_form(self.pack, self.request.form, self.request.folder, self.reader, self.screen)

    def _find(self) -> Found:
        """Return the entry that was named.

        Raises:
            ReflectError: It is not there, or not for this person to respond to, or not now.
        """
        if self.request.edit and (self.request.form is not None or self.request.blank):
            raise UsageError("--edit opens your response in your editor, and needs no form", "one of them alone")
        with looking_in(self.request.folder):
            listing = read_one(find_file(open_journals(self.request.folder), self.request.reference))
        found = listing.found[0]
        say_problems(listing.problems, self.screen)
        self._refuse_if_not_to_be_reviewed(found)
        if self.request.edit:
            return found
        if find_own(found.reviews, self.me):
            what = "you have responded to this entry already"
            raise ReflectError(
                what, f"journal review {found.entry.piece} --edit{self._options}", "Your response is as it was."
            )
        waiting = find_waiting()
        if waiting.has_open_response(found.entry.id):
            raise ReflectError(_OPEN_ELSEWHERE, "go on there, or close that window first")
        if draft := waiting.find_response(found.entry.id):
            safe = f"The draft of your response is in {draft}."
            raise ReflectError(
                "you have begun a response to this entry",
                f"reflect resume {draft.stem[-4:]}\nreflect resume {draft.stem[-4:]} --discard, to begin anew",
                safe,
            )
        return found

    def review_all(self) -> None:
        """Respond to all that wait, oldest first, with a way out after each."""
        with self._keeping_a_form():
            self._refuse_without_entry()
        listing = select(open_each(self.request.folder), Query(waits_for=self.me), None, with_reviews=True)
        waiting, problems = tuple(reversed(listing.found)), list(listing.problems)
        if not waiting:
            self.screen.say(f"Nothing waits for a response by {self.me}.")
            say_others(self.request.folder, self.screen)
        for place, found in enumerate(waiting, 1):
            if place > 1 and not self._wants_next(len(waiting) - place + 1):
                break
            if len(waiting) > 1:
                self.screen.say(f"Entry {place} of {len(waiting)}.")
            drafts = find_waiting()
            if drafts.has_open_response(found.entry.id):
                self.screen.say(f"{_OPEN_ELSEWHERE[0].upper()}{_OPEN_ELSEWHERE[1:]}.")
                continue
            if drafts.find_response(found.entry.id):
                self.screen.say(spell_commands("You have begun a response to this one. Go on with it: reflect resume"))
                continue
            # Much may have happened while another was read, and what is shown must be what is there.
            try:
                now = read_again(found.file).found[0]
            except EntryUnreadableError as error:
                problems.append(error.problem)
                continue
            if find_own(now.reviews, self.me):
                self.screen.say("You have responded to this one meanwhile.")
                continue
            self._respond(now)
        say_problems(problems, self.screen)

    def _refuse_without_entry(self) -> None:
        if not self.screen.is_interactive or self.request.form or self.request.blank or self.request.edit:
            raise UsageError("which entry?", "journal list --unreviewed, for what waits\njournal review ENTRY")

    def _wants_next(self, count: int) -> bool:
        left = "1 more waits" if count == 1 else f"{count} more wait"
        self.screen.say()
        self.screen.say(f"{left}. Enter goes on with the next. Any word, then Enter, stops here.")
        try:
            line = self.reader.read()
        except KeyboardInterrupt:
            safe = "All that was saved is saved."
            raise InterruptedReflectionError("stopped", "journal review, for what still waits", safe) from None
        return line is not None and not line.strip()

    def _refuse_if_not_to_be_reviewed(self, found: Found) -> None:
        if found.entry.reviewed:
            remedy = f"journal review {found.entry.reviewed.entry_id[-4:]}"
            raise ReflectError("that is a response itself, and a response is written to an entry", remedy)
        if found.file.journal.is_private:
            raise ReflectError("this entry is private, and nobody else can read it", "journal share ENTRY, first")
        if is_same_person(found.entry.author, self.me):
            raise ReflectError(
                f"this entry is by {self.me}, which is your own name; a response comes from somebody else",
                'journal edit, to add to your entry\njournal config name "NAME", if that is not your name',
            )

    def _respond(self, found: Found) -> None:
        request, reviewed = self.request, Reviewed(found.entry.id, digest_entry(found))
        desk = self._open_desk(found)
        session = replace(begin(self.pack, self.pack.sections), reviewed=reviewed, read_date=desk.read_due)
        if request.form is not None:
            self._take_form(request.form, reviewed, desk)
        elif request.blank:
            hint = f"Write under each question, then: {desk.spell_taking(self.pack.id, 'FILE')}{desk.options}"
            self.screen.result(render_form(session.to_form(), comment=hint).rstrip("\n"))
        else:
            if self.screen.is_interactive:
                show_found((found,), self.screen)
                self.screen.say()
            self._ask(session, desk)

    def _ask(self, session: Session, desk: Desk) -> None:
        draft = begin_draft(session, desk)
        if self.request.editor:
            path: Path | None = reflect_in_editor(session, desk, draft)
        else:
            path = reflect(session, self.environment.make_asker(self.screen, self.reader), desk, draft)
        say_saved(path, desk, self.screen)

    def _open_desk(self, found: Found) -> Desk:
        folder = str(found.file.journal.folder)
        desk = open_desk(folder, self.screen, self.reader, self.environment, asks_name=False)
        return replace(desk, author=self.me, taker=f"journal review {found.entry.id}")

    def _take_form(self, name: str, reviewed: Reviewed, desk: Desk) -> None:
        text, source = read_form(self.pack, name, desk, self.reader)
        say_saved(reflect_from_form(self.pack, text, source, desk, reviewed), desk, self.screen)

    def _edit(self, found: Found) -> None:
        own = find_own(found.reviews, self.me)
        if not own:
            raise ReflectError(
                "you have not responded to this entry yet", f"journal review {found.entry.piece}{self._options}"
            )
        desk, path = self._open_desk(found), found.file.path.with_name(f"{own[-1].id}.md")
        mention_kept_edits(path, self.screen)
        recorder = open_recorder_of(path, open_journals(self.request.folder), self.environment, self.screen)
        if edit_entry(path, None, desk.editor, recorder):
            say_saved(path, desk, self.screen, is_sent=recorder.is_on)

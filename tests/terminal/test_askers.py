"""One contract for all askers: the same pack and the same answers give the same form."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from support.audience import Readers
from support.commands import NOON
from support.packs import small_pack

from compassion_cli.core.asking import Asker, Step, Walk, walk_session
from compassion_cli.core.errors import ReflectError
from compassion_cli.core.form import Form
from compassion_cli.core.form_to_session import read_session
from compassion_cli.core.session import Item, Session, begin_session
from compassion_cli.flows.ask_session import ask_session, begin_draft
from compassion_cli.flows.destination import Destination, Saved
from compassion_cli.flows.draft_keeper import SessionKeeper
from compassion_cli.flows.fill_in_editor import fill_in_editor
from compassion_cli.flows.take_form import take_form
from compassion_cli.formats.form_markdown import parse_form, render_form
from compassion_cli.history.recorder import Recorder
from compassion_cli.storage.drafts import Draft
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.read_entry import read_entry
from compassion_cli.storage.waiting_drafts import find_waiting
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.plain_asker import PlainAsker
from compassion_cli.terminal.rich_asker import RichAsker
from compassion_cli.terminal.screen import Screen

#: What is typed under each question of the small pack, in order. An empty one skips.
ANSWERS: dict[str, list[str | None]] = {
    "everything": [
        "2\nA note [b] <i> :smile:",
        "One\nTwo",
        "# Left\n+++",
        "4",
        "- [ ] Ask Sam (due 2026-12-01)",
        "שלום",
    ],
    "a condition not met": ["none", None, "Left", "1 of 5", "Rest\nSleep", ""],
    "a condition skipped": ["", "Somewhere", "", "", "", "Last"],
}


def new_session() -> Session:
    pack = small_pack()
    return begin_session(pack, pack.sections)


def make_screen(*, is_interactive: bool) -> Screen:
    return Screen(talk=io.StringIO(), is_interactive=is_interactive, is_plain=True)


class NeverPasting(LineReader):
    """Lines typed by a person, each after the one before."""

    def is_pasting(self) -> bool:
        return False


def ask_plainly(answers: list[str | None]) -> Form:
    typed = "".join(f"{text}\n\n" if text else "\n" for text in answers if text is not None)
    reader = NeverPasting(io.StringIO(typed + "\n"), is_interactive=True)
    return finish(PlainAsker(make_screen(is_interactive=True), reader))


def ask_through_a_pipe(answers: list[str | None]) -> Form:
    typed = "".join(f"{text}\n\n" if text else "\n" for text in answers if text is not None)
    reader = LineReader(io.StringIO(typed), is_interactive=False)
    return finish(PlainAsker(make_screen(is_interactive=False), reader))


def ask_in_colour(answers: list[str | None]) -> Form:
    keys = (f"{text}\n\n" if text else "\n" for text in answers if text is not None)
    with typing(keys) as (asker, type_next):
        return finish(asker, type_next)


def write_into(blank: str, answers: list[str | None]) -> str:
    """Write answers under the questions of a form, as a person does in an editor."""
    for item, text in zip(new_session().items, answers, strict=True):
        heading = next(line for line in blank.split("\n") if line.endswith(f". {item.question.text}"))
        start = blank.index(heading, blank.index(f"<!-- question: {item.key} -->"))
        end = (blank + "\n<!-- ").index("\n<!-- ", start)
        blank = f"{blank[:end]}\n{text or ''}\n{blank[end:]}"
    return blank


def fill_a_form(answers: list[str | None]) -> Form:
    filling = read_session(small_pack(), parse_form(write_into(render_form(new_session().to_form()), answers)))
    assert filling.faults == ()
    return filling.session.to_entry_form()


@dataclass
class WritingEditor:
    """An editor in which someone writes these answers into the form, and closes it."""

    answers: list[str | None]
    is_told_to_end = False

    def edit(self, path: Path) -> None:
        path.write_text(write_into(path.read_text(encoding="utf-8"), self.answers), encoding="utf-8")

    def offers_again(self, error: ReflectError) -> bool:
        raise AssertionError(error.details)


def open_destination() -> Destination:
    journal = SharedJournal(Path("journal").absolute())
    return Destination(journal, Recorder(journal.folder, "A", lambda: NOON, lambda _: None))


def open_keeper(draft: Draft, answers: list[str | None]) -> SessionKeeper:
    return SessionKeeper(draft, open_destination(), make_screen(is_interactive=True), WritingEditor(answers))


def as_form(saved: Saved) -> Form:
    """Return what an entry says, without what only entries have."""
    entry = read_entry(saved.path)
    return Form(**{field.name: getattr(entry, field.name) for field in fields(Form)})


def fill_in_an_editor(answers: list[str | None]) -> Form:
    session = new_session()
    return as_form(fill_in_editor(session, open_keeper(begin_draft(session, NOON), answers)))


def hand_in_a_file(answers: list[str | None]) -> Form:
    path = Path("form.md")
    path.write_text(write_into(render_form(new_session().to_form()), answers), encoding="utf-8")
    text, screen = path.read_text(encoding="utf-8"), make_screen(is_interactive=True)
    return as_form(take_form(small_pack(), text, path, open_destination(), screen))


def ask_in_two_goes(answers: list[str | None]) -> Form:
    """Answer half of the questions, let the draft wait, and take it up again."""
    given = [text for text in answers if text is not None]
    typed = [f"{text}\n\n" if text else "\n" for text in given]
    session = new_session()
    keeper = open_keeper(begin_draft(session, NOON), answers)
    reader = NeverPasting(io.StringIO("".join(typed[:2]) + ":pause\n"), is_interactive=True)
    assert ask_session(session, PlainAsker(make_screen(is_interactive=True), reader), keeper) is None
    waiting = find_waiting().drafts
    # Where nothing has been written yet, nothing waits.
    again = read_session(small_pack(), waiting[0].form).session if waiting else session
    reader = NeverPasting(io.StringIO("".join(typed[2 if waiting else 0 :]) + "\n"), is_interactive=True)
    asker = PlainAsker(make_screen(is_interactive=True), reader)
    saved = ask_session(again, asker, open_keeper(waiting[0].draft, answers) if waiting else keeper)
    assert saved
    assert find_waiting().drafts == ()
    return as_form(saved)


@contextmanager
def typing(keys: Iterator[str]) -> Iterator[tuple[RichAsker, Callable[[Session], None]]]:
    with create_pipe_input() as keyboard:
        reader = LineReader(io.StringIO("\n"), is_interactive=True)
        asker = RichAsker(make_screen(is_interactive=True), reader, keyboard, DummyOutput())

        def type_next(_: Session | None = None) -> None:
            keyboard.send_text(next(keys, "").replace("\n", "\r"))

        type_next()
        yield asker, type_next


class NoKeeper:
    """Keeps nothing; an edited answer comes back in capitals."""

    def __init__(self) -> None:
        self.audience = Readers()

    def keep(self, session: Session) -> None:
        pass

    def edit(self, item: Item, text: str) -> str:
        return f"{item.key} {text.upper()}"


def finish(asker: Asker, keep: Callable[[Session], None] | None = None) -> Form:
    keeper = NoKeeper()
    if keep:
        setattr(keeper, "keep", keep)  # noqa: B010 - a method for this one
    went = walk_session(new_session(), asker, keeper)
    assert went.is_finished
    return went.session.to_entry_form()


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize(
    "ask",
    [ask_plainly, ask_through_a_pipe, ask_in_colour, ask_in_two_goes, fill_in_an_editor, hand_in_a_file],
)
def test_every_asker_makes_the_same_of_the_same_answers(ask: Callable[[list[str | None]], Form], name: str) -> None:
    assert ask(ANSWERS[name]) == fill_a_form(ANSWERS[name])


def go_plainly(typed: str, *, is_interactive: bool = True) -> Walk:
    reader = NeverPasting(io.StringIO(typed), is_interactive=is_interactive)
    return walk_session(new_session(), PlainAsker(make_screen(is_interactive=is_interactive), reader), NoKeeper())


def texts(went: Walk) -> list[str]:
    return [went.session.text_of(item) for item in went.session.items]


def test_back_and_enter_keep_what_was_written() -> None:
    went = go_plainly("1\n\nLeft\n\n:back\n\n4\n\n:pause\n")
    assert went.step is Step.PAUSE
    assert texts(went) == ["Nothing", "", "Left", "4 of 5", "", ""]


def test_text_above_a_word_is_kept_as_the_answer() -> None:
    went = go_plainly("1\n\nHalf a\nthought\n:back\n:skip\n:skip\n:pause\n")
    assert texts(went)[2] == "Half a\nthought"


def test_what_was_typed_anew_is_kept_beside_the_answer_where_the_question_is_left() -> None:
    for way_out in (":pause\n", ":back\n:pause\n", ""):
        went = go_plainly(f"1\n\nA long answer.\n\n:back\nhmm\n{way_out}")
        assert texts(went)[2] == "A long answer.\n\nhmm"


def test_an_answer_can_be_emptied() -> None:
    went = go_plainly("1\n\nLeft\n\n:back\n:clear\n:pause\n")
    assert texts(went) == ["Nothing", "", "", "", "", ""]


def test_a_fault_is_asked_again_and_the_note_under_it_stays() -> None:
    went = go_plainly("7\nA long note.\n\n1\n\n:pause\n")
    assert texts(went)[0] == "Nothing\n\nA long note."
    assert go_plainly("7 or so, I think\n\n1\n\n:pause\n").session.answers["one.seen"].to_text() == (
        "Nothing\n\n7 or so, I think"
    )


def test_a_refused_word_is_kept_as_the_note_and_a_refused_number_is_not() -> None:
    assert texts(go_plainly("Exhausted\n\n1\n\n:pause\n"))[0] == "Nothing\n\nExhausted"
    assert texts(go_plainly("77\n\n1\n\n:pause\n"))[0] == "Nothing"


def test_a_half_typed_answer_is_kept_apart_from_the_finished_ones() -> None:
    went = go_plainly("1\n\nHalf\n:pause\n")
    assert went.session.unsettled == {"one.last": "Half"}
    assert list(went.session.answers) == ["one.seen"]


def test_the_end_of_a_pipe_before_the_last_question_finishes_nothing() -> None:
    went = go_plainly("1\n\nLeft", is_interactive=False)
    assert went.step is Step.END
    assert texts(went)[:3] == ["Nothing", "", "Left"]


def test_the_end_of_a_pipe_ends_the_last_answer() -> None:
    went = go_plainly("1\n\n\n\n\nLast", is_interactive=False)
    assert went.is_finished
    assert texts(went)[-1] == "Last"


def test_a_pipe_with_more_text_than_questions_loses_none_of_it() -> None:
    went = go_plainly("1\n\n\n\n\n\nToo much\n\nof it\n", is_interactive=False)
    assert not went.is_finished
    assert went.session.loose == "Too much\n\nof it"


def test_a_fault_in_a_pipe_does_not_shift_the_answers_behind_it() -> None:
    went = go_plainly("9\n\nmore\n\nlast\n\n2\n\n\n\n", is_interactive=False)
    assert not went.is_finished
    assert went.session.unsettled == {"one.seen": "9"}
    assert texts(went) == ["9", "more", "last", "2 of 5", "", ""]


def test_a_pause_in_a_pipe_keeps_what_follows_it() -> None:
    went = go_plainly("1\n\nText\n:pause\nand more\n", is_interactive=False)
    assert went.session.unsettled["one.last"] == "Text\n\nand more"


@pytest.mark.parametrize(
    ("key", "step"), [("\x02", Step.BACK), ("\x10", Step.PAUSE), ("\x04", Step.PAUSE), ("\x03", Step.INTERRUPT)]
)
def test_a_key_leads_elsewhere_and_takes_the_half_typed_text_along(key: str, step: Step) -> None:
    with typing(iter([f"half{key}"])) as (asker, _):
        session = new_session()
        move = asker.ask(session, session.items[1], None)
    assert (move.step, move.text) == (step, "half")

"""The order of asking: next, back, skip, pause, and the last look before saving.

An :class:`Asker` puts one question and hands back text; what becomes of the text is decided here, the same for
every asker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple, Protocol

from compassion_cli.core.answer import Answer, check_answer
from compassion_cli.core.errors import AnswerFaultError
from compassion_cli.core.session import Item, Session
from compassion_cli.core.text import clean


class Step(Enum):
    """Where someone wants to go from a question."""

    NEXT = "next"
    SKIP = "skip"
    BACK = "back"
    PAUSE = "pause"
    EDIT = "edit"
    END = "end"
    INTERRUPT = "interrupt"


#: Steps that leave the session where it stands.
STOPS = (Step.PAUSE, Step.END, Step.INTERRUPT)


@dataclass(frozen=True)
class Move:
    """What came of putting a question: the text under it, whole or half typed, and where to go."""

    step: Step
    text: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came of the last look: save, pause, or change one question first."""

    step: Step = Step.NEXT
    change: Item | None = None
    loose: str = ""


class Audience(Protocol):
    """Who will read what is written: whether it is private, and where else it goes."""

    @property
    def said(self) -> str:
        """Say it in a sentence or two."""

    @property
    def offer(self) -> str:
        """Say what can be done about it, as in "to make it private"; nothing where nothing can."""

    def turn(self, session: Session) -> None:
        """Make it private where it is shared, and the other way round."""


class Asker(Protocol):
    """Puts questions to someone, or to something."""

    def greet(self, session: Session, audience: Audience) -> None:
        """Say what is coming, and who will read it."""

    @property
    def can_ask_again(self) -> bool:
        """Tell whether a fault can be put right at once."""

    def ask(self, session: Session, item: Item, fault: str | None) -> Move:
        """Put one question. Where ``fault`` is given, the text so far was refused for that reason."""

    def confirm(self, session: Session, audience: Audience) -> Verdict:
        """Show all answers once more, and ask what to do."""


@dataclass(frozen=True)
class Walk:
    """How far a session came."""

    session: Session
    step: Step

    @property
    def is_finished(self) -> bool:
        """Tell whether it may be saved: gone through to the end, with nothing left unsettled."""
        return self.step is Step.NEXT and not self.session.unsettled


class Keeper(Protocol):
    """Keeps a session while it is asked."""

    @property
    def audience(self) -> Audience:
        """Tell who will read it."""

    def keep(self, session: Session) -> None:
        """Make a draft that outlives the program. Called after every answer."""

    def edit(self, item: Item, text: str) -> str:
        """Return an answer as it comes back from an editor."""


def walk_session(session: Session, asker: Asker, keeper: Keeper) -> Walk:
    """Ask until all is answered and confirmed, or someone stops."""
    if session.current:
        asker.greet(session, keeper.audience)
    while True:
        went = _ask_all(session, asker, keeper)
        if went.step is not Step.NEXT:
            return went
        session = went.session
        unsettled = _find_unsettled(session) if asker.can_ask_again else None
        verdict = Verdict(change=unsettled) if unsettled else asker.confirm(session, keeper.audience)
        if verdict.loose:
            session = replace(session, loose=clean(f"{session.loose}\n\n{verdict.loose}"))
            keeper.keep(session)
        if verdict.change is None:
            return Walk(session, verdict.step)
        went = _ask_one(session.at(verdict.change), asker, keeper)
        if went.step in STOPS:
            return went
        session = went.session.at_first_unseen()


def _ask_all(session: Session, asker: Asker, keeper: Keeper) -> Walk:
    while session.current:
        went = _ask_one(session, asker, keeper)
        if went.step in STOPS:
            return went
        session = went.session
    return Walk(session, Step.NEXT)


def _ask_one(session: Session, asker: Asker, keeper: Keeper) -> Walk:
    item = session.items[session.position]
    fault = _judge_text(session, item, session.unsettled.get(item.key, "")).fault
    while True:
        move = asker.ask(session, item, fault)
        if move.step is Step.EDIT:
            # Kept before the editor has it, and after.
            session = session.unsettle(item, move.text)
            keeper.keep(session)
            session = session.unsettle(item, keeper.edit(item, session.text_of(item)))
            keeper.keep(session)
            fault = None
            continue
        judged = _judge_text(session, item, move.text)
        session, fault = _take_move(session, item, move, judged), judged.fault
        if not (fault and move.step is Step.NEXT and asker.can_ask_again):
            break
        keeper.keep(session)
    if move.step in (Step.NEXT, Step.SKIP):
        session = session.forward()
    elif move.step is Step.BACK:
        session = session.back()
    keeper.keep(session)
    return Walk(session, move.step)


def _take_move(session: Session, item: Item, move: Move, judged: _Judgement) -> Session:
    if move.step in STOPS:
        is_new = move.text not in ("", session.text_of(item))
        return session.unsettle(item, move.text) if is_new else session
    return session.unsettle(item, move.text) if judged.fault else session.answered(item, judged.answer)


class _Judgement(NamedTuple):
    """What a text is to its question: an answer, nothing, or a fault."""

    answer: Answer | None = None
    fault: str | None = None


def _judge_text(session: Session, item: Item, text: str) -> _Judgement:
    try:
        return _Judgement(answer=check_answer(item.question, text, session.read_date))
    except AnswerFaultError as error:
        return _Judgement(fault=error.what)


def _find_unsettled(session: Session) -> Item | None:
    return next((item for item in session.items if item.key in session.unsettled), None)

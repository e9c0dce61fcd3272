"""What each asker says differently because of who is in the room."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from support.audience import Readers
from support.packs import small_pack

from compassion_cli.core.asking import walk_session
from compassion_cli.core.form import Setting
from compassion_cli.core.session import Item, Session, begin_session
from compassion_cli.terminal.frames import find_frame
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.plain_asker import PlainAsker
from compassion_cli.terminal.rich_asker import RichAsker
from compassion_cli.terminal.screen import Screen

SAID = {
    Setting.SUPERVISION: """\
This is for the two of you. Before you begin, agree who types.
If you say who said something, use their role, not their name.
Casework decisions belong on the person's own file, not here.
For each thing you agree to do, say who will do it, by role:
- [ ] Ask for a debrief slot (who: supervisor) (due 1 December)
""",
    Setting.GROUP: """\
One person types, and everyone can see the screen. Anyone may pass.
Write your notes without names. The entry can say how many people took part, but never who.
For each thing you agree to do, say who will do it, by role:
- [ ] Ask for a debrief slot (who: team lead) (due 1 December)
""",
}
LAST_LOOK = {
    None: "This is what you wrote:",
    Setting.INDIVIDUAL: "This is what you wrote:",
    Setting.SUPERVISION: "This is what the two of you wrote:",
    Setting.GROUP: "This is what the group wrote:",
}
TOGETHER = pytest.mark.parametrize("setting", SAID)
ALONE = pytest.mark.parametrize("setting", [None, Setting.INDIVIDUAL])

ALONE_IN_PLAIN_LINES = """\
A small pack: One and Two. 2 questions, about 3 minutes.
A test reads this.
Press Enter on an empty line to finish an answer. Leave an answer empty to skip the question.
You can type one of these on a line by itself: :back :skip :pause :edit :help :why

Question 1 of 2. One. About 3 minutes left.
Where it begins.
3. What is left?

Question 2 of 2. Two. About a minute left.
3. What is left?
Write as much or as little as you like. Press Enter on an empty line to finish. Leave the answer empty to skip.
Type one of these on a line by itself:
:back go to the previous question
:skip go to the next question
:pause stop here and keep everything
:why see what this question is for, and where it comes from
:edit carry on with this answer in an editor
:clear delete this answer
:help see this list
To mark something you will do, so that you can find it again, begin its line with - [ ]

This is what you wrote:

1. What is left?
  One

2. What is left?
  Two

A test reads this.
Press Enter to save. Type a number to change that answer, p to make it private, or :pause to finish later.
"""
ALONE_IN_COLOUR = """\
A small pack: One and Two. 2 questions, about 3 minutes.
A test reads this.

Question 1 of 2 · One · about 3 minutes left
"""


class NoKeeper:
    """Keeps nothing, and has the next answer typed."""

    def __init__(self, type_next: Callable[[], object] = lambda: None) -> None:
        self._type_next = type_next
        self.audience = Readers()

    def keep(self, _: Session) -> None:
        self._type_next()

    def edit(self, _: Item, text: str) -> str:
        return text


def new_session(setting: Setting | None) -> Session:
    pack = small_pack()
    return replace(begin_session(pack, pack.sections, ["last"]), setting=setting)


def talk_plainly(setting: Setting | None) -> str:
    """Answer two questions, with a look at the help at the second, and return what was shown."""
    talk = io.StringIO()
    reader = LineReader(io.StringIO("One\n\n:help\nTwo\n\n\n"), is_interactive=True)
    screen = Screen(talk, is_interactive=True, is_plain=True)
    assert walk_session(new_session(setting), PlainAsker(screen, reader), NoKeeper()).is_finished
    return talk.getvalue()


def talk_in_colour(setting: Setting | None) -> str:
    """Do the same at a capable terminal, where a key is the help. It breaks its lines at 76 columns."""
    talk, keys = io.StringIO(), iter(["One\r\r", "\x1bOPTwo\r\r"])
    with create_pipe_input() as keyboard:
        screen = Screen(talk, is_interactive=True, is_plain=False)
        asker = RichAsker(screen, LineReader(io.StringIO("\n"), is_interactive=True), keyboard, DummyOutput())

        def type_next() -> None:
            keyboard.send_text(next(keys, ""))

        type_next()
        assert walk_session(new_session(setting), asker, NoKeeper(type_next)).is_finished
    return "".join(f"{line.rstrip()}\n" for line in talk.getvalue().split("\n"))


TALKS = pytest.mark.parametrize("talk", [talk_plainly, talk_in_colour])


def squeeze(text: str) -> str:
    return " ".join(text.split())


@ALONE
def test_whoever_is_alone_hears_what_they_always_heard(setting: Setting | None) -> None:
    assert talk_plainly(setting) == ALONE_IN_PLAIN_LINES
    assert talk_in_colour(setting).startswith(ALONE_IN_COLOUR)
    assert find_frame(setting).lines == ()


@TALKS
@TOGETHER
def test_how_to_write_together_is_said_once_before_the_first_question_and_again_in_the_help(
    talk: Callable[[Setting], str], setting: Setting
) -> None:
    shown, said = squeeze(talk(setting)), squeeze(SAID[setting])
    before, _, after = shown.partition("Question 1 of 2")
    assert said in before
    assert after.count(said) == 1
    assert f"begin its line with - [ ] {said}" in after


@TALKS
@pytest.mark.parametrize("setting", LAST_LOOK)
def test_the_last_look_says_whose_words_these_are(
    talk: Callable[[Setting | None], str], setting: Setting | None
) -> None:
    shown = talk(setting)
    assert shown.count(f"\n{LAST_LOOK[setting]}\n") == 1
    assert shown.count("This is what") == 1


@TOGETHER
def test_what_is_said_is_short(setting: Setting) -> None:
    lines = find_frame(setting).lines
    assert "".join(f"{line}\n" for line in lines) == SAID[setting]
    assert len(lines) <= 5
    assert max(len(line.split()) for line in lines) <= 20

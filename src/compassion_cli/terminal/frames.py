"""What is said differently because of who is in the room. Whoever is alone hears nothing of it."""

from __future__ import annotations

from typing import NamedTuple

from compassion_cli.core.form import Setting


class Frame(NamedTuple):
    """How people write together.

    Attributes:
        lines: Said once before the first question, in the help, and at the top of a form.
        last_look: Said before all answers are shown once more.
    """

    lines: tuple[str, ...] = ()
    last_look: str = "This is what you wrote:"


_ALONE = Frame()
_FRAMES: dict[Setting | None, Frame] = {
    Setting.SUPERVISION: Frame(
        (
            "This is for the two of you. Before you begin, agree who types.",
            "If you say who said something, use their role, not their name.",
            "Casework decisions belong on the person's own file, not here.",
            "For each thing you agree to do, say who will do it, by role:",
            "- [ ] Ask for a debrief slot (who: supervisor) (due 1 December)",
        ),
        "This is what the two of you wrote:",
    ),
    Setting.GROUP: Frame(
        (
            "One person types, and everyone can see the screen. Anyone may pass.",
            "Write your notes without names. The entry can say how many people took part, but never who.",
            "For each thing you agree to do, say who will do it, by role:",
            "- [ ] Ask for a debrief slot (who: team lead) (due 1 December)",
        ),
        "This is what the group wrote:",
    ),
}


def find_frame(setting: Setting | None) -> Frame:
    """Return what is said in a setting."""
    return _FRAMES.get(setting, _ALONE)


def add_frame(text: str, setting: Setting | None) -> str:
    """Return a text of several lines with what is said in a setting below it."""
    return "\n".join((text, *find_frame(setting).lines))

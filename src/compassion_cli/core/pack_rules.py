"""What the values in a pack have to be. Each of these refuses with a :class:`PackRuleError`."""

from __future__ import annotations

from collections.abc import Callable

from compassion_cli.core.form import PACK_ID
from compassion_cli.core.text import is_plain_line

#: Ids stand in file names, so they are short.
_MOST_IN_ID = 40
#: More than four hours is a slip of the finger.
MOST_MINUTES = 240


class PackRuleError(ValueError):
    """A value that breaks a rule of packs.

    Args:
        what: What is wrong, or what would be right where there is a key.
        key: The way to the value, from the part of the pack that holds it; empty where it is no single value.
    """

    def __init__(self, what: str, key: tuple[str | int, ...] = ()) -> None:
        super().__init__(what)
        self.key = key


def expect_ids(**values: str | tuple[str, ...] | None) -> None:
    """Refuse what is not an id, by the keys of the values; None is passed over."""
    _expect_each("small letters, digits and single hyphens, at most 40", _is_id, values)


def expect_lines(**values: str | tuple[str, ...] | None) -> None:
    """Refuse what is not one line of words, by the keys of the values; None is passed over."""
    _expect_each("one line of text", _is_wording, values)


def _expect_each(right: str, fits: Callable[[str], object], values: dict[str, str | tuple[str, ...] | None]) -> None:
    for key, value in values.items():
        wrong: list[tuple[str | int, ...]]
        if isinstance(value, tuple):
            wrong = [(key, place) for place, text in enumerate(value) if not fits(text)]
        else:
            wrong = [(key,)] if value is not None and not fits(value) else []
        if wrong:
            raise PackRuleError(right, wrong[0])


def _is_id(text: str) -> bool:
    return len(text) <= _MOST_IN_ID and PACK_ID.fullmatch(text) is not None


def _is_wording(text: str) -> bool:
    # It becomes a heading in an entry.
    return is_plain_line(text) and text == text.strip() != ""


def expect_number(key: str, value: int, least: int, most: int | None = None) -> None:
    """Refuse a number outside its bounds, both of which are within them."""
    if value < least or (most is not None and value > most):
        raise PackRuleError(f"a number from {least} to {most}" if most else f"a number, {least} or more", (key,))


def expect_some(key: str, values: tuple[object, ...]) -> None:
    """Refuse an empty list."""
    if not values:
        raise PackRuleError("one or more", (key,))


def refuse_repeats(what: str, names: list[str]) -> None:
    """Refuse names of which one is there twice."""
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise PackRuleError(f'the {what} "{min(repeated)}" appears twice')

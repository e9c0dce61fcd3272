"""What text may hold: cleaned when it comes in, made harmless when it goes to a terminal.

Neither rewrites what a person said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Patterns are strings: ``re`` compiles and keeps each when it is first used, and most commands use none.

#: A complete terminal control sequence: parameters, intermediates and one final letter (ECMA-48, 5.4).
_CONTROL_SEQUENCE = r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
_CONTROLS = r"[\x00-\x08\x0e-\x1f\x7f-\x9f]"
#: What nobody sees, and what turns a line round: it reads differently from what it holds (Unicode TR 36, 3).
_UNSEEN = (
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
#: Joiners are part of how Persian and Hindi are written, and of emoji: one, between two signs that are seen.
_LOOSE_JOINERS = "(?<!\\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\\S)|(?<=[\u200c\u200d])[\u200c\u200d]+"
#: One says how the sign before it looks; more of them can hold a text that nobody sees.
_LOOSE_VARIATIONS = "(?<![^\\s\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
#: So can letters that are tags, but for those in the flags of England, Scotland and Wales (Unicode TR 51, annex C).
_TAGS = "(\U0001f3f4[\U000e0061-\U000e007a]{3,6}\U000e007f)|[\U000e0000-\U000e007f]"
_NOT_IN_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_LIST_NUMBER = r"(?m)^[\s>]*\d{1,9}[.)](?=\s)"
_MARKDOWN = r"[\s*_\\`>#|~+=-]"
_LINE_ENDS = "\r\n?|[\v\f\u0085\u2028\u2029]"
#: What Python makes of a byte that is not UTF-8 (PEP 383).
_STRAY_BYTES = "[\udc80-\udcff]+"
_SURROGATES = "[\ud800-\udfff]"


def clean(text: str) -> str:
    r"""Return typed or pasted text as it will be saved.

    Line ends become ``\n``; terminal control sequences and control characters go, tabs stay; bytes that were not
    UTF-8 are read as Windows-1252, which is what they nearly always are. Blank lines around the text and spaces
    at its end go; nothing else is touched.
    """
    text = re.sub(_CONTROL_SEQUENCE, "", re.sub(_LINE_ENDS, "\n", repair(text)))
    text = re.sub(_CONTROLS, "", text)
    return re.sub(r"\A(?:[^\S\n]*\n)+", "", text).rstrip()


def repair(text: str) -> str:
    """Return text that UTF-8 can hold: stray bytes are read as Windows-1252, half characters are marked."""
    return re.sub(_SURROGATES, "\ufffd", re.sub(_STRAY_BYTES, _read_as_windows, text))


def join_texts(earlier: str, later: str) -> str:
    """Return the later version of a text, and with it the earlier one unless that is part of it."""
    earlier, later = clean(earlier), clean(later)
    is_part = later.startswith(earlier) or f"\n{earlier}\n" in f"\n{later}\n"
    return later if is_part else "\n\n".join(filter(None, (earlier, later)))


def clean_line(text: str) -> str:
    """Return a name or tag as it will be saved: cleaned, and on one line."""
    return " ".join(clean(text).split())


def is_plain_line(text: str) -> bool:
    """Return whether a text is one line, in which nothing can make it read differently from what it holds."""
    return _NOT_IN_LINE.search(text) is None


def displayable(text: str) -> str:
    """Return untrusted text as a terminal or pager may see it: every letter stays, no control survives.

    Nor does what hides a text or turns it round. What is clean already is returned as it is.
    """
    if not _has_unusual(text):
        return text
    text = re.sub(_CONTROL_SEQUENCE, "", re.sub(_LINE_ENDS, "\n", text))
    text = re.sub(_UNSEEN, "", re.sub(_CONTROLS, "", text))
    text = re.sub(_TAGS, lambda found: found[1] or "", text)
    text = re.sub(_LOOSE_JOINERS, "", re.sub(_LOOSE_VARIATIONS, "", text))
    return re.sub(_SURROGATES, "\ufffd", text)


def _has_unusual(text: str) -> bool:
    # Nearly all text is told at once: of what is left, variation selectors count as printable.
    return not text.replace("\n", "").isprintable() or (not text.isascii() and bool(re.search(_LOOSE_VARIATIONS, text)))


def bare(text: str) -> str:
    """Return a text without all that a Markdown formatter may change: spaces, line ends, marks and numbers of lists.

    Two texts that are alike in that are alike in their words.
    """
    return re.sub(_MARKDOWN, "", re.sub(_LIST_NUMBER, "", text))


def is_same_heading(found: str, printed: str) -> bool:
    """Tell whether a heading is one that was printed; some formatters take away what ends it, as a full stop does."""
    return bare(found) in (bare(printed), bare(printed).rstrip(".,;:!"))


def first_words(text: str, width: int) -> str:
    """Return the beginning of a text on one line of at most ``width`` characters."""
    line = " ".join(text[: width * 4].split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def nearest(word: str, known: Iterable[str], likeness: float = 0.5) -> str | None:
    """Return the known word most like a mistyped one, if any is like it.

    Args:
        word: What was typed.
        known: The words there are.
        likeness: How much alike the two have to be, from 0 to 1.
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only needed when something was mistyped

    in_small_letters = {each.lower(): each for each in known}
    found = get_close_matches(word.lower(), in_small_letters, n=1, cutoff=likeness)
    return in_small_letters[found[0]] if found else None


def enumerate_words(words: Iterable[str], last: str = "or") -> str:
    """Join words as a sentence does: ``self, team or organisation``."""
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def _read_as_windows(stray: re.Match[str]) -> str:
    return stray.group().encode("utf-8", "surrogateescape").decode("cp1252", "replace")


#: What typing and pasting put in each other's place: a word processor makes curly and long what a keyboard does not.
SIGNS_ALIKE = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
}
#: Also letters with a stroke or without a dot, which Unicode does not take apart.
_ALIKE = SIGNS_ALIKE | {"ł": "l", "ø": "o", "đ": "d", "ı": "i"}


def fold(text: str) -> str:
    """Return text without case and accents; what is alike to a reader is the same."""
    return text.lower() if text.isascii() else "".join(map(fold_character, text))


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """Return one character so; nothing for an accent that stands on its own, or for what nobody sees."""
    parts = unicodedata.normalize("NFKD", character.casefold())
    # Once more: some signs come apart into capitals, or into what is alike to something else.
    folded = (part.casefold() for part in parts if not unicodedata.combining(part) and not _is_unseen(part))
    return "".join(_ALIKE.get(part, part) for part in folded)


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) == "Cf"


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return folded text, and for each of its characters the place in the text that it comes from.

    The last place is that of the end.
    """
    pieces = [fold_character(character) for character in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*places, len(text)]

"""The words that whatever a regular expression matches is certain to hold, so that other files need not be read.

They are taken from Python's own parse tree of the pattern. Where this Python has none, or has something in it that is
not known here, nothing is certain of that part, and the files are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from compassion_cli.core.text import fold

#: Any of these, and all the words in it.
Alternatives = tuple[tuple[str, ...], ...]
#: Of what nothing is known.
ANYTHING: Alternatives = ((),)
#: Looking for more than so many takes longer than it saves.
_MOST = 16


def find_sure_words(pattern: re.Pattern[str]) -> Alternatives:
    """Return what has to be in a text that a pattern matches, folded: all the words of one of the alternatives."""
    parser = getattr(re, "_parser", None)
    try:
        tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE) if parser else ()
    except (re.error, RecursionError):
        return ANYTHING
    return _find(tree)


def _find(items: Iterable[tuple[Any, Any]]) -> Alternatives:
    found = ANYTHING
    for alternatives in _list_parts(items):
        both = tuple(tuple(dict.fromkeys((*one, *other))) for one in found for other in alternatives)
        found = both if len(both) <= _MOST else found
    return found


def _list_parts(items: Iterable[tuple[Any, Any]]) -> Iterator[Alternatives]:
    run = ""
    for code, value in items:
        name = str(code)
        if name == "LITERAL" and chr(value).isalnum():
            run += fold(chr(value))
            continue
        yield from _list_run(run)
        run = ""
        yield _find_in(name, value)
    yield from _list_run(run)


def _list_run(run: str) -> Iterator[Alternatives]:
    if run:
        yield ((run,),)


def _find_in(name: str, value: Any) -> Alternatives:
    if name == "SUBPATTERN":
        return _find(value[-1])
    if name == "ATOMIC_GROUP":
        return _find(value)
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and value[0] > 0:
        return _find(value[2])
    if name == "BRANCH":
        found = tuple(dict.fromkeys(words for branch in value[1] for words in _find(branch)))
        return found if len(found) <= _MOST and () not in found else ANYTHING
    return ANYTHING

"""Searching: what someone looks for, and where it is found in what was written."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

from compassion_cli.core.errors import UsageError
from compassion_cli.core.form import Form
from compassion_cli.core.sure_words import Alternatives, find_sure_words
from compassion_cli.core.text import fold, fold_with_places

#: What is entered while something is done, and left whatever comes of it.
Guard = Callable[[], AbstractContextManager[None]]

_PIECES = re.compile(r'"([^"]*)"?|([^\s"]+)')


class Passage(NamedTuple):
    """A text in which something was found.

    Attributes:
        label: Where it stands: ``Question 3``, or the title of a section.
        marks: Where the words begin and end in it.
    """

    label: str
    text: str
    marks: tuple[tuple[int, int], ...]


class Search(NamedTuple):
    """All of these have to be found, anywhere in an entry.

    Attributes:
        patterns: Of folded text, or of text as it is.
        is_folded: Case and accents do not matter.
        words: What a file must hold to be worth reading, folded: all the words of one of these alternatives. One of
            them has no words where that cannot be told.
        guard: Entered wherever a text is searched: there are expressions that never come to an end.
    """

    patterns: tuple[re.Pattern[str], ...]
    is_folded: bool
    words: Alternatives
    guard: Guard = nullcontext

    def finds(self, form: Form) -> bool:
        """Tell whether all is in a form, in any of its texts."""
        texts = [fold(text) if self.is_folded else text for _, text in list_texts(form)]
        with self.guard():
            return all(any(pattern.search(text) for text in texts) for pattern in self.patterns)

    def list_passages(self, form: Form) -> list[Passage]:
        """Return the texts of a form in which any of it is found, with the places."""
        with self.guard():
            found = [Passage(label, text, tuple(sorted(self._find_marks(text)))) for label, text in list_texts(form)]
        return [passage for passage in found if passage.marks]

    def _find_marks(self, text: str) -> Iterator[tuple[int, int]]:
        folded, places = fold_with_places(text) if self.is_folded else (text, range(len(text) + 1))
        for pattern in self.patterns:
            for match in pattern.finditer(folded):
                if match.end() > match.start():
                    # With an accent that stands on its own behind the last letter.
                    yield places[match.start()], max(places[match.end() - 1] + 1, places[match.end()])


def list_texts(form: Form) -> Iterator[tuple[str, str]]:
    """Yield what someone wrote, with where it stands. The questions are not theirs and not in it."""
    yield "Before the first question", form.loose
    for section in form.sections:
        yield section.title or section.id, section.loose
        for question in section.questions:
            yield f"Question {question.number}", question.text
    for tag in form.tags:
        yield "Tag", tag


def parse_words(arguments: Sequence[str]) -> Search:
    r"""Return the search for some words and phrases.

    Args:
        arguments: As they came from the command line. A shell takes quotation marks away, so an argument with a space
            in it is a phrase, unless it has quotation marks of its own: ``"felt heard" team``.

    Raises:
        UsageError: There is no word in them.
    """
    phrases = [phrase.split() for argument in arguments for phrase in _split_phrases(fold(argument))]
    phrases = [phrase for phrase in phrases if phrase]
    if not phrases:
        raise UsageError("no words to look for were given", "journal search WORDS")
    patterns = tuple(re.compile(r"\s+".join(map(re.escape, phrase))) for phrase in phrases)
    return Search(patterns, is_folded=True, words=(tuple(word for phrase in phrases for word in phrase),))


def _split_phrases(argument: str) -> list[str]:
    if '"' not in argument:
        return [argument]
    return [quoted or bare for quoted, bare in _PIECES.findall(argument)]


def parse_regex(arguments: Sequence[str], guard: Guard = nullcontext) -> Search:
    """Return the search for one regular expression, any case.

    Args:
        arguments: As they came from the command line.
        guard: Entered wherever a text is searched.

    Raises:
        UsageError: It is none.
    """
    try:
        with warnings.catch_warnings():
            # What may mean something else in a later Python is told to programmers, not to whoever searches.
            warnings.simplefilter("ignore")
            pattern = re.compile(" ".join(arguments), re.IGNORECASE | re.MULTILINE)
            words = find_sure_words(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        reason = getattr(error, "msg", "it is too large")
        raise UsageError(f"that regular expression cannot be used: {reason}", "journal search WORDS") from None
    return Search((pattern,), is_folded=False, words=words, guard=guard)

"""Telling from the front matter of an entry that it is not wanted, so that the rest of its file need not be read.

First come the words that have to stand in the front matter; only where they do is that read as TOML. What cannot be
told from it, because it is spelt in another encoding or with other line ends, or is damaged, is left to whoever reads
the whole file. A lens is told by the markers in the file instead, which alone say what an entry is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TypeGuard

from compassion_cli.core.errors import FormFaultError, UsageError
from compassion_cli.core.query import Query, list_sure_words
from compassion_cli.core.review import is_meant, is_same_person
from compassion_cli.core.text import enumerate_words, fold
from compassion_cli.formats.front_matter import ENTRY_KEYS, parse_front_matter
from compassion_cli.storage.byte_filter import BEGINNING, Sieve, is_text, make_sieve
from compassion_cli.storage.entry_files import EntryChoice, find_id, is_review_name, list_months
from compassion_cli.storage.journal import Journal
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry
from compassion_cli.storage.read_files import read_each

_FENCE = b"\n+++"
_ESCAPE = b"\\"
_AUTHOR = re.compile(rb'^author = "[^"\\\n]*"$', re.MULTILINE)
#: Where this is not in it, a line of the front matter is what it seems to be.
_IN_A_TEXT_OR_TABLE = re.compile(rb'"""|\'\'\'|^[ \t]*\[', re.MULTILINE)


#: The names of some files, by the folder they are in.
Files = dict[str, set[str]]


def make_choice(query: Query, among: Files | None = None) -> EntryChoice | None:
    """Return what chooses the entries that a query may want; None where their front matter does not matter to it.

    Args:
        query: What an entry has to be.
        among: The files of entries that need be looked at; all where there are none given.
    """
    if not query.needs_front_matter:
        return None
    chooser = _Chooser(query, among)
    return chooser.choose


class _Chooser:
    """What is looked for in the bytes of the files, made once."""

    def __init__(self, query: Query, among: Files | None) -> None:
        self._query = query
        self._among = among
        self._sieve = make_sieve(query.words)
        self._is_of_me = make_sieve(list_sure_words(query.waits_for or ""))
        section = (query.section or "").encode("utf-8", "surrogateescape")
        self._markers = (b": %b." % section, b": %b -->" % section) if section else ()

    def choose(self, folder: str, names: Iterable[str]) -> Iterator[str]:
        """Yield the names of what belongs to an entry that may be wanted."""
        among = None if self._among is None else self._among.get(folder, set())
        if among is not None and not among:
            return
        groups = [(entry_id, list(group)) for entry_id, group in groupby(names, key=find_id)]
        own = [f"{entry_id}.md" for entry_id, group in groups if f"{entry_id}.md" in group]
        of_entry = {f"{entry_id}.md": group for entry_id, group in groups}
        for name, data in read_each(folder, own if among is None else filter(among.__contains__, own)):
            if self._may_be_wanted(data, of_entry[name]) and not self._has_response_by_me(folder, of_entry[name]):
                yield from of_entry[name]

    def _may_be_wanted(self, data: bytes | None, group: Sequence[str]) -> bool:
        if not _is_plain(data):
            return True
        if self._markers and not any(marker in data for marker in self._markers):
            return False
        front = _cut_front(data)
        if front is None:
            return _passes(data, self._sieve)
        return _passes(front, self._sieve) and self._wants(front, group)

    def _wants(self, front: bytes, group: Sequence[str]) -> bool:
        query = self._query
        if not query.names and (query.waits_for is None or not _passes(front, self._is_of_me)):
            return True
        values = _read_front(front)
        if values is None:
            return True
        if query.answered_to is not None and not any(map(is_review_name, group)):
            return False
        return query.wants_front_matter(values["pack"], values["tags"], values["author"])

    def _has_response_by_me(self, folder: str, group: Sequence[str]) -> bool:
        me = self._query.waits_for
        if me is None:
            return False
        reviews = filter(is_review_name, group)
        return any(_is_by(data, me, self._is_of_me) for _, data in read_each(folder, reviews))


def _is_by(data: bytes | None, me: str, is_of_me: Sieve | None) -> bool:
    """Tell whether a review is certain to be by someone."""
    front = _cut_front(data) if _is_plain(data) else None
    values = _read_front(front) if front is not None and _passes(front, is_of_me) else None
    return values is not None and is_same_person(values["author"], me)


def _is_plain(data: bytes | None) -> TypeGuard[bytes]:
    """Tell whether something begins as the program begins a file, and is UTF-8 text."""
    return data is not None and data.startswith(BEGINNING) and is_text(data)


def _cut_front(data: bytes) -> bytes | None:
    """Return the front matter of what begins as an entry; None where its end is not as the program writes it."""
    end = data.find(_FENCE, len(BEGINNING) - 1)
    after = data[end + len(_FENCE) : end + len(_FENCE) + 1]
    return data[len(BEGINNING) : end + 1] if end >= 0 and after in {b"", b"\n"} else None


def _passes(front: bytes, sieve: Sieve | None) -> bool:
    # A backslash begins a sign that is spelt in another way.
    return sieve is None or _ESCAPE in front or sieve(front)


def _read_front(front: bytes) -> dict[str, Any] | None:
    """Return the fields in front matter; None where it is damaged."""
    try:
        return parse_front_matter(front.decode().split("\n")[:-1], ENTRY_KEYS)
    except FormFaultError:
        return None


def settle_author(journals: Sequence[Journal], query: Query) -> tuple[Query, Files | None]:
    """Return a query for whoever is meant by part of a name, such as the first name, where that is one person.

    Beside it are the files in which to look for that person; None where it may be any.

    Raises:
        UsageError: Several people may be meant; the remedy names them.
    """
    typed = query.author
    words = fold(typed or "").split()
    if typed is None or not words:
        return query, None
    names: dict[tuple[str, ...], str] = {}
    files: Files = {}
    for name in _list_authors(journals, make_sieve(list_sure_words(typed)), files):
        if is_meant(name, typed):
            return query, None
        if set(words) <= set(fold(name).split()):
            names.setdefault(tuple(fold(name).split()), name)
    if len(names) > 1:
        found = sorted(names.values())
        remedy = "\n".join(f'--author "{name}"' for name in found)
        raise UsageError(f'{len(found)} people match "{typed}": {enumerate_words(found, "and")}', remedy)
    return query._replace(author=next(iter(names.values()), typed)), files


def _list_authors(journals: Sequence[Journal], sieve: Sieve | None, files: Files) -> Iterator[str]:
    """Yield who wrote the entries whose front matter passes; someone whose name is spelt in one way mostly once.

    The files of those entries, and those that cannot be told, are added to ``files``.
    """
    seen: set[bytes] = set()
    for month in list_months(journals):
        own = (name for name in month.names if not is_review_name(name))
        folder = str(month.folder)
        for name, data in read_each(folder, own):
            front = _cut_front(data) if _is_plain(data) else None
            if front is not None and not _passes(front, sieve):
                continue
            files.setdefault(folder, set()).add(name)
            if front is None:
                yield from _read_writer(month.folder / name)
            elif not _is_in(front, seen) and (values := _read_front(front)):
                yield values["author"]


def _is_in(front: bytes, seen: set[bytes]) -> bool:
    """Tell whether someone is among those seen, whom this adds them to."""
    line = None if _IN_A_TEXT_OR_TABLE.search(front) else _AUTHOR.search(front)
    if line is None:
        return False
    is_known = line[0] in seen
    seen.add(line[0])
    return is_known


def _read_writer(path: Path) -> Iterator[str]:
    try:
        yield read_entry(path).author
    except EntryUnreadableError:
        return

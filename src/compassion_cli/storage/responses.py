"""The responses to an entry, ready to be read: which are new, and whether the entry has changed since."""

from __future__ import annotations

from collections.abc import Sequence

from compassion_cli.core.form import Entry
from compassion_cli.core.review import Response, is_same_person
from compassion_cli.formats.task_list import digest_lines, digest_words
from compassion_cli.storage.entry_query import Found
from compassion_cli.storage.read_files import FileReadError, read_text
from compassion_cli.storage.said_once import has_been, is_first_time


def digest_entry(found: Found) -> str:
    """Return the digest of the words of an entry, as they are in its file now.

    Raises:
        FileReadError: It cannot be read.
    """
    return digest_words(read_text(found.file.path), found.entry.created.date())


def list_responses(found: Found, me: str) -> tuple[Response, ...]:
    """Return the responses to an entry that was found together with them.

    Args:
        found: The entry.
        me: Whoever reads.
    """
    if not found.reviews:
        return ()
    try:
        text, written = read_text(found.file.path), found.entry.created.date()
        as_it_is = {"", digest_words(text, written), digest_lines(text, written)}
    except FileReadError:
        # It has gone this very moment. What was read is shown; whether it has changed cannot be told.
        as_it_is = set()
    is_mine = is_same_person(found.entry.author, me)
    return tuple(
        Response(
            review,
            has_changed=bool(as_it_is and review.reviewed and review.reviewed.digest not in as_it_is),
            is_new=is_mine and not is_same_person(review.author, me) and not has_been(_mark(found, review)),
        )
        for review in found.reviews
    )


def note_read(found: Found, responses: Sequence[Response]) -> None:
    """Note on this computer that new responses have been read. Where that cannot be noted, they stay new."""
    for response in responses:
        if response.is_new:
            is_first_time(_mark(found, response.review))


def _mark(found: Found, review: Entry) -> str:
    # A response whose words have been changed since is new once more.
    path = found.file.path.with_name(f"{review.id}.md")
    try:
        digest = digest_words(read_text(path), review.created.date())[:8]
    except FileReadError:
        digest = "unread"
    return f"{review.id}-{digest}"

"""The responses to an entry, as they are to be read: which are new, and whether the entry has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from compassion_cli.core.review import Response, is_same_person
from compassion_cli.formats.task_list import digest_words
from compassion_cli.storage.once import has_been, is_first_time
from compassion_cli.storage.reading import FileReadError, read_text
from compassion_cli.storage.selecting import Found


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
    digest = digest_entry(found)
    is_mine = is_same_person(found.entry.author, me)
    return tuple(
        Response(
            review,
            has_changed=bool(review.reviewed and review.reviewed.digest not in ("", digest)),
            is_new=is_mine and not is_same_person(review.author, me) and not has_been(_mark(found, review.id)),
        )
        for review in found.reviews
    )


def note_read(found: Found, responses: Sequence[Response]) -> None:
    """Note on this computer that new responses have been read. Where that cannot be noted, they stay new."""
    for response in responses:
        if response.is_new:
            is_first_time(_mark(found, response.review.id))


def _mark(found: Found, review_id: str) -> str:
    # A response that has been changed since is new once more.
    path = found.file.path.with_name(f"{review_id}.md")
    try:
        digest = sha256(read_text(path).encode()).hexdigest()[:8]
    except FileReadError:
        digest = "unread"
    return f"{review_id}-{digest}"

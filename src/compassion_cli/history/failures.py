"""What went wrong, in words of ours: git's own speak of branches and heads, and may name an address with a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.formats.dates import render_date
from compassion_cli.history.git import GitError
from compassion_cli.storage.read_files import FileReadError, explain
from compassion_cli.storage.write_files import FileChangedError, FileWriteError

#: What git and ssh say, and what that means. The first that fits is it.
_MEANINGS = (
    (
        (
            r"Could not resolve|unable to look up|[Cc]onnect to|Couldn't connect|Connection (timed out|refused|reset)|"
            r"Network is |No route to host|timed out|it does not answer|Temporary failure"
        ),
        "{} could not be reached",
        "check the connection, then: journal sync",
    ),
    (
        (
            r"Authentication failed|could not read (Username|Password)|Permission denied \(|terminal prompts disabled|"
            r"Host key verification failed|returned error: 40[13]|Access denied|askpass|Invalid username"
        ),
        "{} would not let you sign in",
        "ask whoever looks after it, or your computer, to set up your access",
    ),
    (
        r"does not appear to be a git repository|not found|does not exist|No such file|Could not read from remote",
        "there is no journal at {}",
        "check the address with whoever gave it to you, then: journal init --remote ADDRESS",
    ),
    (
        r"mismatched algorithms|hash algorithm|[Uu]nknown (object format|repository ext)|unsupported object format",
        "{} keeps its history in a different way (SHA-256) from this journal",
        "ask whoever made it for a new one, made with: git init --bare\nor with: journal init --remote FOLDER",
    ),
    (
        r"shallow roots are not allowed",
        "{} has only the latest part of its history, as after git clone --depth",
        "ask whoever made it for a new one with the whole history",
    ),
    (r"No space left|quota", "there is no space left, here or at {}", "free some space, then: journal sync"),
    (
        r"insufficient permission|unable to (create|write|migrate)|Permission denied|Read-only",
        "you are not allowed to write to {}",
        "ask whoever looks after it for permission to write there, then: journal sync",
    ),
    (r"remote rejected|declined|denied|protected", "{} would not accept it", "ask whoever looks after it"),
)


class HistoryError(ReflectError):
    """What happened could not be recorded, or the history not be read. No file has changed."""


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Raise what git and the system say as ``HistoryError``."""
    try:
        yield
    except GitError as error:
        raise HistoryError(*_explain(error.said)) from None
    except TimeoutError:
        raise HistoryError("another window is busy with this journal", "wait a moment, then: journal sync") from None
    except (FileWriteError, FileChangedError, FileReadError) as error:
        raise HistoryError(error.what, "fix that, then: journal sync") from None
    except OSError as error:
        raise HistoryError(f"the system refused: {explain(error)}", "fix that, then: journal sync") from None


#: The same for git in the folder of a journal.
_MEANINGS_HERE = (
    (
        r"it took too long|it does not answer",
        "git is not responding",
        "restart this computer, then: journal sync",
    ),
    (
        r"dubious ownership",
        "this folder belongs to another account, and git will not keep history there without permission",
        "ask whoever looks after this computer to mark the folder as safe for git",
    ),
    (
        r"Too many open files|Cannot allocate memory|Resource temporarily unavailable",
        "this computer is too busy at the moment",
        "close some programs, then: journal sync",
    ),
    (
        r"Input/output error",
        "the disk has reported an error",
        "ask whoever looks after this computer soon, then: journal sync",
    ),
    (
        r"Permission denied|Read-only",
        "you are not allowed to write to the journal's folder .git",
        "get permission to write there, then: journal sync",
    ),
    (
        r"No space left|Disk quota|[Uu]nable to write|failed to write|write error",
        "the disk is full",
        "free some space, then: journal sync",
    ),
    (
        r"",
        "git could not do it",
        "ask whoever looks after this computer to run this in the journal's folder: git status",
    ),
)


def _explain(said: str) -> tuple[str, str]:
    if held := re.search(r"'([^']+\.lock)': File exists", said):
        return _explain_lock(Path(held[1]))
    return next((what, remedy) for pattern, what, remedy in _MEANINGS_HERE if re.search(pattern, said))


def _explain_lock(path: Path) -> tuple[str, str]:
    since = ""
    with suppress(OSError):
        held = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        since = f", since {render_date(held.date())}, {held:%H:%M}"
    return (
        f"another program is busy with this journal's history{since}",
        f"close that program, then: journal sync\nif no program is open, first delete {path}",
    )


def explain_remote(said: str, where: str) -> tuple[str, str]:
    """Return what happened, and what to do, for what git and its helpers said of the other side."""
    for pattern, what, remedy in _MEANINGS:
        if re.search(pattern, said):
            return what.format(where), remedy
    return f"{where} could not be used", "try again later; if it still fails, ask whoever looks after it"

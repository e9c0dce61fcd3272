"""Bringing a journal and its other side together: fetch, put own commits after those of others, send."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.errors import ReflectError
from compassion_cli.core.file_names import find_entry_id, is_other_version
from compassion_cli.core.review import Person, is_same_person, recognise
from compassion_cli.core.text import enumerate_words
from compassion_cli.history.allowed_settings import open_git
from compassion_cli.history.checkout import leave_out, place
from compassion_cli.history.failures import in_plain_words
from compassion_cli.history.git import Git, read_commit
from compassion_cli.history.other_hands import MOST_ASKED_FOR, list_other_hands
from compassion_cli.history.refused_names import find_workable_tree, is_refused
from compassion_cli.history.remote import Remote, RemoteError, find_remote, hide_password
from compassion_cli.history.replay import Combined, combine
from compassion_cli.history.traffic import Traffic, count_changes, list_changes_between, sort_change
from compassion_cli.history.trees import list_tree
from compassion_cli.history.unrecorded import (
    choose_deleted,
    choose_unrecorded,
    find_unrecorded,
    holds_two_versions,
    list_changes,
    look_at_all_files,
)
from compassion_cli.history.versions import History, sign
from compassion_cli.history.withhold import withhold
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.read_entry import EntryUnreadableError, read_entry

#: How often others may be faster before we give up for now.
_TRIES = 5
_FETCHING = "Looking for what is new"
_SENDING = "Sending what is new"
_PACKING = "Making the history smaller"


class StrangersError(ReflectError):
    """The other side is a journal of its own, by other people. Nothing of either has come or gone."""


def sync(
    journal: SharedJournal,
    author: Person,
    *,
    is_attended: bool,
    watch: Callable[[str, int | None], None],
    joins: bool = False,
) -> Traffic:
    """Bring a journal and its other side together.

    Args:
        journal: The journal. A private one has no other side.
        author: Who records what is not recorded yet.
        is_attended: Someone is there who can type a password.
        watch: Told what is being done and how far it is.
        joins: Two journals that began apart, and are by different people, are meant to become one.

    Raises:
        StrangersError: They are that, and nobody has said so.
        ReflectError: It is not there, has no other side, or what came cannot be put into its folder.
        RemoteError: The other side cannot be reached; what is here is as it was.
        GitMissingError: There is no git program.
        HistoryError: The history is not to be had just now.
    """
    history = History(journal.folder, author)
    if not journal.exists:
        raise ReflectError(
            f"there is no journal in {journal.folder} yet",
            "to make one: journal init\nto use another journal: journal sync --journal NAME",
        )
    with history.turn() as git:
        look_at_all_files(git)
        history.catch_up(git)
        remote = find_remote(journal, git, is_attended=is_attended)
        if remote is None:
            raise ReflectError("this journal is on this computer only", "to share it: journal init --remote FOLDER")
        syncing = _Syncing(journal, history, git, remote, watch, Traffic(), joins, author)
        syncing.run()
        listed = list_changes(git)
        syncing.traffic.missing += [history.folder / name for name in choose_deleted(listed)]
        names = [name for name, _ in choose_unrecorded(listed)]
        syncing.traffic.unclear += [path for name in names if holds_two_versions(path := history.folder / name)]
    return syncing.traffic


def tidy(journal: SharedJournal, watch: Callable[[str, int | None], None]) -> None:
    """Pack the history of a journal if that is due, once all has been said of what came and went.

    Args:
        journal: The journal, which has been synced.
        watch: Told what is being done.
    """
    History(journal.folder).pack(lambda: watch(_PACKING, None))


@dataclass(frozen=True)
class _Syncing:
    """One run of it."""

    journal: SharedJournal
    history: History
    git: Git
    remote: Remote
    watch: Callable[[str, int | None], None]
    traffic: Traffic
    joins: bool
    me: Person

    def run(self) -> None:
        """Fetch, take in, send, and begin again where others were faster."""
        for _ in range(_TRIES):
            self.remote.fetch(lambda percent: self.watch(_FETCHING, percent))
            # Someone may have changed an entry meanwhile.
            self.history.catch_up(self.git)
            theirs = self._choose_theirs()
            if self._send(self._take_in(theirs.commit), theirs):
                return
        self.traffic.failure = RemoteError("others are sending at the same time", "wait a moment, then: journal sync")

    def _choose_theirs(self) -> Theirs:
        theirs = find_theirs(self.history, self.git, self.remote)
        if not theirs.branch:
            self.remote.note_usual_branch()
            theirs = find_theirs(self.history, self.git, self.remote)
        if not theirs.branch:
            raise RemoteError(
                f"{hide_password(self.remote.address)} holds several histories, but not one for this journal",
                "ask whoever looks after it to make this journal's history the default branch there",
            )
        return theirs

    def _take_in(self, theirs: str) -> str:
        """Put what was fetched in the folder, own commits after it; return the last commit here then."""
        git, folder = self.git, self.history.folder
        own = read_commit(git, "HEAD")
        if theirs in ("", own):
            return own
        base = git.run("merge-base", own, theirs, allowed=(0, 1)).decode().strip() if own else ""
        if base == theirs:
            return own
        if own and not base and not self.joins:
            self._expect_acquaintance(own, theirs)
        theirs = self._leave_out_what_git_refuses(theirs)
        combined = combine(git, own, theirs) if own and base != own else Combined(theirs)
        self.traffic.passed_over += place(git, self.history.branch, own, combined.commit)
        changes = list_changes_between(git, base, theirs)
        self.traffic.received.update(sort_change(kind, path) for kind, path in changes)
        span = [theirs, *([f"^{base}"] if base else [])]
        self._note_hands([path for kind, path in changes if kind != "D"], span)
        self.traffic.clashes += [folder / path for path in combined.clashes]
        return combined.commit

    def _note_hands(self, names: Sequence[str], span: Sequence[str]) -> None:
        """Note which of the files that came went through other hands than those of whom they say they are by."""
        folder, authors = self.history.folder, dict[Path, str]()
        names = [name for name in names if find_entry_id(name) and not is_other_version(name)]
        for name in names if len(names) <= MOST_ASKED_FOR else ():
            with suppress(EntryUnreadableError):
                authors[folder / name] = recognise(read_entry(folder / name).author, self.me)
        for path, hands in list_other_hands(folder, authors, span).items():
            self.traffic.hands[path] = (authors[path], tuple(hands))

    def _leave_out_what_git_refuses(self, theirs: str) -> str:
        tree, refused = find_workable_tree(self.git, theirs)
        if not refused:
            return theirs
        self.traffic.refused += refused
        words = ("commit-tree", tree, "-p", theirs, "-m", "journal: leave out what git refuses")
        return self.git.run(*words, env=sign(self.history.author, None)).decode().strip()

    def _is_left_out(self, path: str) -> bool:
        return path in self.traffic.refused or is_refused(path)

    def _expect_acquaintance(self, own: str, theirs: str) -> None:
        """See that two journals that began apart are not of different people: someone may have mistyped a place."""
        here, there = _list_writers(self.git, own), _list_writers(self.git, theirs)
        strangers = [name for name in there if not any(is_same_person(name, known) for known in here)]
        if strangers and all(_holds_entries(self.git, commit) for commit in (own, theirs)):
            raise StrangersError(
                f"{hide_password(self.remote.address)} has another journal in it, by {enumerate_words(there, 'and')}",
                safe="Nothing was sent, and nothing was added to your journal.",
            )

    def _withhold(self, own: str, theirs: str) -> str:
        """Take what is not to be sent out of own commits; return the last of them."""
        if not own or own == theirs:
            return own
        withheld = withhold(self.journal, self.git, theirs, own)
        if withheld.commit != own:
            # What is taken out may be recorded nowhere else.
            kept = f"refs/compassion/kept/{withheld.name}"
            if not read_commit(self.git, kept):
                self.git.run("update-ref", kept, own)
            leave_out(self.git, self.history.branch, own, withheld.commit, withheld.lines)
            folder = self.history.folder
            self.traffic.withheld += [folder / name for name in withheld.private]
            self.traffic.unsent += [folder / name for name in withheld.missing]
        return withheld.commit

    def _send(self, own: str, theirs: Theirs) -> bool:
        """Send what the other side has not; tell whether it is done, rather than others having been faster."""
        own = self._withhold(own, theirs.commit)
        if not own or own == theirs.commit:
            return True
        changes = list_changes_between(self.git, theirs.commit, own)
        try:
            if not self.remote.send(own, theirs.branch, lambda percent: self.watch(_SENDING, percent)):
                return False
        except RemoteError as error:
            self.traffic.failure = error
            return True
        self.git.run("update-ref", f"refs/remotes/{self.remote.name}/{theirs.branch}", own)
        self.traffic.sent.update(sort_change(kind, path) for kind, path in changes if not self._is_left_out(path))
        return True


class Theirs(NamedTuple):
    """The other side's line of history, as far as it was fetched.

    Attributes:
        branch: What it is called there; empty where there are several, and nobody can tell which is meant.
        commit: Its last; empty where there is none yet.
    """

    branch: str
    commit: str


def find_theirs(history: History, git: Git, remote: Remote) -> Theirs:
    """Return the other side's line of history: the one called as ours, else the only one, else the usual one there."""
    prefix = f"refs/remotes/{remote.name}/"
    out = git.run("for-each-ref", "--format=%(refname) %(objectname) %(symref)", prefix).decode(
        "utf-8", "surrogateescape"
    )
    rows = [line.removeprefix(prefix).split(" ") for line in out.splitlines()]
    found = {name: commit for name, commit, symref in rows if not symref}
    usual = next((symref.removeprefix(prefix) for _, _, symref in rows if symref), "")
    branch = history.branch
    if branch not in found and found:
        branch = next(iter(found)) if len(found) == 1 else usual if usual in found else ""
    return Theirs(branch, found.get(branch, ""))


def _list_writers(git: Git, commit: str) -> list[str]:
    """Return who has recorded something up to a commit, each once."""
    return sorted(set(git.run("log", "--format=%an", commit).decode("utf-8", "replace").splitlines()))


def _holds_entries(git: Git, commit: str) -> bool:
    return any(map(find_entry_id, list_tree(git, commit)))


def find_address(journal: SharedJournal) -> str | None:
    """Return where a journal is shared, as it may be shown; None where it is not."""
    if not History(journal.folder).exists:
        return None
    with in_plain_words():
        remote = find_remote(journal, open_git(journal.folder))
    return hide_password(remote.address) if remote else None


def count_unsent(journal: SharedJournal) -> int | None:
    """Return how many files wait to be sent; None where a journal has no other side.

    Raises:
        GitMissingError: There is no git program.
        HistoryError: The history cannot be read.
    """
    history = History(journal.folder)
    if not history.exists:
        return None
    with in_plain_words():
        git = open_git(journal.folder)
        remote = find_remote(journal, git)
        if remote is None:
            return None
        own, theirs = read_commit(git, "HEAD"), find_theirs(history, git, remote).commit
        recorded = sum(count_changes(git, theirs, own).values()) if own != theirs and own else 0
        return recorded + len(find_unrecorded(git))

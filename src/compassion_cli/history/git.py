"""The git program, run so that nobody's settings change what it does, and with every failure in words of ours.

git is told all it needs: hooks, signatures, line ends and templates of the machine do not apply to a journal. Nothing
it says is shown as it is: it may name addresses with passwords in them, and it speaks of branches and of heads.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha1, sha256
from pathlib import Path

from compassion_cli.core.errors import ReflectError

#: What a journal needs, whatever the machine or the folder says otherwise.
_SETTINGS = {
    "core.attributesFile": os.devnull,
    "core.autocrlf": "false",
    "core.safecrlf": "false",
    "core.excludesFile": "",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.symlinks": "false",
    "core.sparseCheckout": "false",
    "core.splitIndex": "false",
    "commit.gpgSign": "false",
    "gc.auto": "0",
    "i18n.commitEncoding": "utf-8",
    "i18n.logOutputEncoding": "utf-8",
    "log.mailmap": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    # An address that is a program.
    "protocol.ext.allow": "never",
    "protocol.fd.allow": "never",
    "submodule.recurse": "false",
}
#: What people set so that git reaches the other side, or to keep a machine's settings out.
_INHERITED = {
    "GIT_CONFIG_NOSYSTEM", "GIT_PROXY_COMMAND", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT",
    "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
}  # fmt: skip
#: Local work takes fractions of a second; a disk that hangs must not take the program with it.
GIT_PATIENCE = 120.0
#: A question of milliseconds is worth no more, in seconds.
_SHORT_PATIENCE = 2.0
_BETWEEN_LOOKS = 0.2
#: Before another try, while another program's git holds the index, in seconds.
_PAUSES = (0.05, 0.1, 0.2, 0.4)
_SHA1_LENGTH = 40
#: The system has not enough of something at this moment; git is there all the same.
_NOT_NOW = {errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM}
_OF_PEOPLE = ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME")


class GitMissingError(ReflectError):
    """There is no git program on this machine, or none that can be started."""


class GitError(Exception):
    """git refused.

    Attributes:
        said: What it said, for us to tell why; never to be shown.
    """

    def __init__(self, said: str) -> None:
        super().__init__("git refused")
        self.said = said


class Git:
    """git, in one folder.

    Args:
        folder: The top of the repository; none above it is ever taken for it.
        lock: A file handle that children keep open, so that what it locks stays locked as long as they live.
    """

    def __init__(self, folder: Path, lock: int | None = None) -> None:
        self.folder = folder
        self._kept_open = () if lock is None or sys.platform == "win32" else (lock,)

    def run(
        self,
        *words: str,
        feed: bytes = b"",
        env: dict[str, str] | None = None,
        allowed: Sequence[int] = (0,),
        patience: float = GIT_PATIENCE,
    ) -> bytes:
        """Run a command that stays on this machine, and return what it prints.

        Args:
            words: The command and its arguments.
            feed: What it reads.
            env: What to add to its environment.
            allowed: The exit codes that are no failure.
            patience: After how many seconds it is ended.

        Raises:
            GitMissingError: It cannot be started.
            GitError: It refused, or took too long.
        """
        if not _answers(os.environ.get("PATH")):
            raise GitError("it does not answer")
        process = self.start(*words, env=env, is_private=True)
        try:
            out, said = process.communicate(feed, patience)
        except subprocess.TimeoutExpired:
            end(process)
            _answers.cache_clear()
            raise GitError("it took too long") from None
        except BaseException:
            end(process)
            raise
        if process.returncode not in allowed:
            raise GitError(said.decode("utf-8", "replace"))
        return out

    def run_long(self, *words: str, patience: float, watch: Callable[[], None] | None = None) -> None:
        """Run a command that says nothing and may take long.

        Args:
            words: The command and its arguments.
            patience: After how many seconds it is ended.
            watch: Told, every so often, that it is still running.

        Raises:
            GitMissingError: It cannot be started.
            GitError: It refused, or took too long.
        """
        silent = subprocess.DEVNULL
        process = self.start(*words, is_private=True, stdin=silent, stdout=silent, stderr=silent)
        deadline = time.monotonic() + patience
        try:
            while process.poll() is None and time.monotonic() < deadline:
                if watch:
                    watch()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_BETWEEN_LOOKS)
        finally:
            if process.poll() is None:
                end(process)
        if process.returncode:
            raise GitError("it failed, or took too long")

    def start(
        self, *words: str, env: dict[str, str] | None = None, is_private: bool, **how: object
    ) -> subprocess.Popen[bytes]:
        """Start a command.

        Args:
            words: The command and its arguments.
            env: What to add to its environment.
            is_private: What it writes is for the owner of the journal alone.
            how: More for Popen; without it, all three streams are pipes.

        Raises:
            GitMissingError: It cannot be started.
        """
        settings = [word for item in _SETTINGS.items() for word in ("-c", "=".join(item))]
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | how
        if is_private and sys.platform != "win32":
            streams["umask"] = 0o077
        try:
            return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # noqa: S603 - words are ours
                [_find_git(), "-C", str(self.folder), *settings, *words],
                env=_encode(self._make_environment() | (env or {})),
                pass_fds=self._kept_open,
                **streams,
            )
        except OSError as error:
            if error.errno in _NOT_NOW:
                raise GitError(os.strerror(error.errno or 0)) from None
            raise GitMissingError(
                "git is not installed, or could not be started",
                "install git from git-scm.com, or ask whoever looks after this computer to install it",
                "Your journal has not changed. Everything except history and sharing works.",
            ) from None

    def _make_environment(self) -> dict[str, str]:
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _INHERITED
        }
        return inherited | {
            # What it says is read, here and nowhere else.
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "LC_ALL": "C",
            "LANGUAGE": "C",
            "GIT_CEILING_DIRECTORIES": os.path.realpath(self.folder.parent),
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
        }


@cache
def _answers(path: str | None) -> bool:  # noqa: ARG001 - in another one, git is another program
    """Tell whether git answers at all, asked once in a run, so that one that hangs does not hold up everything.

    Args:
        path: Where programs are looked for.
    """
    silent = subprocess.DEVNULL
    try:
        subprocess.run(  # noqa: S603 - these are our words
            [_find_git(), "version"], stdin=silent, stdout=silent, stderr=silent, timeout=_SHORT_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    except OSError:
        # Whoever starts it next says what is wrong.
        pass
    return True


def _encode(environment: dict[str, str]) -> dict[str, str] | dict[bytes, bytes]:
    """Return an environment in which names of people are in UTF-8, as git keeps them, whatever the locale is."""
    if os.name == "nt":
        return environment
    return {
        os.fsencode(name): value.encode("utf-8", "replace") if name in _OF_PEOPLE else os.fsencode(value)
        for name, value in environment.items()
    }


def ask_user_name() -> str:
    """Return the name someone has told git once for all folders, so that it is the same wherever they are.

    Nothing where there is none, or no git.
    """
    try:
        name = Git(Path(os.sep)).run(
            "config", "--global", "--includes", "--get", "user.name", allowed=(0, 1), patience=_SHORT_PATIENCE
        )
    except (GitError, GitMissingError):
        return ""
    return name.decode("utf-8", "replace")


def read_commit(git: Git, name: str) -> str:
    """Return the commit that a name stands for; empty where it names nothing."""
    return git.run("rev-parse", "--quiet", "--verify", f"{name}^{{commit}}", allowed=(0, 1)).decode().strip()


def make_empty_tree(git: Git) -> str:
    """Return the tree that holds nothing, which stands for what was there before there was anything."""
    return git.run("mktree").decode().strip()


def is_blob_of(blob: str, content: bytes) -> bool:
    """Tell whether git would call a content so.

    Args:
        blob: The name of a blob, by SHA-1 or SHA-256.
        content: What is to be in it.

    Source: git's own documentation, gitformat-pack(5) and hash-function-transition.
    """
    full = b"blob %d\0%b" % (len(content), content)
    method = sha1 if len(blob) == _SHA1_LENGTH else sha256
    return method(full, usedforsecurity=False).hexdigest() == blob


def insist(
    git: Git, *words: str, feed: bytes, env: dict[str, str] | None = None, allowed: Sequence[int] = (0,)
) -> None:
    """Run a command, and again after a moment where the index is held.

    Raises:
        GitError: It refused, or the index is held for longer.
    """
    # An editor or another git that looks at the folder holds its index for a moment.
    for pause in _PAUSES:
        try:
            git.run(*words, feed=feed, env=env, allowed=allowed)
        except GitError as error:
            if ".lock': File exists" not in error.said:
                raise
            time.sleep(pause)
        else:
            return
    git.run(*words, feed=feed, env=env, allowed=allowed)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it has started, and wait for it."""
    with suppress(OSError):
        if os.name == "posix" and os.getpgid(process.pid) != os.getpgid(0):
            os.killpg(process.pid, signal.SIGTERM)
        else:
            process.terminate()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            with suppress(OSError):
                stream.close()


def _find_git() -> str:
    """Return what to start. Windows looks in the folder one is in first, and a journal may come from elsewhere."""
    if os.name != "nt":
        return "git"
    folders = filter(os.path.isabs, os.environ.get("PATH", "").split(os.pathsep))
    found = (os.path.join(folder, "git.exe") for folder in folders)  # noqa: PTH118 - a plain string is wanted
    return next(filter(os.path.isfile, found), "git.exe is not there")

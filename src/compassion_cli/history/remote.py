"""The place a journal is sent to and fetched from. Nothing else in the program uses a network."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.history.allowed_settings import find_foreign_settings
from compassion_cli.history.failures import explain_remote
from compassion_cli.history.git import Git, end
from compassion_cli.storage.journal import SharedJournal
from compassion_cli.storage.places import expand
from compassion_cli.storage.private_mark import find_git_folder
from compassion_cli.storage.read_files import FileReadError

#: How long the other side may say nothing at all, in seconds: longer where someone may be typing a password.
REMOTE_PATIENCE = 60.0
PATIENCE_AT_A_TERMINAL = 180.0
_BETWEEN_READINGS = 0.1
#: Folders on shared drives belong to whoever made them. This one was named by the person, who trusts it with words, and
#: not with running anything: git's own caution is taken back here, so what it guards against is switched off.
_TRUSTING = " ".join(
    (
        "git -c safe.directory='*'",
        f"-c core.hooksPath={os.devnull} -c core.attributesFile={os.devnull} -c core.fsmonitor=false",
        "-c protocol.ext.allow=never -c protocol.fd.allow=never {}",
    )
)
_PERCENT = re.compile(rb"(\d{1,3})%")
_ADDRESS_OF_A_HOST = re.compile(r"[^/\\]{2,}:")

#: Told, every so often, how far it is: in percent, where that is known.
Watch = Callable[[int | None], None]


class RemoteError(ReflectError):
    """The other side cannot be reached, or would not take or give. What is here has not changed."""


@dataclass(frozen=True)
class Remote:
    """One other side.

    Attributes:
        name: What git calls it.
        address: A folder, or what a server is reached by.
        is_attended: Someone is there who can type a password.
    """

    git: Git
    name: str
    address: str
    is_attended: bool = False

    @property
    def folder(self) -> str | None:
        """Return the folder it is, if it is one."""
        if self.address.startswith("file://"):
            return self.address.removeprefix("file://")
        is_elsewhere = "://" in self.address or _ADDRESS_OF_A_HOST.match(self.address)
        return None if is_elsewhere else os.path.join(self.git.folder, expand(self.address))  # noqa: PTH118

    def fetch(self, watch: Watch) -> None:
        """Fetch what is new there. Nothing in the folder of the journal changes by that.

        Raises:
            RemoteError: It could not be done.
        """
        if self.folder and not os.path.isdir(self.folder):  # noqa: PTH112 - a name too long is no error here
            raise RemoteError(f"the folder {self.folder} does not exist", "check that its drive is connected")
        self._refuse_foreign_settings()
        pack = ["--upload-pack", _TRUSTING.format("upload-pack")] if self.folder else []
        options = ["--progress", "--prune", "--no-tags", "--no-recurse-submodules", "--no-auto-gc"]
        # What is not here cannot be told from what never was.
        options += ["--unshallow"] if (find_git_folder(self.git.folder) / "shallow").exists() else []
        where = f"+refs/heads/*:refs/remotes/{self.name}/*"
        code, _, said = self._run("fetch", *options, *pack, self.name, where, watch=watch, is_private=True)
        if code or "shallow roots are not allowed" in said:
            raise RemoteError(*explain_remote(said, hide_password(self.address)))

    def note_usual_branch(self) -> None:
        """Ask the other side which of its lines of history is the usual one, and note that."""
        pack = ["--upload-pack", _TRUSTING.format("upload-pack")] if self.folder else []
        code, out, _ = self._run(
            "ls-remote", "--symref", *pack, self.name, "HEAD", watch=lambda _: None, is_private=True
        )
        if code == 0 and (named := re.match(r"ref: refs/heads/(\S+)\tHEAD", out)):
            prefix = f"refs/remotes/{self.name}/"
            self.git.run("symbolic-ref", f"{prefix}HEAD", f"{prefix}{named[1]}")

    def send(self, commit: str, branch: str, watch: Watch) -> bool:
        """Send a commit and all before it; tell whether it was taken, rather than others having been faster.

        Raises:
            RemoteError: It could not be done.
        """
        self._refuse_foreign_settings()
        pack = ["--receive-pack", _TRUSTING.format("receive-pack")] if self.folder else []
        options = ("--progress", "--porcelain", "--no-verify", "--no-signed", "--no-follow-tags")
        where = f"{commit}:refs/heads/{branch}"
        words = ("push", *options, "--recurse-submodules=no", *pack, self.name, where)
        code, out, said = self._run(*words, watch=watch, is_private=False)
        if code == 0:
            return True
        if "[rejected]" in out or "cannot lock ref" in out + said or "failed to update ref" in out + said:
            return False
        raise RemoteError(*explain_remote(out + said, hide_password(self.address)))

    def _refuse_foreign_settings(self) -> None:
        try:
            foreign = find_foreign_settings(Path(self.folder)) if self.folder else ""
        except (OSError, FileReadError):
            raise RemoteError(
                f"you are not allowed to open {self.folder}",
                "ask whoever looks after it for permission, then: journal sync",
            ) from None
        if foreign:
            raise RemoteError(
                f"the settings of {self.folder} could start programs on this computer: {foreign}",
                "ask whoever looks after the folder to remove these settings from its config file",
                "Nothing there was run.",
            )

    def _run(self, *words: str, watch: Watch, is_private: bool) -> tuple[int, str, str]:
        process = self.git.start(
            *words,
            is_private=is_private,
            env=self._make_environment(),
            stdin=None if self.is_attended else subprocess.DEVNULL,
            # Away from the terminal, nothing that git starts can wait there for a password.
            start_new_session=not self.is_attended,
        )
        with process:
            try:
                return _follow(process, watch, PATIENCE_AT_A_TERMINAL if self.is_attended else REMOTE_PATIENCE)
            except BaseException:
                end(process)
                raise

    def _make_environment(self) -> dict[str, str]:
        if self.is_attended:
            return {"GIT_TERMINAL_PROMPT": "1"}
        return {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "SSH_ASKPASS": "", "GCM_INTERACTIVE": "never"}


def _follow(process: subprocess.Popen[bytes], watch: Watch, patience: float) -> tuple[int, str, str]:
    heard: dict[str, bytes] = {"stdout": b"", "stderr": b""}
    last = time.monotonic()

    def listen(name: str) -> None:
        nonlocal last
        stream = getattr(process, name)
        while data := stream.read1(4096):
            heard[name] += data
            last = time.monotonic()

    threads = [threading.Thread(target=listen, args=(name,), daemon=True) for name in heard]
    for thread in threads:
        thread.start()
    while process.poll() is None:
        if time.monotonic() - last > patience:
            end(process)
            return 1, "", "it does not answer"
        found = _PERCENT.findall(heard["stderr"])
        watch(int(found[-1]) if found else None)
        time.sleep(_BETWEEN_READINGS)
    for thread in threads:
        thread.join(1)
    out, said = (heard[name].decode("utf-8", "replace") for name in ("stdout", "stderr"))
    return process.returncode, out, said


def hide_password(address: str) -> str:
    """Return an address as it may be shown: without a name, password or token before it or after it."""
    scheme, is_url, rest = address.partition("://")
    if not is_url:
        # One slash may have been forgotten, and a drive is one letter.
        return re.sub(r"(?s)^[^/\\@:]{2,}:.*@", "", address)
    if scheme == "file":
        return address
    # A password may hold any sign, so all up to the last @ goes that does not begin a part of the path.
    rest = re.sub(r"(?s)^.*[^/]@", "", rest)
    return f"{scheme}://{re.split('[?#;&]', rest, maxsplit=1)[0]}"


def find_remote(journal: SharedJournal, git: Git, *, is_attended: bool = False) -> Remote | None:
    """Return the other side of a journal, if it has one: what is called origin, else the first.

    Args:
        journal: The journal. There is no such function for a private one.
        git: In its folder.
        is_attended: Someone is there who can type a password.
    """
    if git.folder != journal.folder:
        raise ValueError("this is the history of something else")
    out = git.run("config", "--null", "--get-regexp", r"^remote\..*\.url$", allowed=(0, 1))
    pairs = [item.split("\n", 1) for item in out.decode("utf-8", "replace").split("\0") if "\n" in item]
    addresses = {key.removeprefix("remote.").removesuffix(".url"): address for key, address in pairs}
    name = "origin" if "origin" in addresses else next(iter(addresses), None)
    return Remote(git, name, addresses[name], is_attended) if name else None

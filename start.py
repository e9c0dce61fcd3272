"""Set everything up in this folder, the first time, and run a command of compassion-cli.

Usage:
    python3 start.py reflect tool3 --lens self
    python3 start.py journal show
    python3 start.py test
    python3 start.py test --all

It needs Python 3.11 or newer and pip. It changes nothing outside this folder and does not need administrator rights.
What it installs goes into the folder .venv, next to this file.
"""

import difflib
import hashlib
import os
import shlex
import signal
import subprocess
import sys
import time
import typing
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
COMMANDS = ("reflect", "journal", "compassion")
PREFIX = ("py" if os.name == "nt" else "python3") + " start.py "
SECONDS_BETWEEN_SIGNS_OF_LIFE = 5


def main(arguments: "list[str]") -> int:
    """Run a command with its arguments and return its exit code."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in COMMANDS:
        set_up(extras="")
        # So that the program can say what has to be typed next, as it has to be typed here.
        os.environ.setdefault("COMPASSION_PREFIX", PREFIX)
        return run([str(BIN / (f"{name}.exe" if os.name == "nt" else name)), *rest])
    if name == "setup":
        # What the tests and checks need, and nothing run.
        set_up(extras="[dev]")
        return 0
    if name == "test":
        set_up(extras="[dev]")
        # On all cores, handing on what is left: the tests differ a lot in length.
        spread = ["-n", "auto", "--maxprocesses", "8", "--dist", "worksteal"]
        return run([str(PYTHON), "-m", "pytest", *spread, *choose_tests(rest)])
    if name not in ("", "--help", "-h", "help"):
        print(
            f'start.py: there is no command called "{name}"\n  try: {PREFIX}{find_meant(name, rest)}', file=sys.stderr
        )
        return 2
    print(__doc__)
    return 0


def find_meant(name: str, rest: "list[str]") -> str:
    """Return what was probably meant by a word that is not a command, with what stood after it."""
    packs = [file.stem for file in (ROOT / "prompts").glob("*.toml")] + ["resume", "support"]
    reading = [file.stem for file in (ROOT / "src" / "compassion_cli" / "cli" / "journal").glob("[a-z]*.py")]
    programs = [*COMMANDS, "test"]
    near = difflib.get_close_matches(name.lower(), [*programs, *packs, *reading], n=1, cutoff=0.65)
    if not near:
        return "--help"
    before = [] if near[0] in programs else ["reflect" if near[0] in packs else "journal"]
    words = [*before, near[0], *rest]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def choose_tests(words: "list[str]") -> "list[str]":
    """Return the words for pytest: without ``--all``, what takes long is left out, unless tests are named or chosen."""
    rest = [word for word in words if word != "--all"]
    is_choice = len(rest) < len(words) or "-m" in rest or any(word.startswith("tests") for word in rest)
    return rest if is_choice else ["-m", "not real or everyday", *rest]


def set_up(extras: str) -> None:
    """Make the virtual environment and install into it, unless that has been done for this version of the project."""
    stamp = ENVIRONMENT / f"installed{extras}.txt"
    project = (ROOT / "pyproject.toml").read_bytes()
    # Another Python, or one that has been upgraded, leaves an environment behind that does not start.
    python = f"{ROOT}{sys.base_prefix}{sys.version}".encode("utf-8", "surrogateescape")
    wanted = hashlib.sha256(python + project).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print("Setting up in .venv. This is done once and takes about a minute.", file=sys.stderr)
    try:
        make_environment()
        if not all(os.access(folder, os.W_OK) for folder in (ENVIRONMENT, BIN)):
            raise PermissionError("you do not have permission")
        install(f"{ROOT}{extras}")
        stamp.write_text(wanted, encoding="utf-8")
    except (OSError, ValueError) as error:
        refuse(f"{ENVIRONMENT} could not be made or changed ({error})", find_remedy(error))


def make_environment() -> None:
    """Make the virtual environment, unless there is one whose Python starts."""
    try:
        import venv  # noqa: PLC0415 - not every Python has it
    except ImportError:
        refuse(
            "this Python has no venv, which keeps what is installed in this folder",
            "install or ask for a full Python 3.11 or newer from python.org, or on Debian: apt install python3-venv",
        )
    if not can_start():
        # Without pip: Debian leaves out the part of Python that would put it there.
        venv.create(ENVIRONMENT, with_pip=False, symlinks=os.name != "nt", clear=ENVIRONMENT.is_dir())


def can_start() -> bool:
    """Tell whether the environment's own Python starts."""
    try:
        return subprocess.call([str(PYTHON), "-c", ""], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def find_remedy(error: Exception) -> str:
    """Return what to do where the environment cannot be made."""
    if os.path.lexists(ENVIRONMENT) and not ENVIRONMENT.is_dir():
        return f"move {ENVIRONMENT} somewhere else, because it is not a folder"
    if isinstance(error, PermissionError) and ENVIRONMENT.is_dir() and os.access(ROOT, os.W_OK):
        return f"delete the folder {ENVIRONMENT}, because another account made it"
    return "copy this folder to a place where you are allowed to write, such as your home folder"


def refuse(what: str, remedy: str) -> "typing.NoReturn":
    """End with what went wrong and what to do."""
    sys.exit(f"start.py: {what}; nothing outside this folder was changed\n  try: {remedy}")


def install(project: str) -> None:
    """Install the project into the environment, with the pip of this Python or else one of the environment's own."""
    options = ["install", "--quiet", "--disable-pip-version-check", "--editable", project]
    if call([sys.executable, "-m", "pip", "--python", str(PYTHON), *options]) == 0:
        return
    if call([str(PYTHON), "-m", "ensurepip"]) == 0 and call([str(PYTHON), "-m", "pip", *options]) == 0:
        return
    has_pip = any(call([python, "-m", "pip", "--version"]) == 0 for python in (sys.executable, str(PYTHON)))
    if not has_pip:
        refuse(
            "this Python has no pip, which installs what is needed",
            "install or ask for a Python with pip from python.org, or on Debian: apt install python3-venv",
        )
    refuse(
        "what is needed could not be installed",
        "check the connection, then run the same command again. If your organisation has a mirror of Python "
        "packages, ask whoever looks after this computer to set up pip for it",
    )


def call(command: "list[str]") -> int:
    """Run a step of the set-up. What it says goes to stderr: stdout belongs to the command that follows."""
    began = time.monotonic()
    with subprocess.Popen(command, stdout=sys.stderr, stdin=subprocess.DEVNULL) as process:
        try:
            while True:
                try:
                    return process.wait(SECONDS_BETWEEN_SIGNS_OF_LIFE)
                except subprocess.TimeoutExpired:
                    print(f"Still working: {time.monotonic() - began:.0f} seconds so far.", file=sys.stderr)
        finally:
            # Where it was stopped with Ctrl-C; one that has ended is left alone.
            process.kill()


def run(command: "list[str]") -> int:
    """Become the command where the system can do that, and otherwise wait for it."""
    if os.name != "nt":
        os.execv(command[0], command)
    for name in ("SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    return subprocess.call(command)


if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("start.py: Python 3.11 or newer is needed, but this is " + sys.version.split()[0])
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nstart.py: stopped; to carry on, run the same command again", file=sys.stderr)
        sys.exit(130)

"""Where things are on this machine: the journal, drafts, settings, and the user's own packs."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from platformdirs import site_config_path, user_config_path, user_state_path

from compassion_cli.core.errors import ReflectError, UsageError

_APP = "compassion-cli"
_SETTINGS_FILE = "config.toml"
_SUPPORT_FILE = "support.md"
#: How services that copy folders to their servers call theirs, be it "OneDrive - Anytown Council".
_CLOUD = re.compile(
    r"(OneDrive|Dropbox|iCloud ?Drive|Google ?Drive|Nextcloud|ownCloud|pCloud ?Drive|Mobile Documents|CloudStorage)\b"
)
_CLOUD_NAMES = {"iCloudDrive": "iCloud Drive", "Mobile Documents": "iCloud Drive", "CloudStorage": "a cloud service"}


def find_journal(given: str | None) -> Path:
    """Return the journal folder: the one given, else ``~/reflective-journal``."""
    if given == "":
        raise UsageError("--journal needs a folder", "give a folder after --journal, or leave it out to use your own")
    return expand(given or "~/reflective-journal").absolute()


def find_cloud(folder: Path) -> str:
    """Return what service copies a folder to its servers, as far as the names of its folders tell; else nothing."""
    for part in (*folder.parts, *Path(os.path.realpath(folder)).parts):
        if found := _CLOUD.match(part):
            return _CLOUD_NAMES.get(found[1], found[1])
    return ""


def find_home() -> Path:
    """Return the home folder of whoever is there. Nothing in this program looks for it elsewhere.

    Raises:
        ReflectError: It is set to something that is no whole path, or there is none.
    """
    name = "USERPROFILE" if os.name == "nt" else "HOME"
    if os.environ.get(name) == "":
        raise _refuse_variable(name)
    if home := read_variable(name):
        return Path(home)
    try:
        return Path.home()
    except RuntimeError:
        raise ReflectError("your home folder could not be found", f"set {name} to your home folder") from None


def read_variable(name: str, *, may_use_tilde: bool = False) -> str:
    """Return a variable that names a folder; empty where it is not set.

    Raises:
        ReflectError: From it, words would go to other places whenever someone works in another folder.
    """
    value = os.environ.get(name, "")
    if value and not Path(value).is_absolute() and not (may_use_tilde and value.startswith("~")):
        raise _refuse_variable(name)
    return value


def _refuse_variable(name: str) -> ReflectError:
    safe = "Nothing was read or written."
    if not os.environ[name]:
        return ReflectError(f"{name} is empty", f"set {name} to the full path of your home folder", safe)
    what = f'{name} is set to "{os.environ[name]}", which is not the full path of a folder'
    return ReflectError(what, f"set {name} to a full path", safe)


def expand(name: str) -> Path:
    """Return the path a person means, ``~`` included.

    Raises:
        ReflectError: It begins with a home folder that is not there.
    """
    if name == "~" or name.startswith(("~/", f"~{os.sep}")):
        return find_home() / name[2:]
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise ReflectError(f"the home folder in {name} could not be found", "give the path without the ~") from None


def contract(path: Path) -> str:
    """Return a folder's name as it can be written down, ``~`` for the home folder; empty where that cannot be done.

    On some systems a name may hold bytes that are no text.
    """
    with suppress(ValueError, ReflectError):
        path = Path("~") / path.relative_to(find_home())
    return str(path) if str(path).isprintable() else ""


def find_drafts() -> Path:
    """Return the folder where drafts are kept. It is never inside a journal, so a draft is never shared."""
    return find_reports() / "drafts"


def find_reports() -> Path:
    """Return the folder for reports of faults in the program itself."""
    _expect_whole_paths("XDG_STATE_HOME")
    return user_state_path(_APP, appauthor=False)


def find_settings_file() -> Path:
    """Return the file of the person's own settings."""
    _expect_whole_paths("XDG_CONFIG_HOME")
    return user_config_path(_APP, appauthor=False) / _SETTINGS_FILE


def find_employers_file() -> Path:
    """Return the file of settings for everyone who uses this computer."""
    return site_config_path(_APP, appauthor=False) / _SETTINGS_FILE


def find_support_files() -> tuple[Path, ...]:
    """Return the files that may say where support is to be found, the first that is there before the others."""
    _expect_whole_paths("XDG_CONFIG_HOME")
    own, employers = user_config_path(_APP, appauthor=False), site_config_path(_APP, appauthor=False)
    return tuple(folder / _SUPPORT_FILE for folder in (own, employers, find_built_in_packs()))


def find_own_packs() -> Path:
    """Return the folder for packs the user made."""
    _expect_whole_paths("XDG_CONFIG_HOME")
    return user_config_path(_APP, appauthor=False) / "packs"


def _expect_whole_paths(name: str) -> None:
    # Where this is set, the home folder does not matter; platformdirs passes over what is no whole path.
    if not read_variable(name):
        find_home()


def find_built_in_packs() -> Path:
    """Return the folder of the packs that come with the program.

    A wheel carries them inside the package. An editable install and a plain checkout have them at the top of the
    repository, where someone who does not code can find and edit them.
    """
    package = Path(__file__).resolve().parent.parent
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parent.parent / "prompts"

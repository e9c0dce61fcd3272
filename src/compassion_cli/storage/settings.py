"""Settings on disk: the employer's file first, the person's own over it. Neither has to be there."""

from __future__ import annotations

import os
from pathlib import Path

from compassion_cli.core.errors import ReflectError, name_place
from compassion_cli.core.settings import Settings
from compassion_cli.formats.settings_toml import SettingsFaultError, list_keys, parse_settings, render_template
from compassion_cli.storage.places import find_employers_file, find_settings_file
from compassion_cli.storage.read_files import FileReadError, read_text
from compassion_cli.storage.write_files import FileChangedError, FileWriteError, create_new, make_folder, replace

OWN, EMPLOYERS = "your settings", "your employer's settings"
_REMEDIES = {OWN: "journal config --edit", EMPLOYERS: "tell whoever looks after this computer"}


def load_settings() -> Settings:
    """Return the settings that hold.

    Raises:
        SettingsFaultError: A file cannot be used. The message names it, with the line and the key.
    """
    return _lay(OWN, find_settings_file(), load_employers())


def load_employers() -> Settings:
    """Return the settings that hold for everyone who uses this computer.

    Raises:
        SettingsFaultError: The file cannot be used.
    """
    return _lay(EMPLOYERS, find_employers_file(), Settings())


def check_own() -> None:
    """See whether the person's own file can be used, whatever their employer's holds.

    Raises:
        SettingsFaultError: It cannot.
    """
    _lay(OWN, find_settings_file(), _load_usable_employers())


def list_set_keys(path: Path) -> list[str]:
    """Return the keys that a file sets, named as on the command line; empty where the file does not exist."""
    return list_keys(_read_settings(OWN, path) or "")


def change_setting(key: str, words: str) -> None:
    """Set one value, as it was typed, in the person's own file, which is made where it is not there yet.

    Raises:
        UsageError: There is no such key, or it takes no such words.
        SettingsFaultError: The settings could not be used that way, or cannot be used as they are.
        ReflectError: The file cannot be written.
    """
    _change_own(key, words)


def unset_setting(key: str) -> None:
    """Take one key out of the person's own file. Errors are those of :func:`change_setting`."""
    _change_own(key, None)


def make_settings_file() -> Path:
    """Return the person's own file, made with every setting explained where it is not there yet.

    Raises:
        ReflectError: It cannot be made.
    """
    path = find_settings_file()
    if not os.path.lexists(path):
        _write_own(path, render_template(), None)
    return path


def _lay(whose: str, path: Path, below: Settings) -> Settings:
    text = _read_settings(whose, path)
    try:
        return below if text is None else parse_settings(text, below)
    except SettingsFaultError as fault:
        what = f"{fault.what} ({fault.remedy})" if fault.remedy else fault.what
        raise _refuse_file(whose, path, what, fault.line) from None


def _read_settings(whose: str, path: Path) -> str | None:
    # Nearly nobody has both files.
    if not os.path.lexists(path):
        return None
    try:
        return read_text(path)
    except FileReadError as error:
        raise _refuse_file(whose, path, error.reason) from None


def _refuse_file(whose: str, path: Path, what: str, line: int | None = None) -> SettingsFaultError:
    return SettingsFaultError(f"{whose} cannot be used ({name_place(path, line)}): {what}", _REMEDIES[whose], line)


def _load_usable_employers() -> Settings:
    try:
        return load_employers()
    except ReflectError:
        return Settings()


def _change_own(key: str, words: str | None) -> None:
    from compassion_cli.formats.settings_change import set_value, unset_value  # noqa: PLC0415 - loads tomlkit, 20 ms

    path, below = find_settings_file(), _load_usable_employers()
    read = _read_settings(OWN, path)
    before = render_template() if read is None else read
    try:
        text = unset_value(before, key) if words is None else set_value(before, key, words)
        parse_settings(text, below)
    except SettingsFaultError as fault:
        # A fault that was there before is named with its place.
        _lay(OWN, path, below)
        raise fault.saying(fault.remedy, "Your settings have not changed.") from None
    if text != read:
        _write_own(path, text, read)


def _write_own(path: Path, text: str, read: str | None) -> None:
    # Some people keep their settings elsewhere, with a link to them here.
    target = Path(os.path.realpath(path))
    try:
        make_folder(target.parent)
        if read is None:
            create_new(target, text)
        else:
            replace(target, text, read)
    except FileWriteError as error:
        raise ReflectError(error.what, "fix that and try again") from None
    except (FileChangedError, FileExistsError):
        raise ReflectError(f"another program has just changed {path}", "run the same command again") from None

"""Settings for git that lie in a folder: which of them may stay when the folder may have come from someone else.

A folder that was copied, unzipped or shared brings its own settings with it, and many of git's settings name a program
that git then starts. So what may stand there is listed, rather than what may not: new ones come with every version of
git. What people and machines set for all folders is theirs, and is not looked at here.

Source: git's own documentation, git-config(1), of versions 2.39 to 2.51.
"""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import Path

from compassion_cli.core.text import enumerate_words
from compassion_cli.history.failures import HistoryError
from compassion_cli.history.git import Git
from compassion_cli.storage.private_mark import find_git_folder
from compassion_cli.storage.read_files import read_text
from compassion_cli.storage.write_files import create_new, replace

#: None of these starts a program, reads a file of settings, or leads to another folder.
_HARMLESS = re.compile(
    r"core\.(repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode|symlinks|autocrlf|eol"
    r"|safecrlf|quotepath|sharedrepository|compression|loosecompression|bigfilethreshold|preloadindex|untrackedcache"
    r"|splitindex|longpaths|protecthfs|protectntfs|trustctime|checkstat|fscache|abbrev|commitgraph|multipackindex"
    r"|fsync|fsyncmethod|fsyncobjectfiles|hidedotfiles|whitespace|sparsecheckout|sparsecheckoutcone)"
    r"|extensions\.(objectformat|worktreeconfig|refstorage|noop|preciousobjects)"
    r"|remote\..+\.(url|pushurl|fetch|push|tagopt|prune|prunetags|mirror|skipdefaultupdate|skipfetchall)"
    r"|branch\..+\.(remote|pushremote|merge|rebase|description)|branch\.(autosetupmerge|autosetuprebase|sort)"
    r"|(user|author|committer)\.(name|email|useconfigonly|signingkey)"
    r"|receive\.(fsckobjects|denydeletes|denydeletecurrent|denynonfastforwards|advertiseatomic|unpacklimit"
    r"|maxinputsize|hiderefs|shallowupdate|updateserverinfo|autogc|keepalive)"
    r"|uploadpack\.(allowfilter|allowanysha1inwant|allowreachablesha1inwant|allowtipsha1inwant|allowrefinwant"
    r"|hiderefs|keepalive)"
    r"|gc\.(.+\.)?(auto|autodetach|autopacklimit|pruneexpire|reflogexpire|reflogexpireunreachable|packrefs|logexpiry"
    r"|writecommitgraph|bigpackthreshold|cruftpacks|worktreepruneexpire|aggressivedepth|aggressivewindow)"
    r"|(pack|repack|index|color|column|advice|status|feature|maintenance|rerere|gui|commitgraph|lfs)\..+"
    r"|(fetch|transfer)\.(prune|prunetags|fsckobjects|unpacklimit|writecommitgraph|parallel|hiderefs)"
    r"|push\.(default|autosetupremote|followtags)|pull\.(rebase|ff)|merge\.(conflictstyle|ff|renames|log|stat)"
    r"|rebase\.(autosquash|autostash|updaterefs)|log\.(date|decorate|follow|mailmap|showsignature)"
    r"|commit\.(gpgsign|verbose)|tag\.(gpgsign|sort)|init\.defaultbranch|diff\.(renames|renamelimit|algorithm|colormoved)"
)
#: Lines that git can read in one way only.
_SECTION = re.compile(r'\[([a-z]+)(?: "([^"\\\n]+)")?\]')
_VALUE = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*) = ([^\"\\#;]*)")
_FILES = ("config", "config.worktree")
_MOST_NAMED = 4


class ForeignSettingsError(HistoryError):
    """There were settings in a journal's folder that could start programs. They are out of the way now."""


def open_git(folder: Path, lock: int | None = None) -> Git:
    """Return git in the folder of a journal, in which nothing can start a program.

    Args:
        folder: The journal's.
        lock: A file handle that what git starts keeps open.

    Raises:
        ForeignSettingsError: There were settings that could. They are out of the way now.
    """
    put_foreign_settings_aside(folder)
    return Git(folder, lock)


def put_foreign_settings_aside(folder: Path) -> None:
    """Take the settings that may not stand in a journal's folder out of effect, before git is started there.

    Raises:
        ForeignSettingsError: There were such settings. They are in a file beside; what comes next goes on without.
    """
    for path in _list_files(find_git_folder(folder)):
        text = read_text(path)
        kept, foreign = _sort_settings(path, text, folder)
        if foreign:
            aside = path.with_name(f"{path.name}.{sha256(text.encode()).hexdigest()[:8]}-set-aside")
            if not os.path.lexists(aside):
                create_new(aside, text)
            replace(path, _render(kept), text)
            raise ForeignSettingsError(
                f"this journal came with settings for git that could start programs here: {_name(foreign)}",
                "run the same command again, now that the settings are out of the way",
                f"They were moved to {aside}. Nothing in them was run.",
            )


def find_foreign_settings(folder: Path) -> str:
    """Return what settings in a folder where a journal is shared may not be there, as a sentence names them."""
    for place in (find_git_folder(folder), folder):
        for path in _list_files(place):
            if foreign := _sort_settings(path, read_text(path), folder)[1]:
                return _name(foreign)
    return ""


def find_common_folder(git_folder: Path) -> Path:
    """Return where git keeps what all trees of a repository share: its settings, among other things."""
    note = git_folder / "commondir"
    return git_folder / read_text(note).strip() if note.is_file() else git_folder


def _list_files(git_folder: Path) -> list[Path]:
    places = dict.fromkeys((git_folder, find_common_folder(git_folder)))
    return [place / name for place in places for name in _FILES if (place / name).is_file()]


def _sort_settings(path: Path, text: str, folder: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the settings in a file that may stay, and the names of those that may not."""
    pairs = _read_plain(text)
    if pairs is None:
        pairs = _ask_git(path)
    kept, foreign = [], []
    for name, value in pairs:
        if _HARMLESS.fullmatch(name) or (name == "core.worktree" and _is_there(path.parent / value, folder)):
            kept.append((name, value))
        else:
            foreign.append(name)
    return kept, foreign


def _read_plain(text: str) -> list[tuple[str, str]] | None:
    """Return the settings in a text that git can read in one way only; None where there is anything else in it."""
    pairs, section = [], ""
    for line in text.split("\n"):
        if header := _SECTION.fullmatch(line):
            section = header[1] + (f".{header[2]}" if header[2] else "")
        elif (value := _VALUE.fullmatch(line)) and section:
            pairs.append((f"{section}.{value[1].lower()}", value[2].strip()))
        elif line:
            return None
    return pairs


def _ask_git(path: Path) -> list[tuple[str, str]]:
    # In no folder of anybody's, and without what it would include: nothing is started by reading.
    out = Git(Path(os.sep)).run("config", "--file", str(path), "--no-includes", "--null", "--list")
    items = out.decode("utf-8", "surrogateescape").split("\0")[:-1]
    return [(name, value if mark else "true") for name, mark, value in (item.partition("\n") for item in items)]


def _render(pairs: list[tuple[str, str]]) -> str:
    lines = []
    for name, value in pairs:
        section, _, rest = name.partition(".")
        subsection, _, key = rest.rpartition(".")
        lines.append(f"[{section}{f' {_quote(subsection)}' if subsection else ''}]")
        lines.append(f"\t{key} = {_quote(value)}")
    return "\n".join([*lines, ""])


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _is_there(place: Path, folder: Path) -> bool:
    return os.path.realpath(place) == os.path.realpath(folder)


def _name(names: list[str]) -> str:
    seen = sorted(set(names))
    shown = seen if len(seen) <= _MOST_NAMED else [*seen[: _MOST_NAMED - 1], f"{len(seen) - _MOST_NAMED + 1} more"]
    return enumerate_words(shown, "and")

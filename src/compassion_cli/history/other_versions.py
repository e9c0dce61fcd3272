"""Files of which two people made two versions: one in its place, the others beside it until someone chooses."""

from __future__ import annotations

from glob import escape
from pathlib import Path

from compassion_cli.core.file_names import drop_version_mark, is_other_version


def find_others(entry: Path) -> list[Path]:
    """Return the other versions of an entry and of its reviews."""
    year = entry.parent
    found = (path for path in year.glob(f"{escape(entry.stem)}.*") if is_other_version(f"{year.name}/{path.name}"))
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def find_place_of(other: Path) -> Path:
    """Return the file that another version is one of."""
    return other.with_name(drop_version_mark(other.name))

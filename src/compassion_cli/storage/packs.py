"""Packs on disk: those that come with the program, and the user's own, which go first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compassion_cli.core.errors import Problem, ReflectError, UsageError, name_place
from compassion_cli.core.form import Form
from compassion_cli.core.pack import Pack
from compassion_cli.core.pack_heading import PackHeading
from compassion_cli.core.review import PACK as REVIEW
from compassion_cli.core.text import nearest
from compassion_cli.formats.pack_heading_toml import HeadingFaultError, PackFaultError, parse_heading
from compassion_cli.formats.pack_toml import parse_pack
from compassion_cli.storage.places import find_built_in_packs, find_own_packs
from compassion_cli.storage.read_files import FileReadError, explain, read_text

#: The folder of packs as they were in earlier versions, beside those that are asked now.
_EARLIER = "earlier"


@dataclass(frozen=True)
class PackShelf:
    """All packs that can be used, by id, with the file each is in; and by their stems the files that cannot."""

    headings: dict[str, PackHeading]
    files: dict[str, Path]
    faulty: dict[str, Problem]

    def load_for(self, form: Form) -> Pack:
        """Return the whole pack that a form is of, be it of a reflection or of a review.

        Raises:
            UsageError: There is none of that id.
            PackUnusableError: Its file has a fault.
        """
        return self.load_review() if form.reviewed else self.load(form.pack)

    def find_earlier(self, form: Form) -> Pack | None:
        """Return the version of a pack that a form was printed from; None where it is the present one, or not known."""
        if form.pack not in self.files:
            return None
        path = self.files[form.pack].parent / _EARLIER / f"{form.pack}-{form.pack_version}.toml"
        try:
            pack = parse_pack(read_text(path))
        except (PackFaultError, FileReadError):
            return None
        return pack if pack.version == form.pack_version else None

    def load_review(self) -> Pack:
        """Return the pack that asks for a response to an entry.

        Raises:
            PackUnusableError: Its file has a fault.
        """
        if REVIEW in self.faulty:
            raise PackUnusableError(REVIEW, self.faulty[REVIEW])
        return self._read(REVIEW)

    def heading(self, pack_id: str) -> PackHeading:
        """Return the top of a pack.

        Raises:
            UsageError: There is none of that id; the remedy names the nearest.
        """
        if pack_id in self.headings:
            return self.headings[pack_id]
        near = nearest(pack_id, self.headings)
        raise UsageError(f'there is no pack called "{pack_id}"', f"reflect {near}" if near else "reflect --help")

    def load(self, pack_id: str) -> Pack:
        """Return a whole pack, validated.

        Raises:
            UsageError: There is none of that id.
            PackUnusableError: Its file has a fault.
        """
        self.heading(pack_id)
        return self._read(pack_id)

    def _read(self, pack_id: str) -> Pack:
        path = self.files[pack_id]
        try:
            return parse_pack(read_text(path))
        except PackFaultError as fault:
            raise PackUnusableError(pack_id, Problem(name_place(path, fault.line), fault.what, fault.remedy)) from None


class PackUnusableError(ReflectError):
    """A pack whose file has a fault."""

    def __init__(self, pack_id: str, problem: Problem) -> None:
        super().__init__(f'the pack "{pack_id}" cannot be used ({problem.place}): {problem.what}', problem.remedy)
        self.problem = problem


def open_shelf() -> PackShelf:
    """Read the top of every pack. A file that cannot be used becomes a problem and hides no other."""
    headings: dict[str, PackHeading] = {}
    files: dict[str, Path] = {}
    faulty: dict[str, Problem] = {}
    for folder in (find_built_in_packs(), find_own_packs()):
        for path in _list_pack_files(folder, faulty):
            try:
                heading = _parse_heading(read_text(path))
            except PackFaultError as fault:
                faulty[path.stem] = Problem(name_place(path, fault.line), fault.what, fault.remedy)
            except FileReadError as error:
                faulty[path.stem] = Problem(str(path), error.reason, error.remedy)
            else:
                headings[heading.id], files[heading.id] = heading, path
    # It is no set of questions to reflect on.
    headings.pop(REVIEW, None)
    return PackShelf(dict(sorted(headings.items())), files, faulty)


def _parse_heading(text: str) -> PackHeading:
    try:
        return parse_heading(text)
    except HeadingFaultError:
        parse_pack(text)
        raise


def _list_pack_files(folder: Path, faulty: dict[str, Problem]) -> list[Path]:
    try:
        return sorted(path for path in folder.glob("*.toml") if path.is_file())
    except OSError as error:
        faulty[str(folder)] = Problem(str(folder), explain(error), "check that you are allowed to open it")
        return []

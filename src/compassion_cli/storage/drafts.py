"""Drafts: what somebody has written so far, kept outside every journal until it is saved."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from compassion_cli.core.form import Form
from compassion_cli.formats.form_markdown import render_form
from compassion_cli.storage.files import make_folder, remove, replace
from compassion_cli.storage.places import find_drafts


@dataclass(frozen=True)
class Draft:
    """The file of one unfinished reflection."""

    path: Path

    def keep(self, form: Form) -> None:
        """Save what there is so far.

        Raises:
            FileWriteError: It cannot be written; the version before is untouched.
        """
        self.keep_text(render_form(form))

    def keep_text(self, text: str) -> None:
        """Save text that may not read as a form."""
        make_folder(self.path.parent)
        replace(self.path, text)

    def drop(self) -> None:
        """Remove it, once it is saved as an entry."""
        remove(self.path)

    @property
    def exists(self) -> bool:
        """Tell whether there is anything in it yet."""
        return os.path.exists(self.path)  # noqa: PTH110 - a folder that may not be opened is no error here


def new_draft(name: str) -> Draft:
    """Return the draft of this name. Nothing is written yet."""
    return Draft(find_drafts() / f"{name}.md")


def is_draft(path: Path) -> bool:
    """Tell whether a file is one of our drafts."""
    return path.resolve().parent == find_drafts().resolve()

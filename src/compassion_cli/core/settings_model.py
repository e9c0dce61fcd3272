"""The rules for settings."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StringConstraints, ValidationInfo, field_validator

from compassion_cli.core.model import Id, Line, Model
from compassion_cli.core.settings import RESERVED_NAMES, is_folder


def _refuse_reserved(name: str) -> str:
    if name in RESERVED_NAMES:
        raise ValueError(f"no journal can be called {name}, because that means something else already")
    return name


JournalName = Annotated[Id, AfterValidator(_refuse_reserved)]
#: One line, or nothing. Nothing in it can make it read differently from what it holds.
LineOrNone = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$")]


class SettingsModel(Model):
    """Settings as they may be written in a file."""

    name: LineOrNone = ""
    editor: LineOrNone = ""
    plain: StrictBool = False
    git: StrictBool = True
    journals: dict[JournalName, Line] = Field(default_factory=dict)
    # After the journals, which it is compared with.
    default_journal: LineOrNone = ""

    @field_validator("default_journal")
    @classmethod
    def _expect_known(cls, name: str, info: ValidationInfo) -> str:
        journals = info.data.get("journals")
        if name and journals is not None and not is_folder(name) and name not in journals:
            raise ValueError(f"no journal in the settings is called {name}")
        return name

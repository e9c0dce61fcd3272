"""What every model is made of: a frozen base that is strict about names, and the kinds of text that have rules."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

#: Ids stand in file names and on command lines, so they are safe on every file system and need no quoting.
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
#: Wording becomes a heading in an entry, so it is one line.
Line = Annotated[
    str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f-\x9f]([^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*\S)?$")
]


class Model(BaseModel):
    """A frozen value."""

    # Built when first used: most commands use few of the models.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

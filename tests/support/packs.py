"""A small pack with every kind of question, for tests that need no more."""

from __future__ import annotations

from compassion_cli.core.pack import Pack
from compassion_cli.formats.pack_toml import parse_pack

SMALL = """\
id = "small"
version = 2
title = "A small pack"
summary = "One question of every kind"
minutes = 4
section_name = "part"

[source]
work = "Nothing in particular"
part = "None"
relation = "derived"

[[each]]
id = "last"
text = "What is left?"

[[sections]]
id = "one"
title = "One"
aliases = ["first"]
intro = "Where it begins."

[[sections.questions]]
id = "seen"
kind = "choice"
text = "What did you see?"
choices = [{ value = "none", label = "Nothing" }, { value = "much", label = "A good deal" }]
note = "What was it?"

[[sections.questions]]
id = "more"
text = "Where did it lead?"
when = { question = "seen", is = ["much"] }

[[sections]]
id = "two"
title = "Two"

[[sections.questions]]
id = "rate"
kind = "scale"
text = "How much?"
scale = { low = "little", high = "a lot" }

[[sections.questions]]
id = "do"
kind = "actions"
text = "What will you do?"
care = true
"""


def small_pack() -> Pack:
    """Return the small pack."""
    return parse_pack(SMALL)

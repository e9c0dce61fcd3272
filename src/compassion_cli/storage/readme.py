"""What stands in the folder of a journal for whoever opens it."""

from __future__ import annotations

#: The folder of a private journal, inside the one it belongs to.
PRIVATE_NAME = "private"

SHARED = """\
# Reflective journal

This folder holds reflections on work in adult social care, one file for each, in folders by year. They were
written with compassion-cli. Any text editor opens them; `journal list` and `journal show` read them.

- It is confidential. Who may read it is for its owner and their employer to say. If it is not yours, please close it.
- It is not a case record, and not a way to report a safeguarding concern: use the usual routes for those.
- Reflections can be asked for by a court. Write what you learnt, and nothing that could identify a person.
"""

PRIVATE = """\
# Private reflections

These are for the person who wrote them and nobody else. compassion-cli never sends this folder anywhere. A backup of
the whole computer may hold it all the same, and a court can ask for it.

To show one of them to others: `journal share`. If the folder is not yours, please close it.
"""

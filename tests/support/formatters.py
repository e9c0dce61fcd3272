"""Markdown formatters: mdformat itself, and in a few lines of Python what others do to a file of ours.

What those do was seen with Prettier 3, markdownlint-cli2 and in editors; benchmarks/formatters.py runs the real ones.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Callable
from functools import partial
from pathlib import Path

import mdformat

_BLOCK_START = re.compile(r"#{1,6} |<!-- ")


def _split_front(text: str) -> tuple[str, list[str]]:
    _, front, body = text.split("+++\n", 2)
    return f"+++\n{front}+++\n", body.split("\n")


def put_blanks_around(text: str) -> str:
    """Do as Prettier does: a blank line before and after each comment, heading, list and quotation."""
    front, lines = _split_front(text)
    kept: list[str] = []
    for line in lines:
        kind, before = _name_kind(line), _name_kind(kept[-1]) if kept else ""
        if kept and kept[-1].strip() and line.strip() and (kind != before or kind in ("heading", "comment")):
            kept.append("")
        kept.append(line)
    return front + "\n".join(kept)


def _name_kind(line: str) -> str:
    if line.startswith("<!-- "):
        return "comment"
    if re.match(r"#{1,6} ", line):
        return "heading"
    if line.startswith(">"):
        return "quotation"
    return "list" if re.match(r"[-*+] ", line) else "text"


def wrap(text: str) -> str:
    """Do as Prettier does with --prose-wrap always: paragraphs and quotations broken anew, emphasis in other marks."""
    front, lines = _split_front(put_blanks_around(text))
    kept: list[str] = []
    for line in lines:
        mark = "> " if line.startswith("> ") else ""
        is_prose = len(line) > 60 and not _BLOCK_START.match(line) and not re.match(r"[-*+] ", line)
        inner = line.removeprefix(mark)
        indent = "  " if inner.startswith("- ") else ""
        kept += [mark + part for part in textwrap.wrap(inner, 50, subsequent_indent=indent)] if is_prose else [line]
    return front + re.sub(r"\*(\w[^*\n]*)\*", r"_\1_", "\n".join(kept))


def lint(text: str) -> str:
    """Do as markdownlint --fix does: no full stop in a heading, and an empty quoted line between it and a quotation."""
    return re.sub(r"(?m)^(#+ .*\n)(?=>)", r"\1>\n", re.sub(r"(?m)^(#+ .*)[.,;:!]$", r"\1", text))


def underline_headings(text: str) -> str:
    """Write the two highest kinds of headings with a line under them."""
    front, lines = _split_front(put_blanks_around(text))
    body = re.sub(r"(?m)^# (.+)$", r"\1\n=====", "\n".join(lines))
    return front + re.sub(r"(?m)^## (.+)$", r"\1\n-----", body)


def add_spaces(text: str) -> str:
    """Put two spaces at the end of each line, as some editors leave them."""
    return text.replace("\n", "  \n")


def use_notepad(text: str) -> str:
    """Save as Notepad does, with its mark and line ends."""
    return "\ufeff" + text.replace("\n", "\r\n")


def take_blanks_away(text: str) -> str:
    """Leave out each blank line."""
    return re.sub(r"\n\s*\n", "\n", text)


def run_mdformat(text: str) -> str:
    """Format with mdformat, which knows front matter by a plugin."""
    return mdformat.text(text, extensions={"front_matters"})


def _run_for_real(name: str) -> Callable[[str], str]:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
    from benchmarks.formatters import format_with

    return partial(format_with, name)


FORMATTERS: dict[str, Callable[[str], str]] = {
    "mdformat": run_mdformat,
    "prettier": put_blanks_around,
    "prettier, wrapping": wrap,
    "markdownlint": lint,
    "underlined": underline_headings,
    "spaces": add_spaces,
    "notepad": use_notepad,
    "no blanks": take_blanks_away,
}
for _name in filter(None, os.environ.get("COMPASSION_REAL_FORMATTERS", "").split(";")):
    FORMATTERS[_name] = _run_for_real(_name)

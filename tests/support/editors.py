"""Editors for tests: small shell scripts that do to a file what a person would."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="the editors of these tests are shell scripts")


def make_editor(folder: Path, *commands: str) -> str:
    """Return the command of an editor that runs shell commands on the file ``$1``."""
    path = folder / "an editor.sh"
    path.write_text("\n".join(["#!/bin/sh", *commands, ""]), encoding="utf-8")
    path.chmod(0o755)
    return shlex.quote(str(path))


def write_under(key: str, text: str) -> str:
    """Return the command that writes a line at the end of the form's part for a question."""
    script = f"""
import re, sys
path, key, text = sys.argv[1], {key!r}, {text!r}
form = open(path, encoding="utf-8").read()
begin = form.index(f"<!-- question: {{key}} -->")
end = form.find("\\n<!-- ", begin + 1)
end = len(form) if end < 0 else end
open(path, "w", encoding="utf-8").write(form[:end].rstrip("\\n") + "\\n\\n" + text + "\\n" + form[end:])
"""
    return f'python3 -c {shlex.quote(script)} "$1"'

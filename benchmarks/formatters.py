"""Whether answers survive the Markdown formatters that people have, run for real.

Usage: python benchmarks/formatters.py

Needs npx (of Node.js), which fetches Prettier and markdownlint-cli2. It runs the tests of tests/cli/test_formatters.py
with those programs in the place of their imitations, which is too slow, and needs too much, for the tests themselves.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = {
    "prettier": ("prettier@3", "--log-level", "error", "--write"),
    "prettier, wrapping": ("prettier@3", "--log-level", "error", "--prose-wrap", "always", "--write"),
    "markdownlint": ("markdownlint-cli2", "--fix"),
}


def format_with(program: str, text: str) -> str:
    """Return a text as a program leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.md"
        path.write_bytes(text.encode())
        # markdownlint ends with a fault for what it cannot mend.
        words = [shutil.which("npx") or "npx", "--yes", *PROGRAMS[program], path.name]
        subprocess.run(words, cwd=folder, check=False, capture_output=True)
        return path.read_bytes().decode()


def main() -> int:
    """Run the tests, and return their exit code."""
    if not shutil.which("npx"):
        print("npx is not there")
        return 2
    environment = os.environ | {"COMPASSION_REAL_FORMATTERS": ";".join(PROGRAMS)}
    tests = str(ROOT / "tests" / "cli" / "test_formatters.py")
    return subprocess.call([sys.executable, "-m", "pytest", "-q", "-n", "2", tests], env=environment, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())

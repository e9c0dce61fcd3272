"""Thousands of damaged and hostile files through every command that reads.

Usage: python benchmarks/mutants.py [COUNT [SEED ...]]

It runs tests/test_mutants.py, which has a small sample, for longer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(count: str, seeds: list[str]) -> int:
    """Run it once for each seed, and return the worst exit code."""
    test = str(ROOT / "tests" / "test_mutants.py")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", test]
    environments = [os.environ | {"COMPASSION_MUTANTS": count, "COMPASSION_SEED": seed} for seed in seeds]
    return max(subprocess.call(command, env=environment, cwd=ROOT) for environment in environments)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(given[0] if given else "10000", given[1:] or ["1"]))

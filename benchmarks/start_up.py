"""How long a command takes from Enter to prompt, beside the smallest program Typer can make.

Usage: python benchmarks/start_up.py [ROUNDS]

Whole processes, taken in turn in one run, so that a busy machine slows both sides alike. Quote the ratios.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCRIPTS = Path(sys.executable).parent
SMALLEST = """\
import typer

app = typer.Typer(add_completion=False{options})


@app.command()
def hello(name: str = "you") -> None:
    \"\"\"Say hello.\"\"\"
    print(f"Hello {{name}}")


app()
"""


def main(rounds: int) -> None:
    """Measure and print a line for each pair."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        smallest = write(home / "smallest.py", "")
        plain = write(home / "smallest_plain.py", ", rich_markup_mode=None")
        env = os.environ | {"HOME": folder, "COMPASSION_JOURNAL": str(home / "journal"), "COMPASSION_AUTHOR": "A"}
        for number in range(20):
            typed = f"Entry number {number} of the journal\n\n".encode()
            reflect = [str(SCRIPTS / "reflect"), "tool3", "--only", "6"]
            subprocess.run(reflect, input=typed, env=env, check=True, capture_output=True)
        compare("reflect --help", ["reflect", "--help"], [smallest, "--help"], env, rounds)
        compare("  beside one with plain help too", ["reflect", "--help"], [plain, "--help"], env, rounds)
        compare("journal list, 20 entries", ["journal", "list"], [smallest], env, rounds)
        compare("journal show", ["journal", "show"], [smallest], env, rounds)


def write(path: Path, options: str) -> str:
    """Write a one-command program and return its path."""
    path.write_text(SMALLEST.format(options=options), encoding="utf-8")
    return str(path)


def compare(name: str, ours: list[str], theirs: list[str], env: dict[str, str], rounds: int) -> None:
    """Run both in turn and print the median of the ratios."""
    command = [sys.executable, str(SCRIPTS / ours[0]), *ours[1:]]
    other = [sys.executable, *theirs]
    pairs = [(measure(command, env), measure(other, env)) for _ in range(rounds + 1)][1:]
    ratio = statistics.median(a / b for a, b in pairs)
    mine, smallest = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    print(f"{name:34} {mine:6.0f} ms   smallest Typer program {smallest:6.0f} ms   ratio {ratio:.2f}")


def measure(command: list[str], env: dict[str, str]) -> float:
    """Return how long a whole process takes, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

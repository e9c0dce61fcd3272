"""How long a command takes from Enter to prompt, beside the smallest program that Typer 0.29 can make.

Usage: python benchmarks/start_up.py [ROUNDS]

Typer 0.29 is the yardstick because it is what most programs of this kind run on; it builds a Pydantic adapter for each
option, which this program does without. It is installed for the measurement, into an environment of its own that goes
afterwards. Whole processes, taken in turn in one run, so that a busy machine slows both sides alike; everything is
compiled before. Quote the ratios.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

SCRIPTS = Path(sys.executable).parent
SOURCE = Path(__file__).resolve().parent.parent / "src"
YARDSTICK = "typer==0.29.2"
SMALLEST = """\
import typer

app = typer.Typer(add_completion=False)


@app.command()
def hello(name: str = "you") -> None:
    \"\"\"Say hello.\"\"\"
    print(f"Hello {name}")


app()
"""


def main(rounds: int) -> None:
    """Measure and print a line for each command, with its aim where it has one."""
    compileall.compile_dir(SOURCE, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench = Bench(folder, rounds)
        for number in range(20):
            bench.run("reflect", "tool3", "--only", "6", typed=f"Entry number {number} of the journal\n\n")
        form = folder / "form.md"
        blank = bench.run("reflect", "tool3", "--only", "6", "--blank")
        form.write_text(f"{blank}\nA line about the visit.\n", encoding="utf-8")
        bench.compare("journal list, 20 entries", ["journal", "list"], aim=0.75)
        bench.compare("journal show", ["journal", "show"])
        bench.compare("reflect --from a form, with a history", ["reflect", "tool3", "--from", str(form)], aim=1.4)
        bench.compare("reflect --help", ["reflect", "--help"])
        bench.compare("journal --help", ["journal", "--help"])
        bench.compare("reflect tool3 --help", ["reflect", "tool3", "--help"])


class Bench:
    """A home for a journal, and the smallest program to compare with."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self._rounds = rounds
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("COMPASSION_", "XDG_", "PYTHON"))
        }
        self._env = kept | {"HOME": str(folder), "USERPROFILE": str(folder), "COMPASSION_AUTHOR": "A"}
        self._smallest = folder / "smallest.py"
        self._smallest.write_text(SMALLEST, encoding="utf-8")
        self._python = install_yardstick(folder / "yardstick")

    def run(self, *words: str, typed: str = "") -> str:
        """Run one of our programs and return what it prints."""
        command = [str(SCRIPTS / words[0]), *words[1:]]
        return subprocess.run(
            command,
            input=typed,
            env=self._env,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ).stdout

    def compare(self, name: str, ours: list[str], aim: float | None = None) -> None:
        """Run a command and the smallest program in turn, and print the median of the ratios."""
        command = [sys.executable, str(SCRIPTS / ours[0]), *ours[1:]]
        other = [str(self._python), str(self._smallest)]
        pairs = [(self._measure(command), self._measure(other)) for _ in range(self._rounds + 1)][1:]
        ratio = statistics.median(a / b for a, b in pairs)
        mine, smallest = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
        said = f"{name:38} {mine:6.0f} ms   smallest program {smallest:6.0f} ms   ratio {ratio:.2f}"
        print(said if aim is None else f"{said}   aim {aim}: {'met' if ratio <= aim else 'NOT MET'}", flush=True)

    def _measure(self, command: list[str]) -> float:
        start = time.perf_counter()
        subprocess.run(command, env=self._env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        return time.perf_counter() - start


def install_yardstick(folder: Path) -> Path:
    """Make an environment with the yardstick in it, and return its Python."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--compile", YARDSTICK], check=True)
    return python


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

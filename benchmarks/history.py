"""What keeping a history costs: saving a form with git and without, and a long life of two people.

Usage: python benchmarks/history.py [ROUNDS]

Whole processes, taken in turn in one run, so that a busy machine slows both sides alike. Quote the ratio. With
``--life STEPS SEED`` it runs the simulation of tests/test_two_people.py for longer.
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
ROOT = Path(__file__).resolve().parent.parent


def main(rounds: int) -> None:
    """Measure and print both medians and the median of the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"HOME": folder, "COMPASSION_AUTHOR": "A", "XDG_CONFIG_HOME": f"{folder}/without"}
        form = Path(folder) / "form.md"
        blank = [str(SCRIPTS / "reflect"), "tool3", "--only", "6", "--blank"]
        form.write_bytes(subprocess.run(blank, env=env, check=True, capture_output=True).stdout + b"An answer\n")
        off = [str(SCRIPTS / "journal"), "config", "git", "no"]
        subprocess.run(off, env=env, check=True, capture_output=True)
        sides = []
        for name in ("with", "without"):
            home = env | {"XDG_CONFIG_HOME": f"{folder}/{name}", "COMPASSION_JOURNAL": f"{folder}/journal-{name}"}
            sides.append(home)
        # As somebody has it who has chosen: a file of settings on both sides.
        on = [str(SCRIPTS / "journal"), "config", "git", "yes"]
        subprocess.run(on, env=sides[0], check=True, capture_output=True)
        pairs = [(save(form, sides[0]), save(form, sides[1])) for _ in range(rounds + 1)][1:]
        ratio = statistics.median(a / b for a, b in pairs)
        kept, bare = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
        print(f"reflect --from: with history {kept:.0f} ms, without {bare:.0f} ms, ratio {ratio:.2f}")


def save(form: Path, env: dict[str, str]) -> float:
    """Save a form as an entry, and return how long that takes as a whole process, in seconds."""
    start = time.perf_counter()
    subprocess.run(
        [str(SCRIPTS / "reflect"), "tool3", "--from", str(form)],
        env=env,
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def live(steps: str, seed: str) -> int:
    """Run the simulation for longer."""
    env = os.environ | {"COMPASSION_STEPS": steps, "COMPASSION_SEED": seed}
    test = str(ROOT / "tests" / "test_two_people.py")
    return subprocess.call([sys.executable, "-m", "pytest", "-q", test], env=env, cwd=ROOT)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--life"]:
        sys.exit(live(sys.argv[2], sys.argv[3]))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

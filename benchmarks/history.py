"""What keeping a history costs: saving a form with git and without, taking a journal, and a long life of two people.

Usage: python benchmarks/history.py [ROUNDS | --clone COUNT [ROUNDS] | --life STEPS SEED]

Whole processes, taken in turn in one run, so that a busy machine slows both sides alike. Quote the ratio. With
``--clone COUNT`` it takes a shared journal of so many entries, beside ``git clone --no-local``, which waits for no
disk, so that what it has written is synced at the end. The aim is 1.4 of its time. With ``--life STEPS SEED`` it runs
the simulation of tests/test_two_people.py for longer.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.journals import make_history, make_journal

#: Of the time that git takes.
AIM_OF_CLONE = 1.4
GIT = shutil.which("git") or "git"
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
        # As someone has it who has chosen: a file of settings on both sides.
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


def compare_clones(count: int, rounds: int) -> None:
    """Take a shared journal in both ways, and print what ours takes beside git's."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"HOME": home, "COMPASSION_AUTHOR": "A"}
        source, shared = Path(home) / "source", Path(home) / "shared"
        make_journal(source, count)
        make_history(source)
        subprocess.run([GIT, "clone", "--quiet", "--bare", "--no-local", source, shared], check=True)
        pairs = [_take_twice(shared, Path(home) / str(number), env) for number in range(rounds + 1)][1:]
        for name, side in (("wall", 0), ("CPU", 1)):
            ratios = [ours[side] / gits[side] for ours, gits in pairs]
            ours, gits = (statistics.median(taken[side] for taken in way) for way in zip(*pairs, strict=True))
            verdict = "holds" if statistics.median(ratios) <= AIM_OF_CLONE else "DOES NOT HOLD"
            spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
            print(
                f"init --clone, {name}: {ours:.2f} s, git {gits:.2f} s, ratio {spread}, aim {AIM_OF_CLONE}: {verdict}"
            )


def _take_twice(shared: Path, home: Path, env: dict[str, str]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Take it in a home of its own, ours first in every other round.

    Nothing is deleted before the end: ext4 looks for places that were not in use a few seconds ago, for as long as a
    whole clone lasts, so that whoever comes after a deletion pays for it.
    """
    home.mkdir()
    words = [str(SCRIPTS / "journal"), "init", str(home / "ours"), "--clone", str(shared), "--name", "team"]
    clone = [GIT, "clone", "--quiet", "--no-local", str(shared), str(home / "gits")]

    def take_ours() -> tuple[float, float]:
        return _time(words, env | {"HOME": str(home)})

    def take_gits() -> tuple[float, float]:
        return _time(clone, env, ends_with_sync=True)

    os.sync()
    if int(home.name) % 2:
        ours = take_ours()
        return ours, take_gits()
    gits = take_gits()
    return take_ours(), gits


def _time(command: list[str], env: dict[str, str], *, ends_with_sync: bool = False) -> tuple[float, float]:
    """Return how long a process takes, in seconds by the clock on the wall, and of the CPU."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    if ends_with_sync:
        os.sync()
    taken, after = time.perf_counter() - start, os.times()
    return taken, after.children_user + after.children_system - before.children_user - before.children_system


def live(steps: str, seed: str) -> int:
    """Run the simulation for longer."""
    env = os.environ | {"COMPASSION_STEPS": steps, "COMPASSION_SEED": seed}
    test = str(ROOT / "tests" / "test_two_people.py")
    return subprocess.call([sys.executable, "-m", "pytest", "-q", test], env=env, cwd=ROOT)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--life"]:
        sys.exit(live(sys.argv[2], sys.argv[3]))
    if sys.argv[1:2] == ["--clone"]:
        compare_clones(int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 5)  # noqa: PLR2004
        sys.exit()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

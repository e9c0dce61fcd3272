"""Build the wheel and the sdist, install each into an environment of its own, and use them outside the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Check every build; stop at the first that does not do the main job."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder / "dist"), str(ROOT)], check=True)
        for build in sorted((folder / "dist").iterdir()):
            check(build, folder / build.name.replace(".", "_"))
            print(f"{build.name}: installed, asked, saved, listed and showed")


def check(build: Path, folder: Path) -> None:
    """Install one build and hold a session with it."""
    scripts = install(build, folder / "venv")
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "USERPROFILE": str(folder), "COMPASSION_AUTHOR": "Sam"}

    def run(*words: str, typed: str = "") -> str:
        command = [str(scripts / words[0]), *words[1:]]
        done = subprocess.run(
            command, input=typed, env=env, cwd=folder, check=True, stdout=subprocess.PIPE, encoding="utf-8"
        )
        return done.stdout

    path = Path(run("reflect", "tool3", "--lens", "self", typed="From a build\n\n\n\n\n\n").strip())
    expect(path.parent.parent == folder / "reflective-journal", "the entry is where it should be")
    expect("From a build" in run("journal", "list"), "the entry is listed")
    expect("From a build" in run("journal", "show"), "the entry is shown")
    for pack in ("tool1", "tool2", "tool3", "curiosity"):
        expect(pack in run("compassion", "reflect", "--help"), f"{pack} is there")


def install(build: Path, folder: Path) -> Path:
    """Install a build into a new environment and return the folder of its scripts."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, str(build)], check=True)
    return scripts


def expect(condition: bool, what: str) -> None:
    """Stop with a sentence where something is not as it should be."""
    if not condition:
        sys.exit(f"check_builds: it is not so that {what}")


if __name__ == "__main__":
    main()

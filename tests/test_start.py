"""What start.py says where it cannot set everything up: each cause by its name, with what to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what stands in for parts of Python lies in POSIX places")


def shadow(folder: Path, module: str, text: str) -> None:
    """Put something in the place of a part of Python."""
    package = folder / "shadows" / module
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("" if module == "pip" else text)
    (package / "__main__.py").write_text(text)


def have_no_venv(folder: Path) -> None:
    shadow(folder, "venv", "raise ImportError")


def have_a_file_in_the_way(folder: Path) -> None:
    (folder / ".venv").write_text("")


def have_no_pip(folder: Path) -> None:
    shadow(folder, "pip", "raise SystemExit(1)")
    shadow(folder, "ensurepip", "raise SystemExit(1)")


def have_no_network(folder: Path) -> None:
    shadow(folder, "pip", "import sys\nraise SystemExit(sys.argv[1:] != ['--version'])")
    shadow(folder, "ensurepip", "raise SystemExit(1)")


def have_a_python_that_does_not_start(folder: Path) -> None:
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/nowhere/python\n")
    python.chmod(0o755)
    have_no_network(folder)


def type_start(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the start.py of a folder, with what stands in for parts of Python there."""
    return subprocess.run(
        [sys.executable, str(folder / "start.py"), *words],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(folder / "shadows")},
        text=True,
        timeout=120,
    )


CAUSES = {
    have_no_venv: ("this Python has no venv", "python3-venv"),
    have_a_file_in_the_way: ("could not be made or changed", "because it is not a folder"),
    have_no_pip: ("this Python has no pip", "a Python with pip"),
    have_no_network: ("could not be installed", "check the connection"),
    have_a_python_that_does_not_start: ("could not be installed", "check the connection"),
}


@pytest.mark.parametrize(
    ("cause", "what", "remedy"),
    [(cause, *said) for cause, said in CAUSES.items()],
    ids=[cause.__name__ for cause in CAUSES],
)
def test_the_cause_is_named_with_what_to_do(
    tmp_path: Path, cause: Callable[[Path], None], what: str, remedy: str
) -> None:
    for name in ("start.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    cause(tmp_path)
    done = type_start(tmp_path, "reflect", "--version")
    assert done.returncode == 1, done.stderr
    assert what in done.stderr
    assert remedy in done.stderr
    assert "nothing outside this folder was changed" in done.stderr
    assert "Traceback" not in done.stderr
    if cause is have_a_python_that_does_not_start:
        # It has been made anew.
        subprocess.run([str(tmp_path / ".venv" / "bin" / "python"), "-c", ""], check=True)


def test_it_says_that_it_is_still_working_while_it_installs(tmp_path: Path) -> None:
    text = (ROOT / "start.py").read_text("utf-8")
    faster = text.replace("SECONDS_BETWEEN_SIGNS_OF_LIFE = 5\n", "SECONDS_BETWEEN_SIGNS_OF_LIFE = 0.2\n")
    assert faster != text
    (tmp_path / "start.py").write_text(faster, "utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shadow(tmp_path, "pip", "import time\ntime.sleep(1)\nraise SystemExit(1)")
    shadow(tmp_path, "ensurepip", "raise SystemExit(1)")
    done = type_start(tmp_path, "reflect", "--version")
    assert re.search(r"^Still working: \d+ seconds so far\.$", done.stderr, re.MULTILINE)
    assert done.stdout == ""


MISTYPED = {
    ("tool3", "--lens", "self"): "reflect tool3 --lens self",
    ("resume",): "reflect resume",
    ("refelct", "tool3"): "reflect tool3",
    ("jurnal", "show", "k7m2"): "journal show k7m2",
    ("show", "k7m2"): "journal show k7m2",
    ("lst", "--tag", "two words"): "journal list --tag 'two words'",
    ("tests", "--all"): "test --all",
    ("zzzz",): "--help",
    ("--halp",): "--help",
}


@pytest.mark.parametrize(("words", "meant"), MISTYPED.items(), ids=[" ".join(words) for words in MISTYPED])
def test_a_wrong_word_is_named_with_what_to_type(words: tuple[str, ...], meant: str) -> None:
    done = type_start(ROOT, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == f'start.py: there is no command called "{words[0]}"\n  try: python3 start.py {meant}\n'

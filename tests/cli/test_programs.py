"""The programs as they stand on someone's path."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from support.commands import CommandLine

import compassion_cli


@pytest.mark.parametrize("program", ["reflect", "journal", "compassion"])
def test_every_program_has_a_version_and_alone_says_what_it_does(run: CommandLine, program: str) -> None:
    assert run.program(program, "--version").stdout.decode().split() == ["compassion-cli", compassion_cli.__version__]
    assert f"Usage: {program}".encode() in run.program(program).stdout


def test_the_package_runs_as_a_module(run: CommandLine) -> None:
    command = [sys.executable, "-m", "compassion_cli", "reflect", "tool3", "--only", "6"]
    done = subprocess.run(command, input=b"x\n\n", capture_output=True, check=True)
    assert done.stdout.decode().strip() == str(run.entries[0])


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("reflect tool3 --lens self <&-", 1, "the input ended before anything was written"),
        ("reflect tool3 <&-", 2, "needs to know which lens"),
        ("journal list <&-", 0, "There are no entries"),
        ("reflect --help | head -n 1", 0, "Usage: reflect"),
        ("journal list >&-", 0, ""),
        ("journal list 2>&-", 0, ""),
        ("journal show 2>&-", 1, ""),
        ("printf 'x\\n\\n' | reflect tool3 --only 6 2>&-", 0, "-tool3-supervisor-"),
    ],
)
def test_missing_and_closed_streams_are_no_bug(run: CommandLine, line: str, code: int, said: str) -> None:
    done = run.shell(line)
    output = (done.stdout + done.stderr).decode()
    assert done.returncode == code, output
    assert said in output
    assert "Traceback" not in output

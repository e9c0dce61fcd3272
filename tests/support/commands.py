"""A command line to type at: in this process, with a fixed clock, or as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from typer.testing import CliRunner, Result

from compassion_cli.cli.compassion import app as compassion_app
from compassion_cli.cli.context import Environment
from compassion_cli.cli.journal import app as journal_app
from compassion_cli.cli.reflect import app as reflect_app
from compassion_cli.storage.places import find_drafts

NOON = datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
_APPS = {"reflect": reflect_app, "journal": journal_app, "compassion": compassion_app}
SCRIPTS = Path(sys.executable).parent


@dataclass
class CommandLine:
    """Types commands. Unless another exit code is expected, a command must succeed; None allows any."""

    home: Path
    now: datetime = NOON
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def journal(self) -> Path:
        """The journal that is made on first use."""
        return self.home / "reflective-journal"

    @property
    def drafts(self) -> list[Path]:
        """The drafts that are kept."""
        return sorted(self.home.rglob("drafts/*"))

    def block_state(self) -> None:
        """Put a file where the folder for drafts should be."""
        folder = find_drafts().parent
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.write_text("in the way")

    @property
    def entries(self) -> list[Path]:
        """The files of the entries in the journal."""
        return sorted(self.journal.glob("????/*.md"))

    def __call__(self, *words: str, typed: str = "", code: int | None = 0) -> Result:
        environment = Environment(now=lambda: self.now)
        result = CliRunner().invoke(_APPS[words[0]], list(words[1:]), input=typed, obj=environment)
        assert code is None or result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    def program(self, *words: str, typed: bytes = b"", code: int = 0, **env: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command as a program of its own, through pipes."""
        command = [str(SCRIPTS / words[0]), *words[1:]]
        result = subprocess.run(
            command, input=typed, capture_output=True, check=False, env=os.environ | env, timeout=180
        )
        assert result.returncode == code, result.stderr.decode()
        assert b"Traceback" not in result.stderr
        return result

    def shell(self, line: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Type a line into a shell that knows the programs."""
        env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        env["PATH"] = f"{SCRIPTS}{os.pathsep}{env['PATH']}"
        return subprocess.run(["sh", "-c", line], input=typed, env=env, capture_output=True, check=False, timeout=180)

"""Someone's own editor, for a whole form or for one answer."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from compassion_cli.core.errors import ReflectError
from compassion_cli.terminal.lines import LineReader
from compassion_cli.terminal.programs import find_program
from compassion_cli.terminal.screen import Screen, is_terminal

#: Editors for people who never chose one, with how to leave them. No vi: whoever knows it has said so in EDITOR.
_FRIENDLY = {
    "nano": "To save, press Ctrl-O and then Enter. To leave, press Ctrl-X.",
    "pico": "To save, press Ctrl-O and then Enter. To leave, press Ctrl-X.",
    "micro": "To save, press Ctrl-S. To leave, press Ctrl-Q.",
    "notepad": "Save with Ctrl-S, then close the window.",
}


class EditorError(ReflectError):
    """No editor was found, or it closed with an error."""


@dataclass(frozen=True)
class OwnEditor:
    """Opens files in the editor that is settled, else ``VISUAL``, else ``EDITOR``, else a friendly one that is there.

    Attributes:
        command: The editor that is settled, with its arguments; empty where none is.
    """

    screen: Screen
    reader: LineReader
    command: str = ""

    @property
    def is_told_to_end(self) -> bool:
        """Tell whether the whole program is to end."""
        return self.reader.endings.has_come

    def edit(self, path: Path) -> None:
        """Open a file, and wait until the editor is closed.

        Raises:
            EditorError: There is none, it cannot be started, or it ended with a fault.
        """
        command = _find_editor(self.command)
        if self.screen.is_interactive:
            advice = _FRIENDLY.get(Path(command[0]).stem, "Save there and close it to come back here.")
            self.screen.say(f"Opening the editor {Path(command[0]).name}. {advice}")
        self.screen.talk.flush()
        # The result of a command may be going elsewhere; the editor belongs on the terminal.
        shown = None if is_terminal(sys.stdout) or not is_terminal(self.screen.talk) else self.screen.talk
        # What comes through a pipe is meant for us.
        typed = None if is_terminal(sys.stdin) else subprocess.DEVNULL
        with self.reader.released(), self.reader.endings.lent():
            try:
                editor = subprocess.Popen([*command, str(path)], stdin=typed, stdout=shown)  # noqa: S603 - the user's
            except (OSError, ValueError) as error:
                reason = (getattr(error, "strerror", None) or "the system refused").lower()
                raise EditorError(f"the editor {command[0]} could not be started: {reason}", _ADVICE) from None
            with self.reader.endings.leaving_by(lambda: _end(editor)):
                code = editor.wait()
        if code:
            raise EditorError(f"the editor {Path(command[0]).name} closed with an error ({code})")

    def offers_again(self, error: ReflectError) -> bool:
        """Say why a text cannot be taken yet, and ask whether to open it once more. A pipe is not asked."""
        if not self.screen.is_interactive or self.is_told_to_end:
            return False
        self.screen.say(f"{error.what[:1].upper()}{error.what[1:]}.")
        for fault in error.details:
            self.screen.say(f"- {fault}", indent="  ")
        self.screen.say("Press Enter to open it again, or type stop and press Enter to leave it for later. It is kept.")
        try:
            line = self.reader.read()
        except KeyboardInterrupt:
            self.reader.endings.has_come = True
            return False
        return line is not None and not line.strip()


def _end(editor: subprocess.Popen[bytes]) -> None:
    # Windows knows no request to end, only an end without a word; there the editor is waited for.
    if os.name != "nt":
        editor.terminate()


_ADVICE = "to choose another: journal config editor COMMAND\nor open the file in any plain text editor"


def _find_editor(settled: str) -> list[str]:
    if settled.strip():
        return _split_command('the setting "editor"', settled.strip())
    for name in ("VISUAL", "EDITOR"):
        value = os.environ.get(name, "").strip()
        if value:
            return _split_command(name, value)
    for known in _FRIENDLY:
        if find_program(known):
            return [known]
    raise EditorError("no editor has been set, and I could not find one", _ADVICE)


def _split_command(name: str, value: str) -> list[str]:
    """Return a command with its arguments. A path with spaces in it is understood, as on Windows."""
    if find_program(value):
        return [value]
    try:
        words = shlex.split(value, posix=os.name != "nt")
    except ValueError:
        raise EditorError(f"{name} could not be understood: it has an unmatched quotation mark", _ADVICE) from None
    words = [word.strip('"') for word in words] if os.name == "nt" else words
    # As a shell would read it, for people whose other programs start their editor with one.
    program = os.path.expandvars(os.path.expanduser(words[0]))  # noqa: PTH111 - it may be no path
    # Windows finds some programs only by their whole name.
    return [find_program(program) or program, *words[1:]]

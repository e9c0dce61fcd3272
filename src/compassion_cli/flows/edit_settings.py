"""Changing the settings in someone's own editor."""

from __future__ import annotations

from pathlib import Path

from compassion_cli.core.errors import InterruptedReflectionError
from compassion_cli.flows.own_editor import Editor
from compassion_cli.formats.settings_toml import SettingsFaultError
from compassion_cli.storage.settings import check_own, make_settings_file
from compassion_cli.terminal.editor import EditorError


def edit_settings(editor: Editor) -> Path:
    """Open the person's own file, made where it is not there yet, until it can be used; return its path.

    Raises:
        SettingsFaultError: It cannot be used, and is left so.
        EditorError: There is no editor, or it ended with a fault.
        ReflectError: The file cannot be made.
    """
    path = make_settings_file()
    while True:
        try:
            editor.edit(path)
            check_own()
        except (SettingsFaultError, EditorError) as error:
            if not editor.offers_again(error):
                if editor.is_told_to_end:
                    raise InterruptedReflectionError("stopped", "journal config --edit") from None
                raise
        else:
            return path

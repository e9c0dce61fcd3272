"""Settings as JSON, for scripts. The shape has a version; a key that is there now stays."""

from __future__ import annotations

import json
from collections.abc import Mapping

VERSION = 1


def render_settings_json(values: Mapping[str, str | bool], sources: Mapping[str, str], files: Mapping[str, str]) -> str:
    """Return ``{"version", "settings": {KEY: {"value", "from"}}, "files": {"own", "employer"}}``.

    Args:
        values: The values that hold, by key.
        sources: Where each comes from: ``own``, ``employer`` or ``built-in``.
        files: The paths of both files.
    """
    settings = {key: {"value": value, "from": sources[key]} for key, value in values.items()}
    return json.dumps({"version": VERSION, "settings": settings, "files": files}, indent=2)

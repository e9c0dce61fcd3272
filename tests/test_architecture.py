"""Imports run one way, and heavy ones only where they are used."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import compassion_cli
from compassion_cli.storage.places import find_settings_file

ROOT = Path(compassion_cli.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

#: What each layer may import of the others.
ALLOWED = {
    "core": {"core"},
    "formats": {"formats", "core"},
    "storage": {"storage", "formats", "core"},
    "history": {"history", "storage", "formats", "core"},
    "terminal": {"terminal", "formats", "core"},
    "flows": {"flows", "terminal", "history", "storage", "formats", "core"},
    "cli": {"cli", "flows", "terminal", "history", "storage", "formats", "core"},
}
#: Who alone may import what. In ``core`` there is nothing but the standard library and Pydantic.
ONLY_IN = {
    "typer": {"cli"},
    "questionary": {"terminal"},
    "prompt_toolkit": {"terminal"},
    "rich": {"terminal"},
    "platformdirs": {"storage"},
    "subprocess": {"history", "terminal"},
    "tomllib": {"formats"},
    "pydantic": {"formats"},
    "tomli_w": {"formats"},
    "tomlkit": {"formats"},
    "yaml": {"formats"},
    "shutil": {"terminal"},
}
#: What is done to the world outside, by the calls that do it; in which layer, and in how many modules of it at most.
EFFECTS = {
    "writing files": ({"link", "rename", "write_text", "write_bytes", "mkdir", "makedirs", "symlink"}, "storage", 1),
    "removing files": ({"unlink", "rmdir", "rmtree"}, "storage", 2),
    "opening files": ({"open"}, "storage", 3),
    "making locks": ({"flock", "locking"}, "storage", 1),
    "starting git": ({"Popen", "check_output", "check_call"}, "history", 1),
    "starting editors and pagers": ({"Popen", "check_output", "check_call"}, "terminal", 2),
    # There it is cleaned of what could do something to a terminal.
    "printing": ({"print", "echo", "secho", "stdout.write", "stderr.write"}, "terminal", 3),
    "reading the clock": ({"datetime.now", "time.time", "date.today"}, "cli", 1),
}
STANDARD_IN_CORE = {
    *(
        "__future__",
        "collections",
        "contextlib",
        "dataclasses",
        "datetime",
        "difflib",
        "enum",
        "functools",
        "itertools",
        "re",
        "typing",
        "warnings",
    ),
    "unicodedata",
}


def layer_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0].removesuffix(".py")


@cache
def list_imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return froms | {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}


def test_imports_run_one_way() -> None:
    assert [fault for path in MODULES for fault in list_wrong_imports(path)] == []


def list_wrong_imports(path: Path) -> Iterator[str]:
    layer, where = layer_of(path), path.relative_to(ROOT)
    for name in sorted(list_imports(path)):
        top, _, rest = name.partition(".")
        if top == "compassion_cli":
            is_allowed = not rest or layer not in ALLOWED or rest.split(".")[0] in ALLOWED[layer]
        else:
            is_allowed = layer != "core" or top in STANDARD_IN_CORE
        if not is_allowed or layer not in ONLY_IN.get(top, {layer}):
            yield f"{where} imports {name}"


def test_dates_are_one_room_with_one_door() -> None:
    room = ROOT / "formats" / "dates"
    inside = {f"compassion_cli.formats.dates.{path.stem}" for path in room.glob("[!_]*.py")}
    assert len(inside) > 1
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        names = {f"{node.module}.{name.name}" for node in froms for name in node.names} | list_imports(path)
        assert path.parent == room or not names & inside, path


def test_every_layer_is_there_and_every_module_says_what_it_is_for() -> None:
    assert {layer_of(path) for path in MODULES} == {*ALLOWED, "__init__", "__main__"}
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


@cache
def list_calls(path: Path) -> set[str]:
    """Return what a module calls, each by its last name and by its last two."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {".".join(call.split(".")[-count:]) for call in calls for count in (1, 2)}


@pytest.mark.parametrize("effect", EFFECTS)
def test_what_is_done_to_the_world_is_done_in_few_places(effect: str) -> None:
    calls, layer, most = EFFECTS[effect]
    others = {other for same, other, _ in EFFECTS.values() if same == calls}
    doing = [path for path in MODULES if list_calls(path) & calls]
    assert {layer_of(path) for path in doing} <= others
    assert 1 <= len([path for path in doing if layer_of(path) == layer]) <= most, doing


def test_who_only_reads_files_opens_them_for_that_alone() -> None:
    opening = [path for path in MODULES if "open" in list_calls(path) and not list_calls(path) & {"link", "flock"}]
    for path in opening:
        text = path.read_text("utf-8")
        assert "O_RDONLY" in text
        assert not any(flag in text for flag in ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"))


def test_git_is_never_started_by_its_name_alone() -> None:
    # On Windows that would start what a journal from elsewhere holds.
    assert [path.name for path in MODULES if '["git"' in path.read_text("utf-8")] == []


#: Pydantic takes as long as all the rest of a command, and only a pack with a fault needs it; reading dates takes 7 ms.
HEAVY = {"pydantic", "compassion_cli.formats.dates.read"}
LIGHT_COMMANDS = [
    (["reflect", "--help"], {"questionary", "prompt_toolkit", "rich", "pydantic", "tomli_w"}),
    (["reflect", "tool3", "--help"], {"questionary", "prompt_toolkit", "rich", "pydantic"}),
    (["journal", "--help"], {"questionary", "prompt_toolkit", "rich", "pydantic", "tomli_w", "tomllib"}),
    (
        ["journal", "list"],
        {"questionary", "prompt_toolkit", "rich", "tomli_w", *HEAVY, "tomlkit"},
    ),
    (
        ["journal", "show"],
        {"questionary", "prompt_toolkit", "rich", "tomli_w", *HEAVY, "tomlkit"},
    ),
    (["reflect", "tool3", "--lens", "self"], {"questionary", "prompt_toolkit", "rich", "pydantic"}),
]


@pytest.mark.parametrize(("words", "unwanted"), LIGHT_COMMANDS, ids=[" ".join(words) for words, _ in LIGHT_COMMANDS])
def test_a_command_imports_nothing_heavy_that_it_does_not_use(words: list[str], unwanted: set[str]) -> None:
    # Who has written once has settings.
    find_settings_file().parent.mkdir(parents=True)
    find_settings_file().write_text('name = "Sam"\n')
    script = (
        "import sys\n"
        "from compassion_cli.cli import main\n"
        f"sys.argv = {words!r}\n"
        "try:\n"
        f"    main.{words[0]}()\n"
        "except SystemExit:\n"
        "    pass\n"
        "print(*sorted(sys.modules), sep='\\n', file=sys.stderr)\n"
    )
    # A measured process loads what measures it.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, input=b"x\n\n\n\n\n\n", capture_output=True, check=True, env=env)
    loaded = set(done.stderr.decode().split("\n"))
    assert "typer" in loaded
    assert loaded & unwanted == set()

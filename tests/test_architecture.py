"""Imports run one way, and heavy ones only where they are used."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
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
    "terminal": {"terminal", "formats", "core"},
    "flows": {"flows", "terminal", "storage", "formats", "core"},
    "cli": {"cli", "flows", "terminal", "storage", "formats", "core"},
}
#: Who alone may import what. In ``core`` there is nothing but the standard library and Pydantic.
ONLY_IN = {
    "typer": {"cli"},
    "questionary": {"terminal"},
    "prompt_toolkit": {"terminal"},
    "rich": {"terminal"},
    "platformdirs": {"storage"},
    "subprocess": {"storage", "terminal"},
    "tomllib": {"formats"},
    "tomli_w": {"formats"},
    "tomlkit": {"formats"},
    "shutil": {"terminal"},
}
STANDARD_IN_CORE = {
    *(
        "__future__",
        "collections",
        "dataclasses",
        "datetime",
        "difflib",
        "enum",
        "functools",
        "re",
        "typing",
        "warnings",
    ),
    "unicodedata",
}


def layer_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return parts[0].removesuffix(".py")


def list_imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return froms | {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    layer = layer_of(path)
    for name in list_imports(path):
        top, _, rest = name.partition(".")
        if top == "compassion_cli" and rest and layer in ALLOWED:
            assert rest.split(".")[0] in ALLOWED[layer], f"{layer} imports {name}"
        assert layer in ONLY_IN.get(top, {layer}), f"{layer} imports {name}"
        if layer == "core" and top != "compassion_cli":
            assert top in STANDARD_IN_CORE | {"pydantic"}, f"core imports {name}"


def test_every_layer_is_there_and_every_module_says_what_it_is_for() -> None:
    assert {layer_of(path) for path in MODULES} == {*ALLOWED, "__init__", "__main__"}
    for path in MODULES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_only_one_module_writes_files_and_another_makes_locks() -> None:
    writing = {"open", "link", "write_text", "write_bytes", "unlink", "mkdir", "makedirs", "rename", "symlink"}
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        calls = {ast.unparse(node.func).rpartition(".")[2] for node in ast.walk(tree) if isinstance(node, ast.Call)}
        allowed = {"files.py": writing, "locks.py": {"open", "unlink"}, "reading.py": {"open"}}.get(path.name, set())
        assert not calls & writing - allowed, f"{path} calls {calls & writing}"
    assert {"files.py", "locks.py"} <= {path.name for path in MODULES}
    reading = next(path for path in MODULES if path.name == "reading.py").read_text("utf-8")
    assert "O_RDONLY" in reading
    assert not any(flag in reading for flag in ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"))


def test_other_programs_are_started_in_four_places() -> None:
    # Whoever starts git by its name alone would on Windows start what a journal from elsewhere holds.
    starting = {path.name for path in MODULES if "subprocess" in list_imports(path)}
    assert starting == {"git.py", "remote.py", "editor.py", "pager.py"}
    by_name = [path.name for path in MODULES if '["git"' in path.read_text("utf-8")]
    assert by_name == []


def test_the_clock_is_read_in_one_place() -> None:
    reading = [
        path.name
        for path in MODULES
        if "datetime.now(" in path.read_text("utf-8") or "time.time(" in path.read_text("utf-8")
    ]
    assert reading == ["environment.py"]


#: Pydantic takes 50 ms to make ready what these need.
HEAVY_MODELS = {"compassion_cli.core.pack", "compassion_cli.core.settings_model"}
LIGHT_COMMANDS = [
    (["reflect", "--help"], {"questionary", "prompt_toolkit", "rich", "pydantic", "tomli_w"}),
    (["reflect", "tool3", "--help"], {"questionary", "prompt_toolkit", "rich", "tomli_w", "compassion_cli.core.pack"}),
    (["journal", "--help"], {"questionary", "prompt_toolkit", "rich", "pydantic", "tomli_w", "tomllib"}),
    (["journal", "list"], {"questionary", "prompt_toolkit", "rich", "tomli_w", *HEAVY_MODELS, "tomlkit"}),
    (["journal", "show"], {"questionary", "prompt_toolkit", "rich", "tomli_w", *HEAVY_MODELS, "tomlkit"}),
    (["reflect", "tool3", "--lens", "self"], {"questionary", "prompt_toolkit", "rich"}),
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

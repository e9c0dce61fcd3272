"""Damaged and hostile files of every kind through every command that reads: nothing breaks, hangs or gets out."""

from __future__ import annotations

import os
import random
import re
import shutil
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import CommandLine

from compassion_cli.storage.places import find_own_packs, find_settings_file

#: benchmarks/mutants.py makes thousands, and as many seeds as you like.
_COUNT = int(os.environ.get("COMPASSION_MUTANTS", "50"))
_SEED = int(os.environ.get("COMPASSION_SEED", "1"))
#: In seconds of this process alone, which a busy machine does not make longer.
_LONGEST = 2.0

NASTY = [
    "\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\x00", "\x07", "\x08\x08", "\r", "\x7f", "\x85", "\u2028", "\ufeff",
    "\u202e", "\u2066", "\u200f", "\u061c", "\u200b", "\u00ad", "\u200d", "\ufe0f\ufe0f", "\U000e0041\U000e0042",
    "\U0001f3f4\U000e0067", "👩\u200d👩\u200d👧", "é\u0301", "\U0001f600", "\ud7ff", "𝒜", "ﷺ", "%s%n", "$(id)", "`id`",
    "+++\n", "---\n", "\n+++\n", "<!-- question: self.1 -->\n", "<!-- section: x -->\n", "<!-- answer -->\n",
    "<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "### 1. What?\n", "> quoted\n", "- [ ] Task (due tomorrow)\n",
    "- [x]",
    "[[sections]]\n", "[a.b]\n", '"""', "'''", "\\", '"', "{", "}", "[", "]", "=", "#", "1e999", "9" * 500, "-1",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59+14:00", "2026-02-30", "true", "nan", "a.b.c.d = 1\n", "\t" * 40,
    "x" * 5000, "../" * 20, "/etc/passwd", "~", "~nobody", "",
]  # fmt: skip
NAMES = [
    "2026-13-45-tool3-self-k7m2.md", "2026-11-23-tool3-self-k7m2.review-zzzz.md", "\x1b[31mred.md", "a\nb.md",
    "\u202exe.md",
    "2026-11-23-tool3-self-k7m2 (1).md", "2026-11-23-tool3-self-k7m2.other-0a1b2c3d.md", ".hidden.md",
    "x" * 200 + ".md",
    "2026-11-23-tool3-self-k7m2.edit-0a1b2c3d-zzzz.md", "con.md", "a%s.md",
]  # fmt: skip
COMMANDS = [
    "journal list", "journal list --json", "journal list --author Ann", "journal list --tag mine", "journal show",
    "journal show --json", "journal show --since 2020", "journal show PIECE", "journal search words",
    "journal search --regex w.rds --json", "journal actions", "journal actions --all --json", "journal agenda",
    "journal history PIECE", "journal journals", "journal config", "journal config --json", "journal list --unreviewed",
    "reflect resume", "reflect tool3 --from FORM", "reflect mine --blank", "reflect mine --help", "reflect --help",
]  # fmt: skip
_HIDING = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    "|(?<![^\\s])\u200d|\u200d(?!\\S)|\u200d\u200d"
)


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 8)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)


def insert(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(data) + 1)
        data[place:place] = chance.choice(NASTY).encode("utf-8", "surrogatepass")


def cut(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    del data[start : start + chance.randrange(1, 200)]


def repeat(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    data[start:start] = bytes(data[start : start + chance.randrange(1, 300)]) * chance.randrange(1, 40)


def replace_value(data: bytearray, chance: random.Random) -> None:
    values = list(re.finditer(rb'(?m)= (.+)$|"([^"\n]*)"', bytes(data)))
    if values:
        found = chance.choice(values)
        number = 1 if found[1] is not None else 2
        data[found.start(number) : found.end(number)] = chance.choice(NASTY).encode("utf-8", "surrogatepass")


def swap_lines(data: bytearray, chance: random.Random) -> None:
    lines = bytes(data).split(b"\n")
    chance.shuffle(lines)
    data[:] = b"\n".join(lines)


MUTATIONS: list[Callable[[bytearray, random.Random], None]] = [
    flip,
    insert,
    insert,
    cut,
    repeat,
    replace_value,
    swap_lines,
]


def find_hostile(text: str) -> list[str]:
    """Return what a terminal could act on, or a reader not see."""
    controls = {sign for sign in text if unicodedata.category(sign) == "Cc" and sign not in "\n\t"}
    tags = re.sub("\U0001f3f4[\U000e0061-\U000e007a]{3,6}\U000e007f", "", text)
    hidden = {sign for sign in tags if "\U000e0000" <= sign <= "\U000e007f"} | set(_HIDING.findall(text))
    return sorted(map(ascii, controls | hidden))


@pytest.mark.parametrize("text", ["\x1b[31m", "\x07", "\x9b", "a\u202eb", "\ufeff", "\u200d", "\U000e0041", "\u200f"])
def test_what_is_looked_for_is_found(text: str) -> None:
    assert find_hostile(text) != []
    assert find_hostile("plain\ttext\n👩\u200d👧 é") == []


class Home:
    """A home with a file of every kind, which is as it was after each look."""

    def __init__(self, run: CommandLine, patch: pytest.MonkeyPatch) -> None:
        self.run = run
        patch.setenv("COMPASSION_AUTHOR", "Ann")
        run("reflect", "tool3", "--only", "6", "--tag", "mine", typed="My words\n- [ ] Ring (due 2026-12-01)\n\n")
        run("reflect", "tool1", "--concept", "change", typed="2\n\n- Rest\n\nwords\n\n", code=None)
        patch.setenv("COMPASSION_AUTHOR", "Bea")
        run("journal", "review", run.entries[0].stem, typed="It stood out\n\n\nA walk\n\n", code=None)
        patch.setenv("COMPASSION_AUTHOR", "Ann")
        run("reflect", "tool3", "--only", "6,7", "--plain", typed="half\n\n", code=None)
        run("journal", "config", "git", "no")
        packs = find_own_packs()
        packs.mkdir(parents=True)
        shutil.copy(Path(__file__).parent.parent / "prompts" / "tool3.toml", packs / "mine.toml")
        pack = packs / "mine.toml"
        pack.write_text(pack.read_text("utf-8").replace('id = "tool3"', 'id = "mine"', 1), "utf-8")
        self.form = run.home / "form.md"
        self.form.write_text(run("reflect", "tool3", "--only", "6", "--blank").stdout + "\nfilled\n", "utf-8")
        self.targets = [*run.entries, *run.entries, *run.drafts, self.form, find_settings_file(), pack]
        self.before = self._read()

    def _read(self) -> dict[Path, bytes]:
        return {
            path: path.read_bytes() for path in self.run.home.rglob("*") if path.is_file() and ".git" not in path.parts
        }

    def restore(self) -> None:
        for path, data in self.before.items():
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)
        for path in set(self._read()) - set(self.before):
            path.unlink()

    def look(self, command: str) -> tuple[str, float]:
        """Type a command, and return all it said and the seconds it took."""
        piece = self.run.entries[0].stem[-4:]
        words = [{"FORM": str(self.form), "PIECE": piece}.get(word, word) for word in command.split()]
        start = time.process_time()
        done = self.run(*words, code=None)
        assert isinstance(done.exception, SystemExit | None), f"{command}: {done.exception!r}"
        assert done.exit_code in (0, 1, 2, 130), command
        assert "our fault, not yours" not in done.stderr
        return done.stdout + done.stderr, time.process_time() - start


@pytest.mark.skipif(os.name == "nt", reason="some of the names are none on Windows")
def test_no_damaged_file_breaks_a_command_or_reaches_the_terminal(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(_SEED)  # noqa: S311 - what is damaged, not secrets
    home = Home(run, monkeypatch)
    for number in range(_COUNT):
        path = chance.choice(home.targets)
        data = bytearray(home.before[path])
        for _ in range(chance.randrange(1, 4)):
            chance.choice(MUTATIONS)(data, chance)
        path.write_bytes(data)
        if number % 4 == 0:
            (run.entries[0].parent / chance.choice(NAMES)).write_bytes(data)
        for command in chance.sample(COMMANDS, 3):
            what = f"seed {_SEED}, mutant {number} of {path.name}: {command}"
            said, seconds = home.look(command)
            assert find_hostile(said) == [], what
            assert seconds < _LONGEST, what
        home.restore()

"""How the program and its questions speak: what a list of rules can hold.

Every string in the source that reads like words for a person is looked at, and every sentence of the packs, the README
and the CHANGELOG. The Flesch-Kincaid grade is that of Kincaid and others (1975): 0.39 times the words in a sentence,
and 11.8 times the syllables in a word, less 15.59.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from compassion_cli.core.session import list_items
from compassion_cli.storage.packs import open_shelf

ROOT = Path(__file__).resolve().parent.parent
SHELF = open_shelf()
PACKS = [*(SHELF.load(pack_id) for pack_id in SHELF.headings), SHELF.load_review()]
MOST_WORDS = 25
HIGHEST_GRADE = 9

#: Words of the field that people who work in it use every day, however many syllables they have.
TERMS = (
    *("compassion", "curiosity", "curious", "professional", "practitioner", "practitioners", "supervision"),
    *("supervisor", "organisation", "organisation's", "leadership", "cultural", "culture", "discrimination"),
    *("oppression", "disability", "identity", "sexual", "hypothesis", "whistleblower", "investigation", "viewpoint"),
)

#: Turns of phrase that a native reader would not use, each with one that is better.
TURNS = {
    r"\bsomebody\b|\beverybody\b": "someone, everyone",
    r"\bdrafts? waits?\b|\bwhat (still )?waits\b|\bmore waits?\b": "you have, left to",
    r"\bgo(es|ing)? on with\b|\bgo on there\b": "carry on",
    r"\bas (it|they) (was|were)\b": "has not changed",
    r"\bhas no place beside\b": "cannot be used with",
    r"\b(put|set) (that|it) right\b": "fix",
    r"\bnobody will ask\b": "you do not have to say why",
    r"\bmay stir\b": "may bring up difficult feelings",
    r"\bcannot be told\b": "could not check",
    r"\bto begin anew\b|\banew\b": "again",
    r"\bdiscard(ed|s)?\b|\bthrow (it )?away\b": "delete",
    r"\bis (none|neither)\b(?= ?[.,;:)]|$)": "is not a",
    r"\bfront matter\b": "the details at the top",
    r"\bby the looks\b|\ba line of its own\b|\ba line of their own\b": "a line by itself",
    r"(?<!-)\b(reflect|journal) [a-z]+( [a-z0-9-]+)*, (for|to|if|once|and) ": "the reason before the command",
}
#: Not words for a person: what git, a shell or a pattern takes.
NOT_WORDS = re.compile(r"\\[bdsw]|[a-z]\|[a-z]|\(\?|^[a-z-]+(:| |=)[^ ]*$|%[aHns(]|^\S+$")


def list_strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what a file of Python says, without docstrings, each with its line; a placeholder counts as one word."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and "run" not in getattr(node, "name", "")
    }
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "it" for part in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | documented:
            yield node.lineno, node.value


def list_prose(text: str) -> Iterator[str]:
    """Yield the paragraphs, items and cells of a Markdown text, without its blocks of code."""
    text = re.sub(r"^```.*?^```", "\n", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`]*`", "it", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    for paragraph in re.split(r"\n\s*\n|\n\s*- |\n\||\n#+ ", text):
        yield from (" ".join(cell.split()) for cell in paragraph.split("|"))


def list_sentences(text: str) -> list[str]:
    """Return the sentences of a text. A colon ends one, as a reader takes breath there, and so does a new line."""
    return [piece.strip() for piece in re.split(r"(?<=[.?!:;])[\s)\"*_]+|\n", text) if piece.strip()]


def count_words(sentence: str) -> int:
    return len(re.findall(r"[\w'’/-]+", sentence))


def count_syllables(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, but for a silent e at its end."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    is_silent = re.search(r"[^aeiouyl]e(d|s)?$|[^aeiou]les?$", word) and not re.search(
        r"[dt]ed$|[sxz]es$|[^aeiou]les?$", word
    )
    return max(1, groups - (1 if is_silent else 0))


def find_grade(text: str) -> int:
    """Return the Flesch-Kincaid grade of a text. A term of the field is as easy to its readers as a short word."""
    words = re.findall(r"[A-Za-z'’]+", text)
    sentences = max(1, len(re.findall(r"[.?!]", text)))
    syllables = sum(1 if word.lower() in TERMS else count_syllables(word) for word in words)
    return round(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


def list_source() -> list[Path]:
    return [*sorted((ROOT / "src").rglob("*.py")), ROOT / "start.py"]


def list_pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", ROOT / "prompts" / "support.md"]


def list_all_strings() -> Iterator[tuple[str, str]]:
    """Yield all that a person can see, with where it is."""
    for path in list_source():
        for line, said in list_strings(path):
            if not NOT_WORDS.search(said):
                yield f"{path.relative_to(ROOT)}:{line}", said
    for path in list_pages():
        yield from ((path.name, prose) for prose in list_prose(path.read_text(encoding="utf-8")))
    for pack in PACKS:
        yield from ((f"{pack.id}.toml", said) for said in (pack.title, pack.summary))
        for section in pack.sections:
            yield from ((f"{pack.id}.toml {section.id}", said) for said in (section.title, section.intro or ""))
        for item in list_items(pack):
            question = item.question
            lines = [question.text, *question.parts, question.purpose, question.note, question.basis]
            lines += [choice.label for choice in question.choices]
            yield from ((f"{pack.id}.toml {item.key}", text) for text in filter(None, lines))


def test_no_sentence_has_more_words_than_a_tired_reader_can_hold() -> None:
    long = [
        f"{place}: {count_words(sentence)} words: {sentence}"
        for place, said in list_all_strings()
        for sentence in list_sentences(said)
        if count_words(sentence) > MOST_WORDS
    ]
    assert not long, "\n".join(long)


def test_no_turn_of_phrase_is_used_that_a_native_reader_would_not_use() -> None:
    found = [
        f"{place}: “{hit[0]}” → {better}"
        for place, said in list_all_strings()
        for turn, better in TURNS.items()
        if (hit := re.search(turn, said, re.IGNORECASE))
    ]
    assert not found, "\n".join(found)


QUESTIONS = [
    (f"{pack.id} {item.key}", text)
    for pack in PACKS
    for item in list_items(pack)
    for text in (item.question.text, *item.question.parts)
]


@pytest.mark.parametrize(
    ("place", "text"), dict.fromkeys(QUESTIONS), ids=[f"{p} {n}" for n, (p, _) in enumerate(dict.fromkeys(QUESTIONS))]
)
def test_every_question_can_be_read_after_nine_years_at_school(place: str, text: str) -> None:
    assert find_grade(text) <= HIGHEST_GRADE, f"{find_grade(text)}: {text}"


@pytest.mark.parametrize(
    ("text", "is_caught"),
    [
        ("A draft waits: go on with it.", True),
        ("The settings are as they were.", True),
        ("try: journal list --unreviewed, for what is left", True),
        ("To see what to read: journal list --unreviewed", False),
        ("You have an unfinished draft.", False),
    ],
)
def test_the_rules_catch_what_they_are_for(text: str, is_caught: bool) -> None:
    assert any(re.search(turn, text, re.IGNORECASE) for turn in TURNS) is is_caught


@pytest.mark.parametrize(
    ("word", "count"),
    [("when", 1), ("people", 2), ("situation", 4), ("responsibility", 6), ("changed", 1), ("needed", 2), ("idea", 2)],
)
def test_syllables_are_counted_about_right(word: str, count: int) -> None:
    assert abs(count_syllables(word) - count) <= 1
    assert count_syllables("responsibility") > count_syllables("people") > count_syllables("when")

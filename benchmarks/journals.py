"""Journals as large as years of use make them, for other benchmarks to read.

Usage: python benchmarks/journals.py FOLDER COUNT [--check]

Entries and reviews come from the packs and are rendered by the program's own code, a few hundred of them. Each file is
one of those with another id, time and author and with other answers, so that a hundred thousand are made in less than
a minute. The same seed makes the same journal. With ``--check`` a sample of the files is read back as the program
reads them, and what the journal holds is counted.
"""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from compassion_cli.core.action import Action, State
from compassion_cli.core.answer import check_answer
from compassion_cli.core.form import ID_LETTERS, Entry, Form, Reviewed, Setting, name_entry
from compassion_cli.core.pack import Kind, Pack, Question
from compassion_cli.core.session import Session, begin_session, list_items
from compassion_cli.formats.form_markdown import parse_entry, render_form
from compassion_cli.formats.task_list import digest_words
from compassion_cli.storage.packs import open_shelf

PACKS = ("curiosity", "tool1", "tool2", "tool3")
AUTHORS = ("Amina Yusuf", "Bronwen Pryce", "Callum Reid", "Dorothy Okafor")

RARE, SOME, COMMON, ABSENT = "kingfisher", "lantern", "boundary", "zeppelin"
#: In how many of the entries each word stands. It is as many exactly, and no review holds any of them.
SHARES = {RARE: 0.001, SOME: 0.01, COMMON: 0.2}
PASTED_SHARE = 0.2
TASKS_SHARE = 0.04

#: The day of the newest entry, whenever the journal is made.
LAST_DAY = datetime(2026, 10, 30, tzinfo=UTC)
_YEAR = timedelta(days=365.2425)

_TEMPLATES, _SENTENCES, _SAMPLE = 300, 4000, 500
_SETTINGS = (Setting.INDIVIDUAL, Setting.INDIVIDUAL, Setting.SUPERVISION, Setting.GROUP)
_TAGS: tuple[tuple[str, ...], ...] = ((), (), (), ("team",), ("duty", "supervision"))

_ID, _AUTHOR, _REVIEWED, _DIGEST, _ANSWER, _TASKS = "@id@", "@author@", "@entry@", "@digest@", "@answer@", "@tasks@"
_CREATED = datetime(1, 1, 1, tzinfo=UTC)
_TASK_LINE = Action(text=_TASKS).to_text()
_PLACES = "|".join(map(re.escape, (_TASK_LINE, str(_CREATED), _ID, _AUTHOR, _REVIEWED, _DIGEST, _ANSWER)))

# The pieces of a sentence: ten to fourteen words together.
_WHEN = (
    "this week", "on Tuesday afternoon", "after the handover", "before the review", "on a home visit", "once again",
    "during supervision", "in the car park", "at the end", "late on Friday", "over a cup", "at short notice",
    "in the kitchen", "on the late shift", "while we waited", "near the ward", "at the day centre", "last winter",
)  # fmt: skip
_WHO = (
    "her daughter", "the family", "our manager", "a colleague", "the nurse", "his neighbour", "my supervisor",
    "the advocate", "the carer", "a student", "the team", "our newcomer", "the therapist", "the chair", "one brother",
    "the landlord", "everyone there", "the driver",
)  # fmt: skip
_DID = (
    "asked about", "talked through", "went over", "worried about", "praised", "questioned", "put off", "wrote down",
    "forgot", "listened to", "gave way on", "explained", "hurried past", "stayed with", "chose", "disagreed over",
)  # fmt: skip
_WHAT = (
    "the care plan", "the risk assessment", "a broken promise", "the new rota", "the medication list", "the budget",
    "the direct payment", "her own wishes", "the hospital discharge", "the waiting list", "our caseload", "the hoist",
    "the respite stay", "a difficult call", "the safeguarding concern", "his old routine", "the complaint", "a letter",
)  # fmt: skip
_AFTER = (
    "and I felt heard", "which left me tired", "and nobody said why", "so we started again", "and that surprised me",
    "though time was short", "and I stayed quiet", "but kindness came first", "and trust grew slowly",
    "and we laughed together", "which I had missed", "but I kept listening", "and the room softened",
    "and it still matters", "because everyone was stretched", "and I learned something", "so we slowed down",
)  # fmt: skip
_TO_DO = (
    "Ask for a debrief after the visit", "Phone the family before the weekend", "Book an hour to read the file again",
    "Bring this to supervision", "Thank the night staff in person", "Agree who writes the notes",
)  # fmt: skip
#: As a word processor or a web page leaves it on the clipboard.
_PASTED = (
    "She said “nobody asked me what I wanted” and I wrote that down.",
    "We met in the café again – the one beside the day centre.",
    "It’s the third time that we’ve put the visit off this month.",
    "The family pays £45 a week for it — more than they can.",
    "He called it ‘being managed’ and I don’t think that he was wrong.",
    "Renée and I went through the list until it made some sense.",
    "The policy says ‘person-centred’, but the form didn’t leave room for her.",
    "They offered £120 towards the hoist, and I couldn’t say who decides.",
    "I’d like to ask “what matters to you?” before anything else next time.",
    "My résumé of the meeting was too long – nobody read to the end.",
)


class Template(NamedTuple):
    """A form rendered once, with places for what differs from file to file.

    Attributes:
        form: What was rendered; it names the file.
        pieces: The text, cut before and after each place.
    """

    form: Form
    pieces: tuple[str, ...]

    def fill(self, values: Mapping[str, str], answers: Sequence[str]) -> str:
        """Return the text with its places filled."""
        answer = iter(answers)
        return "".join(next(answer) if piece == _ANSWER else values.get(piece, piece) for piece in self.pieces)


class Templates(NamedTuple):
    """The templates of one kind: those without a task list, and those with one."""

    plain: list[Template]
    with_tasks: list[Template]


def make_journal(folder: Path, count: int, *, seed: int = 1, years: int = 10, reviewed: float = 0.3) -> None:
    """Write a journal, entries evenly over the years up to ``LAST_DAY``.

    Args:
        folder: Where; it must be new or empty, so that nothing made up gets into a real journal.
        count: How many entries.
        seed: Another seed makes another journal.
        years: How many years they are spread over.
        reviewed: The share of entries with a review beside them.

    Raises:
        FileExistsError: There is something in the folder.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    maker = Maker(folder, random.Random(seed))  # noqa: S311 - the same journal each time, and no secret
    marked = {word: maker.choose(count, share) for word, share in SHARES.items()}
    answered = maker.choose(count, reviewed)
    for number in range(count):
        day = LAST_DAY - _YEAR * years * (count - 1 - number) / count
        words = [word for word, numbers in marked.items() if number in numbers]
        maker.make_entry(number, day, words, is_reviewed=number in answered)


def make_history(folder: Path) -> None:
    """Give a journal a history of one commit for each file, as saving makes one, packed as the program packs it.

    As in years of use, the newest are not packed yet.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.glob("*/*.md"))
    git = ("git", "-C", str(folder))
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    who = f"A <a@b> {int(LAST_DAY.timestamp())} +0000"
    commits = [_spell_commit(folder, name, number, who) for number, name in enumerate(names)]
    subprocess.run([*git, "fast-import", "--quiet", "--done"], input=b"".join([*commits, b"done\n"]), check=True)
    subprocess.run([*git, "read-tree", "HEAD"], check=True)
    subprocess.run([*git, "commit-graph", "write", "--reachable", "--changed-paths"], check=True, capture_output=True)


def _spell_commit(folder: Path, name: str, number: int, who: str) -> bytes:
    """Return a commit of one file, as git takes many at once."""
    data, begin = (folder / name).read_bytes(), "reset refs/heads/main\n" if number == 0 else ""
    what = f"{begin}commit refs/heads/main\ncommitter {who}\ndata 1\nx\nM 100644 inline {name}\ndata {len(data)}\n"
    return what.encode() + data + b"\n"


class Maker:
    """Makes up files, one after the other."""

    def __init__(self, folder: Path, rng: random.Random) -> None:
        self._folder = folder
        self._rng = rng
        self._entries, self._reviews = _make_templates(rng)
        parts = (_WHEN, _WHO, _DID, _WHAT, _AFTER)
        self._sentences = [_join(*map(rng.choice, parts)) for _ in range(_SENTENCES)]
        self._years: set[str] = set()

    def choose(self, count: int, share: float) -> set[int]:
        """Return the numbers of some entries, anywhere among all of them."""
        return set(self._rng.sample(range(count), round(count * share)))

    def make_entry(self, number: int, day: datetime, words: Sequence[str], *, is_reviewed: bool) -> None:
        """Write an entry that holds some words, and a review of it if it has one."""
        created = self._find_time(day)
        author, reader = self._rng.sample(AUTHORS, 2)
        template = self._pick(self._entries)
        entry_id = name_entry(created, template.form, _spell(number))
        values = {_ID: entry_id, str(_CREATED): str(created), _AUTHOR: author}
        text = self._write(template, values, words)
        if is_reviewed:
            self._make_review(Reviewed(entry_id, digest_words(text)), created, reader, _spell(-1 - number))

    def _make_review(self, reviewed: Reviewed, entry_created: datetime, author: str, piece: str) -> None:
        created = self._find_time(entry_created + timedelta(days=self._rng.randint(1, 14)))
        template = self._pick(self._reviews)
        review_id = name_entry(created, replace(template.form, reviewed=reviewed), piece)
        values = {_ID: review_id, str(_CREATED): str(created), _AUTHOR: author}
        self._write(template, values | {_REVIEWED: reviewed.entry_id, _DIGEST: reviewed.digest}, ())

    def _find_time(self, day: datetime) -> datetime:
        at = timedelta(hours=self._rng.randint(7, 21), seconds=self._rng.randrange(3600))
        return day.replace(hour=0, minute=0, second=0, microsecond=0) + at

    def _pick(self, templates: Templates) -> Template:
        has_tasks = self._rng.random() < TASKS_SHARE
        return self._rng.choice(templates.with_tasks if has_tasks else templates.plain)

    def _write(self, template: Template, values: dict[str, str], words: Sequence[str]) -> str:
        tasks = {_TASK_LINE: self._make_up_tasks()} if _TASK_LINE in template.pieces else {}
        text = template.fill(values | tasks, self._make_up_answers(template.pieces.count(_ANSWER), words))
        name = values[_ID]
        folder = self._folder / name[:4]
        if name[:4] not in self._years:
            folder.mkdir(parents=True, exist_ok=True)
            self._years.add(name[:4])
        (folder / f"{name}.md").write_bytes(text.encode())
        return text

    def _make_up_answers(self, count: int, words: Sequence[str]) -> list[str]:
        answers = [self._rng.choices(self._sentences, k=self._rng.randint(2, 8)) for _ in range(count)]
        if self._rng.random() < PASTED_SHARE:
            # Several, so that files differ in which characters they hold, and in what order.
            for sentence in self._rng.choices(_PASTED, k=self._rng.randint(1, 6)):
                answer = self._rng.choice(answers)
                answer[self._rng.randrange(len(answer))] = sentence
        for place, word in enumerate(words):
            answers[place % count][place // count] = self._mention(word)
        return list(map(self._set, answers))

    def _mention(self, word: str) -> str:
        if self._rng.random() < 1 / 2:
            return f"{word.capitalize()} was the word that I took home from the meeting."
        return f"The word {word} came up again when we talked it over."

    def _set(self, sentences: list[str]) -> str:
        if self._rng.random() < 1 / 2:
            return " ".join(sentences)
        return f"{sentences[0]}\n\n{' '.join(sentences[1:])}"

    def _make_up_tasks(self) -> str:
        return "\n".join(map(self._make_up_task, self._rng.sample(_TO_DO, self._rng.randint(1, 3))))

    def _make_up_task(self, words: str) -> str:
        due = date(2026, 1, 1) + timedelta(days=self._rng.randrange(365))
        state = self._rng.choice((State.OPEN, State.DONE))
        return Action(text=words, due=due, state=state, ended=due if state is State.DONE else None).to_text()


def _join(when: str, who: str, did: str, what: str, after: str) -> str:
    return f"{when[:1].upper()}{when[1:]} {who} {did} {what}, {after}."


def _spell(number: int) -> str:
    """Return the four characters at the end of an id: others for each number, and in no order."""
    rest = number * 104_729 % len(ID_LETTERS) ** 4
    letters = ""
    for _ in range(4):
        rest, letter = divmod(rest, len(ID_LETTERS))
        letters += ID_LETTERS[letter]
    return letters


def _make_templates(rng: random.Random) -> tuple[Templates, Templates]:
    """Return the templates of entries, and those of reviews."""
    shelf = open_shelf()
    packs = [shelf.load(pack_id) for pack_id in PACKS]
    to_act = [pack for pack in packs if any(item.question.kind is Kind.ACTIONS for item in list_items(pack))]
    review = shelf.load_review()
    numbers, few = range(_TEMPLATES), range(_TEMPLATES // 5)
    return (
        Templates(
            [_make_template(_begin(rng.choice(packs), rng), rng) for _ in numbers],
            [_make_template(_begin(rng.choice(to_act), rng), rng, with_tasks=True) for _ in few],
        ),
        Templates(
            [_make_template(_begin_review(review), rng) for _ in few],
            [_make_template(_begin_review(review), rng, with_tasks=True) for _ in few],
        ),
    )


def _begin(pack: Pack, rng: random.Random) -> Session:
    session = begin_session(pack, rng.sample(pack.sections, min(rng.choice((1, 1, 2)), len(pack.sections))))
    setting = rng.choice([setting for setting in _SETTINGS if setting in pack.settings])
    people = rng.randint(3, 9) if setting is Setting.GROUP else None
    return replace(session, setting=setting, people=people, tags=rng.choice(_TAGS))


def _begin_review(pack: Pack) -> Session:
    return replace(begin_session(pack, pack.sections), reviewed=Reviewed(_REVIEWED, _DIGEST))


def _make_template(session: Session, rng: random.Random, *, with_tasks: bool = False) -> Template:
    """Return a session as a template, with two to five of its questions answered."""
    to_tell = [item for item in session.items if item.question.kind is not Kind.ACTIONS]
    to_do = [item for item in session.items if item.question.kind is Kind.ACTIONS]
    chosen = rng.sample(to_tell, min(rng.randint(2, 5), len(to_tell)))
    chosen += rng.sample(to_do, 1) if with_tasks else []
    filled = session
    # In their order: an answer decides whether a later question is asked.
    for item in session.items:
        if item in chosen and filled.applies(item):
            filled = filled.answered(item, check_answer(item.question, _make_answer(item.question, rng)))
    if len(filled.answers) < 2 + with_tasks:
        # Too few of them were asked, so others are answered.
        return _make_template(session, rng, with_tasks=with_tasks)
    entry = Entry(id=_ID, created=_CREATED, author=_AUTHOR, **vars(filled.to_form()))
    return Template(entry, tuple(re.split(f"({_PLACES})", render_form(entry))))


def _make_answer(question: Question, rng: random.Random) -> str:
    if question.choices:
        return f"{rng.choice(question.choices).value}\n{_ANSWER}"
    if question.scale:
        return f"{rng.randint(1, question.scale.steps)}\n{_ANSWER}"
    return _TASKS if question.kind is Kind.ACTIONS else _ANSWER


def check_journal(folder: Path) -> None:
    """Read a sample of the files back, stop at the first that is not as the program writes it, and print counts."""
    paths = sorted(folder.glob("*/*.md"))
    for path in random.Random(1).sample(paths, min(_SAMPLE, len(paths))):  # noqa: S311 - a sample, and no secret
        check_file(path)
    texts = {path.stem: path.read_bytes() for path in paths}
    sizes = sorted(len(text) for name, text in texts.items() if ".review-" not in name)
    print(f"{len(sizes)} entries, {len(texts) - len(sizes)} reviews; {min(_SAMPLE, len(texts))} files read back equal")
    parts = statistics.quantiles(sizes, n=20)
    print(f"bytes in an entry: {sizes[0]} to {sizes[-1]}, nine of ten {parts[0]:.0f} to {parts[-1]:.0f}")
    tasks = sum(b"\n- [" in text for text in texts.values())
    pasted = sum(not text.isascii() for text in texts.values())
    print(f"files with pasted text: {pasted / len(texts):.1%}, with a task list: {tasks / len(texts):.1%}")
    for word in (*SHARES, ABSENT):
        print(f"files with {word}: {sum(word.encode() in text.lower() for text in texts.values())}")


def check_file(path: Path) -> None:
    """See that a file holds exactly what the program would write, and that a review is of the entry beside it."""
    text = path.read_bytes().decode()
    entry = parse_entry(text)
    is_right = (entry.id, entry.id[:4], render_form(entry)) == (path.stem, path.parent.name, text)
    if entry.reviewed:
        reviewed = path.with_name(f"{entry.reviewed.entry_id}.md").read_bytes().decode()
        is_right = is_right and entry.reviewed.digest == digest_words(reviewed)
    if not is_right:
        sys.exit(f"{path} is not as the program writes it")


if __name__ == "__main__":
    if len(sys.argv) < 3:  # noqa: PLR2004 - a folder and a number
        sys.exit("python benchmarks/journals.py FOLDER COUNT [--check]")
    make_journal(Path(sys.argv[1]), int(sys.argv[2]))
    if "--check" in sys.argv:
        check_journal(Path(sys.argv[1]))

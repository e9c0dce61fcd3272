from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compassion_cli.core.action import State, carry_task, end_task
from compassion_cli.formats.dates import read_as_written
from compassion_cli.formats.task_list import merge_tasks

WRITTEN = date(2026, 11, 23)
HEAD = "+++\npack = 1\n+++\n"
BASE = f"{HEAD}\nWe met.\n\n- [ ] Ring Ann\n- [ ] Ring Bea (due next Friday)\nLast words.\n"


def merge(own: str, theirs: str, base: str = BASE) -> str | None:
    """Merge, from either side; it must not matter whose side is whose."""
    merged = merge_tasks(base, own, theirs, "2026-11-23-tool3-self-k7m2", WRITTEN)
    assert merge_tasks(base, theirs, own, "2026-11-23-tool3-self-k7m2", WRITTEN) == merged
    return merged


def after(*changes: tuple[str, str], base: str = BASE) -> str:
    for old, new in changes:
        assert old in base
        base = base.replace(old, new)
    return base


TICK_ANN = ("- [ ] Ring Ann", "- [x] Ring Ann (done 2026-11-30)")
CARRY_BEA = ("(due next Friday)", "(due 2026-12-11)")
DROP_BEA = ("- [ ] Ring Bea (due next Friday)", "- [-] Ring Bea (due next Friday) (dropped 2026-11-30)")


@pytest.mark.parametrize(
    "theirs",
    [
        CARRY_BEA,
        DROP_BEA,
        ("Ring Bea", "Ring B-ea"),
        ("Ring Bea", "Ring *Bea*"),
        ("We met.", "We met again."),
        ("Last words.", ""),
    ],
)
def test_what_each_did_is_in_the_one_version(theirs: tuple[str, str]) -> None:
    assert merge(after(TICK_ANN), after(theirs)) == after(TICK_ANN, theirs)


@pytest.mark.parametrize(
    "words", [("We met.", "- [ ] New\n\nWe met.\nAnd parted."), ("- [ ] Ring Ann", "- [ ] Before\n- [ ] Ring Ann")]
)
def test_a_line_that_stands_elsewhere_by_now_is_found(words: tuple[str, str]) -> None:
    assert merge(after(CARRY_BEA), after(words)) == after(CARRY_BEA, words)


def test_an_action_that_both_have_done_is_done_since_one_of_the_days() -> None:
    one, other = after(TICK_ANN), after(("- [ ] Ring Ann", "- [x] Ring Ann (done 2026-12-01)"))
    assert merge_tasks(BASE, one, other, "k7m2", WRITTEN) == other
    assert merge_tasks(BASE, other, one, "k7m2", WRITTEN) == one
    assert merge(one, one) == one


@pytest.mark.parametrize(
    ("stays", "goes"),
    [
        (TICK_ANN, ("- [ ] Ring Ann", "- [-] Ring Ann (dropped 2026-11-30)")),
        (TICK_ANN, ("- [ ] Ring Ann", "- [ ] Ring Ann (due 2026-12-18)")),
        (DROP_BEA, CARRY_BEA),
        (("(due next Friday)", "(due 2026-12-18)"), CARRY_BEA),
    ],
)
def test_of_one_action_done_stays_before_dropped_and_a_later_day_before_an_earlier(
    stays: tuple[str, str], goes: tuple[str, str]
) -> None:
    assert merge(after(stays), after(goes)) == after(stays)


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (("We met.", "We met again."), ("Last words.", "The last words.")),
        (TICK_ANN, ("Ring Ann", "Ring Anna")),
        (TICK_ANN, ("- [ ] Ring Ann\n", "")),
        (TICK_ANN, ("Ring Ann", "Ring *Ann*")),
        (("- [ ] Ring Ann", "- [x] Ring Anna"), ("We met.", "We met again.")),
        (("pack = 1", "pack = 2"), ("pack = 1", "pack = 3")),
        (("We met.", "We met. "), ("We met.", "We  met.")),
        (("Ring Ann", "Ring Ann (who: Pat)"), TICK_ANN),
        (("Last words.\n", "Last words.\n\n"), ("We met.", "We met again.")),
        (TICK_ANN, ("We met.\n", "We met.\n- [ ] Ring Ann\n")),
        (TICK_ANN, ("We met.\n", "- [x] Ring  Ann\n")),
    ],
)
def test_there_are_two_versions_where_words_or_one_action_differ(own: tuple[str, str], theirs: tuple[str, str]) -> None:
    assert merge(after(own), after(theirs)) is None


def test_a_file_from_windows_keeps_its_line_ends() -> None:
    base = BASE.replace("\n", "\r\n")
    own, theirs = after(TICK_ANN, base=base), after(("We met.", "We met again."), base=base)
    assert merge(own, theirs, base) == after(TICK_ANN, ("We met.", "We met again."), base=base)


acts = st.sampled_from(["leave", "done", "dropped", "carry"])


def act(line: str, what: str) -> str:
    if what == "carry":
        return carry_task(line, date(2027, 1, 1), read_as_written(WRITTEN))
    return line if what == "leave" else end_task(line, State(what), date(2026, 11, 30))


kinds = st.sampled_from(["Ring", "Rest", "Read (who: Pat)", "Write (due Friday)", "(due Friday)", "Ring [x]"])


@given(st.lists(st.tuples(kinds, acts, acts), unique_by=lambda row: row[0]))
def test_of_any_actions_each_is_as_whoever_touched_it_left_it(rows: list[tuple[str, str, str]]) -> None:
    lines = [f"- [ ] {words}" for words, _, _ in rows]
    base, own, theirs = (
        "\n".join([HEAD, "Words", *some])
        for some in (
            lines,
            [act(line, one) for line, (_, one, _) in zip(lines, rows, strict=True)],
            [act(line, other) for line, (_, _, other) in zip(lines, rows, strict=True)],
        )
    )
    merged = merge_tasks(base, own, theirs, "k7m2", WRITTEN)
    stays = ("done", "dropped", "carry", "leave")
    both = [act(line, min(one, other, key=stays.index)) for line, (_, one, other) in zip(lines, rows, strict=True)]
    assert merged == "\n".join([HEAD, "Words", *both])

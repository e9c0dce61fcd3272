"""Going through many files in two processes at once, where the machine can."""

from __future__ import annotations

import marshal
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import BinaryIO, NamedTuple, TypeVar

Task = TypeVar("Task")
Work = Callable[[Task], list[str]]
Done = tuple[Task, list[str]]

#: How many files are gone through first, as the newest may be all that is wanted.
_ALONE = 1_000
#: How many must be left for a second process to be worth its start.
_WORTH_SHARING = 4_000


def map_in_two(work: Work[Task], tasks: Sequence[Task], weigh: Callable[[Task], int]) -> Generator[Done[Task]]:
    """Yield each task with what work makes of it, in order.

    Args:
        work: Returns some names. It changes nothing, as it may be called in another process, or twice.
        tasks: What it is called with.
        weigh: Returns how many files belong to a task.
    """
    weight = 0
    for number, task in enumerate(tasks):
        if weight >= _ALONE:
            yield from _map_rest(work, tasks[number:], weigh)
            return
        yield task, work(task)
        weight += weigh(task)


def _map_rest(work: Work[Task], tasks: Sequence[Task], weigh: Callable[[Task], int]) -> Generator[Done[Task]]:
    second = _start_second(work, tasks[1::2]) if sum(map(weigh, tasks)) >= _WORTH_SHARING else None
    try:
        for number, task in enumerate(tasks):
            done = second.receive() if second and number % 2 else None
            yield task, work(task) if done is None else done
    finally:
        if second:
            second.stop()


class _Second(NamedTuple):
    """A second process, and what it sends."""

    process: int
    results: BinaryIO

    def receive(self) -> list[str] | None:
        """Return what it made of the next of its tasks; None if it is gone."""
        try:
            done: list[str] = marshal.load(self.results)  # noqa: S302 - this program wrote it
        except (EOFError, ValueError, TypeError):
            return None
        return done

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self.results.close()
        # Where whoever started the program ignores the end of children, the system has taken note of it already.
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


def _start_second(work: Work[Task], tasks: Sequence[Task]) -> _Second | None:
    # Elsewhere a process cannot be doubled, or not as safely, and starting another takes longer than it saves.
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1:
        return None
    receiving, sending = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(receiving)
        os.close(sending)
        return None
    if process == 0:
        # Whatever happens here, nothing of what the first process does may be done twice.
        try:
            os.close(receiving)
            with os.fdopen(sending, "wb") as results:
                for task in tasks:
                    marshal.dump(work(task), results)
                    results.flush()
        finally:
            os._exit(0)
    os.close(sending)
    return _Second(process, os.fdopen(receiving, "rb"))

"""Two real processes that do something to one database in the same moment."""

import multiprocessing
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

from planner.domain.errors import DomainError
from tests.apps import Apps
from tests.days import on

Start = Callable[[], object]
"""Waits until everybody is ready; called again, for the next round."""

_SIZE = 2
_PATIENCE = 120


@dataclass(frozen=True)
class Job:
    """A function that is told when to start, and returns how it went: a word for everything it tried."""

    function: Callable[..., list[str]]
    arguments: tuple[Any, ...]


class Crew:
    """The processes; they live through many jobs, because starting one costs more than a job."""

    def __init__(self) -> None:
        # Not forked: the connections and threads of the tests must not be theirs.
        context = multiprocessing.get_context("spawn")
        # Kept, because it is gone for everybody when its maker lets it go.
        self._barrier = context.Barrier(_SIZE, timeout=_PATIENCE)
        pairs = [context.Pipe() for _ in range(_SIZE)]
        self._pipes = [ours for ours, _ in pairs]
        self._processes = [
            context.Process(target=_work, args=(theirs, self._barrier), daemon=True) for _, theirs in pairs
        ]
        for process in self._processes:
            process.start()

    def together(self, url: str, jobs: Sequence[Job]) -> list[list[str]]:
        """Let each process do its job on a database, at the same time, and collect how it went."""
        for pipe, job in zip(self._pipes, jobs, strict=True):
            pipe.send((url, job))
        answers = [self._answer(pipe) for pipe in self._pipes]
        failures = [answer for answer in answers if isinstance(answer, str)]
        assert not failures, "\n".join(failures)
        return answers

    def go_home(self) -> None:
        for pipe in self._pipes:
            pipe.send(None)
        for process in self._processes:
            process.join(timeout=_PATIENCE)
            process.close()

    @staticmethod
    def _answer(pipe: Connection) -> Any:
        assert pipe.poll(_PATIENCE * 2), "a process says nothing"
        return pipe.recv()


def _work(pipe: Connection, barrier: Barrier) -> None:
    apps = Apps()
    while (task := pipe.recv()) is not None:
        url, job = task
        try:
            with apps.on(url).app_context(), on():
                pipe.send(job.function(barrier.wait, *job.arguments))
        except Exception:  # noqa: BLE001 - whatever it was, the test tells
            barrier.abort()
            pipe.send(traceback.format_exc())
            barrier.reset()
        apps.close(url)


def outcome(act: Callable[[], object]) -> str:
    """Name how something went: ``done``, or the reason it was refused; an accident stays an accident."""
    try:
        act()
    except DomainError as refusal:
        return type(refusal).__name__
    return "done"

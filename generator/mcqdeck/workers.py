"""Chapters worked out in this process or in several others; the results are the same."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mcqdeck import chapter
from mcqdeck.chapter import Settings
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.render import Shelf
from mcqdeck.store import Entries

_WORTH_A_PROCESS = 1_500_000
"""The bytes of chapters that are worth a process: to start one takes as long as a third of them."""

Task = tuple[str, bytes]
"""A chapter's path and its bytes."""


def work_all(
    tasks: Sequence[Task],
    settings: Settings,
    shelf: Shelf,
    jobs: int | None,
    parts: Entries | None = None,
) -> Iterator[bytes]:
    """The packed result of each chapter, in order, by up to `jobs` processes.

    `None` means as many as there are processors, for as much work as is worth it. What each
    question gives is remembered in `parts`, if they are given and this process does the work.

    Raises:
        McqdeckError: a media file cannot be read, or a process came to an unexpected end.
    """
    count = min(jobs or _fitting(tasks), len(tasks))
    if count < 2:
        return (chapter.work(path, data, settings, shelf, parts) for path, data in tasks)
    return _work_in_pool(tasks, settings, shelf, count)


def _fitting(tasks: Sequence[Task]) -> int:
    size = sum(len(data) for _, data in tasks)
    return min(_processors(), max(1, size // _WORTH_A_PROCESS))


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _work_in_pool(
    tasks: Sequence[Task], settings: Settings, shelf: Shelf, count: int
) -> Iterator[bytes]:
    # To load these takes as long as to read a small bank, which needs no other process.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    # Not by fork: a fork copies threads' locks, and other systems know none.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, _begin, (settings, shelf))
    try:
        with _deaf_children():
            results = pool.map(_work, tasks)  # starts all processes
        yield from results
    except BrokenProcessPool as error:
        raise McqdeckError(
            "a process that checked chapters was killed, perhaps for lack of memory; try --jobs 1"
        ) from error
    except BaseException:
        end_workers()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def end_workers() -> None:
    """Ends the worker processes of this process."""
    if "multiprocessing" in sys.modules:
        for process in sys.modules["multiprocessing"].active_children():
            process.kill()


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Lets processes that are started within hear no Ctrl-C: this one hears it, and ends them.

    Where signals cannot be blocked, as on Windows, they hear it until `_begin`.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_SHARED: list[tuple[Settings, Shelf]] = []
"""In a worker: what all its tasks share."""


def _begin(settings: Settings, shelf: Shelf) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells the others
    _SHARED.append((settings, shelf))


def _work(task: Task) -> bytes:
    path, data = task
    [(settings, shelf)] = _SHARED
    return chapter.work(path, data, settings, shelf)

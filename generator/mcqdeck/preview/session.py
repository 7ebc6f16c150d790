"""The bank while it is written: each save becomes a snapshot, and all open pages are told."""

from __future__ import annotations

import asyncio
import threading
import traceback
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from mcqdeck.preview.project import Project
from mcqdeck.preview.snapshot import Snapshot
from mcqdeck.preview.watching import saved_files

_MOST_IN_VIEW = 4
_PAUSE = 0.2  # seconds in which pages get what they show, before all rules are asked
_MOST_SAVES = 20  # that are remembered, for pages that looked away
_FAULT = "mcqdeck failed at this; the terminal tells more. What you see is as it was before."


class Session:
    """A project that is watched. `snapshot` is the newest; wait for the next with `after`."""

    def __init__(self, project: Project, snapshot: Snapshot) -> None:
        self.project = project
        self.snapshot = snapshot
        self._told = asyncio.Condition()
        self._is_over = False
        self._in_view: list[str] = []
        self._updating = asyncio.Lock()
        self._incomplete = asyncio.Event()
        self._saves: deque[Snapshot] = deque(maxlen=_MOST_SAVES)

    def last_save(self, number: int) -> Snapshot | None:
        """The last snapshot after `number` at which a question changed, or else a file."""
        after = [save for save in self._saves if save.number > number]
        of_questions = [save for save in after if save.changed]
        return next(iter([*of_questions[::-1], *after[::-1]]), None)

    def look_at(self, chapter: str) -> None:
        """Notes that a page shows a question of the chapter at this path: it is read first."""
        others = [path for path in self._in_view if path != chapter]
        self._in_view = [chapter, *others][:_MOST_IN_VIEW]

    async def after(self, number: int, timeout: float) -> Snapshot | None:
        """A snapshot newer than `number`; nothing after `timeout` seconds, or at the end."""

        def is_newer() -> bool:
            return self._is_over or self.snapshot.number > number

        async with self._told:
            try:
                await asyncio.wait_for(self._told.wait_for(is_newer), timeout)
            except TimeoutError:
                return None
            return None if self._is_over else self.snapshot

    @property
    def is_over(self) -> bool:
        """Whether the server is about to end."""
        return self._is_over

    async def end(self) -> None:
        """Lets all that wait go."""
        self._is_over = True
        async with self._told:
            self._told.notify_all()

    async def update(self, saved: Iterable[Path]) -> None:
        """Follows a save; returns when the pages have been told."""
        async with self._updating:
            await self._do(lambda: self.project.update(saved, tuple(self._in_view)))
        if not self.snapshot.is_complete:
            self._incomplete.set()

    async def watch(self) -> None:
        """Follows all saves, until it is cancelled."""
        stop = threading.Event()
        completing = asyncio.create_task(self._complete())
        saves = _in_thread(self.project.folder, stop)
        try:
            await self.update(map(Path, self.snapshot.texts))  # what was saved before this
            async for saved in saves:
                await self.update(saved)
        finally:
            stop.set()
            completing.cancel()

    async def _complete(self) -> None:
        """Asks the rules about the whole bank after each save."""
        while True:
            await self._incomplete.wait()
            await asyncio.sleep(_PAUSE)
            self._incomplete.clear()
            await self._do(self.project.complete)
            if not self.snapshot.is_complete and not self.snapshot.trouble:
                self._incomplete.set()

    async def _do(self, work: Callable[[], Snapshot | None]) -> None:
        try:
            snapshot = await asyncio.to_thread(work)
        except Exception:  # our own fault, which must not freeze the page
            traceback.print_exc()
            snapshot = self.project.in_trouble(_FAULT)
        if snapshot is not None and snapshot.number > self.snapshot.number:
            self.snapshot = snapshot
            if snapshot.saved or snapshot.changed:
                self._saves.append(snapshot)
            async with self._told:
                self._told.notify_all()


def _in_thread(folder: Path, stop: threading.Event) -> AsyncIterator[frozenset[Path]]:
    """What `saved_files` gives, from a thread of its own."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[frozenset[Path]] = asyncio.Queue()
    saves = saved_files([folder], stop)

    def run() -> None:
        for saved in saves:
            if loop.is_closed():
                return
            loop.call_soon_threadsafe(queue.put_nowait, saved)

    threading.Thread(target=run, name="watching", daemon=True).start()
    return _together(queue)


async def _together(queue: asyncio.Queue[frozenset[Path]]) -> AsyncIterator[frozenset[Path]]:
    """What is put into a queue; what waits there comes as one."""
    while True:
        saved = set(await queue.get())
        while not queue.empty():
            saved |= queue.get_nowait()
        yield frozenset(saved)

"""The bank while it is written: each save becomes a snapshot, and all open pages are told."""

from __future__ import annotations

import asyncio
import threading
import traceback
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mcqdeck.preview.early import EarlyCard, early_card
from mcqdeck.preview.project import Project
from mcqdeck.preview.snapshot import Snapshot
from mcqdeck.preview.threads import Threads
from mcqdeck.preview.watching import saved_files

_MOST_IN_VIEW = 2  # chapters, that of another window beside this one included
_PAUSE = 0.05  # seconds after a save before all rules are asked: another may follow
_UNTIL_DRAWN = 0.25  # seconds at most that the rest of a save waits for its card to be drawn
_UNTIL_LISTED = 2.0  # seconds at most that all rules wait for the pages to show a save
_MOST_SAVES = 20  # that are remembered, for pages that looked away
_FAULT = "mcqdeck failed at this; the terminal tells more. What you see is as it was before."


News = Snapshot | EarlyCard


class Session:
    """A project that is watched. `snapshot` is the newest; wait for the next with `after`.

    Of a save, pages are told the card that they will show first, then all that its chapters say,
    and then what all rules say about the whole bank. Each step waits, for a moment, until a page
    has drawn what came before: `drawn`.
    """

    def __init__(self, project: Project, snapshot: Snapshot) -> None:
        self.project = project
        self.snapshot = snapshot
        self.threads = Threads()
        self._told = asyncio.Condition()
        self._is_over = False
        self._in_view: list[str] = []
        self._key_in_view = ""
        self._listeners = 0
        self._early: EarlyCard | None = None
        self._drawn = asyncio.Event()
        self._updating = asyncio.Lock()
        self._incomplete = asyncio.Event()
        self._saves: deque[Snapshot] = deque(maxlen=_MOST_SAVES)

    def last_save(self, number: int) -> Snapshot | None:
        """The last snapshot after `number` at which a question changed, or else a file."""
        after = [save for save in self._saves if save.number > number]
        of_questions = [save for save in after if save.changed]
        return next(iter([*of_questions[::-1], *after[::-1]]), None)

    def look_at(self, chapter: str, key: str) -> None:
        """Notes that a page shows a question of the chapter at this path: it is read first."""
        others = [path for path in self._in_view if path != chapter]
        self._in_view = [chapter, *others][:_MOST_IN_VIEW]
        self._key_in_view = key

    def drawn(self) -> None:
        """Notes that a page shows what it was told."""
        self._drawn.set()

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

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Within, somebody listens to `news`."""
        self._listeners += 1
        try:
            yield
        finally:
            self._listeners -= 1

    async def news(self, known: News, timeout: float) -> News | None:
        """An early card or a snapshot that came after what is `known`, the newest; else nothing."""

        def newest() -> News:
            return self._early or self.snapshot

        async with self._told:
            with suppress(TimeoutError):
                wanted = self._told.wait_for(lambda: self._is_over or newest() is not known)
                await asyncio.wait_for(wanted, timeout)
            return None if self._is_over or newest() is known else newest()

    @property
    def is_over(self) -> bool:
        """Whether the server is about to end."""
        return self._is_over

    async def end(self) -> None:
        """Lets all that wait go, and ends the check that is under way as soon as it can."""
        self._is_over = True
        self.project.interrupt()
        async with self._told:
            self._told.notify_all()

    async def update(self, saved: Iterable[Path]) -> None:
        """Follows a save; returns when the pages have been told."""
        paths = tuple(saved)
        async with self._updating:
            await self._show_early({path.as_posix() for path in paths})
            await self._do(lambda: self.project.update(paths, tuple(self._in_view)))
        if not self.snapshot.is_complete:
            self._incomplete.set()

    async def _show_early(self, saved: Collection[str]) -> None:
        """Tells pages the card that they will show, and lets them draw it."""
        if not (self._listeners and self._key_in_view):
            return
        self.project.interrupt()  # it would share the processor
        before = self.snapshot
        args = self.project.folder, before, saved, self._key_in_view
        try:
            card = await self.threads.run(early_card, *args)
        except Exception:  # our own fault; the page waits for what comes anyway
            traceback.print_exc()
            return
        if card is not None and self.snapshot is before:  # else a whole check has told the save
            await self._tell(card)
            await self._until_drawn(_UNTIL_DRAWN)

    async def _tell(self, card: EarlyCard | None) -> None:
        """Lets all know that there is something new."""
        self._early = card
        self._drawn.clear()
        async with self._told:
            self._told.notify_all()

    async def _until_drawn(self, timeout: float) -> None:
        if self._listeners:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._drawn.wait(), timeout)

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
            await self._until_drawn(_UNTIL_LISTED)
            if self._updating.locked():
                async with self._updating:  # a save comes first, and its pages draw it
                    continue
            self._incomplete.clear()
            await self._do(self.project.complete)
            if not self.snapshot.is_complete and not self.snapshot.trouble:
                self._incomplete.set()

    async def _do(self, work: Callable[[], Snapshot | None]) -> None:
        try:
            snapshot = await self.threads.run(work)
        except Exception:  # our own fault, which must not freeze the page
            traceback.print_exc()
            snapshot = self.project.in_trouble(_FAULT)
        if snapshot is not None and snapshot.number > self.snapshot.number:
            self.snapshot = snapshot
            if snapshot.saved or snapshot.changed:
                self._saves.append(snapshot)
            await self._tell(None)


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

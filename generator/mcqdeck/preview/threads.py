"""Background work of the server, which does not delay its end."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


class Threads:
    """Runs work in threads of its own. What is still under way at the end may be left alone."""

    def __init__(self) -> None:
        self._running: dict[threading.Thread, bool] = {}  # and whether it must not be cut short
        self._lock = threading.Lock()

    async def run(self, work: Callable[..., T], *args: object, is_vital: bool = False) -> T:
        """What the work returns; `is_vital` is what must not be cut short, as it writes files."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def tell(result: T | None, error: BaseException | None) -> None:
            if done.cancelled():
                return
            if error is None:
                done.set_result(result)  # type: ignore[arg-type]  # a T may be None
            else:
                done.set_exception(error)

        def run() -> None:
            result, error = None, None
            try:
                result = work(*args)
            except BaseException as raised:  # it is raised where it is waited for
                error = raised
            with self._lock:
                del self._running[thread]
            with suppress(RuntimeError):  # the server has ended
                loop.call_soon_threadsafe(tell, result, error)

        thread = threading.Thread(target=run, daemon=True)
        with self._lock:
            self._running[thread] = is_vital
        thread.start()
        return await done

    def finish(self, patience: float) -> bool:
        """Waits for what is under way, at most so many seconds if it is not vital; whether all of
        it has ended.
        """
        deadline = time.monotonic() + patience
        with self._lock:
            running = dict(self._running)
        for thread, is_vital in running.items():
            thread.join(None if is_vital else max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in running)

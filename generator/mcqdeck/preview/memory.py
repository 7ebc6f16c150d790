"""What chapters gave before, in the memory of this process, so that a save costs one chapter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from mcqdeck.store import Entries

_MOST_AGE = 3
"""The whole checks for which an entry stays that none of them asked for."""


class OutdatedError(Exception):
    """What is being worked out is no longer needed."""


class Memory:
    """Entries in memory, for several threads, in front of `below`, if that is given.

    What was not asked for in the last whole checks is forgotten; each of them tells so by `turn`.
    """

    def __init__(self, below: Entries | None = None) -> None:
        self._below = below
        self._turn = 0
        self._lock = Lock()
        self._entries: dict[str, tuple[bytes, int]] = {}

    def get(self, key: str) -> bytes | None:
        """The entry of a key, if there is one."""
        with self._lock:
            known = self._entries.get(key)
        data = known[0] if known else self._below.get(key) if self._below else None
        if data is not None:
            self._keep(key, data)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keeps an entry."""
        self._keep(key, data)
        if self._below:
            self._below.put(key, data)

    def turn(self) -> None:
        """Notes that a whole check begins, and forgets what has not been asked for in some."""
        with self._lock:
            self._turn += 1
            oldest = self._turn - _MOST_AGE
            old = [key for key, (_, used) in self._entries.items() if used < oldest]
            for key in old:
                del self._entries[key]

    def until(self, is_outdated: Callable[[], bool]) -> Entries:
        """The same memory, for work that ends with `OutdatedError` when it is outdated."""
        return _Until(self, is_outdated)

    def _keep(self, key: str, data: bytes) -> None:
        with self._lock:
            self._entries[key] = data, self._turn


@dataclass(frozen=True, slots=True)
class _Until:
    memory: Memory
    is_outdated: Callable[[], bool]

    def get(self, key: str) -> bytes | None:
        self._ask()
        return self.memory.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.memory.put(key, data)
        self._ask()

    def _ask(self) -> None:
        if self.is_outdated():
            raise OutdatedError

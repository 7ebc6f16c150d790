"""Which of the texts of an earlier run are still there, and where they are now."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple


class Run(NamedTuple):
    """Neighbours that stayed neighbours: where the first of them was and is, and their number."""

    old: int
    new: int
    length: int


class Alignment:
    """Texts before and now, each known by a key of `size` bytes; the keys are joined.

    Those that stay keep their order: one that was moved has gone, and has come. Positions count
    from 0.
    """

    def __init__(self, old: bytes, new: bytes, size: int) -> None:
        self.runs = tuple(_runs(old, new, size))
        self.new_of = [-1] * (len(old) // size)
        """Where each text is that was there; -1 if it has gone."""

        self.old_of = [-1] * (len(new) // size)
        """Where each text was; -1 if it has come."""

        for start, at, length in self.runs:
            self.new_of[start : start + length] = range(at, at + length)
            self.old_of[at : at + length] = range(start, start + length)
        self.last_new = [*accumulate(self.new_of, max)]
        """Where the text is, or else the last one before it that stayed."""

        self.last_old = [*accumulate(self.old_of, max)]
        """Where the text was, or else the last one before it that stayed."""

    @property
    def gone(self) -> list[int]:
        """Where those texts were that have gone."""
        return [old for old, new in enumerate(self.new_of) if new < 0]

    @property
    def come(self) -> list[int]:
        """Where those texts are that have come."""
        return [new for new, old in enumerate(self.old_of) if old < 0]


def _runs(old: bytes, new: bytes, size: int) -> Iterator[Run]:
    """The texts that stayed, in order: most edits leave all before one place and all behind it."""
    old_size, new_size = len(old) // size, len(new) // size
    least = min(old_size, new_size)
    head = _most(least, lambda number: old[: number * size] == new[: number * size])
    tail = _most(
        least - head,
        lambda number: old[len(old) - number * size :] == new[len(new) - number * size :],
    )
    if head:
        yield Run(0, 0, head)
    yield from _between(
        [old[at * size : (at + 1) * size] for at in range(head, old_size - tail)],
        [new[at * size : (at + 1) * size] for at in range(head, new_size - tail)],
        head,
    )
    if tail:
        yield Run(old_size - tail, new_size - tail, tail)


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The largest number up to the limit for which it holds, as it does for all smaller ones."""
    return bisect_left(range(1, limit + 1), True, key=lambda number: not holds(number))


def _between(old: Sequence[bytes], new: Sequence[bytes], offset: int) -> Iterator[Run]:
    """The same for texts of which neither the first nor the last stayed."""
    places = {key: at for at, key in reversed([*enumerate(old)])}
    run: Run | None = None
    for at, key in enumerate(new):
        place = places.get(key, -1)
        if run and place == run.old + run.length - offset and at == run.new + run.length - offset:
            run = run._replace(length=run.length + 1)
        elif place >= 0 and (run is None or place >= run.old + run.length - offset):
            if run:
                yield run
            run = Run(place + offset, at + offset, 1)
    if run:
        yield run

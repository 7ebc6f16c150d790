"""How the cost of a work grows with its input."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

_TIMES = 8
_SLACK = 3
_SHORTEST = 0.02  # seconds; what takes less is measured badly
_LONGEST = 60  # seconds


def demand_linear(work: Callable[[int], object], size: int) -> None:
    """Fails where a work of this size costs much more than eight of an eighth of it.

    Processor time counts, of which other programs on the machine change the ratio little. Work that
    grows with the square of its size costs 64 times as much, and 24 times are let pass.
    """
    work(size // _TIMES // _TIMES)  # what is done once only
    small = min(_cost(work, size // _TIMES) for _ in range(2))
    large = min(_costs_of_large(work, size, _SLACK * _TIMES * max(small, _SHORTEST)))
    assert large < _SLACK * _TIMES * max(small, _SHORTEST), (small, large)
    assert large < _LONGEST


def _costs_of_large(work: Callable[[int], object], size: int, limit: float) -> Iterator[float]:
    """What a work costs, measured again if it is above a limit: garbage of others may be in it."""
    for _ in range(3):
        cost = _cost(work, size)
        yield cost
        if cost < limit or cost > _LONGEST:
            return


def _cost(work: Callable[[int], object], size: int) -> float:
    gc.collect()
    gc.freeze()  # or each collection of garbage would look through all that the other tests hold
    try:
        start = time.process_time()
        work(size)
        return time.process_time() - start
    finally:
        gc.unfreeze()

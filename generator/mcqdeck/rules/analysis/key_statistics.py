"""Whether the keys of a chapter follow a pattern that chance does not explain."""

from __future__ import annotations

import math
from collections.abc import Sequence

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Place, RenderedChapter

_SIGNIFICANCE = 0.01


def is_pattern(observed: Sequence[float], expected: Sequence[float]) -> bool:
    """Whether chance gives counts so far from those expected less often than once in 100 times."""
    return _p_value(observed, expected) < _SIGNIFICANCE


def about_chapter(chapter: RenderedChapter, message: str, advice: str) -> Finding:
    """A finding that points at a chapter's title, or at its file if it has none."""
    where = chapter.where or Place(chapter.path)
    return Finding(where, message, advice, len(chapter.title) if chapter.where else 1)


def _p_value(observed: Sequence[float], expected: Sequence[float]) -> float:
    """The chance of counts at least as far from those expected, by Pearson's chi-square test.

    The distribution's tail in closed form: Abramowitz and Stegun 1964, 26.4.4 and 26.4.5.
    """
    if not all(expected):
        return 1.0
    pairs = zip(observed, expected, strict=True)
    half = sum((number - mean) ** 2 / mean for number, mean in pairs) / 2
    freedom = len(expected) - 1
    is_odd = freedom % 2 == 1
    offset = 0.5 if is_odd else 0.0
    powers = (step + offset for step in range(freedom // 2))
    tail: float = sum(half**power / math.gamma(power + 1) for power in powers)
    return math.exp(-half) * tail + (math.erfc(math.sqrt(half)) if is_odd else 0.0)

"""Which options are right, if each has a share of the mark."""

from __future__ import annotations

from dataclasses import dataclass

_FULL = 100.0
_NEAR = 1.5  # shares are rounded: 3 * 33.333, 7 * 14.2857


@dataclass(frozen=True, slots=True)
class Grades:
    """Per cent of the mark for each option; `is_single` if only one may be chosen."""

    shares: tuple[float, ...]
    is_single: bool


def judge(grades: Grades) -> tuple[bool, ...] | str:
    """Whether each option is right, or why that cannot be said.

    With no positive share nothing is marked as right. Where several may be chosen, right is what
    together gives the full mark; a share that is less than the others' may not be.
    """
    positive = [share for share in grades.shares if share > 0]
    if not positive:
        return (False,) * len(grades.shares)
    most = max(positive)
    if grades.is_single:
        if any(share < most for share in positive):
            return "an answer is worth a part of the mark"
        if len(positive) > 1:
            return "several answers are right, and one of them is enough"
    elif min(positive) < most - _NEAR and abs(sum(positive) - _FULL) > _NEAR:
        return "an answer is worth a part of the mark"
    return tuple(share > 0 for share in grades.shares)


def share(right: int) -> str:
    """The per cent of the mark for each of so many right options, as Moodle writes it."""
    return f"{_FULL / right:.5f}".rstrip("0").rstrip(".")

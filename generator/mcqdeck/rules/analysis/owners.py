"""Which question of a chapter a line belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from mcqdeck.model import Entry


class Owners:
    """The questions of a chapter; each owns the lines from its heading to the next."""

    def __init__(self, questions: Sequence[Entry]) -> None:
        self._questions = questions
        self._lines = [question.where.line for question in questions]

    def of(self, line: int) -> Entry | None:
        """The question that a line belongs to; `None` above the first one."""
        position = bisect_right(self._lines, line) - 1
        return self._questions[position] if position >= 0 else None

"""The rule `long-stem`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line

_MOST_WORDS = 80


def long_stem(checked: CheckedQuestion) -> Iterator[Finding]:
    """A long stem tests how well learners read, and costs them time at every review.

    Leave out what is not needed to find the answer; two short questions are better than a long one.
    """
    number = len(checked.stem.split())
    if number > _MOST_WORDS:
        where, length = first_line(checked.question.stem)
        yield Finding(
            where,
            f"the stem has {number} words, more than {_MOST_WORDS}",
            "leave out what is not needed to find the answer",
            length,
        )

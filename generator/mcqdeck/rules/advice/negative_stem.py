"""The rule `negative-stem`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import span


def negative_stem(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner who looks for what is true finds it, and is wrong because of one overlooked word.

    Ask for what is true. If the exception is what matters, keep the negative and emphasise it.
    """
    for word in checked.negatives:
        where, length = span(checked.question.stem, *word.span())
        yield Finding(
            where,
            f"`{word[0]}` makes the stem ask for what is not true",
            "ask for what is true, unless the exception is what matters",
            length,
        )

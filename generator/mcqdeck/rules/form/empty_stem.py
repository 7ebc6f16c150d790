"""The rule `empty-stem`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.characters import is_blank
from mcqdeck.model import Question


def empty_stem(question: Question) -> Iterator[Finding]:
    """Without a stem a learner sees options and no question.

    Write the question between its heading and its options.
    """
    if is_blank(question.stem.shown):
        yield Finding(
            question.where,
            "the question has no stem",
            "write the question under its heading, above the options",
            2,
        )

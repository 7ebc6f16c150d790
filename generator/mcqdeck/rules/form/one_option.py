"""The rule `one-option`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Question


def one_option(question: Question) -> Iterator[Finding]:
    """With a single option a learner has nothing to choose.

    Give at least two; three or four that a learner could believe are best.
    """
    if len(question.options) == 1:
        yield Finding(
            question.options[0].where,
            "the question has only one option",
            "add at least one option that is wrong",
            3,
        )

"""The rule `no-correct-option`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Question


def no_correct_option(question: Question) -> Iterator[Finding]:
    """Without a right option the card would call every answer wrong.

    Mark the right option with `[x]`.
    """
    if len(question.options) > 1 and not any(option.is_correct for option in question.options):
        yield Finding(
            question.options[0].where,
            "no option is marked as right",
            "write `[x]` before the right one",
            5,
        )

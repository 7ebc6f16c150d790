"""The rule `all-options-correct`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Question


def all_options_correct(question: Question) -> Iterator[Finding]:
    """Where every option is right, so is every answer, and a learner practises nothing.

    Mark only the right ones with `[x]`, or add one that is wrong.
    """
    if len(question.options) > 1 and all(option.is_correct for option in question.options):
        yield Finding(
            question.options[0].where,
            "every option is marked as right",
            "write `[ ]` before the wrong ones",
            5,
        )

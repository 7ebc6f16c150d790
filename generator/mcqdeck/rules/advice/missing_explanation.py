"""The rule `missing-explanation`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion


def missing_explanation(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner who chose wrong finds out only that it was wrong, and one who guessed right learns
    nothing.

    Say after the options why the right one is right; a rationale under it counts as well.
    """
    if not checked.explaining:
        yield Finding(
            checked.question.where,
            "the question has no explanation",
            "say under `### Explanation`, after the options, why the right option is right",
            2,
        )

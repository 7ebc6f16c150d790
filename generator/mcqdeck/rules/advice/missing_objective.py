"""The rule `missing-objective`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.metadata import missing_key
from mcqdeck.rules.analysis.question import CheckedQuestion


def missing_objective(checked: CheckedQuestion) -> Iterator[Finding]:
    """A question without an objective is missing when learners practise one objective.

    Write `objective: …` in the comment under the heading.
    """
    if not checked.question.objective:
        yield missing_key(checked, "objective", [name for name, _ in checked.config.objectives])

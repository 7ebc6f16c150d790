"""The rule `missing-level`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.metadata import missing_key
from mcqdeck.rules.analysis.question import CheckedQuestion


def missing_level(checked: CheckedQuestion) -> Iterator[Finding]:
    """A question without a level is missing when learners practise one level, and from the plan.

    Write `level: …` in the comment under the heading.
    """
    if not checked.question.level:
        yield missing_key(checked, "level", checked.config.levels)

"""Keys that a question's comment lacks."""

from __future__ import annotations

from collections.abc import Sequence

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion

_MOST_LISTED = 8


def missing_key(checked: CheckedQuestion, key: str, values: Sequence[str]) -> Finding:
    """A finding that the comment has no `key`; its help lists the values if they are few."""
    listed = ", ".join(f"`{value}`" for value in values)
    choice = f", one of {listed}," if 0 < len(values) <= _MOST_LISTED else ""
    return Finding(
        checked.question.where,
        f"the question has no {key}",
        f"add `{key}: …`{choice} to the comment under the heading",
        2,
    )

"""The rule `capital-checkbox`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Edit, Finding
from mcqdeck.model import Place
from mcqdeck.rules.analysis.question import CheckedQuestion


def capital_checkbox(checked: CheckedQuestion) -> Iterator[Finding]:
    """With two ways to mark the right option, a search for one misses the other, and a change from
    one to the other hides the real changes in a comparison of versions.

    Write `[x]`.
    """
    for option in checked.question.options:
        if option.capital:
            where = option.capital
            after = Place(where.path, where.line, where.column + 1)
            yield Finding(
                where,
                "a capital `X` marks the right option",
                "write `[x]`",
                edits=(Edit(where, after, "x"),),
            )

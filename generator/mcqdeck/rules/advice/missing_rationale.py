"""The rule `missing-rationale`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion


def missing_rationale(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner who chose a wrong option reads nothing about the mistake that led to it.

    Write under each wrong option, as a quote, why it is wrong and what makes it tempting.
    """
    for option in checked.question.options:
        has_rationale = option.rationale is not None and option.rationale.text.strip()
        if not option.is_correct and not has_rationale:
            yield Finding(
                option.where,
                "the wrong option has no rationale",
                "say why it is wrong, in a quote under it that is indented like its text (`  > …`)",
                5,
            )

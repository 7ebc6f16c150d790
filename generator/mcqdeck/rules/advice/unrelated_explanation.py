"""The rule `unrelated-explanation`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.explanations import mentions
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line, on_one_line


def unrelated_explanation(checked: CheckedQuestion) -> Iterator[Finding]:
    """An explanation that never mentions the right answer may belong to another question, and does
    not tell a learner why this answer is right.

    Use the answer's own words when you say why it is right.
    """
    passages = checked.explaining
    if not checked.is_explained:
        return
    if not any(mentions(passages, key) for key in checked.keys):
        where, length = first_line(passages[0])
        key = next(option.text for option in checked.question.options if option.is_correct)
        yield Finding(
            where,
            f"the explanation has no word of the right option, `{on_one_line(key.text)}`",
            "say in the answer's own words why it is right",
            length,
        )

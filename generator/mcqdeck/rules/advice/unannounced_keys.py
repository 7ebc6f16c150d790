"""The rule `unannounced-keys`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line

_SAYS_SO = pattern(
    r"\b(?:two|three|four|five|six|[2-9]|all|any|both|each|every|several|apply|applies|are|were|do|have"
    r"|choose|select|pick|mark|tick|check)\b"
    r"|\b(?:which|what|name|list)\s+(?:\w+\s+){0,2}?(?!was\b|has\b|does\b)\w{2,}(?<![su])s\b",
    re.IGNORECASE,
)
"""Words by which a learner may know that several are right: `two`, `are`, `which cities`."""


def unannounced_keys(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner who is asked for one thing looks for one, and stops at the first that is right.

    Say in the stem how many are right, as in `Which two …?`, or assert it with `choose: 2` in the
    comment under the heading. The rule is for banks that take the `strict` set.
    """
    question = checked.question
    count = len(checked.keys)
    if count > 1 and question.choose is None and not _SAYS_SO.search(checked.stem):
        where, length = first_line(question.stem)
        yield Finding(
            where,
            f"the stem asks for one, and {count} options are right",
            f"say in the stem that {count} are, or write `choose: {count}` in the comment",
            length,
        )

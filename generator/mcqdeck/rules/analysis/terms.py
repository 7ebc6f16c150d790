"""Terms that some options of a question use and others do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import span


def uneven_terms(
    checked: CheckedQuestion, term: re.Pattern[str], message: str
) -> Iterator[Finding]:
    """The first such term of each option, with a message about it; none if all options have one."""
    matches = [term.search(text) for text in checked.options]
    if any(matches) and not all(matches):
        for match, option in zip(matches, checked.question.options, strict=True):
            if match:
                where, length = span(option.text, *match.span())
                yield Finding(
                    where,
                    f"`{match[0]}` {message}",
                    "let every option say as much, or leave the word out",
                    length,
                )

"""The rule `long-option`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line

_MOST_WORDS = 30


def long_option(checked: CheckedQuestion) -> Iterator[Finding]:
    """To compare long options, a learner must hold all of them in mind at once.

    Move what they share into the stem, and reasons into the rationale.
    """
    for option, text in checked.options_and_prose():
        number = len(text.split())
        if number > _MOST_WORDS:
            where, length = first_line(option.text)
            yield Finding(
                where,
                f"the option has {number} words, more than {_MOST_WORDS}",
                "move what the options share into the stem, and reasons into the rationale",
                length,
            )

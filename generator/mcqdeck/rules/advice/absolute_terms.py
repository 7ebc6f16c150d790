"""The rule `absolute-terms`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.terms import uneven_terms

_ABSOLUTE_TERM = pattern(
    r"\b(?:always|never|all|none|every|everyone|everything|nobody|nothing|only|must|completely"
    r"|entirely|totally|absolutely|exclusively|impossible)\b",
    re.IGNORECASE,
)
"""A word that allows no exception: `always`, `nobody`."""


def absolute_terms(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner who knows nothing rules out options that claim to hold always, and is usually
    right.

    Let every option say as much, or leave the word out. People who were asked saw no fault in many
    of the questions that this finds, so the rule is off unless a bank turns it on.
    """
    message = "allows no exception, and such options are ruled out"
    yield from uneven_terms(checked, _ABSOLUTE_TERM, message)

"""The rule `vague-terms`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.terms import uneven_terms

_VAGUE_TERM = pattern(
    r"\b(?:usually|often|sometimes|generally|frequently|rarely|seldom|occasionally|typically"
    r"|normally|probably|mostly|perhaps|several|many|some|few)\b",
    re.IGNORECASE,
)
"""A word that says how often or how many without a number: `often`, `several`."""


def vague_terms(checked: CheckedQuestion) -> Iterator[Finding]:
    """How often is often? Each learner takes it differently, and a careful word hints at the key.

    Say how many or how often, or leave the word out. People who were asked saw no fault in many of
    the questions that this finds, so the rule is off unless a bank turns it on.
    """
    yield from uneven_terms(checked, _VAGUE_TERM, "means something different to each learner")

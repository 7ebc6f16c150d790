"""The rule `option-count`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion

_FEWEST = 3
_MOST = 6


def option_count(checked: CheckedQuestion) -> Iterator[Finding]:
    """With two options every other guess is right, and of more than six some only cost a learner
    the time to read them.

    Give three to five options that a learner could believe; True and False, or Yes and No, may
    stand alone.
    """
    options = checked.question.options
    if _FEWEST <= len(options) <= _MOST or checked.has_opposite_options:
        return
    if len(options) < _FEWEST:
        message = "with two options every other guess is right"
        advice = "add a wrong option that a learner could believe"
        where = options[0].where
    else:
        message = f"{len(options)} options are more than a learner can compare with each other"
        advice = "remove those that hardly anybody would choose"
        where = options[_MOST].where
    yield Finding(where, message, advice, 5)

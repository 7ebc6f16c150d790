"""The rule `length-outlier`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line

_FEWEST_WORDS_APART = 4


def length_outlier(checked: CheckedQuestion) -> Iterator[Finding]:
    """An option that is much longer or shorter than all others draws the eye.

    Make the options about equally long.
    """
    options = checked.question.options
    counts = [len(option.text.shown.split()) for option in options]
    ordered = sorted(counts)
    if ordered[-1] - ordered[0] < _FEWEST_WORDS_APART:
        return
    if 2 * ordered[-1] >= 3 * ordered[-2] and ordered[-1] - ordered[-2] >= _FEWEST_WORDS_APART:
        outlier, other, word = ordered[-1], ordered[-2], "longest"
    elif ordered[1] >= 2 * ordered[0] and ordered[1] - ordered[0] >= _FEWEST_WORDS_APART:
        outlier, other, word = ordered[0], ordered[1], "shortest"
    else:
        return
    where, length = first_line(options[counts.index(outlier)].text)
    yield Finding(
        where,
        f"this option has {outlier} word{'s' * (outlier > 1)}, the next {word} {other}",
        "make the options about equally long",
        length,
    )

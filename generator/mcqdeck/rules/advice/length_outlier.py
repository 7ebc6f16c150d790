"""The rule `length-outlier`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.lengths import has_unspaced, lengths_in_words
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line

_FEWEST_WORDS_APART = 4


def length_outlier(checked: CheckedQuestion) -> Iterator[Finding]:
    """An option that is much longer or shorter than all others draws the eye.

    Make the options about equally long.
    """
    options = checked.question.options
    texts = [option.text.shown for option in options]
    counts = lengths_in_words(texts)
    ordered = sorted(counts)
    if ordered[-1] - ordered[0] < _FEWEST_WORDS_APART:
        return
    if 2 * ordered[-1] >= 3 * ordered[-2] and ordered[-1] - ordered[-2] >= _FEWEST_WORDS_APART:
        which, next_one, word = -1, -2, "longest"
    elif ordered[1] >= 2 * ordered[0] and ordered[1] - ordered[0] >= _FEWEST_WORDS_APART:
        which, next_one, word = 0, 1, "shortest"
    else:
        return
    by_length = sorted(range(len(counts)), key=lambda position: counts[position])
    outlier, other = by_length[which], by_length[next_one]
    if has_unspaced(texts):
        unit, sizes = "character", [len(text) for text in texts]
    else:
        unit, sizes = "word", counts
    where, length = first_line(options[outlier].text)
    size = sizes[outlier]
    yield Finding(
        where,
        f"this option has {size} {unit}{'s' * (size > 1)}, the next {word} {sizes[other]}",
        "make the options about equally long",
        length,
    )

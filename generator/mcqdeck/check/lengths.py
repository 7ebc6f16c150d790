"""Rules about how long the options are beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.check.content import visible
from mcqdeck.check.item import Item
from mcqdeck.check.pointing import whole
from mcqdeck.diagnostic import Finding, Severity

_LONGER = 1.25
_MUCH_LONGER = 1.6
_MORE_WORDS = 5
_FEWEST_WORDS = 4
_OUTLYING_WORDS = 4


def key_longest(item: Item) -> Iterator[Finding]:
    """The longest option is mostly the right one, and learners know that: it gives the key away.

    Shorten the key, or let a wrong option say as much; what else is worth knowing belongs in the
    explanation. It is a warning where the key is much longer, and informs where it is less so,
    since people who were asked saw no fault in many of those.
    """
    if len(item.keys) != 1 or not item.keys[0].strip():
        return
    texts = [(option.is_correct, visible(option.text.text)) for option in item.question.options]
    key = next(text for is_correct, text in texts if is_correct)
    longest = max((text for is_correct, text in texts if not is_correct), key=len)
    if len(key) <= _LONGER * len(longest):
        return
    words = len(key.split())
    if words >= _FEWEST_WORDS:
        is_much_longer = (
            len(key) > _MUCH_LONGER * len(longest) and words - len(longest.split()) >= _MORE_WORDS
        )
        option = next(each for each in item.question.options if each.is_correct)
        where, length = whole(option.text)
        yield Finding(
            where,
            f"the right option has {len(key)} characters, the longest wrong one {len(longest)}",
            "shorten it, or let a wrong one say as much",
            length,
            None if is_much_longer else Severity.INFO,
        )


def length_outlier(item: Item) -> Iterator[Finding]:
    """An option that is much longer or shorter than all others draws the eye.

    Let the options say about as much as each other.
    """
    counts = [len(visible(option.text.text).split()) for option in item.question.options]
    ordered = sorted(counts)
    if ordered[-1] - ordered[0] < _OUTLYING_WORDS:
        return
    if 2 * ordered[-1] >= 3 * ordered[-2] and ordered[-1] - ordered[-2] >= _OUTLYING_WORDS:
        outlier, other, word = ordered[-1], ordered[-2], "longest"
    elif ordered[1] >= 2 * ordered[0] and ordered[1] - ordered[0] >= _OUTLYING_WORDS:
        outlier, other, word = ordered[0], ordered[1], "shortest"
    else:
        return
    where, length = whole(item.question.options[counts.index(outlier)].text)
    yield Finding(
        where,
        f"this option has {outlier} word{'s' * (outlier > 1)}, the next {word} {other}",
        "let the options say about as much as each other",
        length,
    )

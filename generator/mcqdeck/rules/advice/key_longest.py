"""The rule `key-longest`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding, Severity
from mcqdeck.rules.analysis.lengths import lengths_in_words
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line

_LONGER = 1.25  # times as many characters as the longest wrong option
_MUCH_LONGER = 1.6
_MANY_MORE_WORDS = 5
_FEWEST_WORDS = 4


def key_longest(checked: CheckedQuestion) -> Iterator[Finding]:
    """The longest option is usually the right one, and learners know that: its length gives it
    away.

    Shorten it, or let a wrong option say as much; what else is worth knowing belongs in the
    explanation. This is a warning where the right option is much longer, and otherwise an info,
    because people who were asked saw no fault in many of those.
    """
    if len(checked.keys) != 1 or not checked.keys[0].strip():
        return
    options = checked.question.options
    key = next(option.text for option in options if option.is_correct)
    text = key.shown
    distractors = [option.text.shown for option in options if not option.is_correct]
    longest = max(distractors, key=len)
    words, words_of_longest = lengths_in_words([text, longest])
    if len(text) <= _LONGER * len(longest) or words < _FEWEST_WORDS:
        return
    is_much_longer = (
        len(text) > _MUCH_LONGER * len(longest) and words - words_of_longest >= _MANY_MORE_WORDS
    )
    where, length = first_line(key)
    yield Finding(
        where,
        f"the right option has {len(text)} characters, the longest wrong one {len(longest)}",
        "shorten it, or let a wrong one say as much",
        length,
        None if is_much_longer else Severity.INFO,
    )

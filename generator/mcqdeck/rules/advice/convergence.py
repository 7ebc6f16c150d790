"""The rule `convergence`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line
from mcqdeck.rules.analysis.words import content_words


def convergence(checked: CheckedQuestion) -> Iterator[Finding]:
    """The option that shares most words with the others is usually the right one, and learners know
    that.

    Use each part of the right option as often as the parts that contrast with it. People who were
    asked saw no fault in many of the questions that this finds, so the rule is off unless a bank
    turns it on.
    """
    if len(checked.keys) != 1 or len(checked.options) < 3:
        return
    options = [content_words(text) for text in checked.options]
    counts = Counter(word for words in options for word in words)
    shared = [sum(counts[word] - 1 for word in words) for words in options]
    marks = [option.is_correct for option in checked.question.options]
    key = marks.index(True)
    if shared[key] > max(shared[:key] + shared[key + 1 :]):
        where, length = first_line(checked.question.options[key].text)
        yield Finding(
            where,
            "the right option shares more words with the others than any of them does",
            "use each of its parts as often as those that contrast with it",
            length,
        )

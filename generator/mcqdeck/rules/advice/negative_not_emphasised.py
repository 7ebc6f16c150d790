"""The rule `negative-not-emphasised`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from mcqdeck.diagnostic import Edit, Finding
from mcqdeck.rules.analysis.passages import emphasised
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import span


def negative_not_emphasised(checked: CheckedQuestion) -> Iterator[Finding]:
    """One small word reverses the question, and a learner in a hurry overlooks it.

    Write the negative word in capitals or in bold.
    """
    stem = checked.question.stem
    words = [word for word in checked.negatives if not word[0].isupper()]
    emphases = emphasised(stem) if words else []
    for word in words:
        if not _is_within(word, emphases):
            where, length = span(stem, *word.span())
            capitals = word[0].upper()
            yield Finding(
                where,
                f"`{word[0]}` reverses the question and is easily overlooked",
                f"write `{capitals}`, or put it in bold",
                length,
                edits=(Edit(where, stem.at(word.end()), capitals),),
            )


def _is_within(word: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a word lies in one of the spans, which are in order and do not overlap."""
    position = bisect_left(spans, word.span()) - 1
    return position >= 0 and word.end() < spans[position][1]

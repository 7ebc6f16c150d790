"""From what is compared of a chapter's questions to what is to be known of all of them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import blake2b

from mcqdeck.model import Compared, Overview

DIGEST = 8
"""The bytes of a digest by which questions are found that may be alike. Whether they are must be
asked then."""

TEXT_DIGEST = 16
"""The bytes of the digest of a text, which stands for it."""

FEWEST_OPTIONS = 3
"""The different options a question must have so that to share them matters: a pair such as True and
False belongs to no question."""


def overview(questions: Sequence[Compared]) -> Overview:
    """What the rules for banks must know of the questions of a chapter."""
    sets = [frozenset(question.options) for question in questions]
    one_key = list(_with_one_key(questions))
    return Overview(
        texts=b"".join([_text(question) for question in questions]),
        asked=b"".join([asked(question) for question in questions]),
        options=b"".join(map(options, sets)),
        shared=b"".join([options(kept) for own in sets for kept in shareable(own)]),
        with_options=sum(len(own) >= FEWEST_OPTIONS for own in sets),
        with_one_key=len(one_key),
        longest=_extreme(one_key, max),
        shortest=_extreme(one_key, min),
        places=_places(one_key),
    )


def asked(question: Compared) -> bytes:
    """What questions with the same stem are found by."""
    return _digest(question.asked)


def options(texts: Collection[str]) -> bytes:
    """What questions with the same set of options are found by."""
    return _digest("\0".join(sorted(texts)))


def shareable(own: frozenset[str]) -> Iterator[frozenset[str]]:
    """The sets of options that another question may have too: all, or of four or more all but one.

    There is none where there are too few.
    """
    if len(own) >= FEWEST_OPTIONS:
        yield own
        if len(own) > FEWEST_OPTIONS:
            for option in own:
                yield own - {option}


def _text(question: Compared) -> bytes:
    return _digest(f"{question.words}\0{question.beginnings}", TEXT_DIGEST)


def _digest(text: str, size: int = DIGEST) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=size).digest()


def _with_one_key(questions: Sequence[Compared]) -> Iterator[Compared]:
    """Those with one right option; no True/False and Yes/No."""
    for question in questions:
        if sum(question.marks) == 1 and not question.has_opposite_options:
            yield question


def _extreme(
    questions: Sequence[Compared], most: Callable[[Sequence[int]], int]
) -> tuple[float, int]:
    """In how many questions the key is to be expected to be the one option with most characters, or
    fewest, and in how many it is.
    """
    expected, number = 0.0, 0
    for question in questions:
        lengths = question.lengths
        extreme = most(lengths)
        if lengths.count(extreme) == 1:
            expected += 1 / len(lengths)
            number += question.marks[lengths.index(extreme)]
    return expected, number


def _places(questions: Sequence[Compared]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """How often the key is at each place, by the number of options that keep their order."""
    by_size: dict[int, Counter[int]] = {}
    for question in questions:
        if question.keeps_order:
            marks = question.marks
            by_size.setdefault(len(marks), Counter())[marks.index(True)] += 1
    return tuple(
        (size, tuple([places[place] for place in range(size)]))
        for size, places in sorted(by_size.items())
    )

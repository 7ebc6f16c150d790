"""Questions whose texts are nearly the same, found among those that share rare words.

To compare all pairs of n texts takes n² comparisons. Similar texts nearly always share their rarest
words, so each text is compared only with earlier ones that do, and with a limited number of those:
the time grows with the number of texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

LEAST_SIMILARITY = 90
"""The percentage, as rapidfuzz counts it, from which on two texts are nearly the same."""

_RARE_WORDS = 6
"""The rarest words of a text by which others are found. More find more pairs, and take longer."""

_PREFIX = 6
"""The letters of a word that count, so that `transfers` and `transferred` are one."""

_LARGEST_GROUP = 10
"""The texts with common rare words that are all compared with each other."""

_MOST_SHARED_WORDS = 5
"""The rare words that texts must share at most; fewer if fewer make a group small enough."""

_MOST_SIMILAR = 16
"""The similar texts that are given for one text."""


def beginnings(words: Iterable[str]) -> str:
    """How words begin, each beginning once, with spaces between: what texts are found by."""
    return " ".join(dict.fromkeys([word[:_PREFIX] for word in words]))


def similar_pairs(
    texts: Sequence[str], beginnings: Sequence[str]
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """The position of each text that is similar to earlier ones, and the positions of those.

    `beginnings` has those of the words of each text. The most similar ones come first, each with
    its similarity in percent.
    """
    # Imported late: loading it takes as long as checking a hundred questions.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    for position, candidates in _candidates(_rarest_words(beginnings)):
        similar = process.extract(
            texts[position],
            [texts[candidate] for candidate in candidates],
            scorer=fuzz.ratio,
            score_cutoff=LEAST_SIMILARITY,
            limit=_MOST_SIMILAR,
        )
        if similar:
            yield position, [(candidates[at], similarity) for _, similarity, at in similar]


def _rarest_words(beginnings: Sequence[str]) -> list[tuple[int, ...]]:
    """The rarest words of each text that other texts have too, as their ranks, the rarest first."""
    counts = Counter(chain.from_iterable(map(str.split, beginnings)))
    in_order = sorted(counts, key=lambda word: (counts[word] == 1, counts[word], word))
    ranks = {word: rank for rank, word in enumerate(in_order)}
    shared = sum(count > 1 for count in counts.values())
    rarest = []
    for text in beginnings:
        own = sorted(map(ranks.__getitem__, text.split()))[:_RARE_WORDS]
        rarest.append(tuple([rank for rank in own if rank < shared]))
    return rarest


def _candidates(rarest: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, list[int]]]:
    """The position of each text, and of the earlier ones that it is to be compared with.

    In a group that is too large, those are the last ones before it.
    """
    groups_of: list[list[list[int]]] = [[] for _ in rarest]
    for group in _groups(range(len(rarest)), rarest, -1, _MOST_SHARED_WORDS):
        for position in group:
            groups_of[position].append(group)
    for position, own_groups in enumerate(groups_of):
        others: set[int] = set()
        for group in own_groups:
            if len(group) <= _LARGEST_GROUP:
                others.update(group)
            else:
                end = bisect_left(group, position)
                others.update(group[max(0, end - _LARGEST_GROUP) : end])
        earlier = sorted(other for other in others if other < position)
        if earlier:
            yield position, earlier


def _groups(
    members: Sequence[int], rarest: Sequence[tuple[int, ...]], above: int, depth: int
) -> Iterator[list[int]]:
    """The members that share a word of a rank above `above`; where they are many, `depth` words."""
    by_word: defaultdict[int, list[int]] = defaultdict(list)
    for member in members:
        for word in rarest[member]:
            if word > above:
                by_word[word].append(member)
    for word, group in by_word.items():
        if len(group) < 2:
            continue
        if len(group) <= _LARGEST_GROUP or depth == 1:
            yield group
        else:
            yield from _groups(group, rarest, word, depth - 1)

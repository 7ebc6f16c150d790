"""Questions whose texts are nearly the same, found among those that share rare words.

To compare all pairs of n texts takes n² comparisons. Similar texts nearly always share their rarest
words, so each text is compared only with earlier ones that do, and with a limited number of those:
the time grows with the number of texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

LEAST_SIMILARITY = 90
"""The percentage, as rapidfuzz counts it, from which on two texts are nearly the same."""

RARE_WORDS = 6
"""The rarest words of a text by which others are found. More find more pairs, and take longer."""

_PREFIX = 6
"""The letters of a word that count, so that `transfers` and `transferred` are one."""

LARGEST_GROUP = 10
"""The texts with common rare words that are all compared with each other."""

MOST_SHARED_WORDS = 5
"""The rare words that texts must share at most; fewer if fewer make a group small enough."""

MOST_SIMILAR = 16
"""The similar texts that are given for one text."""


def beginnings(words: Iterable[str]) -> str:
    """How words begin, each beginning once, with spaces between: what texts are found by."""
    return " ".join(dict.fromkeys([word[:_PREFIX] for word in words]))


Similar = list[tuple[int, list[tuple[int, float]]]]
"""The position of each text that is similar to earlier ones, and the positions of those with their
similarity in percent, the most similar first."""


def similar_pairs(texts: Sequence[str], beginnings: Sequence[str]) -> Similar:
    """Which texts are similar to earlier ones; `beginnings` has those of the words of each text."""
    counts = ranked(beginnings)
    return similar_by(texts, rarest_words(numbered(beginnings, counts), counts))


def similar_by(texts: Sequence[str], rarest: Sequence[tuple[int, ...]]) -> Similar:
    """The same by the rarest words of each text, as `rarest_words` gives them."""
    pairs = []
    for position, candidates in _candidates(rarest):
        others = [texts[candidate] for candidate in candidates]
        if similar := most_similar(texts[position], others):
            pairs.append((position, [(candidates[at], percent) for at, percent in similar]))
    return pairs


def most_similar(text: str, others: Sequence[str]) -> list[tuple[int, float]]:
    """The positions of the other texts that are similar, with their similarity in percent.

    The most similar come first, then the first; there are at most `MOST_SIMILAR`.
    """
    # Imported late: loading it takes as long as checking a hundred questions.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    scored = process.extract(
        text, others, scorer=fuzz.ratio, score_cutoff=LEAST_SIMILARITY, limit=MOST_SIMILAR
    )
    return [(at, percent) for _, percent, at in scored]


def ranked(beginnings: Sequence[str]) -> dict[str, int]:
    """How many texts have each word, the rarest first, and last those that only one has."""
    counts = Counter(chain.from_iterable(map(str.split, beginnings)))
    in_order = sorted(counts, key=lambda word: rarity(counts[word], word))
    return {word: counts[word] for word in in_order}


def rarity(count: int, word: str) -> tuple[bool, int, str]:
    """What words are sorted by: one that no other text has finds nothing, so it comes last."""
    return count == 1, count, word


def numbered(beginnings: Iterable[str], counts: Mapping[str, int]) -> list[list[int]]:
    """The words of each text as their ranks in `counts`, which are `ranked`."""
    ranks = {word: rank for rank, word in enumerate(counts)}
    return [[ranks[word] for word in text.split()] for text in beginnings]


def rarest_words(
    texts: Iterable[Iterable[int]], counts: Mapping[str, int]
) -> list[tuple[int, ...]]:
    """The rarest words of each text that other texts have too, the rarest first.

    Texts are given as `numbered` gives them.
    """
    shared = sum(count > 1 for count in counts.values())
    return [tuple([rank for rank in sorted(text)[:RARE_WORDS] if rank < shared]) for text in texts]


def _candidates(rarest: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, list[int]]]:
    """The position of each text, and of the earlier ones that it is to be compared with.

    In a group that is too large, those are the last ones before it.
    """
    groups_of: list[list[list[int]]] = [[] for _ in rarest]
    for group in _groups(range(len(rarest)), rarest, -1, MOST_SHARED_WORDS):
        for position in group:
            groups_of[position].append(group)
    for position, own_groups in enumerate(groups_of):
        others: set[int] = set()
        for group in own_groups:
            if len(group) <= LARGEST_GROUP:
                others.update(group)
            else:
                end = bisect_left(group, position)
                others.update(group[max(0, end - LARGEST_GROUP) : end])
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
        if len(group) <= LARGEST_GROUP or depth == 1:
            yield group
        else:
            yield from _groups(group, rarest, word, depth - 1)

"""Which questions are nearly the same, worked out again only for those that changed.

By which words a text is found depends on how many texts have each, so one changed text may have
others found by other words, and groups of texts grow too large or become small enough. All of that
follows from the texts that came and went and from the words that they have: only those texts are
compared again that lose or gain one to be compared with. What is found is what `similar_pairs`
finds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import msgspec

from mcqdeck.model import Compared
from mcqdeck.rules.analysis.alignment import Alignment
from mcqdeck.rules.analysis.overview import TEXT_DIGEST
from mcqdeck.rules.analysis.similar_texts import (
    LARGEST_GROUP,
    MOST_SHARED_WORDS,
    MOST_SIMILAR,
    RARE_WORDS,
    Similar,
    most_similar,
    numbered,
    ranked,
    rarest_words,
    rarity,
    similar_by,
)

_NONE = 0xFFFFFFFF
"""Stands where a text has fewer rare words than others."""

_NUMBER = "I"

_WORTH = 100
"""Texts that have a word of a changed text, for each text that there is. Beyond that, to find all
that is similar takes no longer than to find what changed."""


def similar_in(
    questions: Sequence[Compared], keys: bytes, known: bytes | None
) -> tuple[Similar, bytes | None]:
    """The questions that are similar to earlier ones, and what is to be `known` the next time.

    `keys` are the digests of their texts. Nothing need be kept where all is known already.
    """
    before = _decoded(known)
    if before and before.keys == keys:
        return before.similar, None
    state = (before and _updated(before, questions, keys)) or _whole(questions, keys)
    return state.similar, msgspec.msgpack.encode(state)


class _State(msgspec.Struct, array_like=True):
    """What is known of some texts. Words are numbers, their places in `words`."""

    keys: bytes
    words: list[str]
    counts: bytes
    """How many texts have each word."""

    lengths: bytes
    """How many words each text has."""

    numbers: bytes
    """The words of all texts, one text after the other."""

    rarest: bytes
    """The `RARE_WORDS` rarest words of each text that others have too."""

    similar: Similar

    @property
    def size(self) -> int:
        """How many texts there are."""
        return len(self.keys) // TEXT_DIGEST


_DECODER = msgspec.msgpack.Decoder(_State)


def _decoded(data: bytes | None) -> _State | None:
    if data is None:
        return None
    try:
        state = _DECODER.decode(data)
    except ValueError:
        return None
    sizes = (len(state.lengths) // 4, len(state.rarest) // 4 // RARE_WORDS)
    return state if sizes == (state.size, state.size) else None


def _whole(questions: Iterable[Compared], keys: bytes) -> _State:
    """What is to be known of texts of which nothing is."""
    texts, beginnings = [], []
    for question in questions:
        texts.append(question.words)
        beginnings.append(question.beginnings)
    counts = ranked(beginnings)
    own = numbered(beginnings, counts)
    rarest = rarest_words(own, counts)
    return _State(
        keys=keys,
        words=[*counts],
        counts=array(_NUMBER, counts.values()).tobytes(),
        lengths=array(_NUMBER, map(len, own)).tobytes(),
        numbers=array(_NUMBER, chain.from_iterable(own)).tobytes(),
        rarest=array(_NUMBER, chain.from_iterable(map(_padded, rarest))).tobytes(),
        similar=similar_by(texts, rarest),
    )


def _padded(rarest: Sequence[int]) -> list[int]:
    return [*rarest, *[_NONE] * (RARE_WORDS - len(rarest))]


def _numbers(data: bytes) -> array[int]:
    numbers = array(_NUMBER)
    numbers.frombytes(data)
    return numbers


class _Texts:
    """Texts in their order: the numbers of their words, and which are the rarest of them."""

    def __init__(self, state: _State, names: Sequence[str]) -> None:
        self.lengths = _numbers(state.lengths)
        self.numbers = _numbers(state.numbers)
        self.rarest = _numbers(state.rarest)
        self.counts = _numbers(state.counts)
        self._names = names
        self._ends = array(_NUMBER, accumulate(self.lengths))

    def __len__(self) -> int:
        return len(self.lengths)

    def words(self, position: int) -> array[int]:
        """All words of a text."""
        end = self._ends[position]
        return self.numbers[end - self.lengths[position] : end]

    def rarest_of(self, position: int) -> tuple[int, ...]:
        """The rarest words of a text that others have too, the rarest first, as they are noted."""
        own = self.rarest[position * RARE_WORDS : (position + 1) * RARE_WORDS]
        return tuple([word for word in own if word != _NONE])

    def by_rarity(self, words: Iterable[int]) -> list[int]:
        """The words, the rarest first."""
        counts, names = self.counts, self._names
        return sorted(words, key=lambda word: rarity(counts[word], names[word]))

    def find_rarest(self, position: int) -> tuple[int, ...]:
        """The rarest words of a text that others have too, by the counts; notes them."""
        own = self.by_rarity(self.words(position))[:RARE_WORDS]
        rarest = tuple([word for word in own if self.counts[word] > 1])
        at = position * RARE_WORDS
        self.rarest[at : at + RARE_WORDS] = array(_NUMBER, _padded(rarest))
        return rarest

    def having(self, words: Collection[int]) -> _Having:
        """By each of the words, the texts of which it is one of the rarest."""
        places: _Having = {word: set() for word in words}
        for at, word in enumerate(self.rarest):
            if word in places:
                places[word].add(at // RARE_WORDS)
        return places

    def candidates(self, position: int, having: _Having) -> set[int]:
        """The earlier texts that a text is to be compared with."""
        others: set[int] = set()
        for group in _groups(self.rarest_of(position), having):
            if len(group) <= LARGEST_GROUP:
                others |= group
            else:
                in_order = sorted(group)
                end = bisect_left(in_order, position)
                others.update(in_order[max(0, end - LARGEST_GROUP) : end])
        return {other for other in others if other < position}

    def near(self, position: int, words: Iterable[int], having: _Having) -> Iterator[int]:
        """The texts that may be compared with others if one with these words comes or goes there.

        It may be there or not; if it is not, `position` is that of the last one before it.
        """
        for group in _groups(self.by_rarity(words), having):
            if len(group) <= LARGEST_GROUP:
                yield from group
            else:
                in_order = sorted(group)
                start = bisect_right(in_order, position)
                yield from in_order[start : start + LARGEST_GROUP]


_Having = dict[int, set[int]]


def _groups(
    words: Sequence[int],
    having: _Having,
    members: set[int] | None = None,
    depth: int = MOST_SHARED_WORDS,
) -> Iterator[set[int]]:
    """The texts that share one of the words, which are in order; where they are many, several."""
    for at, word in enumerate(words):
        group = having[word] if members is None else members & having[word]
        if len(group) < 2:
            continue
        if len(group) <= LARGEST_GROUP or depth == 1:
            yield group
        else:
            yield from _groups(words[at + 1 :], having, group, depth - 1)


@dataclass(frozen=True, slots=True)
class _Change:
    """A text that came or went, or is found by other words than before.

    Where it was and is; if it was not there, or is no more, the place of the last one before it
    that stayed, or -1.
    """

    old: int
    new: int
    words: frozenset[int]
    """Those that it was found by, and those that it is found by."""


def _updated(before: _State, questions: Sequence[Compared], keys: bytes) -> _State | None:
    """What is to be known now; `None` if it is as quickly worked out as if nothing were known."""
    moves = Alignment(before.keys, keys, TEXT_DIGEST)
    if 2 * len(moves.come) > len(questions):
        return None
    state = _respelled(before, moves, questions, keys)
    old, new = _Texts(before, state.words), _Texts(state, state.words)
    if 2 * new.counts.count(0) > len(new.counts):
        return None
    old.counts.extend([0] * (len(new.counts) - len(old.counts)))
    changes, reindexed = _changes(old, new, moves)
    words = frozenset(chain.from_iterable(change.words for change in changes))
    had, have = old.having(words), new.having(words)
    effort = sum(len(had[word]) + len(have[word]) for change in changes for word in change.words)
    if effort > _WORTH * len(questions):
        return None
    affected = {*moves.come, *reindexed}
    for change in changes:
        affected.update(
            moves.new_of[position] for position in old.near(change.old, change.words, had)
        )
        affected.update(new.near(change.new, change.words, have))
    affected.discard(-1)
    state.rarest = new.rarest.tobytes()
    state.similar = _compared_again(before, questions, old, new, moves, sorted(affected))
    return state


def _respelled(
    before: _State, moves: Alignment, questions: Sequence[Compared], keys: bytes
) -> _State:
    """The texts of now with their words counted, each found by the words of before."""
    was = _Texts(before, before.words)
    names = [*before.words]
    numbers_of = {name: number for number, name in enumerate(names)}
    counts = was.counts
    for position in moves.gone:
        for word in was.words(position):
            counts[word] -= 1
    lengths, numbers, rarest = array(_NUMBER), array(_NUMBER), array(_NUMBER)
    starts = [0, *accumulate(was.lengths)]
    runs = {run.new: run for run in moves.runs}
    at = 0
    while at < len(moves.old_of):
        if run := runs.get(at):
            start, end = run.old, run.old + run.length
            lengths += was.lengths[start:end]
            numbers += was.numbers[starts[start] : starts[end]]
            rarest += was.rarest[start * RARE_WORDS : end * RARE_WORDS]
            at += run.length
            continue
        own = questions[at].beginnings.split()
        for name in own:
            if name not in numbers_of:
                numbers_of[name] = len(names)
                names.append(name)
                counts.append(0)
            counts[numbers_of[name]] += 1
        lengths.append(len(own))
        numbers.extend(map(numbers_of.__getitem__, own))
        rarest.extend(_padded(()))
        at += 1
    return _State(
        keys=keys,
        words=names,
        counts=counts.tobytes(),
        lengths=lengths.tobytes(),
        numbers=numbers.tobytes(),
        rarest=rarest.tobytes(),
        similar=[],
    )


def _changes(old: _Texts, new: _Texts, moves: Alignment) -> tuple[list[_Change], list[int]]:
    """What came and went and is found by other words, and where the latter are."""
    changes = [
        _Change(position, moves.last_new[position], frozenset(old.rarest_of(position)))
        for position in moves.gone
    ]
    changes += [
        _Change(moves.last_old[position], position, frozenset(new.find_rarest(position)))
        for position in moves.come
    ]
    reindexed = []
    for position in _with_other_counts(old, new, moves):
        was = new.rarest_of(position)
        now = new.find_rarest(position)
        if now != was:
            words = frozenset((*was, *now))
            changes.append(_Change(moves.old_of[position], position, words))
            reindexed.append(position)
    return changes, reindexed


def _with_other_counts(old: _Texts, new: _Texts, moves: Alignment) -> Iterator[int]:
    """Where those texts are that stayed, and that may be found by other words than before.

    A text is found by all its words, or by the rarest of them. So where it has more, no word
    matters that is more frequent than any text's last one of these.
    """
    pairs = enumerate(zip(old.counts, new.counts, strict=True))
    changed = {word: min(was, now) for word, (was, now) in pairs if was != now}
    if not changed:
        return
    last = old.rarest[RARE_WORDS - 1 :: RARE_WORDS]
    lasts = {*last} - {_NONE}
    most = max((max(old.counts[word], new.counts[word]) for word in lasts), default=0)
    rare = frozenset(word for word, count in changed.items() if count <= most)
    for position, was in enumerate(moves.old_of):
        if was >= 0:
            matter = changed.keys() if last[was] == _NONE else rare
            if not matter.isdisjoint(new.words(position)):
                yield position


def _compared_again(
    before: _State,
    questions: Sequence[Compared],
    old: _Texts,
    new: _Texts,
    moves: Alignment,
    affected: Sequence[int],
) -> Similar:
    """Which texts are similar: the affected ones are compared with those that are new to them."""
    known = dict(before.similar)
    had = old.having({word for at in affected for word in _rarest_before(old, moves, at)})
    have = new.having({word for at in affected for word in new.rarest_of(at)})
    similar = {
        moves.new_of[at]: [(moves.new_of[other], percent) for other, percent in pairs]
        for at, pairs in known.items()
    }
    for at in affected:
        candidates, was = new.candidates(at, have), moves.old_of[at]
        pairs = known.get(was, [])
        kept: list[tuple[int, float]] = []
        fresh = sorted(candidates)
        if was >= 0 and len(pairs) < MOST_SIMILAR:  # else less similar ones were left out
            kept = [pair for pair in similar.get(at, ()) if pair[0] in candidates]
            compared = {moves.new_of[other] for other in old.candidates(was, had)}
            fresh = sorted(candidates - compared)
        if fresh:
            others = [questions[other].words for other in fresh]
            more = most_similar(questions[at].words, others)
            kept += [(fresh[place], percent) for place, percent in more]
        kept.sort(key=lambda pair: (-pair[1], pair[0]))
        similar[at] = kept[:MOST_SIMILAR]
    return sorted((at, pairs) for at, pairs in similar.items() if at >= 0 and pairs)


def _rarest_before(old: _Texts, moves: Alignment, position: int) -> tuple[int, ...]:
    was = moves.old_of[position]
    return old.rarest_of(was) if was >= 0 else ()

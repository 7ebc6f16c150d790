"""The rule about questions that read nearly the same: found among those that share rare words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mcqdeck.check.content import asked, codes, content
from mcqdeck.check.duplicates import at_stem, place_of, repeats
from mcqdeck.check.item import Item, items
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Bank

LIKE = 90
"""The least likeness that is reported, in percent, as rapidfuzz counts it."""

_RARE = 6  # words of each question, its rarest, by which it is found
_PREFIX = 6  # letters of them that count, so that endings do not
_BLOCK = 10  # questions with the same rare words that are compared with one another
_DEPTH = 5  # rare words that questions must share where fewer are too common
_LONGEST = 5_000  # characters; to compare longer texts takes too long
_CLOSEST = 16  # pairs of one question that are looked at more closely
_LIKE_KEY = 85
_LIKE_WORD = 75
_SHORT = 20  # telling words of a stem below which a single one may make the question
_DRILL = 3  # questions with the same options that make a drill
# fmt: off
_LITTLE = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "is", "are", "was", "were", "be", "do",
    "does", "did", "can", "which", "what", "of", "following", "there", "it", "its", "please",
})
# fmt: on


def near_duplicate(banks: Sequence[Bank]) -> Iterator[Finding]:
    """A question in hardly other words costs a learner time and teaches nothing new.

    Keep the better one, or make them ask different things. Stems and options together must be 90 %
    alike. Two questions with different keys pass, unless only little words of their stems differ.
    So do two in which an image or code is another; and two with short stems in which a number is
    another, or any word if both are of a drill, which asks of many things with the same options.
    """
    found = [item for bank in banks for item in items(bank)]
    pairs = list(_near_pairs(found)) if len(found) > 1 else []
    repeated = {id(repeat.item.question) for repeat in repeats(banks)} if pairs else frozenset()
    for earlier, later, likeness in pairs:
        if id(later.question) not in repeated:
            but = "" if _have_same_key(earlier, later) else ", with another key"
            yield at_stem(
                later,
                f"{likeness:.0f} % the same as {place_of(earlier)}{but}",
                "keep the better one, or make them ask different things",
            )


def _near_pairs(found: Sequence[Item]) -> Iterator[tuple[Item, Item, float]]:
    """Each question that is too near to an earlier one, with the nearest such, and how near."""
    readings = [reading(item) for item in found]
    drills = Counter(options for options, _ in {(each.options, each.text) for each in readings})
    for number, close in like_pairs([each.text for each in readings]):
        later = found[number]
        is_drill = drills[readings[number].options] >= _DRILL or len(later.question.options) == 2
        for other, likeness in close:
            if asks_the_same(found[other], later, is_drill=is_drill):
                yield found[other], later, likeness
                break


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a question's stem and options in alphabetical order, and its set of options."""

    text: str
    options: int


def reading(item: Item) -> Reading:
    """The words by which a question is compared."""
    options = [content(option.text.text) for option in item.question.options]
    words = " ".join((content(item.question.stem.text), *options)).split()
    words.sort()
    return Reading(" ".join(words)[:_LONGEST], hash(frozenset(options)))


def like_pairs(texts: Sequence[str]) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Each text that is like an earlier one, and which those are, the likest first.

    A text is compared with those that share rare words with it, never with more than a fixed
    number, so the time grows with the number of texts.
    """
    # Loading it takes as long as checking a hundred questions, and most runs have another use.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    for number, others in _candidates(_rare_words(texts)):
        close = process.extract(
            texts[number],
            [texts[other] for other in others],
            scorer=fuzz.ratio,
            score_cutoff=LIKE,
            limit=_CLOSEST,
        )
        if close:
            yield number, [(others[position], likeness) for _, likeness, position in close]


def _rare_words(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """The rarest words of each text that others have too, as numbers, the rarest first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({word[:_PREFIX] for word in text.split()})
    shared = (word for word, count in counts.items() if count > 1)
    in_order = sorted(shared, key=lambda word: (counts[word], word))
    ranks = {word: rank for rank, word in enumerate(in_order)}
    rare = []
    for text in texts:
        own = {ranks.get(word[:_PREFIX], -1) for word in text.split()}
        own.discard(-1)
        rare.append(tuple(sorted(own)[:_RARE]))
    return rare


def _candidates(rare: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, list[int]]]:
    """For each text the earlier ones that it is to be compared with."""
    blocks: list[list[int]] = []
    mine: list[list[int]] = [[] for _ in rare]
    for block in _blocks(range(len(rare)), rare, -1, _DEPTH):
        for number in block:
            mine[number].append(len(blocks))
        blocks.append(block)
    for number, own in enumerate(mine):
        others: set[int] = set()
        for each in own:
            block = blocks[each]
            if len(block) <= _BLOCK:
                others.update(block)
            else:
                position = bisect_left(block, number)
                others.update(block[max(0, position - _BLOCK) : position])
        earlier = sorted(other for other in others if other < number)
        if earlier:
            yield number, earlier


def _blocks(
    members: Sequence[int], rare: Sequence[tuple[int, ...]], above: int, depth: int
) -> Iterator[list[int]]:
    """The members that share a word which ranks behind `above`; more words where they are many."""
    by_word: defaultdict[int, list[int]] = defaultdict(list)
    for member in members:
        for word in rare[member]:
            if word > above:
                by_word[word].append(member)
    for word, block in by_word.items():
        if len(block) < 2:
            continue
        if len(block) <= _BLOCK or depth == 1:
            yield block
        else:
            yield from _blocks(block, rare, word, depth - 1)


def asks_the_same(earlier: Item, later: Item, *, is_drill: bool) -> bool:
    """Whether two questions that read alike differ in nothing that makes another question."""
    stems = earlier.question.stem, later.question.stem
    first, second = (stem.text for stem in stems)
    if asked(stems[0]) == asked(stems[1]) or _differ_in_code(first, second):
        return False
    ours, theirs = _telling_words(first), _telling_words(second)
    if ours == theirs:
        return True
    if not _have_same_key(earlier, later):
        return False
    gone, new = _exchanged(ours, theirs, sees_forms=not is_drill)
    is_short = min(len(ours), len(theirs)) < _SHORT
    has_figure = not all(map(str.isalpha, gone | new))
    return not (is_short and (has_figure or (is_drill and gone and new)))


def _differ_in_code(first: str, second: str) -> bool:
    """Whether one text has code, a formula or an image that the other does not even mention."""
    pairs = ((first, content(second)), (second, content(first)))
    return any(code not in other for text, other in pairs for code in codes(text))


def _telling_words(stem: str) -> list[str]:
    return [word for word in content(stem).split() if word not in _LITTLE]


def _have_same_key(earlier: Item, later: Item) -> bool:
    """Whether both want the same answer, perhaps in other words."""
    first, second = ([content(key) for key in _keys(item)] for item in (earlier, later))
    if sorted(first) == sorted(second):
        return True
    wrong = {content(text) for item in (earlier, later) for text in _distractors(item)}
    if len(first) != len(second) or not wrong.isdisjoint((*first, *second)):
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415

    joined = (" ".join(keys) for keys in (first, second))
    return fuzz.token_sort_ratio(*joined, score_cutoff=_LIKE_KEY) > 0


def _keys(item: Item) -> Iterator[str]:
    return (option.text.text for option in item.question.options if option.is_correct)


def _distractors(item: Item) -> Iterator[str]:
    return (option.text.text for option in item.question.options if not option.is_correct)


def _exchanged(
    ours: Sequence[str], theirs: Sequence[str], *, sees_forms: bool
) -> tuple[set[str], set[str]]:
    """The words that only one of two stems has.

    With `sees_forms`, those that look like forms of one word are left out.
    """
    gone, new = set(ours) - set(theirs), set(theirs) - set(ours)
    if sees_forms and gone and new:
        from rapidfuzz import fuzz  # noqa: PLC0415

        for word in sorted(filter(str.isalpha, gone)):
            like = (each for each in sorted(new) if fuzz.ratio(word, each) >= _LIKE_WORD)
            if other := next(like, None):
                gone.remove(word)
                new.remove(other)
    return gone, new

"""Rules about a chapter's keys taken together: what gives them away to who knows nothing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from mcqdeck.check.content import visible
from mcqdeck.check.item import Item, items
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Bank, Chapter, Place

_SURE = 0.01  # the chance at which a pattern counts as one
_MIN_LENGTHS = 40  # questions of a chapter below which lengths tell nothing
_MIN_PLACES = 20
_MIN_EXPECTED = 5  # at every place, as the chi-square test wants it (Cochran 1954)


def key_length_cue(banks: Sequence[Bank]) -> Iterator[Finding]:
    """A learner who always takes the longest option, or the shortest, passes without knowing.

    Write wrong options as full and as careful as the right one, or shorten the right one. Counted
    are a chapter's questions with one right option, if there are 40 or more; the key is strictly
    the longest (or the shortest) in more of them than chance explains (chi-square, p < 0.01).
    True/False and Yes/No do not count.
    """
    for chapter, found in _chapters(banks, lambda _: True):
        if len(found) < _MIN_LENGTHS:
            continue
        lengths = [_lengths(item) for item in found]
        for word, most in (("longest", max), ("shortest", min)):
            chance, number = 0.0, 0
            for item, each in zip(found, lengths, strict=True):
                if each.count(most(each)) == 1:
                    chance += 1 / len(each)
                    number += item.question.options[each.index(most(each))].is_correct
            expected = (chance, len(found) - chance)
            p_value = _p_value((number, len(found) - number), expected)
            if number > chance and p_value < _SURE:
                yield _at_title(
                    chapter,
                    f"the key is the {word} option in {number} of {len(found)} questions; "
                    f"{chance:.0f} are to be expected",
                    "bring wrong options to the length of the right one, or the other way round",
                )


def key_position_cue(banks: Sequence[Bank]) -> Iterator[Finding]:
    """Where options keep their order and the key likes one place, guessing that place pays.

    Spread the keys over all places. In a list of numbers, which must stay in order, choose wrong
    numbers now above and now below the right one. Counted are a chapter's questions with one right
    option and equally many options, numbered or not shuffled, if there are 20 or more; True/False
    and Yes/No do not count.
    """
    for chapter, found in _chapters(banks, lambda item: item.question.keeps_order):
        by_size: dict[int, Counter[int]] = {}
        for item in found:
            marks = [option.is_correct for option in item.question.options]
            by_size.setdefault(len(marks), Counter())[marks.index(True)] += 1
        for size, places in sorted(by_size.items()):
            number = places.total()
            expected = number / size
            if number < _MIN_PLACES or expected < _MIN_EXPECTED:
                continue
            counts = [places[place] for place in range(size)]
            if _p_value(counts, [expected] * size) < _SURE:
                shown = ", ".join(map(str, counts))
                yield _at_title(
                    chapter,
                    f"the key's places are uneven in {number} questions of {size} options in "
                    f"fixed order: {shown}",
                    "move keys to the rarer places; among numbers, choose other wrong ones",
                )


def _chapters(
    banks: Sequence[Bank], counts: Callable[[Item], bool]
) -> Iterator[tuple[Chapter, list[Item]]]:
    """Each chapter with its questions that have one right option and count."""
    for bank in banks:
        for chapter in bank.chapters:
            found = [
                item
                for item in items(replace(bank, chapters=(chapter,)))
                if sum(option.is_correct for option in item.question.options) == 1
                and counts(item)
                and not item.is_pair
            ]
            yield chapter, found


def _lengths(item: Item) -> list[int]:
    return [len(visible(option.text.text)) for option in item.question.options]


def _p_value(observed: Sequence[float], expected: Sequence[float]) -> float:
    """The chance of counts at least as far from those expected, by Pearson's chi-square test.

    The distribution's tail in closed form: Abramowitz and Stegun 1964, 26.4.4 and 26.4.5.
    """
    if not all(expected):
        return 1.0
    pairs = zip(observed, expected, strict=True)
    half = sum((found - due) ** 2 / due for found, due in pairs) / 2
    freedom = len(expected) - 1
    is_odd = freedom % 2 == 1
    offset = 0.5 if is_odd else 0.0
    powers = (step + offset for step in range(freedom // 2))
    rest: float = sum(half**power / math.gamma(power + 1) for power in powers)
    return math.exp(-half) * rest + (math.erfc(math.sqrt(half)) if is_odd else 0.0)


def _at_title(chapter: Chapter, message: str, advice: str) -> Finding:
    where = chapter.where or Place(chapter.path)
    return Finding(where, message, advice, len(chapter.title) if chapter.where else 1)

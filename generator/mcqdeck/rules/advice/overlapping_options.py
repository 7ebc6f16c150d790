"""The rule `overlapping-options`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.quantities import Quantity, may_be_numeric, quantities_of
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line, on_one_line

_ADDING_WORDS = (" and ", " or ", " plus ", " with ", " as well as ")

_TWO_LETTERS = pattern(r"[^\W\d_]{2}")
"""The start of a word: the `ru` of `It runs`; none in `3` and `x`."""

_ADDS_AFTER = pattern(r",? (?:and|or|plus|with|as well as) ")
"""What follows an option that a longer one contains: ` and ` in `cold and wet`."""

_ADDS_BEFORE = pattern(r"(?:^|[ ,])(?:and|or|plus|as well as) $")
"""The end of what precedes an option that a longer one contains: ` or ` in `cold or wet`."""

_EXCLUDES = pattern(r"\b(?:only|alone|just|exactly|between)\b", re.IGNORECASE)
"""A word by which the longer option excludes the shorter one: `only`."""

_ASKS_FOR_ALL = pattern(r"\b(?:all|every|complete|full)\b", re.IGNORECASE)
"""A word of a stem by which only the longest option is right: `What are all its roots?`."""

_ASKS_FOR_NUMBER = pattern(
    r"\b(?:how\s+(?:many|much|long|old|far|often|tall|large)|(?:what|which)\s+(?:percentage|share"
    r"|proportion|number|amount))\b",
    re.IGNORECASE,
)
"""Words of a stem that ask for one number: `How many`, `what percentage`."""

_ASKS_FOR_RANGE = pattern(r"\b(?:ranges?|intervals?|spans?|limits|bounds|ports?)\b", re.IGNORECASE)
"""A word of a question about ranges, of which two may meet or overlap: `range`, `ports`."""

_MOST_COMPARED = 40  # options; nobody writes more, and comparing all pairs of many takes long


def overlapping_options(checked: CheckedQuestion) -> Iterator[Finding]:
    """Where one option includes another, a learner who chooses the smaller one is right as well.

    Let the options exclude each other: 0 to 9, 10 to 19, 20 to 29.
    """
    pair = _pair_with_common_number(checked) if may_be_numeric(checked) else None
    pair = pair or _pair_of_which_one_contains_the_other(checked)
    if pair:
        first, second = (checked.question.options[position].text for position in pair)
        where, length = first_line(second)
        yield Finding(
            where,
            f"`{on_one_line(second.text)}` and `{on_one_line(first.text)}` can be true at once",
            "let the options exclude each other",
            length,
        )


def _pair_with_common_number(checked: CheckedQuestion) -> tuple[int, int] | None:
    """Two options with a number in common, where the question asks for one number.

    Where it asks for a range, such as a normal one, two ranges may well share numbers.
    """
    quantities = quantities_of(checked)
    if not any(quantity and quantity.is_range for quantity in quantities):
        return None
    asks_for_number = bool(_ASKS_FOR_NUMBER.search(checked.stem))
    if not asks_for_number and _ASKS_FOR_RANGE.search("\n".join((checked.stem, *checked.options))):
        return None
    for (i, a), (j, b) in combinations(enumerate(quantities), 2):
        if a and b and a.frame == b.frame and (a.is_range or b.is_range):
            is_shared_end = a.high == b.low or b.high == a.low
            is_fault = asks_for_number or (is_shared_end and a.is_range and b.is_range)
            if is_fault and _overlap(a, b):
                return i, j
    return None


def _overlap(a: Quantity, b: Quantity) -> bool:
    if a.is_open or b.is_open:
        return a.low < b.high and b.low < a.high
    return a.low <= b.high and b.low <= a.high


def _pair_of_which_one_contains_the_other(checked: CheckedQuestion) -> tuple[int, int] | None:
    """Two options of which one is the other with `and …` or `or …` before or after it.

    Where the stem asks for all, or an option says `only`, the longer one excludes the shorter.
    """
    folded = "\n".join(option.text.shown for option in checked.question.options).casefold()
    if not any(words in folded for words in _ADDING_WORDS) or _ASKS_FOR_ALL.search(checked.stem):
        return None
    texts = [
        option.text.shown.casefold().rstrip(".;!")
        for option in checked.question.options[:_MOST_COMPARED]
    ]
    for i, j in combinations(range(len(texts)), 2):
        short, long = sorted((texts[i], texts[j]), key=len)
        is_longer = (long.startswith(short) and _ADDS_AFTER.match(long, len(short))) or (
            long.endswith(short) and _ADDS_BEFORE.search(long[: len(long) - len(short)])
        )
        # Several numbers may be asked for together.
        if is_longer and _TWO_LETTERS.search(short) and not _EXCLUDES.search(long):
            return i, j
    return None

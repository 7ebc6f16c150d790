"""A rule about options of which one holds another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from mcqdeck.check.item import Item
from mcqdeck.check.numbers import Quantity, are_numeric, quantities
from mcqdeck.check.pointing import flat, whole
from mcqdeck.diagnostic import Finding

_HINTS = (" and ", " or ", " plus ", " with ", " as well as ")
_LETTER = re.compile(r"[^\W\d_]{2}")
_GOES_ON = re.compile(r",? (?:and|or|plus|with|as well as) ")
_LEADS_TO = re.compile(r"(?:^|[ ,])(?:and|or|plus|as well as) $")
_SETS_APART = re.compile(r"\b(?:only|alone|just|exactly|between)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|every|complete|full)\b", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"\b(?:how\s+(?:many|much|long|old|far|often|tall|large)|(?:what|which)\s+(?:percentage|share"
    r"|proportion|number|amount))\b",
    re.IGNORECASE,
)
_MOST_COMPARED = 40  # options; nobody writes more, and all pairs of many take long


def overlapping_options(item: Item) -> Iterator[Finding]:
    """Where one option holds another, whoever chooses the smaller one is right as well.

    Let the options exclude each other: 0 to 9, 10 to 19, 20 to 29.
    """
    pair = _numbers_in_common(item) if are_numeric(item) else None
    pair = pair or _one_in_another(item)
    if pair:
        first, second = (item.question.options[position].text for position in pair)
        where, length = whole(second)
        yield Finding(
            where,
            f"`{flat(second)}` and `{flat(first)}` can be true at once",
            "let the options exclude each other",
            length,
        )


def _numbers_in_common(item: Item) -> tuple[int, int] | None:
    """Two options with a number in common, where the question is for a number.

    Where it is for a range, such as a normal one, two ranges may well share numbers.
    """
    found = quantities(item)
    if not any(each and each.is_range for each in found):
        return None
    is_for_number = bool(_HOW_MANY.search(item.stem))
    for (i, a), (j, b) in combinations(enumerate(found), 2):
        if a and b and a.frame == b.frame and (a.is_range or b.is_range):
            is_shared_end = a.high == b.low or b.high == a.low
            is_told = is_for_number or (is_shared_end and a.is_range and b.is_range)
            if is_told and _meet(a, b):
                return i, j
    return None


def _meet(a: Quantity, b: Quantity) -> bool:
    if a.is_open or b.is_open:
        return a.low < b.high and b.low < a.high
    return a.low <= b.high and b.low <= a.high


def _one_in_another(item: Item) -> tuple[int, int] | None:
    """Two options of which one is the other with `and …` or `or …` before or after it.

    Where all is asked for, or an option says `only`, the smaller one excludes the other.
    """
    together = "\n".join(option.text.text for option in item.question.options).casefold()
    if not any(hint in together for hint in _HINTS) or _ALL.search(item.stem):
        return None
    texts = [flat(option.text).casefold().rstrip(".;!") for option in item.question.options]
    for i, j in combinations(range(min(len(texts), _MOST_COMPARED)), 2):
        short, long = sorted((texts[i], texts[j]), key=len)
        if not _LETTER.search(short):
            continue  # of numbers, some may be asked for together
        if (
            (long.startswith(short) and _GOES_ON.match(long, len(short)))
            or (long.endswith(short) and _LEADS_TO.search(long[: len(long) - len(short)]))
        ) and not _SETS_APART.search(long):
            return i, j
    return None

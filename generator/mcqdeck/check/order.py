"""Rules about what numeric options say: their order, and whether they overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mcqdeck.check.item import Item
from mcqdeck.check.numbers import Quantity, are_numeric, quantities
from mcqdeck.check.pointing import flat, whole
from mcqdeck.diagnostic import Edit, Finding, Severity

_FRACTION = re.compile(r"\d\.(\d+)\b")
_PLACE = re.compile(
    r"\b(?:options?|answers?|choices?|responses?|alternatives?|items?|above|below|former|latter"
    r"|first|second|third|fourth|fifth|last|next|previous)\b|\((?:[A-Fa-f]|[1-9])\)"
    r"|\b[1-9]\.(?!\d)|(?<![°\w])(?-i:[B-F])\b",
    re.IGNORECASE,
)


def number_order(item: Item) -> Iterator[Finding]:
    """Numbers out of order make a learner search the list instead of the mind.

    Put the options in ascending order. Where they are shuffled it helps only those who read the
    source.
    """
    if not are_numeric(item):
        return
    found = quantities(item)
    numbers = [(position, each) for position, each in enumerate(found) if each is not None]
    others = len(found) - len(numbers)
    if others > 2 or len(numbers) < 2 or len(numbers) < 3 * (others > 0):
        return
    if len({each.frame for _, each in numbers}) > 1 or _are_versions(item):
        return
    options = item.question.options
    for (before_position, before), (position, after) in pairwise(numbers):
        if (after.low, after.high) < (before.low, before.high):
            where, length = whole(options[position].text)
            yield Finding(
                where,
                f"`{flat(options[position].text)}` comes after "
                f"`{flat(options[before_position].text)}`",
                "put the options in ascending order",
                length,
                Severity.INFO if item.is_shuffled else None,
                () if others or _names_places(item) else tuple(_in_order(item, found)),
            )
            return


def _are_versions(item: Item) -> bool:
    """Whether the numbers may be versions, of which 1.10 comes after 1.9."""
    fractions = [match[1] for text in item.options if (match := _FRACTION.search(text))]
    has_zero = any(len(each) > 1 and each.endswith("0") for each in fractions)
    return has_zero and len({len(each) for each in fractions}) > 1


def _names_places(item: Item) -> bool:
    """Whether a text may name an option by its place, and would be wrong in another order."""
    if not item.is_english:
        return True
    question = item.question
    texts = [option.rationale for option in question.options] + [question.explanation]
    return any(_PLACE.search(text.text) for text in (question.stem, *texts) if text)


def _in_order(item: Item, found: Sequence[Quantity | None]) -> Iterator[Edit]:
    """The edits that put the items of a numbered list in order; the numbers before them stay."""
    old = [option.item for option in item.question.options if option.item]
    values = [(each.low, each.high) for each in found if each is not None]
    if len(old) < len(values) or len({passage.start.column for passage in old}) > 1:
        return  # not a numbered list, or one in which an item would need another indentation
    order = sorted(range(len(values)), key=values.__getitem__)
    for passage, position in zip(old, order, strict=True):
        if old[position] is not passage:
            yield Edit(passage.start, passage.end, old[position].text)

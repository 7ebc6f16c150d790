"""Rules about what numeric options say: their order, and whether they overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mcqdeck.check.item import Item
from mcqdeck.check.numbers import Quantity, are_numeric, quantities
from mcqdeck.check.pointing import whole
from mcqdeck.diagnostic import Edit, Finding, Severity


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
    if len({each.frame for _, each in numbers}) > 1:
        return
    for (before_position, before), (position, after) in pairwise(numbers):
        if (after.low, after.high) < (before.low, before.high):
            where, length = whole(item.question.options[position].text)
            yield Finding(
                where,
                f"`{_flat(item, position)}` comes after `{_flat(item, before_position)}`",
                "put the options in ascending order",
                length,
                Severity.INFO if item.is_shuffled else None,
                () if others else tuple(_in_order(item, [each for _, each in numbers])),
            )
            return


def _in_order(item: Item, found: Sequence[Quantity]) -> Iterator[Edit]:
    """The edits that put the items of a numbered list in order; the numbers before them stay."""
    old = [option.item for option in item.question.options if option.item]
    if len(old) < len(found) or len({passage.columns[0] for passage in old}) > 1:
        return  # not a numbered list, or one in which an item would need another indentation
    order = sorted(range(len(found)), key=lambda each: (found[each].low, found[each].high))
    for passage, position in zip(old, order, strict=True):
        if old[position] is not passage:
            end = passage.at(len(passage.text))
            yield Edit(passage.at(0), end, old[position].text)


def _flat(item: Item, position: int) -> str:
    return " ".join(item.question.options[position].text.text.split())

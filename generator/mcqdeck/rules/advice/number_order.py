"""The rule `number-order`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mcqdeck.diagnostic import Edit, Finding, Severity
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Passage
from mcqdeck.rules.analysis.passages import is_code
from mcqdeck.rules.analysis.quantities import Quantity, may_be_numeric, quantities_of
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line, on_one_line

_DECIMALS = pattern(r"\d\.(\d+)\b")
"""The digits after a point, as a group: `10` in `1.10`."""

_NAME = pattern(r"\s*(?:[A-Z][\w.]*[\s-]+)*?(?P<last>[A-Z]\w+)[\s-]+\d[\d.]*[.]?\s*")
"""A text that ends in a capitalised word, as `last`, and a number: `RFC 9110`, `Apollo-11`."""

# fmt: off
_COUNTED = frozenset({
    "about", "after", "age", "ages", "aged", "almost", "approximately", "around", "article", "at",
    "before", "below", "beyond", "bmi", "by", "chapter", "class", "cycle", "day", "degree", "down",
    "during", "episode", "exactly", "factor", "figure", "floor", "for", "from", "gate", "gpa",
    "grade", "group", "hour", "in", "iq", "item", "just", "layer", "lesson", "level", "line",
    "minute", "month", "nearly", "nr", "number", "of", "on", "only", "order", "over", "page",
    "paragraph", "part", "phase", "point", "rank", "roughly", "round", "row", "rule", "score",
    "season", "section", "since", "stage", "step", "table", "tier", "title", "to", "type", "under",
    "unit", "until", "up", "volume", "week", "year",
    "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "hkd", "huf", "inr", "jpy",
    "krw", "mxn", "nok", "nzd", "pln", "rub", "sek", "sgd", "try", "usd", "zar",
})
# fmt: on
"""Words before a number that counts, and that has an order therefore: `Stage 3`, `USD 5`."""

_MAY_NAME_A_PLACE = pattern(
    r"\b(?:options?|answers?|choices?|responses?|alternatives?|items?|above|below|former|latter"
    r"|first|second|third|fourth|fifth|last|next|previous)\b|\([A-F1-9]\)"
    r"|\b[1-9]\.(?!\d)|(?<![°\w])(?-i:[B-F])\b",
    re.IGNORECASE,
)
"""Words that may name an option by its place: `the second`, `answer`, `(b)`, `2.`, `C`; no `°C`."""


def number_order(checked: CheckedQuestion) -> Iterator[Finding]:
    """Numbers out of order make a learner search the list instead of their memory.

    Put the options in ascending order. Where they are shuffled, it helps only those who read the
    source.
    """
    if not may_be_numeric(checked):
        return
    quantities = quantities_of(checked)
    numeric = [(at, quantity) for at, quantity in enumerate(quantities) if quantity is not None]
    others = len(quantities) - len(numeric)
    if others > 2 or len(numeric) < 2 or len(numeric) < 3 * (others > 0):
        return
    if len({quantity.frame for _, quantity in numeric}) > 1 or _may_be_versions(checked):
        return
    if any(map(_is_name, checked.options)) or any(map(is_code, _texts(checked))):
        return
    options = checked.question.options
    for (position_before, before), (position, after) in pairwise(numeric):
        if (after.low, after.high) < (before.low, before.high):
            edits = () if others or _may_name_places(checked) else _sorting_edits(checked, numeric)
            where, length = first_line(options[position].text)
            yield Finding(
                where,
                f"`{on_one_line(options[position].text.text)}` comes after "
                f"`{on_one_line(options[position_before].text.text)}`",
                "put the options in ascending order",
                length,
                Severity.INFO if checked.is_shuffled else None,
                tuple(edits),
            )
            return


def _texts(checked: CheckedQuestion) -> Iterator[Passage]:
    return (option.text for option in checked.question.options)


def _is_name(text: str) -> bool:
    """Whether a number is part of a name: `ISO 9001`, `Boeing 747`; not `Stage 3`, `USD 5`."""
    name = _NAME.fullmatch(text)
    return name is not None and name["last"].casefold() not in _COUNTED


def _may_be_versions(checked: CheckedQuestion) -> bool:
    """Whether the numbers may be versions, of which 1.10 comes after 1.9."""
    decimals = [match[1] for text in checked.options if (match := _DECIMALS.search(text))]
    has_final_zero = any(len(digits) > 1 and digits.endswith("0") for digits in decimals)
    return has_final_zero and len({len(digits) for digits in decimals}) > 1


def _may_name_places(checked: CheckedQuestion) -> bool:
    """Whether a text may name an option by its place, and would be wrong in another order."""
    if not checked.is_english:
        return True
    question = checked.question
    passages = [question.stem, *(option.rationale for option in question.options)]
    passages.append(question.explanation)
    return any(_MAY_NAME_A_PLACE.search(passage.text) for passage in passages if passage)


def _sorting_edits(
    checked: CheckedQuestion, numeric: Sequence[tuple[int, Quantity]]
) -> Iterator[Edit]:
    """The edits that sort the items of a numbered list, all of which are `numeric`.

    The numbers before the items stay. There are none for another list, or where an item would need
    other indentation in its new place.
    """
    quantities = [quantity for _, quantity in numeric]
    items = [option.item for option in checked.question.options if option.item]
    if len(items) < len(quantities) or len({item.start.column for item in items}) > 1:
        return
    order = sorted(range(len(quantities)), key=lambda at: (quantities[at].low, quantities[at].high))
    for item, position in zip(items, order, strict=True):
        if items[position] is not item:
            yield Edit(item.start, item.end, items[position].text)

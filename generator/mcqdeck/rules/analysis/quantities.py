"""What an option says in numbers: one value, or the range between two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Passage
from mcqdeck.rules.analysis.passages import literals
from mcqdeck.rules.analysis.question import CheckedQuestion

_NUMBER = pattern(
    r"""(?<![\w.,/:^+])
    (?P<digits>[-+−]?(?:(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,15})?|\.\d{1,15}))
    (?:/(?P<denominator>\d{1,9}(?:\.\d{1,9})?))?
    (?![\d/:^]|[.,]\d)
    (?:\s+(?P<scale>hundred|thousand|million|billion|trillion)\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
"""A number: `7`, `−1,500.25`, `.5`, `2/3`, `3 million`; not in `10:30`, `H2O` and `1.2.3`."""

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

_DIGIT = pattern(r"\d")

_POINT_OR_COMMA = pattern(r"\d[.,]\d")
"""A point or a comma in a number, of which languages differ in the meaning: that of `1,5`."""

_RANGE_JOINT = pattern(r"\s*(?:[-–—−]|to|through|(?P<and>and))\s*[$€£]?\s*", re.IGNORECASE)
"""All that stands between the numbers of a range: `–`, ` to `, ` – $`, ` and `."""

_BETWEEN = pattern(r"\bbetween\s*[$€£]?\s*$", re.IGNORECASE)
"""What stands before a range that is joined by `and`: `between `, `between $`."""

_LATEX_FRACTION = pattern(r"\\[dt]?frac\s*\{(\d+)\}\s*\{(\d+)\}")
"""A fraction in a formula: `\\frac{1}{2}`, `\\tfrac{1}{2}`."""

_QUALIFIER_BEFORE = pattern(
    r"(?:(?P<below>less than|fewer than|under|below|up to|at most|no more than|[<≤]=?)"
    r"|(?P<above>more than|greater than|over|above|at least|no less than|[>≥]=?)"
    r"|about|around|approximately|roughly|exactly|only|between|from|~|≈)\s*(?P<sign>[$€£]?\s*)$",
    re.IGNORECASE,
)
"""Words before a number that say how exact or on which side open it is: `less than `, `about $`."""

_QUALIFIER_AFTER = pattern(
    r"\s*(?:(?P<above>\+|(?:or|and)\s+(?:more|above|over|greater|higher|older|longer|later))"
    r"|(?P<below>(?:or|and)\s+(?:less|fewer|below|under|lower|younger|shorter|earlier)))(?!\w)",
    re.IGNORECASE,
)
"""Words after a number that open it on one side: ` or more`, `+`, ` and below`."""

_NOT_IN_FRAME = pattern(r"s\b|[^\w%$€£°#]", re.IGNORECASE)
"""What two frames may differ in: the `s` and the space of ` hours`."""

_LONGEST = 80  # characters; a longer option says more than a number


@dataclass(frozen=True, slots=True)
class Quantity:
    """The values from `low` to `high`, both included. A single value has `low == high`."""

    low: float
    high: float
    frame: str
    """The words around the numbers, folded; quantities with the same frame can be compared."""
    is_open: bool = False
    """Whether a bound is left out (`less than 5`), or is infinite."""

    @property
    def is_range(self) -> bool:
        """Whether it is more than one value."""
        return self.low != self.high


def quantities_of(checked: CheckedQuestion) -> tuple[Quantity | None, ...]:
    """What each option says in numbers; `None` where it says something else, or more."""
    return tuple(
        quantity(_shown(text, option.text), has_decimal_points=checked.is_english)
        for option, text in checked.options_and_prose()
    )


def may_be_numeric(checked: CheckedQuestion) -> bool:
    """Whether it is worth reading the options as numbers: the first two have digits."""
    return all(_DIGIT.search(option.text.shown) for option in checked.question.options[:2])


def quantity(text: str, *, has_decimal_points: bool) -> Quantity | None:
    """What a text says in numbers, if that is one value or one range.

    Without `has_decimal_points` the language may write 1,5 for one and a half, so numbers with a
    point or a comma give `None`.
    """
    if len(text) > _LONGEST:
        return None
    numbers = list(_NUMBER.finditer(text))
    if not 1 <= len(numbers) <= 2 or not (has_decimal_points or not _POINT_OR_COMMA.search(text)):
        return None
    values = [_value(number) for number in numbers]
    start, end = numbers[0].start(), numbers[-1].end()
    if len(numbers) == 2:
        between = text[numbers[0].end() : numbers[1].start()]
        if between.isspace() and numbers[1]["denominator"]:
            values = [values[0] + values[1]]  # 4 1/3
        elif values[0] > values[1] or not _joins_range(between, text[:start]):
            return None
    return _with_words(values[0], values[-1], text[:start], text[end:])


def _joins_range(between: str, before: str) -> bool:
    """Whether what stands between two numbers makes a range: `–`, `to`, `between … and`."""
    match = _RANGE_JOINT.fullmatch(between)
    return match is not None and (not match["and"] or _BETWEEN.search(before) is not None)


def _with_words(low: float, high: float, before: str, after: str) -> Quantity:
    """A quantity with the words before and after it, of which some open it on one side."""
    is_open = False
    qualifier_before = _QUALIFIER_BEFORE.search(before)
    if qualifier_before:
        before = before[: qualifier_before.start()] + qualifier_before["sign"]
    qualifier_after = _QUALIFIER_AFTER.match(after)
    if qualifier_after:
        after = after[qualifier_after.end() :]
    for qualifier in (qualifier_before, qualifier_after):
        if qualifier and (qualifier["below"] or qualifier["above"]):
            low, high = (-inf, high) if qualifier["below"] else (low, inf)
            is_open = True
    frame = _NOT_IN_FRAME.sub("", f"{before}#{after}".casefold())
    return Quantity(low, high, frame, is_open)


def _value(number: re.Match[str]) -> float:
    value = float(number["digits"].replace(",", "").replace("−", "-"))
    if number["denominator"]:
        value /= float(number["denominator"]) or inf
    return value * _SCALES[number["scale"].casefold()] if number["scale"] else value


def _shown(prose: str, passage: Passage) -> str:
    """The prose of an option, or what stands inside the code or formula that it is."""
    text = prose if prose.strip() else " ".join(literals(passage))
    return _LATEX_FRACTION.sub(r"\1/\2", text) if "frac" in text else text

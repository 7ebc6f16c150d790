"""What an option says in numbers: one value, or the range between two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from mcqdeck.check.item import Item

_NUMBER = re.compile(
    r"""(?<![\w.,/:^+])
    (?P<digits>[-+−]?(?:(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,15})?|\.\d{1,15}))
    (?:/(?P<below>\d{1,9}(?:\.\d{1,9})?))?
    (?![\d/:^]|[.,]\d)
    (?:\s+(?P<scale>hundred|thousand|million|billion|trillion)\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_BETWEEN = re.compile(r"\s*(?:[-–—−]|to\b|through\b|(?P<pair>and)\b)\s*[$€£]?\s*", re.IGNORECASE)
_PAIR = re.compile(r"\bbetween\s*[$€£]?\s*$", re.IGNORECASE)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{(\d+)\}\s*\{(\d+)\}")
_BEFORE = re.compile(
    r"(?:(?P<below>less than|fewer than|under|below|up to|at most|no more than|[<≤]=?)"
    r"|(?P<above>more than|greater than|over|above|at least|no less than|[>≥]=?)"
    r"|about|around|approximately|roughly|exactly|only|between|from|~|≈)\s*(?P<sign>[$€£]?\s*)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:(?P<above>\+|(?:or|and)\s+(?:more|above|over|greater|higher|older|longer|later))"
    r"|(?P<below>(?:or|and)\s+(?:less|fewer|below|under|lower|younger|shorter|earlier)))(?!\w)",
    re.IGNORECASE,
)
_FRAME = re.compile(r"s\b|[^\w%$€£°#]", re.IGNORECASE)
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Quantity:
    """The values from `low` to `high`, both included, and the words around them.

    A single value has `low == high`. `is_open` is true where a bound itself is left out, or does
    not exist. Quantities with the same `frame` can be compared.
    """

    low: float
    high: float
    frame: str
    is_open: bool = False

    @property
    def is_range(self) -> bool:
        """Whether it is more than one value."""
        return self.low != self.high


def quantities(item: Item) -> tuple[Quantity | None, ...]:
    """What each option says in numbers, `None` where it says something else or more."""
    return tuple(
        quantity(_shown(prose, option.text.text), has_points=item.is_english)
        for prose, option in zip(item.options, item.question.options, strict=True)
    )


def are_numeric(item: Item) -> bool:
    """Whether it is worth reading the options as numbers: the first two have digits."""
    return all(_DIGIT.search(option.text.text) for option in item.question.options[:2])


_DIGIT = re.compile(r"\d")


def quantity(text: str, *, has_points: bool) -> Quantity | None:
    """What a text says in numbers, if that is one value or one range.

    Without `has_points` the language may write 1,5 for one and a half, and such numbers are left.
    """
    if len(text) > _LONGEST:
        return None
    found = list(_NUMBER.finditer(text))
    if not 1 <= len(found) <= 2 or not (has_points or not re.search(r"\d[.,]\d", text)):
        return None
    values = [_value(match) for match in found]
    start, end = found[0].start(), found[-1].end()
    if len(found) == 2:
        between = text[found[0].end() : found[1].start()]
        if between.isspace() and found[1]["below"]:
            values = [values[0] + values[1]]
        elif values[0] > values[1] or not _joins(between, text[:start]):
            return None
    return _bounded(values[0], values[-1], text[:start], text[end:])


def _joins(between: str, before: str) -> bool:
    """Whether what stands between two numbers makes a range of them: `–`, `to`, `between … and`."""
    match = _BETWEEN.fullmatch(between)
    return match is not None and (not match["pair"] or bool(_PAIR.search(before)))


def _bounded(low: float, high: float, before: str, after: str) -> Quantity:
    """A quantity with the words before and after it, of which some open it on one side."""
    is_open = False
    if match := _BEFORE.search(before):
        before = before[: match.start()] + match["sign"]
    tail = _AFTER.match(after)
    if tail:
        after = after[tail.end() :]
    for side in (match, tail):
        if side and (side["below"] or side["above"]):
            low, high = (-inf, high) if side["below"] else (low, inf)
            is_open = True
    frame = _FRAME.sub("", f"{before}#{after}".casefold())
    return Quantity(low, high, frame, is_open)


def _value(match: re.Match[str]) -> float:
    value = float(match["digits"].replace(",", "").replace("−", "-"))
    if match["below"]:
        value /= float(match["below"]) or inf
    return value * _SCALES[match["scale"].casefold()] if match["scale"] else value


def _shown(prose: str, markdown: str) -> str:
    """The prose of an option, or what stands inside the code or mathematics that it is."""
    text = prose if prose.strip() else markdown.strip().strip("`$ ")
    return _FRACTION.sub(r"\1/\2", text) if "frac" in text else text

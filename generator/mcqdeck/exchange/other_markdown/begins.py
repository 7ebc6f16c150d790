"""Where questions begin, told by the numbering of the whole document and by the lists below.

A number alone says little: lists in a stem or an explanation have numbers too. What counts is that
numbers go on from question to question, and that some of them have options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from mcqdeck.exchange.other_markdown.beside import options_behind
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.runs import (
    Run,
    is_marked,
    number_of,
    plain_list,
    plain_lists,
    runs,
)

_TEXTS = frozenset({Sign.TEXT, Sign.ITEM})
_STOPS = (".", ":", ";", ",", "!")
_ASKS = re.compile(r"\?[\"'”»)*_`\s]*(?:\([^()]*\)[*_.\s]*)?$")
_INTRODUCES = re.compile(r"[?:][*_\s]*(?:\([^()]*\)[*_.\s]*)?$")
_DIGIT_FIRST = re.compile(r"\s*+(?P<bold>\*\*|__)?\s*+\(?\d")
# All in bold, or `Part 2`.
_TITLE = re.compile(
    r"\s*(?:(?:\*\*|__)[^*_]+(?:\*\*|__)[ \t:]*$|(?:part|teil|parte|partie)\b)", re.IGNORECASE
)


@dataclass(slots=True)
class Stretch:
    """The lines under one heading; `asks` says that the heading may be a question itself."""

    lines: Sequence[Line]
    asks: bool = False


@dataclass(slots=True)
class _Number:
    """A line with a number, and what speaks for a question."""

    index: int
    """Of the line."""

    value: int

    line: Line

    is_named: bool
    """Whether a word such as `Question` stands before it."""

    is_bold: bool

    has_options: bool = False
    """Whether options stand below it."""

    is_direct: bool = False
    """Whether they stand right below it."""


@dataclass(slots=True)
class _Chain:
    """How far the numbering of questions has come while the document is read."""

    last: int | None = None
    is_open: bool = False
    """Whether the question that began last has no options yet."""
    is_fresh: bool = True
    """Whether a heading has come since the last question."""
    goes_on: bool = False
    """Whether the next list of numbers goes on from the one that is looked at."""
    begins: list[int] = field(default_factory=list)
    """The indexes of the lines with which questions begin."""
    options: int = 0
    """How many questions with options were found."""


def numbered(stretches: Sequence[Stretch]) -> list[list[int]]:
    """For each stretch the indexes of its lines with which numbered questions begin."""
    chain = _Chain()
    groups = [_groups(stretch.lines) for stretch in stretches]
    is_numbered = any(
        number.has_options for own_groups in groups for group in own_groups for number in group
    )
    if not is_numbered:
        return [[] for _ in stretches]
    chains = []
    for stretch, own_groups in zip(stretches, groups, strict=True):
        before = chain.last
        chain = _Chain(last=before, is_open=stretch.asks, is_fresh=not stretch.asks)
        for group, after in zip_longest(own_groups, own_groups[1:]):
            chain.goes_on = after is not None and after[0].value == group[-1].value + 1
            _decide(chain, group, stretch.lines)
        if (stretch.asks and chain.options < 2) or not (
            chain.options or _goes_on(stretch, chain.begins, before)
        ):
            chain = _Chain(last=before)
        chains.append(chain.begins)
    return chains


def _goes_on(stretch: Stretch, begins: Sequence[int], before: int | None) -> bool:
    """Whether numbers without options go on from the questions before, or have a word."""
    if not begins:
        return True
    number = number_of(stretch.lines[begins[0]].whole)
    return number is not None and (number.value == (before or 0) + 1 or number.has_word)


def _decide(chain: _Chain, group: Sequence[_Number], lines: Sequence[Line]) -> None:
    """Adds the numbers of a list that are questions to the chain."""
    if _is_inner(chain, group, lines):
        if chain.is_open and chain.begins:
            chain.is_open = False
            chain.options += 1
        rest = [
            number
            for number in group[1:]
            if number.value == (chain.last or 0) + 1 and number.has_options
        ]
        if rest and group[0].value == 1:
            _decide(chain, group[group.index(rest[0]) :], lines)
        return
    for number in group:
        chain.begins.append(number.index)
        chain.last = number.value or chain.last
        chain.is_open = not number.has_options
        chain.options += number.has_options
    chain.is_fresh = False


def _is_inner(chain: _Chain, group: Sequence[_Number], lines: Sequence[Line]) -> bool:
    """Whether a list is part of a question: its options, or a list in its stem or explanation."""
    first, last = group[0], group[-1]
    if first.is_named:
        return False
    goes_on = first.value == (chain.last or 0) + 1
    if len(group) == 1:
        if first.has_options:
            above = _above(lines, first.index)
            return chain.is_open and first.value == 1 and above is not None and not goes_on
        is_first = first.value == 1 or (chain.last is None and chain.goes_on)
        return not goes_on and not (chain.is_fresh and is_first)
    if first.value == 1 and not first.is_bold:
        above = _above(lines, first.index)
        if chain.is_fresh or (above is not None and _TITLE.match(above.whole)):
            is_introduced = above is not None and bool(_INTRODUCES.search(above.whole))
            return is_introduced and not (last.is_direct and _is_loose(lines, first))
        return not (any(number.has_options for number in group[:-1]))
    if chain.is_fresh and chain.last is None:
        return not last.has_options and not chain.goes_on
    return not goes_on and not first.has_options


def _above(lines: Sequence[Line], index: int) -> Line | None:
    """The last line with text above an index, if it belongs to the text and not to a list."""
    above = next((lines[at] for at in range(index - 1, -1, -1) if lines[at].text), None)
    return above if above is None or above.sign in _TEXTS else None


def _groups(lines: Sequence[Line]) -> list[list[_Number]]:
    """The numbered lines, those of a list with nothing but text between them together."""
    groups: list[list[_Number]] = []
    for number in _numbers(lines):
        if groups and _goes_on_from(groups[-1], number, lines):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _goes_on_from(group: Sequence[_Number], number: _Number, lines: Sequence[Line]) -> bool:
    """Whether a number is the next of a list, as tight or loose as the list is."""
    before = group[-1]
    if number.value != before.value + 1 or before.has_options:
        return False
    if number.is_named or before.is_named:
        return False
    if len(group) > 1 and _is_loose(lines, number) != _is_loose(lines, before):
        return False
    return all(
        not line.text or (line.sign in _TEXTS | {Sign.CODE} and line.margin > 1)
        for line in lines[before.index + 1 : number.index]
    )


def _is_loose(lines: Sequence[Line], number: _Number) -> bool:
    """Whether a blank line stands above a number."""
    return number.index > 0 and not lines[number.index - 1].text


def _numbers(lines: Sequence[Line]) -> list[_Number]:
    """The lines that begin with a number, but for those of lists within them."""
    numbers: list[_Number] = []
    for index, line in enumerate(lines):
        if line.sign not in _TEXTS or line.margin > 3 or (line.text and line.whole[:1] == "|"):
            continue
        number = number_of(line.whole)
        if number is None or not (number.text or number.has_word):
            continue
        if numbers and not number.has_word and line.margin >= numbers[-1].line.margin + 2:
            continue  # a list within a question
        digit = _DIGIT_FIRST.match(line.whole)
        is_bold = digit is not None and bool(digit["bold"])
        numbers.append(
            _Number(index, number.value, line, number.has_word and digit is None, is_bold)
        )
    starts = {run.start for run in runs(lines)}
    ends = [number.index for number in numbers[1:]] + [len(lines)] * bool(numbers)
    for one, end in zip(numbers, ends, strict=True):
        part = lines[one.index + 1 : end]
        below = _below(lines, one.index + 1)
        one.is_direct = below is not None and (below in starts or lines[below].sign is Sign.ITEM)
        one.has_options = (
            any(index in starts for index in range(one.index + 1, end))
            or len(options_behind(one.line.whole)) > 2
            or any(True for _ in plain_lists(part))
        )
    return numbers


def asked(lines: Sequence[Line]) -> list[int]:
    """The indexes at which questions begin that ask and have a plain list with an answer below.

    Where there are some, those with another list, or with nothing but an answer, count too.
    """
    indices: list[int] = []
    others: list[int] = []
    for index, line in enumerate(lines):
        if not _is_question(line):
            continue
        below = _below(lines, index + 1)
        if below is None:
            continue
        if lines[below].sign is Sign.ITEM and _has_key(lines, below):
            indices.append(_paragraphs_above(lines, index))
        elif lines[below].sign in {Sign.ANSWER, Sign.OPTION}:
            others.append(_paragraphs_above(lines, index))
    return sorted({*indices, *others}) if indices else []


def _is_question(line: Line) -> bool:
    is_plain = line.sign is Sign.TEXT and line.margin < 4 and number_of(line.whole) is None
    return is_plain and bool(_ASKS.search(line.whole))


def _paragraphs_above(lines: Sequence[Line], index: int) -> int:
    """Where the stem begins that ends on a line: with the first of the paragraphs above it.

    A paragraph that ends without a full stop or the like is a title.
    """
    begin = index
    while begin and lines[begin - 1].text and lines[begin - 1].sign is Sign.TEXT:
        begin -= 1
    while begin:
        end = begin
        while end and not lines[end - 1].text and lines[end - 1].sign is Sign.BLANK:
            end -= 1
        first = end
        while first and lines[first - 1].text and lines[first - 1].sign is Sign.TEXT:
            first -= 1
        above = lines[first - 1] if first else None
        is_other = above is not None and above.text and above.sign is not Sign.RULE
        if first == end or is_other or not lines[end - 1].text.rstrip('*_"”)').endswith(_STOPS):
            break
        begin = first
    return begin


def _below(lines: Sequence[Line], index: int) -> int | None:
    """The index of the next line with text."""
    return next((at for at in range(index, len(lines)) if lines[at].text), None)


def _has_key(lines: Sequence[Line], start: int) -> bool:
    """Whether the list that begins at an index has marks, or an answer behind it."""
    run = plain_list(lines, start)
    behind = _below(lines, run.end)
    is_answered = behind is not None and lines[behind].sign in {Sign.ANSWER, Sign.WRAPPER}
    return len(run.options) > 1 and (is_answered or is_marked(run))


def _lists(lines: Sequence[Line]) -> Iterator[Run]:
    """The lists of any sort, in order."""
    yield from sorted((*runs(lines), *plain_lists(lines)), key=lambda run: run.start)


def bulleted(lines: Sequence[Line]) -> list[int]:
    """The indexes of the items of an outer list whose items are questions.

    They are where some of them have a list of their own with marks below them.
    """
    items = [
        index for index, line in enumerate(lines) if line.sign is Sign.ITEM and line.margin == 0
    ]
    ends = items[1:] + [len(lines)] * bool(items)
    has_questions = False
    for index, end in zip(items, ends, strict=True):
        inner = lines[index + 1 : end]
        if any(line.text and line.margin < 2 for line in inner[:2]) or not _asks(lines[index]):
            continue
        run = next(_lists(inner), None)
        has_questions = has_questions or (run is not None and is_marked(run))
    return items if has_questions else []


def _asks(line: Line) -> bool:
    """Whether a line ends with a question mark or the like, or with a gap."""
    text = line.whole.rstrip("*_ \t\xa0")
    return text.endswith(("?", ":", "…", "...", "__.")) or "__" in line.whole[len(text) :]

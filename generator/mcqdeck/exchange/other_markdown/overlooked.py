"""The guard at the end: what looks like a question and did not become one is told by its place.

It asks the lines of the document by other means than those that found the questions: words such as
`Question 7`, question marks with a list below, and lists in which an option is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import Kind, LeftOut, Text
from mcqdeck.exchange.other_markdown.answers import Answers
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.runs import (
    Run,
    has_signs,
    named_question,
    number_of,
    plain_lists,
    runs,
)
from mcqdeck.model import Place

_TEXTS = frozenset({Sign.TEXT, Sign.ITEM})
_ASKS = re.compile(r"\?[\"'”»)*_`\s]*$")


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of a question that was found, or left out; they count from 1."""

    begin: int

    first: int = 0
    """Where its options begin; 0 where it has none."""

    last: int = 0
    """Where its options end; 0 where it has none."""

    number: int | None = None
    """Its own in the source."""

    is_in: bool = True
    """Whether it came in."""

    def part(self, line: int) -> str:
        """What part of the question a line is."""
        if not self.is_in:
            return "text"
        if line < self.first:
            return "stem"
        return "options" if line <= self.last else "explanation"


def overlooked(lines: Sequence[Line], spans: Sequence[Span], name: str) -> Iterator[LeftOut]:
    """What looks like a question in the lines of the file `name`, but is none of those found."""
    begins = {span.begin: span for span in spans}
    lists = _lists(lines)
    missing = _missing(spans)
    owner: Span | None = None
    told: set[int] = set()
    for index, line in enumerate(lines):
        if line.number in begins:
            owner = begins[line.number]
        elif line.sign is Sign.HEADING:
            owner = None
        if line.number in begins or not line.text or line.sign is Sign.CODE:
            continue
        part = owner.part(line.number) if owner else ""
        if (
            _is_named(line)
            or (owner and _number(line) in missing.get(owner.begin, ()))
            or (part not in {"stem", "text"} and _asks_above(lines, index, lists))
            or (part in {"stem", "explanation", ""} and _is_marked_list(lists.get(index), owner))
        ):
            left = _told(lines, index, owner, name)
            if left.where.line not in told:
                told.add(left.where.line)
                yield left


def unasked(answers: Sequence[Answers], spans: Sequence[Span], name: str) -> Iterator[LeftOut]:
    """The numbers in lists of answers that none of the questions has."""
    asked_numbers = {span.number for span in spans}
    for answer in answers if asked_numbers - {None} else ():
        for number in sorted({*answer.letters, *answer.texts} - asked_numbers):
            yield LeftOut(
                Place(name, answer.line),
                Kind.OTHER,
                str(number),
                "a list of answers has this number, but no question with it was found",
            )


def _lists(lines: Sequence[Line]) -> dict[int, Run]:
    """The lists of two or more by the index at which they begin."""
    all_runs = (*runs(lines), *plain_lists(lines))
    return {run.start: run for run in all_runs if len(run.options) > 1}


def _missing(spans: Sequence[Span]) -> dict[int, range]:
    """The numbers that are skipped after a question, by the line on which it begins."""
    return {
        first.begin: range(first.number + 1, second.number)
        for first, second in pairwise(spans)
        if first.number and second.number
    }


def _number(line: Line) -> int | None:
    number = number_of(line.whole) if line.sign in _TEXTS and line.margin < 4 else None
    return number.value if number else None


def _is_named(line: Line) -> bool:
    """Whether a line begins with `Question 7` or the like."""
    return line.sign in {*_TEXTS, Sign.HEADING} and named_question(line.whole.lstrip("# \t"))


def _asks_above(lines: Sequence[Line], index: int, lists: Mapping[int, Run]) -> bool:
    """Whether a line asks, and the next one with text begins a list."""
    line = lines[index]
    if line.sign not in {*_TEXTS, Sign.HEADING} or line.margin > 3 or not _ASKS.search(line.text):
        return False
    below = next((at for at in range(index + 1, len(lines)) if lines[at].text), None)
    return below in lists


def _is_marked_list(run: Run | None, owner: Span | None) -> bool:
    """Whether a list has boxes or signs on some of its options, and is not that of its question."""
    if run is None or (owner is not None and owner.first == run.options[0].line.number):
        return False
    is_boxed = any(option.line.is_right for option in run.options)
    return is_boxed or has_signs(run)


def _told(lines: Sequence[Line], index: int, owner: Span | None, name: str) -> LeftOut:
    line = lines[index]
    if line.sign in {Sign.ITEM, Sign.OPTION}:
        above = next((lines[at] for at in range(index - 1, -1, -1) if lines[at].text), line)
        line = above if above.sign in {Sign.TEXT, Sign.HEADING} else line
    where = "looks like a question"
    if owner is not None:
        where += f", but is part of the {owner.part(line.number)} of the one in line {owner.begin}"
    else:
        where += ", but was not read as one"
    return LeftOut(Place(name, line.number), Kind.OTHER, words_of(Text(line.text)), where)

"""What belongs to the stem of a question, and what to its options."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from mcqdeck.exchange.other_markdown.answer_words import BARE
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.runs import Run, number_of
from mcqdeck.exchange.other_markdown.sections import Section

_ENDS = frozenset({Sign.ANSWER, Sign.EXPLANATION, Sign.REFERENCE, Sign.WRAPPER, Sign.RULE})
_REMARK = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"[-*+•][ \t]+(?=\S)")


def joined(section: Section) -> Run | None:
    """The lists of one question as one, where a text at the margin has cut it.

    Where there are boxes, a list with letters belongs to the stem.
    """
    boxed = [run for run in section.runs if not run.is_lettered]
    same = boxed or section.runs[:1]
    if not same:
        return None
    if sum(len(run.options) for run in same) < 2:
        return None
    for first, second in pairwise(same):
        first.options[-1].more += section.lines[first.end : second.start]
    joined = Run(same[0].start, same[-1].end, [option for run in same for option in run.options])
    if len(same) > 1:
        _take_loose(joined, section.lines)
    return joined


def _take_loose(run: Run, lines: Sequence[Line]) -> None:
    """Gives the last option, if it is bare, the list or code at the margin that follows it."""
    if not BARE.fullmatch(run.options[-1].line.text):
        return
    end = run.end
    while end < len(lines) and lines[end].sign in {Sign.BLANK, Sign.ITEM, Sign.CODE}:
        end += 1
    run.options[-1].more += lines[run.end : end]
    run.end = end


def stem_start(gap: Sequence[Line], expected: int, *, is_first: bool) -> int:
    """The index in the lines between two lists of options at which the second's stem begins."""
    numbers = [
        (index, number)
        for index, line in enumerate(gap)
        if line.sign is not Sign.CODE and line.margin < 4 and (number := number_of(line.whole))
    ]
    if numbers:
        for index, number in numbers:
            if number.value == expected or (number.has_word and not is_first):
                return index
        return numbers[0][0] if is_first else numbers[-1][0]
    rules = [index for index, line in enumerate(gap) if line.sign is Sign.RULE]
    if rules:
        return rules[-1] + 1
    if is_first:
        return 0
    end = 0
    for index, line in enumerate(gap):
        if line.sign in {Sign.ANSWER, Sign.EXPLANATION, Sign.REFERENCE, Sign.WRAPPER}:
            end = index + 1
            while end < len(gap) and gap[end].text:
                end += 1
    return end


def above_answer(lines: Sequence[Line]) -> list[Line]:
    """The lines up to one that answers or explains."""
    return list(takewhile(lambda line: line.sign not in _ENDS, lines))


def telling_words(title: str, stem: str) -> str:
    """What tells a question best: its title, or the text below where that is only a remark."""
    rest = stem.removeprefix(title).strip()
    return rest if rest and (not title or _REMARK.fullmatch(title)) else title


def without_bullet(stem: Sequence[Line]) -> list[Line]:
    """The lines of a stem that is an item of a list, as they would stand without it."""
    match = _BULLET.match(stem[0].whole) if stem else None
    if not match or any(line.text and line.margin < 2 for line in stem[1:]):
        return list(stem)
    first = replace(stem[0], whole=stem[0].whole[match.end() :])
    rest = textwrap.dedent("\n".join(line.whole for line in stem[1:])).split("\n")
    return [first, *(replace(line, whole=text) for line, text in zip(stem[1:], rest, strict=False))]

"""What becomes of a question that has no options: True or False, or it is left out and listed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.habits.lines import Line, Sign
from mcqdeck.exchange.habits.runs import plain_lists
from mcqdeck.exchange.item import Kind, LeftOut, Text
from mcqdeck.model import Place

_GAP = re.compile(r"(?:\\?_){3,}")


def without_options(where: Place, stem: str, lines: Sequence[Line]) -> LeftOut:
    """The question as one that is left out, of the kind that its lines speak for."""
    words = words_of(Text(stem.strip().partition("\n\n")[0]))
    if any(True for _ in plain_lists(lines[1:])):
        reason = "its list has no marked answer, and no line such as `Answer: B` follows"
        return LeftOut(where, Kind.OTHER, words, reason)
    if any(line.sign is Sign.ANSWER for line in lines):
        return LeftOut(where, Kind.SHORT_ANSWER, words, "it has an answer, but no options")
    if _GAP.search(stem):
        return LeftOut(where, Kind.FILL_IN, words, "it has a gap, but no options")
    return LeftOut(where, Kind.ESSAY, words, "no list of options was found under it")

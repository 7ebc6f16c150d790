"""What becomes of a question that has no options: True or False, or it is left out and listed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import Kind, LeftOut, Text
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.runs import Option, Run, plain_lists
from mcqdeck.model import Place

_TRUE = r"true|wahr|richtig|verdadero|vrai|vero|verdadeiro|waar|correct"
_FALSE = r"false|falsch|falso|faux|onwaar|incorrect"
TRUE_OR_FALSE = rf"(?:{_TRUE}|{_FALSE}|[TF])"
"""The words and letters that call a statement true or false: a part of a pattern."""

_WORD = re.compile(rf"(?:(?P<true>{_TRUE}|t)|(?:{_FALSE}|f))[.!]?", re.IGNORECASE)
_CHOICE = re.compile(
    r"(?<![ \t])[ \t]*[(\[][ \t]*"
    rf"(?P<true>\*\*)?(?:{_TRUE}|[TVWR])(?:\*\*)?[ \t]*(?:/|\||or|oder)[ \t]*"
    rf"(?P<false>\*\*)?(?:{_FALSE}|F)(?:\*\*)?[ \t]*[)\]][ \t.]*\Z",
    re.IGNORECASE,
)
_REMARK_FIRST = re.compile(r"\A\([^()]*\)\s*")
_GAP = re.compile(r"(?:\\?_){3,}")


def without_options(where: Place, stem: str, lines: Sequence[Line], *, kind: Kind) -> LeftOut:
    """The question as one that is left out, of that kind or the one that its lines speak for."""
    words = words_of(Text(stem.strip().partition("\n\n")[0]))
    if any(True for _ in plain_lists(lines[1:])):
        reason = "its list has no marked answer, and no line such as `Answer: B` follows"
        return LeftOut(where, Kind.OTHER, words, reason)
    if any(line.sign is Sign.ANSWER for line in lines):
        return LeftOut(where, Kind.SHORT_ANSWER, words, "it has an answer, but no options")
    if _GAP.search(stem):
        return LeftOut(where, Kind.FILL_IN, words, "it has a gap, but no options")
    return LeftOut(where, kind, words, "no list of options was found under it")


def true_or_false(stem: str, lines: Sequence[Line], listed: str) -> tuple[str, Run] | None:
    """The statement without its choice, and True and False as options, one of them marked.

    An answer among the lines says it, or `T / **F**` behind the statement by its bold letter, or
    what is `listed` as its answer elsewhere.
    """
    answers = [line for line in lines if line.sign is Sign.ANSWER]
    behind = _CHOICE.search(stem)
    if behind and bool(behind["true"]) != bool(behind["false"]):
        is_true, end = bool(behind["true"]), len(lines)
    elif len(answers) == 1 and (word := _WORD.fullmatch(answers[0].text.strip("*_ "))):
        is_true, end = word["true"] is not None, lines.index(answers[0]) + 1
    elif not answers and (word := _WORD.fullmatch(listed)):
        is_true, end = word["true"] is not None, len(lines)
    else:
        return None
    at = lines[0].number
    options = [
        Option(Line(at, Sign.OPTION, name, name, is_right=is_true is (name == "True")))
        for name in ("True", "False")
    ]
    statement = _REMARK_FIRST.sub("", _CHOICE.sub("", stem).strip()).strip()
    return statement, Run(0, end, options)

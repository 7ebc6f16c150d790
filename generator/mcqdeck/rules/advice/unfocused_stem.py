"""The rule `unfocused-stem`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line
from mcqdeck.stock_options import QUESTION_MARKS

_ONLY_WHICH_IS_TRUE = pattern(
    r"\W*which\b[^.!?:;,\n]*\s(?:is|are)\s+(?:(?:not|always|most)\s+)?"
    r"(?:true|false|correct|incorrect|right|wrong)\W*",
    re.IGNORECASE,
)
"""A whole stem that asks for nothing else: `Which of these is true?`."""

_OPEN_MARKS = QUESTION_MARKS + ":：…"

_ASKS = pattern(
    # Which … · In winter, what …
    r"(?:\A|(?<=[.!,;:)\n]))[^\w.!,;:)\n]{0,12}(?:(?:which|what|who|whom|whose|why)\b"
    # How many … · When is …
    r"|(?:when|where|how)\s+(?:is|are|was|were|do|does|did|can|could|should|would|will|must|many"
    r"|much|long|often|likely)\b"
    # Name … · Please choose …
    r"|(?:please\s+)?(?:add|arrange|calculate|choose|compare|complete|compute|consider|convert"
    r"|create|decide|define|describe|determine|estimate|evaluate|explain|fill|find|give|identify"
    r"|indicate|list|mark|match|name|order|pick|point|put|replace|select|simplify|solve|sort"
    r"|state|tell|translate|write)\b)",
    re.IGNORECASE,
)
"""How a sentence or a clause begins that asks: `Which`, `How many`, `Please name`."""


def unfocused_stem(checked: CheckedQuestion) -> Iterator[Finding]:
    """Where the stem asks nothing, a learner must read all options to find out what is wanted.

    Ask a question that could be answered before the options are seen.
    """
    stem = checked.stem
    if _ONLY_WHICH_IS_TRUE.fullmatch(stem):
        message = "the stem asks only which option is true"
    elif not (_is_open(stem) or _ASKS.search(stem) or "_" in checked.stem):
        message = "the stem asks nothing"
    else:
        return
    where, length = first_line(checked.question.stem)
    yield Finding(where, message, "ask what can be answered before the options are seen", length)


def _is_open(stem: str) -> bool:
    """Whether the stem has a mark that asks, or from which the options go on: `?`, `:`, `…`."""
    return any(mark in stem for mark in _OPEN_MARKS) or stem.rstrip().endswith("...")

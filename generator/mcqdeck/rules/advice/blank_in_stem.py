"""The rule `blank-in-stem`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.passages import GAP, prose_with_gaps
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import span
from mcqdeck.stock_options import TOKEN

_BLANK = pattern(
    rf"(?:(?<![\w{GAP}]){GAP}{{2,}}+"  # __ at the start of a word, or alone
    rf"|(?<!{GAP}){GAP}{{3,}}+"  # ___ anywhere
    rf"|(?<!\S){GAP}"  # _ after white space
    rf"|(?<!\.)\.{{5,}}+)"  # .....
    rf"(?![\w{GAP}])"
)
"""A blank for a missing word, `GAP` standing for an underscore: `___`, ` _ `, `.....`."""

_NAME = pattern(rf"(?<![\w{GAP}]){GAP}+\w+{GAP}+\Z")
"""The end of a line in a name that underscores surround: `__init__`."""


def blank_in_stem(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner must hold the gap inside the sentence in mind while trying every option in it.

    Ask a question, or put the gap at the end.
    """
    text = prose_with_gaps(checked.question.stem)
    start = 0
    for line in text.split("\n") if text else ():
        blanks = (
            blank for blank in _BLANK.finditer(line) if not _NAME.search(line, 0, blank.end())
        )
        blank = next(blanks, None)
        if blank and TOKEN.search(line, blank.end()):
            where, length = span(checked.question.stem, start + blank.start(), start + blank.end())
            yield Finding(
                where,
                "the gap stands inside the sentence",
                "ask a question, or put the gap at the end",
                length,
            )
            return
        start += len(line) + 1

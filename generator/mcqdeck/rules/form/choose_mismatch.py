"""The rule `choose-mismatch`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Edit, Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Passage, Question
from mcqdeck.rules.analysis.passages import emphasised
from mcqdeck.rules.analysis.words import NUMBERS

_VERBS = ("choose", "select", "pick", "mark")

_CHOOSE_NUMBER = pattern(
    r"(?:^|[.?!:;(])[ \t]*(?:choose|select|pick|mark)\s+"
    r"(?:the\s+|any\s+|exactly\s+|only\s+)?(?P<number>one|two|three|four|five|six|[1-9])\b(?!\s+or\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""What tells a learner how many to choose, in Markdown: `Choose two`, `(**select exactly 3**`."""


def choose_mismatch(question: Question) -> Iterator[Finding]:
    """A learner who is told to choose two and must choose three is marked wrong for reading well.

    Let the number in the stem and in `choose` be the number of options marked `[x]`.
    """
    number = sum(option.is_correct for option in question.options)
    if number == 0:
        return
    advice = f"let it say {number}, or mark with `[x]` as many options as it says"
    marked = "1 is marked" if number == 1 else f"{number} are marked"
    match = _choose_number(question.stem)
    word = match["number"] if match else ""
    number_in_stem = (NUMBERS.get(word.casefold()) or int(word)) if word else None
    if question.choose not in (None, number):
        where, end = dict(question.values)["choose"], question.choose_end
        is_certain = number_in_stem in (None, number)
        yield Finding(
            where,
            f"`choose` says {question.choose}, and {marked} as right",
            advice,
            edits=(Edit(where, end, str(number)),) if end and is_certain else (),
        )
    if match and number_in_stem != number:
        where = question.stem.at(match.start("number"))
        yield Finding(where, f"the stem says {word}, and {marked} as right", advice, len(word))


def _choose_number(stem: Passage) -> re.Match[str] | None:
    folded = stem.prose.casefold()
    may_tell = any(verb in folded for verb in _VERBS)  # takes a tenth of the search
    return _CHOOSE_NUMBER.search(_with_starts(stem)) if may_tell else None


def _with_starts(stem: Passage) -> str:
    """The prose of a stem, with a full stop where emphasis starts: `of these, *choose two*`."""
    if stem.excerpt.is_plain:
        return stem.prose
    characters = list(stem.prose)
    for start, _ in emphasised(stem):
        characters[start] = "."
    return "".join(characters)

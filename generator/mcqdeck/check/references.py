"""Rules about options that can be read only after another one, which shuffling may put below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.check.catch_all import all_of_the_above, none_of_the_above
from mcqdeck.check.combined import combined_options
from mcqdeck.check.item import Item
from mcqdeck.check.pointing import span, whole
from mcqdeck.diagnostic import Finding

_HINTS = ("above", "previous", "preceding", "foregoing", "first", "last", "former", "latter")
_HINTS_OF_NUMBER = ("of these", "of those", "the other ")
_NOUN = r"(?:options?|answers?|choices?)"
_FEW_WORDS = 6
_POINTS = re.compile(
    r"\b(?:of|than|as|to|and|or|plus|only|unlike|except|like)\s+(?:all\s+|both\s+)?the\s+"
    r"(?:above|foregoing|preceding)"
    rf"(?=\s*(?:[.,;:)!?]|$)|\s+(?:{_NOUN}|statements?|is|are|apply|but|and|or)\b)"
    r"|\b(?:same\s+)?(?:as|of)\s+above(?=\s*(?:[.,;:)!?]|$)|\s+(?:but|and|with|without|except)\b)"
    r"|\bthe\s+(?:previous|preceding|foregoing|above)\s+(?:two\s+|three\s+)?(?:options?|choices?)\b"
    r"|\bthe\s+(?:option|answer|choice)s?\s+above\b(?!\s+(?:the|an?|\d))"
    r"|\b(?:(?:same|identical|similar)\s+(?:as|to)|like|unlike|than|opposite\s+of)\s+the\s+"
    r"(?:first|second|third|fourth|last|previous|preceding)\s+(?:option|answer|choice)\b"
    r"(?!\s+(?:in|on|of|from|to)\b)"
    r"|\b(?:both|either|neither|one|two|each)\s+of\s+the\s+(?:previous|preceding)\s+"
    rf"(?:two\s+)?{_NOUN}",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\W*(?:(?:only|both|either|any|exactly|at\s+least|more\s+than)\s+)?(?:of\s+)?"
    r"(?:the\s+(?:first|last|former|latter|other|previous|preceding)\s+(?:two|three|2|3)"
    r"|(?:either|one|two|three|some|several|most|a\s+(?:combination|mix|mixture))\s+of\s+"
    r"(?:these|those|(?:the\s+)?above|the\s+others?))"
    rf"(?:\s+(?:{_NOUN}|statements?|ones?))?(?:\s+(?:only|together|are\s+\w+))?\W*",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\W*(?:all|none|some|most|half|many|few|several|any|only|one|two|three|both|either|neither"
    r"|the\s+(?:first|last|former|latter|other))\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^[^\S\n]*(?:[-*+]|\(?[\divx]{1,3}[.)])\s|^[^\S\n]*\|", re.MULTILINE | re.IGNORECASE
)


def option_refers_to_others(item: Item) -> Iterator[Finding]:
    """An option that means another one by its place means something else, or nothing, once the
    options are shuffled.

    Write out what it stands for, so that each option can be read by itself.
    """
    if not item.is_shuffled:
        return
    together = "\n".join(item.options).casefold()
    points = any(hint in together for hint in _HINTS)
    if not (points or any(hint in together for hint in _HINTS_OF_NUMBER)):
        return
    found = [
        (position, match)
        for position, text in enumerate(item.options)
        if (match := _refers(item, text))
    ]
    if not found:
        return
    told = {
        finding.where
        for rule in (all_of_the_above, none_of_the_above, combined_options)
        for finding in rule(item)
    }
    for position, match in found:
        passage = item.question.options[position].text
        if passage.where not in told:
            is_short = len(passage.text.split()) <= _FEW_WORDS
            where, length = whole(passage) if is_short else span(passage, *match.span())
            words = passage.text if is_short else match[0]
            yield Finding(
                where,
                f"`{' '.join(words.split())}` means other options by their place, "
                "and the options are shuffled",
                "write out what it stands for; a numbered list (`1. [ ]`) keeps its order",
                length,
            )


def _refers(item: Item, text: str) -> re.Match[str] | None:
    if match := _POINTS.search(text):
        return match
    match = _COUNTS.fullmatch(text)
    if match is None or _LISTED.search(item.question.stem.text):
        return None
    others = sum(not _QUANTITY.match(other) for other in item.options)
    return match if others > 1 else None

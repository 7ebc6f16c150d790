"""The rule `option-refers-to-others`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Finding, Severity
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.advice.all_of_the_above import all_of_the_above
from mcqdeck.rules.advice.combined_options import combined_options
from mcqdeck.rules.advice.none_of_the_above import none_of_the_above
from mcqdeck.rules.analysis.other_options import STAYS_LAST
from mcqdeck.rules.analysis.passages import has_labelled_line, has_table
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import first_line, on_one_line, span

_WORDS_OF_PLACE = (
    *("above", "previous", "preceding", "foregoing", "first", "last", "former", "latter"),
    *("of these", "of those", "the other "),
)
"""What every reference has one of."""

_MOST_WORDS_MARKED = 6
"""Words up to which the finding marks the whole option, and not only the reference in it."""

_NOUN = r"(?:options?|answers?|choices?)"

_PLACE_OF_ANOTHER = pattern(
    # Iron and the above · As above, but slower
    r"\b(?:of|than|as|to|and|or|plus|only|unlike|except|like)\s+(?:all\s+|both\s+)?the\s+"
    r"(?:above|foregoing|preceding)"
    rf"(?=\s*(?:[.,;:)!?]|$)|\s+(?:{_NOUN}|statements?|is|are|apply|but|and|or)\b)"
    r"|\b(?:same\s+)?(?:as|of)\s+above(?=\s*(?:[.,;:)!?]|$)|\s+(?:but|and|with|without|except)\b)"
    # The previous option, but cold · The option above
    r"|\bthe\s+(?:previous|preceding|foregoing|above)\s+(?:two\s+|three\s+)?(?:options?|choices?)\b"
    r"|\bthe\s+(?:option|answer|choice)s?\s+above\b(?!\s+(?:the|a|\d))"
    # The same as the first option
    r"|\b(?:(?:same|identical|similar)\s+(?:as|to)|like|unlike|than|opposite\s+of)\s+the\s+"
    r"(?:first|second|third|fourth|last|previous|preceding)\s+(?:option|answer|choice)\b"
    r"(?!\s+(?:in|on|of|from|to)\b)"
    # Neither of the previous answers
    r"|\b(?:both|either|neither|one|two|each)\s+of\s+the\s+(?:previous|preceding)\s+"
    rf"(?:two\s+)?{_NOUN}",
    re.IGNORECASE,
)
"""Words that name the place of another option: `same as above`, `the previous option`."""

_NUMBER_OF_OTHERS = pattern(
    r"\W*(?:(?:only|both|either|any|exactly|at\s+least|more\s+than)\s+)?(?:of\s+)?"
    r"(?:the\s+(?:first|last|former|latter|other|previous|preceding)\s+(?:two|three|2|3)"
    r"|(?:either|one|two|three|some|several|most|a\s+(?:combination|mix|mixture))\s+of\s+"
    r"(?:these|those|(?:the\s+)?above|the\s+others?))"
    rf"(?:\s+(?:{_NOUN}|statements?|ones?))?(?:\s+(?:only|together|are\s+\w+))?\W*",
    re.IGNORECASE,
)
"""A whole option that says how many others it means: `Two of these`, `Only the last two`."""

_NAMES_ONE = pattern(r"\b(?:first|second|third|fourth|last|former|latter)\b", re.IGNORECASE)
"""A word that names one place, not all above: `the second`."""

_QUANTITY = pattern(
    r"\W*(?:all|none|some|most|half|many|few|several|any|only|one|two|three|both|either|neither"
    r"|the\s+(?:first|last|former|latter|other))\b",
    re.IGNORECASE,
)
"""The start of an option that counts: `None of these`, `the last …`."""


def option_refers_to_others(checked: CheckedQuestion) -> Iterator[Finding]:
    """An option that refers to another one by its place means something else, or nothing, once the
    options are shuffled.

    Write out what it stands for, so that each option can be read by itself.
    """
    if not checked.is_shuffled:
        return
    folded = "\n".join(checked.options).casefold()
    if not any(words in folded for words in _WORDS_OF_PLACE):
        return
    references = [
        (position, match)
        for position, text in enumerate(checked.options)
        if (match := _reference(checked, text))
        and (position not in checked.question.pinned or _NAMES_ONE.search(match[0]))
    ]
    if not references:
        return
    reported = {
        finding.where
        for rule in (all_of_the_above, none_of_the_above, combined_options)
        for finding in rule(checked)
    }
    for position, match in references:
        passage = checked.question.options[position].text
        if passage.where not in reported:
            is_short = len(passage.text.split()) <= _MOST_WORDS_MARKED
            where, length = first_line(passage) if is_short else span(passage, *match.span())
            words = on_one_line(passage.text if is_short else match[0])
            message = f"`{words}` refers to other options by their place"
            advice = "write out what it stands for"
            if checked.may_be_apart(position) or _NAMES_ONE.search(match[0]):
                message += ", and the options are shuffled"
                advice += "; a numbered list (`1. [ ]`) keeps its order"
                yield Finding(where, message, advice, length)
            else:
                message += f"; {STAYS_LAST}"
                yield Finding(where, message, advice, length, Severity.WARNING)


def _reference(checked: CheckedQuestion, text: str) -> re.Match[str] | None:
    """The words of an option that refer to others.

    A number of `these` refers to the stem if that has a list, or if nearly all options count.
    """
    if match := _PLACE_OF_ANOTHER.search(text):
        return match
    match = _NUMBER_OF_OTHERS.fullmatch(text)
    stem = checked.question.stem
    if match is None or has_labelled_line(stem) or has_table(stem):
        return None
    others = sum(not _QUANTITY.match(option) for option in checked.options)
    return match if others > 1 else None

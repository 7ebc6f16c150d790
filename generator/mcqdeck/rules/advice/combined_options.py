"""The rule `combined-options`: questions of type K, and tables of verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.joined_parts import VERDICTS, parts_of
from mcqdeck.rules.analysis.other_options import about_others
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.stock_options import TOKEN

_LONGEST = 60  # characters; a longer option says more than which others it combines

_CITING_START = pattern(
    r"\W*(?:both|either|neither|only|all|options?|statements?|answers?|choices?"
    r"|[a-h]|[ivx]{1,4}|[1-9])(?![^\W_])",
    re.IGNORECASE,
)
"""How an option begins that may cite others: `Both A …`, `II and …`, `(2) …`, `Statement 1 …`."""

_LETTERS, _DIGITS, _NUMERALS = frozenset("abcdefgh"), frozenset("123456789"), frozenset("ivx")
_LONGEST_NUMERAL = 4  # viii

# fmt: off
_NOUNS = frozenset({
    "option", "options", "statement", "statements", "answer", "answers", "choice", "choices",
    "assertion", "reason",
})
_TOGETHER = frozenset({"both", "either", "neither", "only", "alone"})
_BESIDE_LABELS = _NOUNS | _TOGETHER | frozenset({
    "and", "or", "nor", "all", "are", "is", "of", "the", "true", "correct", "right",
})
# fmt: on
_BETWEEN_LABELS = pattern(r"[,&]|\b(?:and|or|nor)\b", re.IGNORECASE)
"""What joins two labels: the comma and the `and` of `A, B and C`."""

_BOTH_OF_THEM = pattern(
    r"\W*both(?:\s+of)?(?:\s+the)?\s+"
    r"(?:above|these|those|options|answers|choices|statements|(?:are\s+)?(?:correct|true|right))"
    r"(?:\s+(?:above|are\s+(?:correct|true|right)))?\W*",
    re.IGNORECASE,
)
"""An option for two others: `Both of the above`, `Both statements are true`, `Both are correct`."""


def combined_options(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner who knows one part finds the answer by elimination, and has to keep letters in mind
    instead of facts.

    Ask for all that apply and mark each right option, or ask about each part by itself.
    """
    cited = {
        position: labels
        for position, text in enumerate(checked.options)
        if len(text) < _LONGEST and _CITING_START.match(text) and (labels := _cited_labels(text))
    }
    for position, text in enumerate(checked.options):
        if _BOTH_OF_THEM.fullmatch(text):
            is_apart = "above" in text.casefold() and checked.may_be_apart(position)
            yield _finding(checked, position, "other options", is_shuffled_apart=is_apart)
    if all(_are_verdicts(text) for text in checked.options):
        yield _finding(checked, 0, "the answers to several questions")
    joined = [position for position in cited if _joins_labels(checked.options[position])]
    if joined and _are_listed_in_stem(checked, cited, joined):
        longest = max(joined, key=lambda position: len(cited[position]))
        yield _finding(checked, longest, "parts of the stem")
    else:
        for position in joined:
            if _are_labels_of_options(checked, cited, position):
                is_apart = checked.is_shuffled
                yield _finding(checked, position, "other options", is_shuffled_apart=is_apart)


def _finding(
    checked: CheckedQuestion, position: int, parts: str, *, is_shuffled_apart: bool = False
) -> Finding:
    """A finding about an option that combines `parts`."""
    return about_others(
        checked,
        position,
        f"combines {parts}",
        "ask for all that apply and mark each right option with `[x]`",
        is_shuffled_apart=is_shuffled_apart,
    )


def _are_verdicts(text: str) -> bool:
    """Whether an option says of each of several statements whether it is so: `True, False`."""
    parts = parts_of(text.casefold()) if len(text) < _LONGEST else []
    return len(parts) > 1 and VERDICTS.issuperset(parts)


def _cited_labels(text: str) -> tuple[str, ...]:
    """The letters or numerals that an option cites, if it says nothing else."""
    tokens = TOKEN.findall(text.casefold())
    labels = tuple(token for token in tokens if token not in _BESIDE_LABELS)
    are_of_one_kind = (
        _LETTERS.issuperset(labels)
        or _DIGITS.issuperset(labels)
        or all(_is_numeral(label) for label in labels)
    )
    return labels if are_of_one_kind else ()


def _is_numeral(label: str) -> bool:
    return len(label) <= _LONGEST_NUMERAL and _NUMERALS.issuperset(label)


def _joins_labels(text: str) -> bool:
    """Whether an option that cites others joins them, or says how many or what they are."""
    tokens = TOKEN.findall(text.casefold())
    number = sum(token not in _BESIDE_LABELS for token in tokens)
    if number > 1:
        return len(_BETWEEN_LABELS.findall(text)) >= number - 1
    return not (_TOGETHER | _NOUNS).isdisjoint(tokens)


def _are_listed_in_stem(
    checked: CheckedQuestion, cited: Mapping[int, Sequence[str]], joined: Sequence[int]
) -> bool:
    """Whether the stem lists what the options cite, as `II.`, `(2)`, `b)` or `Statement 1 |`.

    Several options with Roman numerals mean a list wherever it is, such as in a picture.
    """
    if len(joined) > 1 and all(_NUMERALS.issuperset("".join(cited[at])) for at in joined):
        return True
    stem = checked.question.stem.text
    return all(_label_in_list(label).search(stem) for label in cited[joined[0]])


@cache
def _label_in_list(label: str) -> re.Pattern[str]:
    """The label of a line in a list or a table of the stem."""
    return re.compile(rf"(?<![^\W\d])\(?{label}(?:[.):]|\s*\|)", re.IGNORECASE)


def _are_labels_of_options(
    checked: CheckedQuestion, cited: Mapping[int, Sequence[str]], position: int
) -> bool:
    """Whether the labels are those of other options, which cite none, and mean nothing else."""
    for label in cited[position]:
        other = "abcdefgh".find(label) if label.isalpha() else int(label) - 1
        is_option = 0 <= other < len(checked.options) and other != position and other not in cited
        if not is_option or _label_in_prose(label).search(checked.stem[2:]):
            return False
    return True


@cache
def _label_in_prose(label: str) -> re.Pattern[str]:
    """The label where it is a word of its own, a letter only as a capital."""
    return re.compile(rf"(?<!\w){label.upper()}(?!\w)")

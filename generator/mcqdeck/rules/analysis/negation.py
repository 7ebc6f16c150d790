"""The words that make a question ask for what is not true: `not`, `except`, `least` …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.words import SENTENCE, WORD

_MAY_NEGATE = ("not", "never", "except", "least", "but", "'t", "’t")
"""What a text has in lower case if it has a match of `_NEGATIVE`; quicker to look for."""

_NEGATIVE = pattern(r"\b(?:not|never|cannot|except|least|all\s+but)\b|n['’]t\b", re.IGNORECASE)
"""A word that may make a question negative: `not`, `isn't`, `all but`."""

_QUOTED = pattern(r"\"[^\"\n]*\"|“[^“”\n]*”|(?<!\w)'[^'\n]*'(?!\w)|(?<!\w)‘[^‘’\n]*’(?!\w)")
"""Words in quotation marks: `"not now"`, `‘not now’`; no apostrophe as in `don't`."""

# fmt: off
_AUXILIARIES = frozenset({
    "is", "are", "was", "were", "be", "do", "does", "did", "can", "could", "should", "would",
    "will", "must", "may", "might", "has", "have", "had",
})
_FINITE_AUXILIARIES = _AUXILIARIES - {"be", "have"}
_OPENS_SUBORDINATE = frozenset({
    "that", "who", "whom", "whose", "which", "when", "where", "while", "if", "unless", "because",
    "since", "although", "though", "so", "until", "after", "before", "but", "whether", "why", "to",
})
_PREPOSITIONS = frozenset({
    "in", "of", "for", "by", "with", "from", "to", "on", "at", "under", "through", "during",
})
_AFTER_LEAST = frozenset({
    "accurate", "appropriate", "beneficial", "consistent", "correct", "desirable", "effective",
    "helpful", "important", "likely", "plausible", "probable", "relevant", "suitable", "true",
    "useful",
})
# fmt: on
_PRONOUNS = frozenset({"i", "you", "we", "they", "he", "she", "it"})
_JOINING = frozenset({"and", "or", "to", "but", "nor"})
_AFTER_EXCEPT = ("", "for", "which", "what", "one")

_MOST_WORDS_AFTER_AUXILIARY = 4
"""How far behind its auxiliary a `not` may stand: `Which is most likely not …?`."""

_MOST_WORDS_FROM_END = 5
"""How near the end a `not` stands in a sentence that the options complete."""


def negatives(stem: str) -> Iterator[re.Match[str]]:
    """The words of a stem's prose that make its question negative; none that tells of a case."""
    folded_stem = stem.casefold()
    if not any(word in folded_stem for word in _MAY_NEGATE) or not _NEGATIVE.search(stem):
        return
    unquoted = _QUOTED.sub(lambda match: " " * len(match[0]), stem)
    sentences = [match for match in SENTENCE.finditer(unquoted) if WORD.search(match[0])]
    for sentence in sentences:
        is_question = sentence[0].rstrip().endswith("?")
        if (is_question or sentence is sentences[-1]) and _NEGATIVE.search(sentence[0]):
            words = list(WORD.finditer(unquoted, *sentence.span()))
            folded = [word[0].casefold().replace("’", "'") for word in words]
            start = _question_start(unquoted, words, folded, is_question=is_question)
            positions = {*_denials(folded, start), *_exceptions(folded)}
            if start == len(folded) and not sentence[0].rstrip().endswith((".", "!", "?")):
                positions |= _denials_before_options(folded)
            for position in sorted(positions):
                yield words[position]


def _question_start(
    text: str, words: Sequence[re.Match[str]], folded: Sequence[str], *, is_question: bool
) -> int:
    """The position after the word that opens the question; else the end of the sentence.

    `Which`, `what` and `who` open it at the start of a sentence or after a comma, and before a
    question mark also elsewhere; `when`, `where` and `how` only at the start, before an auxiliary.
    """
    for position, word in enumerate(folded):
        is_inverted = folded[position + 1 : position + 2] and folded[position + 1] in _AUXILIARIES
        first = position - bool(position and folded[position - 1] in _PREPOSITIONS)
        if word in ("when", "where", "how"):
            if position == 0 and is_inverted:
                return 1
        elif word.removesuffix("'s") in ("which", "what", "who"):
            gap = text[words[first - 1].end() : words[first].start()] if first else ""
            is_relative = word != "what" and is_inverted and first == position
            is_after_comma = not gap.isspace() and not is_relative
            is_elsewhere = is_question and word != "who" and first == position and gap.isspace()
            if first == 0 or is_after_comma or is_elsewhere:
                return position + 1
    return len(folded)


def _denials(folded: Sequence[str], start: int) -> Iterator[int]:
    """The positions from `start` of each `not` that belongs to the question's own verb."""
    is_contracted = folded[start - 1].endswith("'s")  # what's, who's
    auxiliary = start - 1 if is_contracted else -_MOST_WORDS_AFTER_AUXILIARY
    for position in range(start, len(folded)):
        word, before = folded[position], folded[position - 1]
        if word in _OPENS_SUBORDINATE:
            return
        is_own = before not in _JOINING
        if word in ("not", "never"):
            if position - auxiliary <= _MOST_WORDS_AFTER_AUXILIARY and is_own:
                yield position
        elif word == "cannot" or word.endswith("n't"):
            if before not in _PRONOUNS and is_own:
                yield position
        elif word in _AUXILIARIES and before not in _PRONOUNS and is_own:
            auxiliary = position


def _denials_before_options(folded: Sequence[str]) -> set[int]:
    """The denials near the end of a sentence that the options complete: `The liver does not …`."""
    return {
        position
        for position in _denials(folded, 1)
        if len(folded) - position <= _MOST_WORDS_FROM_END
        and _FINITE_AUXILIARIES.isdisjoint(folded[position + 1 :])
    }


def _exceptions(folded: Sequence[str]) -> Iterator[int]:
    """The positions of `except` or `all but` at the end, and of `least` in `least likely`."""
    for position, word in enumerate(folded):
        following = folded[position + 1] if position + 1 < len(folded) else ""
        is_all_but = word == "but" and position and folded[position - 1] == "all"
        is_exception = (word == "except" or is_all_but) and following in _AFTER_EXCEPT
        if is_exception or (word == "least" and following in _AFTER_LEAST):
            yield position

"""Options that everybody knows: True and False, Yes and No, all of the above, none of the above.

What the reader of a chapter, the rules and the card must agree on is decided here, once. Options
are given as prose, without Markdown's marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Question
from mcqdeck.words import Others, Pair, others_of, pair_of

# fmt: off
_POINTING = frozenset({
    "above", "below", "foregoing", "preceding", "these", "those", "them", "listed", "given",
    "mentioned", "option", "options", "answer", "answers", "choice", "choices", "response",
    "responses", "alternative", "alternatives", "statements", "correct", "true", "apply", "applies",
})
_BETWEEN = frozenset({
    "all", "each", "any", "every", "one", "none", "neither", "no", "nothing", "of", "the", "is",
    "are", "was", "were", "other", "others", "right", "two", "three", "four", "five", "six",
    "following", "provided", "shown", "here", "stated", "they", "there", "everything",
})
_SAYING_WHICH = frozenset({
    "above", "below", "foregoing", "preceding", "these", "those", "them", "listed", "mentioned",
    "correct", "right", "true", "apply", "applies", "other", "none", "neither", "nothing", "of",
})
# fmt: on
_ALONE = frozenset({"none", "neither"})
_ADJECTIVES = frozenset({"right", "wrong", "correct", "incorrect"})
_VALUES = frozenset({"true", "false", "null", "nil", "undefined", "error", "0", "1", "nan"})
_PLACES = ("above", "below", "preceding", "previous", "foregoing")
_LONGEST = 60  # characters; longer options say more than that they stand for others

QUESTION_MARKS = "?？؟"
"""What ends a question, in the scripts that have a mark for it."""

_LABEL = pattern(r"\s*(?:\([a-h]\)|[a-h][.):])\s+", re.IGNORECASE)
"""A letter that the author put before an option: `(d) `, `D. `, `d) `."""

_OPENING = pattern(
    rf"(?:{_LABEL.pattern})?+\W*(?:(?:they\s+are\s+)?(?P<ALL>all|each|any|every|everything)"
    r"|(?:there\s+is\s+)?(?P<NONE>none|neither|no|nothing))\b",
    re.IGNORECASE,
)
"""How an option for others begins: `All of the above`, `They are all …`, `(d) None of these`."""

_QUANTITY = pattern(r"\W*(?:some|most|half|many|few|several|a few|one|two)\b", re.IGNORECASE)
"""How an option for a part of something begins, beside which `all` and `none` are quantities."""

TOKEN = pattern(r"[^\W_]+")
"""A run of letters and digits: `hour`, `8`, `C4`, each of `I` and `II` in `I/II`."""


def are_true_and_false(options: Sequence[str]) -> bool:
    """Whether the options are True and False and say nothing else, in either order.

    They may be in any language that there are words in. `Right` and `Wrong` may be answers too.
    """
    if len(options) != 2 or pair_of(*options) is not Pair.TRUE_FALSE:
        return False
    return not any(text.strip(" .").casefold() in _ADJECTIVES for text in options)


def are_opposites(options: Sequence[str]) -> bool:
    """Whether the options begin with words that leave room for no third: `Yes, …` and `No, …`."""
    if len(options) != 2:
        return False
    if pair_of(*options):
        return True
    first_words = [words[0].strip(",–—") for text in options if (words := text.split())]
    return len(first_words) == 2 and pair_of(*first_words) is not None


def standing_for_others(
    stem: str, options: Sequence[str], language: str
) -> Iterator[tuple[int, Others]]:
    """The positions of the options that mean others, in whatever words, and which others."""
    if language.split("-", maxsplit=1)[0].casefold() == "en":
        yield from _in_english(stem, options)
        return
    for position, option in enumerate(options):
        if others := others_of(option, language):
            yield position, others


def pinned(stem: str, options: Sequence[str], language: str) -> frozenset[int]:
    """The positions of the options that mean something only where they stand, below the others."""
    standing = [position for position, _ in standing_for_others(stem, options, language)]
    return frozenset(
        position
        for position, text in enumerate(options)
        if others_of(text, language) or (position in standing and len(text.split()) > 1)
    )


def kept_last(question: Question, language: str) -> frozenset[int]:
    """The positions of the options that stay below the others, which are shuffled.

    They are those that mean something only there, and those that the author pinned.
    """
    shown = [option.text.shown for option in question.options]
    return pinned(question.stem.shown, shown, language) | question.pinned


def names_place(option: str) -> bool:
    """Whether an option says where the others stand, as in `above`, which shuffling makes wrong."""
    folded = option.casefold()
    return any(place in folded for place in _PLACES)


def _in_english(stem: str, options: Sequence[str]) -> Iterator[tuple[int, Others]]:
    """The positions of the options that begin like one for others and only say that they mean them.

    Beside `some` or `two` they are quantities; a lone `None` may be a value, and `No response` is
    an answer.
    """
    for position, option in enumerate(options):
        opening = _OPENING.match(option)
        if opening is None:
            continue
        label = _LABEL.match(option)
        text = option[label.end() :] if label else option
        if len(text) < _LONGEST:
            words = frozenset(TOKEN.findall(text.casefold()))
            if len(words) == 1 and words <= _ALONE:
                means_others = not _is_value(*words, stem=stem, options=options)
            else:
                means_others = not _POINTING.isdisjoint(words) and words <= _POINTING | _BETWEEN
                if "no" in words:
                    means_others = means_others and not _SAYING_WHICH.isdisjoint(words)
            if means_others and not any(map(_QUANTITY.match, options)):
                yield position, Others[opening.lastgroup or ""]


def _is_value(word: str, *, stem: str, options: Sequence[str]) -> bool:
    """Whether a lone word is an answer like any other: the stem has it, or others are values."""
    values = {text.strip(" `.").casefold() for text in options}
    return word in stem.casefold() or not _VALUES.isdisjoint(values)

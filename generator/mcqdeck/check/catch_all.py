"""Rules about options that stand for the others: all of the above, none of the above."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.check.item import Item
from mcqdeck.check.pointing import at_option, flat
from mcqdeck.diagnostic import Finding

_LABEL = re.compile(r"\s*(?:\([a-h]\)|[a-h][.):])\s+", re.IGNORECASE)
_ALL = re.compile(r"\W*(?:they\s+are\s+)?(?:all|each|any|every|everything)\b", re.IGNORECASE)
_NONE = re.compile(r"\W*(?:none|neither|no|nothing)\b", re.IGNORECASE)
_ALONE = frozenset({"none", "neither"})
_VALUES = frozenset({"true", "false", "null", "nil", "undefined", "error", "0", "1", "nan"})
# fmt: off
_POINTING = frozenset({
    "above", "below", "foregoing", "these", "those", "them", "listed", "given", "mentioned",
    "option", "options", "answer", "answers", "choice", "choices", "response", "responses",
    "alternative", "alternatives", "statements", "correct", "true", "apply",
})
_BETWEEN = frozenset({
    "all", "each", "any", "every", "one", "none", "neither", "no", "nothing", "of", "the", "is",
    "are", "was", "were", "other", "others", "right", "two", "three", "four", "five", "six",
    "following", "provided", "shown", "here", "stated", "they", "everything",
})
# fmt: on
_PLACES = ("above", "below", "preceding", "previous", "foregoing")
_SCALE = re.compile(r"\W*(?:some|most|half|many|few|several|a few|one|two)\b", re.IGNORECASE)
_LONGEST = 60


def all_of_the_above(item: Item) -> Iterator[Finding]:
    """Who sees that two options are right has the answer, and who sees one right may stop there.

    Ask for all that apply and mark each right option, or write one more wrong option instead.
    """
    for position in _standing_for_others(item, _ALL):
        yield _finding(
            item, position, "ask for all that apply and mark each right option with `[x]`"
        )


def none_of_the_above(item: Item) -> Iterator[Finding]:
    """Whoever chooses it has shown what is wrong, and not that they know what is right.

    Write an option instead that is an answer by itself, or leave it out.
    """
    for position in _standing_for_others(item, _NONE):
        yield _finding(item, position, "write an answer instead that stands by itself")


def _standing_for_others(item: Item, opening: re.Pattern[str]) -> Iterator[int]:
    """The positions of the options that begin so and say nothing but that they mean others."""
    for position, option in enumerate(item.options):
        label = _LABEL.match(option)
        text = option[label.end() :] if label else option
        if opening.match(text) and len(text) < _LONGEST:
            words = frozenset(re.findall(r"[^\W_]+", text.casefold()))
            is_alone = len(words) == 1 and words <= _ALONE and not _has_word(item, *words)
            means_others = not _POINTING.isdisjoint(words) and words <= _POINTING | _BETWEEN
            if (is_alone or means_others) and not any(map(_SCALE.match, item.options)):
                yield position


def _has_word(item: Item, word: str) -> bool:
    """Whether the word is an answer as any other: the stem has it too, or it is one of values."""
    values = {text.strip(" `.").casefold() for text in item.options}
    return word in item.question.stem.text.casefold() or not _VALUES.isdisjoint(values)


def _finding(item: Item, position: int, advice: str) -> Finding:
    option = item.question.options[position].text
    message = f"`{flat(option)}` stands for the other options"
    text = item.options[position].casefold()
    is_moved = item.is_shuffled and any(place in text for place in _PLACES)
    return at_option(option, message, advice, is_moved=is_moved)

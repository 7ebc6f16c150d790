"""What is in the passages that may tell a learner why the right option is right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Passage
from mcqdeck.rules.analysis.passages import (
    has_code_or_formula,
    prose_without_links,
    shows_something,
)
from mcqdeck.rules.analysis.words import content_words, word_stem, words

FEWEST_WORDS = 5
"""The words, without those of links, from which on an explanation is a full one."""

_SPACES_OF_FULL_TEXT = 15
"""More spaces than this, in a text without links or comments, make it a full one at a glance."""

# Scripts without spaces between words: Thai, Lao, Myanmar, Khmer, kana, and Chinese characters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"

_WORD_OF_ANY_SCRIPT = pattern(rf"[{_UNSPACED}]{{1,2}}|[^\W_{_UNSPACED}]+(?:['’.,-][^\W_]+)*")
"""A word or a number: `isn't`, `well-known`, `1.5`; in scripts without spaces two characters."""

# fmt: off
_POINTERS = frozenset({
    "see", "also", "source", "sources", "reference", "references", "read", "more", "at", "here",
    "in", "from", "the", "for", "and", "details", "link", "links", "docs", "documentation",
    "explanation", "further", "info", "information", "about", "this",
})
# fmt: on
_VERDICTS = frozenset({"true", "false", "yes", "no", "correct", "incorrect", "right", "wrong"})

_NUMBER = pattern(r"\d+(?:[.,]\d+)*")
"""A number in digits: `7`, `1,500.25`."""

_NAME_IN_CAPITALS = pattern(r"\b[A-Z][A-Z0-9]+s?\b")
"""A name that may be an abbreviation, also in the plural: `UN`, `PCs`, `H2`."""


def is_full(passage: Passage) -> bool:
    """Whether a passage shows something, or says it in enough words that are not a link's."""
    is_paragraph = passage.excerpt.is_plain and len(passage.excerpt.blocks) == 1
    if is_paragraph and passage.text.count(" ") > _SPACES_OF_FULL_TEXT:
        return True
    if shows_something(passage):
        return True
    matches = _WORD_OF_ANY_SCRIPT.finditer(prose_without_links(passage))
    own_words = [word[0] for word in islice(matches, FEWEST_WORDS)]
    if len(own_words) == FEWEST_WORDS:
        return True
    only_points = _POINTERS.issuperset(word.casefold() for word in own_words)
    return not only_points and len(_WORD_OF_ANY_SCRIPT.findall(passage.prose)) >= FEWEST_WORDS


def mentions(passages: Sequence[Passage], key: str) -> bool:
    """Whether passages that explain show a word of a right option, or it has none to share.

    The option is given as prose.
    """
    explanation = "\n".join([passage.shown for passage in passages])
    folded = explanation.casefold()
    wanted = content_words(key) - _VERDICTS
    if any(_begins_a_word(word, folded) for word in wanted):
        return True
    numbers = _NUMBER.findall(key)
    if any(number in explanation for number in numbers):
        return True
    if not wanted:
        return not numbers or any(map(has_code_or_formula, passages))
    if any(_begins_a_word(word_stem(word).rstrip("iy"), folded) for word in wanted):
        return True
    return _is_abbreviated(explanation, key) or _is_abbreviated(key, explanation)


def _begins_a_word(start: str, text: str) -> bool:
    at = text.find(start)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(start, at + 1)
    return at >= 0


def _is_abbreviated(text: str, other: str) -> bool:
    """Whether a text has the initials of the other's words: `UN` of `United Nations`."""
    names = [name.casefold().rstrip("s") for name in _NAME_IN_CAPITALS.findall(text)]
    initials = "".join(word[0] for word in words(other)) if names else ""
    return any(name in initials for name in names)

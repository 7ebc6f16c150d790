"""Words and sentences: what the rules that read English compare."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Protocol

from mcqdeck.markdown.pattern import pattern

WORD = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
"""A word, with its apostrophes: `don't`, `learner's`."""

SENTENCE = pattern(r"(?:[^.!?\n]++|[.!](?=\S)|\n(?![ \t]*\n))++[.!?]*")
"""A sentence with the mark that ends it, up to an empty line at most: `It is 1.5 m. `, `Why?`."""

_SENTENCE_ENDS = (". ", "? ", "! ", ".\n", "?\n", "!\n", "\n\n")

# fmt: off
STOP_WORDS = frozenset({
    "a", "about", "above", "after", "all", "also", "although", "an", "and", "any", "are", "as",
    "at", "be", "because", "been", "before", "being", "below", "best", "between", "both", "but",
    "by", "can", "cannot", "could", "did", "do", "does", "doing", "done", "down", "during", "each",
    "either", "else", "every", "few", "following", "for", "from", "had", "has", "have", "having",
    "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just",
    "least", "less", "likely", "may", "me", "might", "more", "most", "much", "must", "my",
    "neither", "no", "none", "nor", "not", "of", "off", "on", "one", "only", "or", "other", "our",
    "out", "over", "own", "per", "same", "shall", "she", "should", "since", "so", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "to", "too", "under", "until", "up", "upon", "us", "very", "was", "we", "were",
    "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will",
    "with", "within", "without", "would", "you", "your",
})
# fmt: on
"""English words that say little by themselves."""

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
"""The numbers that authors write as words."""


def words(text: str) -> list[str]:
    """The words of a text in order, in lower case, with straight apostrophes."""
    return WORD.findall(text.casefold().replace("’", "'"))


def content_words(text: str) -> set[str]:
    """The words of a text that carry its meaning: those of three letters or more, no stop words."""
    return {word for word in words(text) if len(word) > 2} - STOP_WORDS


def question_in(stem: str) -> str:
    """The sentence of a stem that asks: the last one with a question mark, or else the last."""
    end = stem.rfind("?")
    text = stem[:end] if end >= 0 else stem.rstrip(" \n.!:…")
    return text[max(text.rfind(mark) for mark in _SENTENCE_ENDS) + 1 :]


@lru_cache(maxsize=65_536)
def word_stem(word: str) -> str:
    """What the forms of an English word share: `transfer` for `transfers` and `transferred`."""
    return _stemmer().stemWord(word.removesuffix("'s"))


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


@cache
def _stemmer() -> _Stemmer:
    # Imported late because it loads forty languages, and many banks never need it.
    import snowballstemmer  # noqa: PLC0415

    stemmer: _Stemmer = snowballstemmer.stemmer("english")
    return stemmer

"""The rule `article-cue`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import span
from mcqdeck.stock_options import TOKEN

_ARTICLE_AT_END = pattern(r"(?<![\w’'-])(?P<article>an?)[\s.:…_]*\Z")
"""An article that ends a stem, with what may follow it: `a` in `A whale is a …`."""

_LONGEST_END = 20  # characters in which the article must stand, so that most stems cost no search

_SPELLED_WITH_VOWEL = frozenset("AEFHILMNORSX")  # an MP, an X
_SILENT_H = ("hour", "honest", "honor", "honour", "heir")
# fmt: off
_VOWELS_SPOKEN_AS_CONSONANTS = (  # a unit, a European
    "uni", "use", "usu", "uti", "ute", "ura", "ure", "uri", "uro", "ubi", "eu", "ewe", "one",
    "once",
)
# fmt: on
_VOWELS_AFTER_ALL = ("unin", "unim")  # an uninvited guest


def article_cue(checked: CheckedQuestion) -> Iterator[Finding]:
    """An article that fits only the right option gives the answer to anyone who continues the
    sentence.

    End the stem before the article, and begin each option with its own.
    """
    match = _ARTICLE_AT_END.search(checked.stem[-_LONGEST_END:]) and _ARTICLE_AT_END.search(
        checked.stem
    )
    if not match:
        return
    is_an = match["article"] == "an"
    fits = [_begins_with_vowel(text) is is_an for text in checked.options]
    if fits == [option.is_correct for option in checked.question.options]:
        where, length = span(checked.question.stem, *match.span("article"))
        yield Finding(
            where,
            f"`{match['article']}` fits only the right option",
            "leave it out here, and begin each option with its own article",
            length,
        )


def _begins_with_vowel(text: str) -> bool:
    """Whether `an` stands before the text, as it is spoken."""
    match = TOKEN.search(text)
    word = match[0] if match else ""
    if word[:1].isdigit():
        return word.startswith("8") or word in ("11", "18")
    if len(word) == 1 or (word.isupper() and len(word) <= 4):
        return word[0].upper() in _SPELLED_WITH_VOWEL
    word = word.casefold()
    if word.startswith(_VOWELS_SPOKEN_AS_CONSONANTS) and not word.startswith(_VOWELS_AFTER_ALL):
        return False
    return word.startswith(("a", "e", "i", "o", "u", *_SILENT_H))

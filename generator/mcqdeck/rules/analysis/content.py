"""What a passage says, however it looks: the form in which two texts are compared.

Case, white space, punctuation, quotes and markup are removed. Code, formulas, the targets of images
and signs such as `%` and `<` remain: texts that differ in one of them are different.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Passage
from mcqdeck.rules.analysis.passages import has_image, has_image_by_label, pieces

_BEFORE_WORD = "?!:;,\"'([{…*_"
_AFTER_WORD = "?!:;,.\"')]}…*_"
_NOT_WORDS = frozenset(("", "-", "--", "---", "."))

_HYPHEN = pattern(r"(?<=[^\W\d_])-(?=[^\W\d_])")
"""A hyphen between two letters: that of `well-frozen`, not that of `5-3`."""

_ARTICLE = pattern(r"\A(?:an?|the) (?=\S)")
"""The article before what an option names: the `the ` of `the left side`."""

_ES = pattern(r"(?<=[sxz])es\Z|(?<=[cs]h)es\Z")
"""The end of a plural in `es`: that of `boxes` and `dishes`."""

_NO_PLURALS = ("ss", "us", "is")
_SHORTEST_PLURAL = 4  # letters

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032'", ""),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a", '"'),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", ""),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2014\u2015", " "),
    }
)


def content(passage: Passage) -> str:
    """The words of a passage, and what counts exactly as it is written, with one space between."""
    if passage.excerpt.is_plain:
        return " ".join(_words(passage.text))
    parts = (text if is_exact else " ".join(_words(text)) for text, is_exact in pieces(passage))
    return " ".join(part for part in parts if part)


def content_and_meaning(option: Passage, *, is_english: bool) -> tuple[str, str]:
    """The content of an option, and in English the same without plurals and without an article.

    The meaning is empty where the option is nothing but marks.
    """
    if not is_english:
        return (same := content(option)), same
    if option.excerpt.is_plain:
        words = _words(option.text)
        return " ".join(words), _ARTICLE.sub("", " ".join(_singulars(words)))
    said: list[str] = []
    meant: list[str] = []
    for text, is_exact in pieces(option):
        words = [text] if is_exact else _words(text)
        said += words
        meant += words if is_exact else _singulars(words)
    return " ".join(filter(None, said)), _ARTICLE.sub("", " ".join(filter(None, meant)))


def content_of_stem(stem: Passage, content: str) -> str:
    """The content of a stem; an image is another one in another bank, or under another label.

    An image's path starts at its bank's folder, and a label is defined in its chapter.
    """
    said = content or stem.text.strip()
    if not has_image(stem):
        return said
    home = stem.path if has_image_by_label(stem) else stem.path.rpartition("/")[0]
    return f"{said}\n{home}"


def _singulars(words: Iterable[str]) -> list[str]:
    return [_singular(word) if word[-1] == "s" else word for word in words]


def _singular(word: str) -> str:
    """A word without the `s` of a plural; the same for one and for many."""
    if len(word) < _SHORTEST_PLURAL or word.endswith(_NO_PLURALS):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return _ES.sub("", word) if _ES.search(word) else word[:-1]


def _words(text: str) -> list[str]:
    if text.replace(" ", "").isalpha() and text.isascii():
        return text.casefold().split()
    text = text.casefold()
    if text.isascii():
        text = text.replace("'", "")
    else:
        text = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)
    if "-" in text:
        text = _HYPHEN.sub(" ", text)
    bare = [
        word if word.isalnum() else word.lstrip(_BEFORE_WORD).rstrip(_AFTER_WORD)
        for word in text.split()
    ]
    return [word for word in bare if word not in _NOT_WORDS]

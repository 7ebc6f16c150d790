"""What authors write, recognised in every language that there are words in.

Names of sections and pairs of options are told in any of them, whatever the bank's language is;
phrases in the bank's and in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from unicodedata import normalize

from mcqdeck.markdown.pattern import pattern
from mcqdeck.words._tags import LANGUAGES, spoken_language
from mcqdeck.words._words import own_words

_BRACKET_OR_BAR = pattern(r"([\[\]()|])")
_LONGEST = 80
_IGNORED = {
    ord(character): None
    for character in (
        "\u0307\u0640\u200b\u200c\u200d\u200e\u200f"  # İ's dot, Arabic's lengthening, no width
        + "".join(map(chr, (*range(0x64B, 0x656), 0x670, *range(0x591, 0x5C8))))  # vowel signs
    )
}
_ALIKE = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ى": "ی",
        "ي": "ی",
        "ك": "ک",
        "ؤ": "و",
        "ئ": "ی",
        "ۀ": "ه",
        "ة": "ه",
        "ء": "",
    }
    | {"ı": "i", "ё": "е", "’": "'", "״": '"'}
)
_EDGES = " .:;!?…。．：；！？،؛؟।'\"“”„«»‘’‹›「」『』()（）*_"


class Section(StrEnum):
    """The sections that a question may have."""

    EXPLANATION = "explanation"
    REFERENCES = "references"


class Others(StrEnum):
    """What an option says of the other options, instead of an answer of its own."""

    ALL = "all of the above"
    NONE = "none of the above"
    SOME = "some of the above"


class Pair(StrEnum):
    """Two options besides which there can be no third, in the order that people expect."""

    TRUE_FALSE = "true or false"
    YES_NO = "yes or no"


def section_of(heading: str) -> Section | None:
    """Which section a heading of plain text names, in any language."""
    text = folded(heading)
    english = _sections(("en",)).get(text)
    return english or _sections(LANGUAGES).get(text)


def section_names(language: str) -> tuple[str, ...]:
    """The usual names of the sections in a bank's language, then in English, to suggest one."""
    tags = dict.fromkeys((spoken_language(language) or "en", "en"))
    sources = [own_words(tag).source for tag in tags]
    names = (name for source in sources for name in (source.explanation[0], source.references[0]))
    return tuple(dict.fromkeys(names))


def pair_of(first: str, second: str) -> Pair | None:
    """What two options of plain text are together, in either order and any language."""
    if len(first) > _LONGEST or len(second) > _LONGEST:
        return None
    both = frozenset((folded(first), folded(second)))
    return _pairs(("en",)).get(both) or _pairs(LANGUAGES).get(both)


def others_of(option: str, language: str) -> Others | None:
    """Whether an option of plain text stands for the others, in a bank of `language`.

    It means something only below them, so it stays last when options are shuffled.
    """
    if len(option) > _LONGEST:
        return None
    text = folded(option)
    for tag in dict.fromkeys((spoken_language(language) or "en", "en")):
        if match := _phrases(tag).fullmatch(text):
            return Others[match.lastgroup or ""]
    return None


def folded(text: str) -> str:
    """A text by which words are compared: no white space, no letter case, no marks around it.

    Arabic letters that writers interchange count as one, vowel signs of Arabic and Hebrew not.
    """
    text = text.casefold()
    if not text.isascii():
        text = normalize("NFKC", text).translate(_IGNORED).translate(_ALIKE)
    return "".join(text.split()).strip(_EDGES)


@cache
def _sections(tags: Iterable[str]) -> Mapping[str, Section]:
    sources = [own_words(tag).source for tag in tags]
    return {
        folded(name): section
        for source in sources
        for section, names in (
            (Section.EXPLANATION, source.explanation),
            (Section.REFERENCES, source.references),
        )
        for name in names
    }


@cache
def _pairs(tags: Iterable[str]) -> Mapping[frozenset[str], Pair]:
    sources = [own_words(tag).source for tag in tags]
    return {
        frozenset(map(folded, pair)): kind
        for source in sources
        for kind, pairs in ((Pair.TRUE_FALSE, source.true_false), (Pair.YES_NO, source.yes_no))
        for pair in pairs
    }


@cache
def _phrases(tag: str) -> re.Pattern[str]:
    """One pattern for the folded phrases of a language, with a group named by what it found."""
    source = own_words(tag).source
    kinds = (
        (Others.ALL, source.all_of_the_above),
        (Others.NONE, source.none_of_the_above),
        (Others.SOME, source.some_of_the_above),
    )
    return re.compile(
        "|".join(f"(?P<{kind.name}>{'|'.join(map(_pattern, phrases))})" for kind, phrases in kinds)
    )


def _pattern(phrase: str) -> str:
    """A phrase as a pattern for folded texts: `[a|b]` may be there, `(a|b)` must be."""
    groups = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}
    pieces = _BRACKET_OR_BAR.split(phrase)
    return "".join(groups.get(piece) or re.escape(folded(piece)) for piece in pieces)

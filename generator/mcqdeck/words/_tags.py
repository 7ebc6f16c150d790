"""Language tags (BCP 47): which are valid, what was meant, whose words serve, which way they run."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import Literal

from mcqdeck.markdown.pattern import pattern

LANGUAGES: tuple[str, ...] = (
    *("ar", "cs", "de", "en", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl"),
    *("pt", "pt-PT", "ru", "sv", "tr", "uk", "vi", "zh-Hans", "zh-Hant"),
)
"""The languages that there are words in: `de` is the file `de.py`, `zh-Hans` is `zh_hans.py`."""

Direction = Literal["ltr", "rtl"]

_FARTHEST = 15
"""CLDR's distance up to which readers are content with another language: it covers the variants of
countries, and Luxembourgish readers with German, but not Catalan ones with Spanish (20).
"""
_BETWEEN_PARTS = pattern(r"[\W_]+")
_LONGEST = 100
_RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)

# langcodes and Babel take some hundredths of a second to load, which a bank in a language that has
# a file of words need not wait for.


def is_language(tag: str) -> bool:
    """Whether `tag` is a BCP 47 tag whose every part is registered, as HTML and readers need it.

    Codes of three letters are no tags where there is one of two (`ger`), nor is `en_US` one.
    """
    return tag in LANGUAGES or (len(tag) <= _LONGEST and _is_registered(tag))


def meant_language(text: str) -> str | None:
    """The tag that an author most likely meant by a text that is none.

    Names in English or in the language itself (`japanese`, `Deutsch`), codes of countries (`jp`),
    codes of three letters (`ger`) and a wrong rest (`de_Österreich`) are understood.
    """
    text = text.strip()[:_LONGEST].casefold()
    names = _names()
    if text in names:
        return names[text]
    primary, *rest = _BETWEEN_PARTS.split(text)
    for attempt in ("-".join((primary, *rest)), primary):
        if (tag := _standard(attempt)) and _is_registered(tag):
            return tag
    near = get_close_matches(text, names, n=1, cutoff=0.8) if len(text) > 3 else ()
    return next((names[name] for name in (primary, *near) if name in names), _of_country(primary))


def spoken_language(tag: str) -> str | None:
    """Which of `LANGUAGES` serves the readers of a language; none where none is near enough.

    `de-AT` gives `de`, `zh-TW` gives `zh-Hant`, and a tag that is none gives nothing.
    """
    if tag in LANGUAGES:
        return tag
    from langcodes import closest_match  # noqa: PLC0415
    from langcodes.tag_parser import LanguageTagError  # noqa: PLC0415

    try:
        nearest, distance = closest_match(tag, list(LANGUAGES), max_distance=_FARTHEST)
    except LanguageTagError:
        return None
    return nearest if distance <= _FARTHEST and is_language(tag) else None


def direction_of(tag: str) -> Direction:
    """Which way a language is written: `he`, `fa-IR` and `az-Arab` run from right to left."""
    if tag in LANGUAGES:
        return "rtl" if tag in ("ar", "fa", "he") else "ltr"
    from langcodes import Language  # noqa: PLC0415
    from langcodes.tag_parser import LanguageTagError  # noqa: PLC0415

    try:
        return "rtl" if Language.get(tag).maximize().script in _RIGHT_TO_LEFT else "ltr"
    except LanguageTagError:
        return "ltr"


def english_name(tag: str) -> str:
    """What English calls a language: `de-AT` is `German`. A tag without a name is given back."""
    from babel import Locale  # noqa: PLC0415

    name: str = Locale("en").languages.get(tag.partition("-")[0].lower(), tag)
    return name


def _is_registered(tag: str) -> bool:
    from langcodes import tag_is_valid  # noqa: PLC0415

    if "_" in tag or not tag_is_valid(tag):
        return False
    standard = _standard(tag) or ""
    return len(tag.partition("-")[0]) != 3 or len(standard.partition("-")[0]) != 2


def _standard(tag: str) -> str | None:
    """The tag as it is best written: `ger_at` gives `de-AT`; none where it is not even like one."""
    from langcodes import standardize_tag  # noqa: PLC0415
    from langcodes.tag_parser import LanguageTagError  # noqa: PLC0415

    try:
        return standardize_tag(tag)
    except LanguageTagError:
        return None


def _of_country(code: str) -> str | None:
    """The language that most people of a country read: `jp` gives `ja`."""
    from babel import Locale  # noqa: PLC0415
    from langcodes import Language  # noqa: PLC0415

    if len(code) != 2 or code.upper() not in Locale("en").territories:
        return None
    return Language.make(territory=code.upper()).maximize().language


@cache
def _names() -> dict[str, str]:
    """Tags by the names of their languages, in English and in the languages that have words."""
    from babel import Locale  # noqa: PLC0415

    names = {name.casefold(): code for code, name in Locale("en").languages.items()}
    for tag in LANGUAGES:
        own = Locale.parse(tag, sep="-").languages.get(tag.partition("-")[0])
        if own:
            names.setdefault(own.casefold(), tag.partition("-")[0])
    return {name: tag.replace("_", "-") for name, tag in names.items()}

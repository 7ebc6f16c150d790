"""Characters: HTML escapes, entities, backslash escapes, and what counts as punctuation."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from html.entities import html5
from urllib.parse import quote

from mcqdeck.markdown.pattern import pattern

ASCII_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
REPLACEMENT = "\ufffd"
# What HTML may not hold, and what programs separate texts by.
CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
ENTITY = pattern(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#(\d{1,7})|([A-Za-z][A-Za-z0-9]{0,31}));")
ESCAPE_OR_ENTITY = pattern(rf"\\([!-/:-@\[-`{{-~])|{ENTITY.pattern}")
LONG_REFERENCE = pattern(r"&#[0-9]{9,}+;?")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def without_controls(text: str) -> str:
    """The text with control characters and lone surrogates replaced by U+FFFD, one for one."""
    if text.replace("\n", "").isprintable():  # takes a fraction of the search
        return text
    return CONTROL.sub(REPLACEMENT, text)


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of a text: white space, format characters and fillers."""
    if text.isascii():
        return not text.strip()
    return all(
        character.isspace()
        or character in _FILLERS
        or "\ufe00" <= character <= "\ufe0f"
        or unicodedata.category(character) == "Cf"
        for character in text
    )


def escape(text: str) -> str:
    """The text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """The text as the value of an HTML attribute in double quotes."""
    return escape(text).replace('"', "&quot;")


def escape_url(url: str) -> str:
    """The URL as the value of an HTML attribute; what a URL may not hold is percent-encoded."""
    return escape_attribute(encode_url(url))


def encode_url(url: str) -> str:
    """The URL with what a URL may not hold percent-encoded."""
    return quote(url, safe="-_.+!*'(),%#@?=;:/&$~")


def entity(match: re.Match[str]) -> str:
    """The character that a match of `ENTITY` stands for, or the text itself if there is none."""
    hexadecimal, decimal, name = match.groups()[-3:]
    if name is not None:
        return html5.get(f"{name};", match[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF:
        return REPLACEMENT
    return without_controls(chr(code))


def unescape(text: str) -> str:
    """The text without backslash escapes and entities, as in targets, titles and info strings."""
    if "\\" not in text and "&" not in text:
        return text
    return ESCAPE_OR_ENTITY.sub(lambda match: match[1] or entity(match), text)


@lru_cache(maxsize=1024)
def is_punctuation(character: str) -> bool:
    """Whether the character is punctuation where emphasis is concerned."""
    return character in ASCII_PUNCTUATION or (
        character > "\x7f" and unicodedata.category(character).startswith("P")
    )


def unescape_html(text: str) -> str:
    """The text that HTML means by a text, whatever the length of its character references.

    Python reads no integer of more than 4,300 digits and raises `ValueError`; no character has a
    number of even nine, so such a reference means U+FFFD.
    """
    return html.unescape(LONG_REFERENCE.sub(REPLACEMENT, text)) if "&" in text else text

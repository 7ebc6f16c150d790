"""What a passage says, whatever its look: the form in which two texts are compared.

Case, white space, punctuation, quotes and markup are gone. Code, mathematics, the targets of images
and signs such as `%` and `<` remain: a text in which one of them differs is another text.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator

from mcqdeck.check.item import HAS_MARKUP, MARKUP
from mcqdeck.model import Passage

_BEFORE = "?!:;,\"'([{…*_"
_AFTER = "?!:;,.\"')]}…*_"
_NOTHING = frozenset(("", "-", "--", "---", "."))
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032'", ""),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a", '"'),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\ufeff", ""),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2014\u2015", " "),
    }
)
_LEFT_OUT = dict.fromkeys((*_TYPOGRAPHY, *map(ord, string.punctuation), ord("…")))
_MEANT_TAG = re.compile(r"</?(?:img|sub|sup|audio|video|source)\b|<\w+:")
_LABELLED_IMAGE = re.compile(r"!\[[^\[\]]*\](?!\()")


def content(markdown: str) -> str:
    """The words of a passage with one space between them, and what else makes it this passage."""
    if not HAS_MARKUP.search(markdown):
        return " ".join(_words(markdown))
    parts = (text if is_exact else " ".join(_words(text)) for text, is_exact in _parts(markdown))
    return " ".join(part for part in parts if part)


def outline(markdown: str) -> str:
    """The letters and digits of a passage's content: the same where the content is.

    It takes less time than the content, and few texts that differ share it.
    """
    if HAS_MARKUP.search(markdown):
        markdown = "".join(text for text, _ in _parts(markdown))
    text = markdown.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return "".join(text.translate(_LEFT_OUT).split())


def asked(stem: Passage) -> str:
    """The content of a stem, told apart from that of a stem with another image of the same name.

    An image is a file of its bank, and a label has its meaning in its chapter.
    """
    said = content(stem.text) or stem.text.strip()
    if "![" not in stem.text:
        return said
    is_labelled = _LABELLED_IMAGE.search(stem.text)
    home = stem.path if is_labelled else stem.path.rpartition("/")[0]
    return f"{said}\n{home}"


def codes(markdown: str) -> Iterator[str]:
    """The code, the mathematics and the image targets of a passage."""
    if HAS_MARKUP.search(markdown):
        is_image = False
        for match in MARKUP.finditer(markdown):
            kind = match.lastgroup
            if kind == "image":
                is_image = True
            elif kind in ("fence", "code", "math") or (kind == "target" and is_image):
                is_image = False
                yield _exact(kind, match[0])


def visible(markdown: str) -> str:
    """What a learner sees of a passage, on one line: code stays, its marks go."""
    if not HAS_MARKUP.search(markdown):
        return " ".join(markdown.split())
    return " ".join(MARKUP.sub(_seen, markdown).split())


def _seen(match: re.Match[str]) -> str:
    kind = match.lastgroup
    return _exact(kind, match[0]) if kind in ("fence", "code", "math") else ""


def _words(text: str) -> list[str]:
    if text.replace(" ", "").isalpha() and text.isascii():
        return text.casefold().split()
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = text.translate(_TYPOGRAPHY)
    if "-" in text:
        text = _HYPHEN.sub(" ", text)
    bare = [
        word if word.isalnum() else word.lstrip(_BEFORE).rstrip(_AFTER) for word in text.split()
    ]
    return [word for word in bare if word not in _NOTHING]


def _parts(markdown: str) -> Iterator[tuple[str, bool]]:
    """The prose between pieces that count exactly as they stand, and those pieces.

    Marks may stand inside a word, so they go before the words are told apart.
    """
    is_image, end = False, 0
    prose = ""
    for match in MARKUP.finditer(markdown):
        kind = match.lastgroup
        prose += markdown[end : match.start()]
        end = match.end()
        if kind == "image":
            is_image = True
        elif (
            kind in ("fence", "code", "math")
            or (kind == "target" and is_image)
            or (kind == "tag" and _MEANT_TAG.match(match[0].casefold()))
        ):
            is_image = False
            yield prose, False
            yield _exact(kind, match[0]), True
            prose = ""
    yield prose + markdown[end:], False


def _exact(kind: str | None, text: str) -> str:
    """A piece of code or mathematics, a tag or a target without what only marks it."""
    if kind == "fence":
        return "\n".join(line.rstrip() for line in text.strip().splitlines()[1:-1])
    if kind == "code":
        text = text.strip("`")
    elif kind == "target":
        text = text[1:].strip("()[]").partition(" ")[0]
    return " ".join(text.split())

"""Names for what has none yet: ids of questions, chapters' files, images."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from pathlib import PurePosixPath

from mcqdeck.identity import NOT_IN_MEDIA_NAMES, slug_words
from mcqdeck.pack.deck_names import COLONS

_LONGEST = 56
_MOST_WORDS = 9
# Names that programs give: they tell nothing, and two files will have the same.
_GENERIC = re.compile(
    r"(?:(?:question|frage|pregunta|item|mc|mcq|sa|tf|quiz|id|no|nr|num|number|ident|q|t|copy|of"
    r"|new)[-_ .]*)*[\d.\-_ ()]*|.{0,2}",
    re.IGNORECASE,
)
_RANDOM = re.compile(
    r"[a-z]{0,4}_?(?:[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE
)

ACCENTS = re.compile(r"[\u0300-\u036f]")
_NOT_IN_SUFFIXES = re.compile(r"[^A-Za-z0-9.]")


def slug(text: str) -> str:
    """A text as a slug of its first words; empty where it has no letters and no digits."""
    kept: list[str] = []
    for word in slug_words(text[:400].replace("'", "").replace("’", ""))[:_MOST_WORDS]:
        if kept and len("-".join((*kept, word))) > _LONGEST:
            break
        kept.append(word[:_LONGEST])
    return "-".join(kept)


def is_generic(name: str) -> bool:
    """Whether a name says no more than a number would."""
    return _GENERIC.fullmatch(name.strip()) is not None or is_random(name)


def is_random(name: str) -> bool:
    """Whether a name is a number that a program drew."""
    return _RANDOM.fullmatch(name.strip()) is not None


def digest(*parts: str, length: int = 6) -> str:
    """Some hexadecimal digits that depend on nothing but the parts."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def chapter_title(category: tuple[str, ...]) -> str:
    """The title of the chapter of a category: its levels on one line."""
    levels = [COLONS.sub(":", " ".join(level.split())) for level in category]
    return " – ".join(level for level in levels if level)


def media_name(name: str) -> str:
    """The name of a file, without what a path or an address may not hold."""
    path = PurePosixPath(name.replace("\\", "/"))
    stem = unicodedata.normalize("NFKD", path.stem)
    stem = NOT_IN_MEDIA_NAMES.sub("-", ACCENTS.sub("", stem)).lstrip(".")
    suffix = _NOT_IN_SUFFIXES.sub("", path.suffix).lower()
    return f"{stem[:80] or 'file'}{suffix}"

"""Names for what has none yet: ids of questions, chapters' files, images."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from pathlib import PurePosixPath

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 56
_MOST_WORDS = 9
_OTHERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d",
                         "þ": "th", "ı": "i"})  # fmt: skip
# Names that programs give: they tell nothing, and two files will have the same.
_GENERIC = re.compile(
    r"(?:(?:question|frage|pregunta|item|mc|mcq|sa|tf|quiz|id|no|nr|num|number|ident|q|t|copy|of)"
    r"[-_ .]*)*[\d.\-_ ()]*|[0-9a-f]{16,}|[gi][0-9a-f]{16,}|.{0,2}",
    re.IGNORECASE,
)


def slug(text: str) -> str:
    """A text as a slug of its first words; empty where it has no letters from a to z or digits."""
    folded = unicodedata.normalize("NFKD", text[:400].casefold().translate(_OTHERS))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’\u0300-\u036f]", "", folded))
    kept: list[str] = []
    for word in words[:_MOST_WORDS]:
        if kept and len("-".join((*kept, word))) > _LONGEST:
            break
        kept.append(word[:_LONGEST])
    return "-".join(kept)


def is_generic(name: str) -> bool:
    """Whether a name says no more than a number would."""
    return _GENERIC.fullmatch(name.strip()) is not None


def digest(*parts: str, length: int = 6) -> str:
    """Some hexadecimal digits that depend on nothing but the parts."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def chapter_title(category: tuple[str, ...]) -> str:
    """The title of the chapter of a category: its levels on one line."""
    levels = [re.sub(r":{2,}", ":", " ".join(level.split())) for level in category]
    return " – ".join(level for level in levels if level)


def media_name(name: str) -> str:
    """The name of a file, without what a path or an address may not hold."""
    path = PurePosixPath(name.replace("\\", "/"))
    stem = unicodedata.normalize("NFKD", path.stem)
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", re.sub(r"[\u0300-\u036f]", "", stem)).lstrip(".")
    suffix = re.sub(r"[^A-Za-z0-9.]", "", path.suffix).lower()
    return f"{stem[:80] or 'file'}{suffix}"

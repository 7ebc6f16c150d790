"""An id for a question that has none."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

_WORDS_IN_ID = 8


def slug_words(text: str) -> list[str]:
    """The words of a text in the letters of a slug, other scripts transliterated."""
    return re.findall(r"[a-z0-9]+", anyascii(text).casefold())


def derived_id(stem: str) -> str:
    """A slug from the stem's first words and a checksum of all of it, white space and case folded.

    The same stem always gives the same id, so that writing the id down later keeps it.
    """
    words = slug_words(stem[:1_000])[:_WORDS_IN_ID]
    folded = " ".join(stem.casefold().split())
    checksum = hashlib.sha256(folded.encode()).hexdigest()[:8]
    return "-".join([*words, checksum])

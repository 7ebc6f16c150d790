"""HTML's character references, whatever their length."""

from __future__ import annotations

import html
import re

_LONG_NUMBER = re.compile(r"&#[0-9]{9,}+;?")


def unescape(text: str) -> str:
    """The text that HTML means by a text.

    Python reads no integer of more than 4,300 digits and raises `ValueError`; no character has a
    number of even nine, so such a reference means U+FFFD.
    """
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text

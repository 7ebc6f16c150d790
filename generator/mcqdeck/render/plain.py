"""The short way for passages of plain text, which are most of a bank.

A passage is plain if nothing in it can mean anything in Markdown, HTML, mathematics or Anki: then
its HTML is the text in `<p>`, exactly as the long way gives it.
"""

from __future__ import annotations

import re

WORD = r"[^\\`*_~\[\]!<>&$\{@\x00-\x20\x7f\xa0\ud800-\udfff\ufffe\uffff]++"
# A line begins with a letter or a bracket, or with a number that is not a list's.
BEGIN = r"(?:[^\W\d_]|[(\"'“”‘’„«¿¡…]|\d++(?![.)\d]))"
PLAIN = re.compile(rf"(?={BEGIN}){WORD}(?: {WORD})*+(?:\n(?={BEGIN}){WORD}(?: {WORD})*+)*+")


def is_plain(text: str) -> bool:
    """Whether the text is nothing but words, in lines that cannot begin a block."""
    return PLAIN.fullmatch(text) is not None and "://" not in text and "www." not in text


# A list of plain lines, as most references are.
ITEMS = re.compile(rf"(?:- (?={BEGIN}){WORD}(?: {WORD})*+(?:\n|\Z))++(?<!\n)")


def plain_list(text: str) -> str | None:
    """The HTML of a text that is a list of plain items, each on its line; none for another."""
    if not text.startswith("- ") or not ITEMS.fullmatch(text) or "://" in text or "www." in text:
        return None
    return "<ul>\n<li>" + text[2:].replace("\n- ", "</li>\n<li>") + "</li>\n</ul>"

"""Plain words out of Markdown: a chapter's title."""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_MARKS = re.compile(r"(?<!\\)[*`]+|(?<![\w\\])_+|(?<!\\)_+(?!\w)|<!--.*?-->|</?[A-Za-z][^<>]*>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain(markdown: str) -> str:
    """One line of Markdown without its markup."""
    return " ".join(_ESCAPE.sub(r"\1", _MARKS.sub("", _LINK.sub(r"\1", markdown))).split())

"""How the blocks of GitHub's Markdown begin and end: patterns, and the marks of lists.

The rules are those of the GitHub Flavored Markdown Spec, https://github.github.com/gfm/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import TAG

HEADING = pattern(r"(#{1,6})(?:[ \t]+|$)")
CLOSING_HASHES = pattern(r"(?:^|[ \t])#+[ \t]*$")
UNDERLINE = pattern(r"(?:=+|-+)[ \t]*$")
THEMATIC_BREAK = pattern(r"(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})$")
OPENING_FENCE = pattern(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
FOOTNOTE_DEFINITION = pattern(r"\[\^([^\]\s\x00]+)\]:[ \t]*")
LIST_MARKER = pattern(r"([-+*])(?=[ \t]|$)|(\d{1,9})([.)])(?=[ \t]|$)")
TABLE_RULE = pattern(r"\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)*+\|?[ \t]*+$")
TASK_BOX = pattern(r"\[([ xX])\](?=[ \t])")

BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|"
    "hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|"
    "section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
HTML_START = pattern(
    r"<(?:(?P<raw>script|pre|style|textarea)(?=[\s>]|$)"
    r"|(?P<comment>!--)|(?P<instruction>\?)|(?P<declaration>![A-Z])|(?P<data>!\[CDATA\[)"
    rf"|/?(?P<block>{BLOCK_TAGS})(?=[\s>]|/>|$))",
    re.IGNORECASE,
)
HTML_ENDS = {"comment": "-->", "instruction": "?>", "declaration": ">", "data": "]]>"}
RAW_TEXT_END = pattern(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marker:
    """The mark of a list item. `delimiter` is the bullet, or what follows the number."""

    length: int
    delimiter: str
    number: int | None


def marker(text: str, at: int, *, in_paragraph: bool) -> Marker | None:
    """The mark of a list item at `at`; within a paragraph only some may begin a list."""
    match = LIST_MARKER.match(text, at)
    if not match:
        return None
    bullet, digits, delimiter = match.groups()
    if in_paragraph and (not text[match.end() :].strip(" \t") or (digits and int(digits) != 1)):
        return None
    if bullet:
        return Marker(1, bullet, None)
    return Marker(len(digits) + 1, delimiter, int(digits))


def html_end(text: str, at: int, *, in_paragraph: bool) -> str | None:
    """What ends the HTML block that begins at `at`: empty for a blank line; none if none begins."""
    match = HTML_START.match(text, at)
    if match:
        kind = match.lastgroup or ""
        return "</raw>" if kind == "raw" else HTML_ENDS.get(kind, "")
    tag = None if in_paragraph else TAG.match(text, at)
    return "" if tag and not text[tag.end() :].strip(" \t") else None


def ends_html(text: str, end: str) -> bool:
    """Whether the line holds what ends the HTML block."""
    if end == "</raw>":
        return RAW_TEXT_END.search(text) is not None
    return bool(end) and end in text

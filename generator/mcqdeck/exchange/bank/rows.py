"""Which lines of Markdown are text, and which are code, HTML or a comment, in lists too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})")
_COMMENT = re.compile(r" {0,3}<!--")
_RAW = re.compile(r" {0,3}<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
# HTML that reaches to the next blank line; the last kind of it begins no line of a paragraph.
_HTML = re.compile(
    r" {0,3}</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup"
    r"|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]"
    r"|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option"
    r"|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)"
    r"(?=[\s>]|/>|$)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r" {0,3}(?:<[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"( {0,3}(?:[-+*]|\d{1,9}[.)]))( +|$)")
_NO_PARAGRAPH = re.compile(r" {0,3}#{1,6}(?: |$)|\s*$| {0,3}<!--| {0,3}-+ *$")
_UNDERLINE = re.compile(r" {0,3}=+ *$")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")


class Kind(Enum):
    """What a line is part of. HTML ends at a blank line, what is RAW only at a closing tag."""

    TEXT = auto()
    FENCE = auto()
    COMMENT = auto()
    RAW = auto()
    HTML = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """A line.

    `number` is its index, or if it `is_added` that of the line before which it is put in; `floor`
    how many columns the items of lists around it take off. `closes` says whether it is the last
    line of what it is part of.
    """

    kind: Kind
    text: str
    number: int
    floor: int = 0
    closes: bool = False
    is_added: bool = False


def rows(lines: Sequence[str]) -> Iterator[Row]:
    """Each line with what it is part of; the end that a fence, comment or tag lacks is put in."""
    scanner = _Scanner()
    for number, line in enumerate(lines):
        yield from scanner.take(number, line)
    yield from scanner.end(len(lines))


class _Scanner:
    """Takes one line after the other."""

    def __init__(self) -> None:
        self._kind = Kind.TEXT
        self._closing = ""
        self._floor = 0
        self._items: list[int] = []
        self._in_paragraph = False

    def take(self, number: int, line: str) -> Iterator[Row]:
        """The row of a line, behind the end of what it ends."""
        plain = line.expandtabs(4)
        bare = plain.strip()
        indent = len(plain) - len(plain.lstrip(" "))
        if (bare and indent < self._floor) or (not bare and self._kind is Kind.HTML):
            yield from self.end(number)
        if self._kind is Kind.TEXT:
            content = self._content(plain, indent) if bare else ""
            self._kind, self._closing = _opened(content, may_be_tag=not self._in_paragraph)
            is_underline = self._in_paragraph and _UNDERLINE.match(content) is not None
            begins_none = is_underline or _NO_PARAGRAPH.match(content) or _RULE.match(content)
            self._in_paragraph = self._kind is Kind.TEXT and not begins_none
            floor = self._items[-1] if self._items else 0
            self._floor = 0 if self._kind is Kind.TEXT else floor
            yield Row(self._kind, line, number, floor)
        else:
            closes = self._kind is not Kind.HTML and _closes(bare, self._kind, self._closing)
            yield Row(self._kind, line, number, self._floor, closes=closes)
            if closes:
                self._kind, self._floor = Kind.TEXT, 0

    def end(self, number: int) -> Iterator[Row]:
        """Ends what is open; HTML that reaches to a blank line needs no closing."""
        if self._kind not in (Kind.TEXT, Kind.HTML):
            text = " " * self._floor + self._closing
            yield Row(self._kind, text, number, self._floor, closes=True, is_added=True)
        self._kind, self._floor = Kind.TEXT, 0

    def _content(self, line: str, indent: int) -> str:
        """A line without the margins and marks of the items of lists that it stands in."""
        while self._items and indent < self._items[-1]:
            self._items.pop()
        at = self._items[-1] if self._items else 0
        while (mark := _MARK.match(line[at:])) and not _RULE.match(line[at:]):
            gap = len(mark[2])
            width = len(mark[1]) + (gap if 1 <= gap <= 4 else 1)
            self._items.append(at + width)
            at = min(at + width, len(line))
        return line[at:]


def _opened(content: str, *, may_be_tag: bool) -> tuple[Kind, str]:
    """What a line opens, and the line that ends it."""
    if fence := _FENCE.match(content):
        return Kind.FENCE, fence[1] + fence[2]
    if "<" not in content:
        return Kind.TEXT, ""
    if _COMMENT.match(content):
        is_whole = "-->" in content[content.index("<!--") :]
        return (Kind.TEXT, "") if is_whole else (Kind.COMMENT, "-->")
    if raw := _RAW.match(content):
        return (Kind.TEXT, "") if _RAW_END.search(content) else (Kind.RAW, f"</{raw[1]}>")
    if _HTML.match(content) or (may_be_tag and _TAG.match(content)):
        return Kind.HTML, ""
    return Kind.TEXT, ""


def _closes(bare: str, kind: Kind, closing: str) -> bool:
    if kind is Kind.FENCE:
        mark = closing.strip()
        return bare.startswith(mark) and bare == bare[0] * len(bare)
    return bool(_RAW_END.search(bare)) if kind is Kind.RAW else closing in bare

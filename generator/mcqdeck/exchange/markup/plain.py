"""Plain text as Markdown that shows the same, and HTML as plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mcqdeck.exchange.markup.dialect import BLOCK_TAGS
from mcqdeck.exchange.markup.escape import (
    APART,
    escaped,
    guarded,
    may_touch_formula,
    without_controls,
)
from mcqdeck.exchange.markup.tree import nodes, tag, tree_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What GitHub takes for a formula, if it looks like one: people write dollars for money, too.
_FORMULA = re.compile(
    r"(?<![\w$\\])\$(?![\s$])((?:[^\\$`\n]|\\.)+?)(?<!\s)\$(?![\w$])|\$\$((?:[^\\$\n]|\\.)+?)\$\$"
    r"|\\\((.+?)\\\)|\\\[(.+?)\\\]"
)
_TEX = re.compile(
    r"[\\^{]|_[\w{]|^-?\d*[A-Za-z]$|^[A-Za-z0-9]*\s*[=<>+*/-]\s*[A-Za-z0-9]|^[A-Za-z]\("
)
_BLANK_LINES = re.compile(r"\n(?:[ \t\xa0]*\n)+")
_ENDS_IN_URL = re.compile(r"(?:://|www\.)[^\s>)]*$")
_SPACES = re.compile(r"[ \t\n\r]+")


def markdown_of_plain(text: str) -> str:
    """The Markdown that shows a plain text: its lines, its indentation, its formulas."""
    text = without_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs = _BLANK_LINES.split(text.strip())
    return "\n\n".join(shown for paragraph in paragraphs if (shown := _paragraph(paragraph)))


def _paragraph(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    shown = []
    for number, line in enumerate(lines):
        inner = line.lstrip(" \t")
        margin = len(line[: len(line) - len(inner)].expandtabs(4)) if number else 0
        shown.append("&nbsp;" * margin + guarded(_with_formulas(inner)))
    broken = (line + ("<br>" if _ENDS_IN_URL.search(line) else "\\") for line in shown[:-1])
    return "\n".join((*broken, shown[-1])).strip()


def _with_formulas(line: str) -> str:
    if "$" not in line and "\\" not in line:
        return escaped(line)
    shown = ""
    at = 0
    for match in _FORMULA.finditer(line):
        inline, display, round_, square = match.groups()
        if not any(group and group.strip().strip("\\") for group in match.groups()):
            continue
        if inline is not None and not _TEX.search(inline):
            continue
        tex = inline or round_
        shown = _beside(shown, escaped(line[at : match.start()]))
        shown = _beside(shown, f"${tex.strip()}$" if tex else f"$${(display or square).strip()}$$")
        at = match.end()
    return _beside(shown, escaped(line[at:]))


def _beside(left: str, right: str) -> str:
    """Two pieces, kept apart if one of them is a formula that the other would spoil."""
    if not left or not right:
        return left + right
    ends, begins = left[-1] == "$" and left[-2:] != r"\$", right[0] == "$"
    is_spoiled = (ends and not may_touch_formula(right[0])) or (
        begins and not may_touch_formula(left[-1])
    )
    return left + (APART if is_spoiled else "") + right


def plain_of_html(html: str) -> str:
    """The words of safe HTML: a line for each block, an image as its description in brackets."""
    if "<" not in html and "&" not in html:
        return html
    pieces: list[str] = []
    _write(tree_of(html), pieces)
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(pieces).split("\x00"))
    return "\n".join(line for line in lines if line)


def _write(element: HtmlElement, pieces: list[str]) -> None:
    for node in nodes(element):
        if isinstance(node, str):
            pieces.append(node.replace("\ue01a", "\\"))
            continue
        name = tag(node)
        if name == "img":
            pieces.append(f"[{node.get('alt') or node.get('src') or ''}]")
        elif name == "br":
            pieces.append("\x00")
        elif name == "pre":
            text = "".join(map(str, node.itertext()))
            pieces.append("\x00" + "\x00".join(text.split("\n")) + "\x00")
        elif name in BLOCK_TAGS:
            between = " " if name in {"td", "th"} else "\x00"
            pieces.append(between)
            _write(node, pieces)
            pieces.append(between)
        else:
            _write(node, pieces)

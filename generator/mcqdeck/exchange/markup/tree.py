"""HTML as a tree, and what in it is asked for again and again."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from mcqdeck.exchange.markup.escape import without_controls
from mcqdeck.exchange.missing import needed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    Node: TypeAlias = "str | HtmlElement"

# A backslash that our cards keep from MathJax, as a character that no text holds.
LITERAL_BACKSLASH = "\ue01a"
_SPLIT_BACKSLASH = re.compile(r"\\<span></span>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:>|\Z)|<!\[[^>]*>", re.DOTALL)
_VOID_BREAK = re.compile(r"<wbr\s*/?>", re.IGNORECASE)
_OFFICE = re.compile(r"</?[ovw]:[a-z]+\b[^>]*>", re.IGNORECASE)
_COLON_IN_TAG = re.compile(r"</?[A-Za-z]\w*:")
_PREFIXED = re.compile(r"(</?)m\w*:(?=[a-z])", re.IGNORECASE)


def tree_of(html: str) -> HtmlElement:
    """The HTML as the content of an element, without comments and processing instructions."""
    html = without_controls(html)
    if "<span></span>" in html:
        html = _SPLIT_BACKSLASH.sub(LITERAL_BACKSLASH, html)
    if "<!" in html or "<?" in html:
        html = _COMMENT.sub("", html)
    if "wbr" in html:
        html = _VOID_BREAK.sub("<wbr></wbr>", html)
    if _COLON_IN_TAG.search(html):
        html = _PREFIXED.sub(r"\1", _OFFICE.sub("", html))
    parse, parser = _parse()
    body = parse(f"<html><body><div>{html}</div></body></html>", parser)[0]
    root: HtmlElement = body[0] if len(body) == 1 else body
    return root


@cache
def _parse() -> tuple[Any, Any]:
    """libxml2's function for HTML and its parser; it takes time to load."""
    with needed("lxml"):
        from lxml import etree  # noqa: PLC0415 (slow to load)

    # `_COMMENT` misses what only this parser takes for a comment, such as `<!b`.
    parser = etree.HTMLParser(encoding=None, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring, parser


def nodes(element: HtmlElement) -> list[Node]:
    """The texts and elements in an element, in order; empty texts are left out."""
    text = element.text
    all_nodes: list[Node] = [text] if text else []
    for child in element:
        all_nodes.append(child)
        if tail := child.tail:
            all_nodes.append(tail)
    return all_nodes


def tag(element: HtmlElement) -> str:
    """An element's name in lower case."""
    return str(element.tag).lower()


def text_of(element: HtmlElement) -> str:
    """All text in an element, a line break for each `<br>`."""
    pieces = []
    for node in nodes(element):
        if isinstance(node, str):
            pieces.append(node)
        elif tag(node) == "br":
            pieces.append("\n")
        else:
            pieces.append(text_of(node))
    return "".join(pieces).replace(LITERAL_BACKSLASH, "\\")

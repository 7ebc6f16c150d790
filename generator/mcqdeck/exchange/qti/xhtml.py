"""Safe HTML as the XHTML that QTI 2.1 has room for.

Its content model (https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html#section10047)
lacks some elements and attributes of HTML; these become a class, by which they are found again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from mimetypes import guess_type
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.sax.saxutils import escape, quoteattr

from mcqdeck.exchange.markup.dialect import BLOCK_TAGS
from mcqdeck.exchange.markup.tree import LITERAL_BACKSLASH, nodes, tag, tree_of
from mcqdeck.exchange.outgoing import NOT_IN_XML

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# fmt: off
_KNOWN = frozenset({
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "dfn",
    "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li",
    "ol", "p", "pre", "q", "samp", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "tt", "ul", "var",
})
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "img": frozenset({"alt", "height", "src", "width"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
# fmt: on
_VOID = frozenset({"br", "col", "hr", "img"})
_WORD = re.compile(r"[\w.-]+")


def xhtml(html: str) -> str:
    """HTML as XHTML; what stands outside of any block is put into a `div`."""
    if not html.strip():
        return ""
    return "".join(_blocks(tree_of(html)))


def _blocks(element: HtmlElement) -> Iterator[str]:
    """The content of an element that may hold blocks only."""
    run: list[str] = []
    for node in nodes(element):
        if not isinstance(node, str) and tag(node) in BLOCK_TAGS:
            yield from _flushed(run)
            yield _element(node)
        else:
            run.append(_text(node) if isinstance(node, str) else _element(node))
    yield from _flushed(run)


def _flushed(run: list[str]) -> Iterator[str]:
    content = "".join(run)
    run.clear()
    if content.strip():
        yield f"<div>{content}</div>"
    elif content:
        yield content


def _element(element: HtmlElement) -> str:
    name = tag(element)
    if name in {"audio", "video"}:
        return _object(element)
    shown, classes = _named(name)
    attributes = "".join(_attributes(element, shown, classes))
    if classes:
        attributes = f" class={quoteattr(' '.join(classes))}{attributes}"
    if shown in _VOID:
        return f"<{shown}{attributes}/>"
    if shown == "blockquote":
        return f"<{shown}{attributes}>{''.join(_blocks(element))}</{shown}>"
    content = (_text(node) if isinstance(node, str) else _element(node) for node in nodes(element))
    return f"<{shown}{attributes}>{''.join(content)}</{shown}>"


def _named(name: str) -> tuple[str, list[str]]:
    """An element's name in QTI, and the class that tells of another one."""
    if name in _KNOWN:
        return name, []
    return ("div" if name in BLOCK_TAGS else "span"), [f"mcqdeck-{name}"]


def _attributes(element: HtmlElement, shown: str, classes: list[str]) -> Iterator[str]:
    """The attributes that QTI has; what it has not goes into `classes`, if it is a word."""
    for key, value in element.attrib.items():
        text = NOT_IN_XML.sub("", str(value))
        if key in _ATTRIBUTES.get(shown, ()):
            yield f" {key}={quoteattr(text)}"
        elif key == "class":
            classes.append(text)
        elif key == "title" and shown in {"a", "img"}:
            yield f" label={quoteattr(text)}"
        elif key == "lang":
            yield f" xml:lang={quoteattr(text)}"
        elif _WORD.fullmatch(text):
            classes.append(f"mcqdeck-{key}-{text}")
    if shown == "img" and "alt" not in element.attrib:
        yield ' alt=""'


def _text(text: str) -> str:
    """A text; a backslash before a bracket is kept from opening a formula."""
    shown = escape(NOT_IN_XML.sub("", text.replace(LITERAL_BACKSLASH, "\ue01c")))
    return shown.replace("\ue01c", "\\<span></span>")


def _object(element: HtmlElement) -> str:
    address = str(element.get("src") or "")
    kind = guess_type(unquote(address))[0] or "application/octet-stream"
    label = escape(str(element.get("title") or ""))
    return f"<object data={quoteattr(address)} type={quoteattr(kind)}>{label}</object>"

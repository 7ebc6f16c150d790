"""Safe HTML as the XHTML that QTI 2.1 has room for.

Its schema (https://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd) lacks some elements and
attributes of HTML and is strict about what stands in what: such an element becomes a `div` or a
`span` whose class names it, and an attribute's value goes into a class. By these the reader finds
all of them again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from mimetypes import guess_type
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, quoteattr

from mcqdeck.exchange.markup.dialect import BLOCK_TAGS
from mcqdeck.exchange.markup.tree import LITERAL_BACKSLASH, nodes, tag, tree_of
from mcqdeck.exchange.outgoing import NOT_IN_XML

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# fmt: off
_INLINES = frozenset({
    "a", "abbr", "b", "br", "cite", "code", "dfn", "em", "i", "img", "kbd", "q", "samp", "small",
    "span", "strong", "sub", "sup", "tt", "var",
})
_BLOCKS = frozenset({
    "blockquote", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table",
    "ul",
})
# fmt: on
_FLOW = _INLINES | _BLOCKS
_ROWS, _CELLS, _COLUMNS = frozenset({"tr"}), frozenset({"td", "th"}), frozenset({"col"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
# What may stand in an element; in any other that QTI has, inlines.
_WITHIN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("dd", "div", "li", "td", "th"), _FLOW),
    **dict.fromkeys(("ol", "ul"), frozenset({"li"})),
    **dict.fromkeys(_SECTIONS, _ROWS),
    "blockquote": _BLOCKS,
    "colgroup": _COLUMNS,
    "dl": frozenset({"dt", "dd"}),
    "table": _SECTIONS | _COLUMNS | {"caption", "colgroup"},
    "tr": _CELLS,
}
_STRICT = frozenset({"colgroup", "dl", "ol", "table", "tr", "ul", *_SECTIONS})  # they hold no text
_VOID = frozenset({"br", "col", "hr", "img"})
_TABLE = re.compile(r"(?:caption )?(?:(?:col )*|(?:colgroup )*)(?:t(?:head|body|foot) )+")
_LONGEST = 256  # characters of an alternative text or a label
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_IN_NO_ADDRESS = re.compile(r"""[\s<>"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})""")
_NUMBERED_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#\[\]]*\[[0-9A-Fa-f:.]+\]")


def xhtml(html: str) -> str:
    """HTML as XHTML; what stands outside of any block is put into a `div`."""
    if not html.strip():
        return ""
    return "".join(_blocks(tree_of(html)))


def body_xhtml(html: str) -> str:
    """HTML as XHTML for the body of an item: paragraphs, or else all of it in one `div`.

    Canvas takes a stem from these two only
    (https://github.com/instructure/canvas-lms, `assessment_item_converter.rb`).
    """
    blocks = {tag(node) for node in nodes(tree_of(html)) if not isinstance(node, str)}
    content = xhtml(html)
    return f"<div>{content}</div>" if blocks & BLOCK_TAGS - {"div", "p"} else content


def address(text: str) -> str:
    """An address as XML's `anyURI` has it: what may stand in none is percent-encoded."""
    host = _NUMBERED_HOST.match(text)
    begin = host[0] if host else ""
    head, hash_sign, fragment = text[len(begin) :].partition("#")
    return begin + _encoded(head) + hash_sign + _encoded(fragment).replace("#", "%23")


def _encoded(text: str) -> str:
    return _IN_NO_ADDRESS.sub(lambda match: quote(match[0], safe=""), text)


def _blocks(element: HtmlElement) -> Iterator[str]:
    """The content of an element that may hold blocks only."""
    run: list[str] = []
    for node in nodes(element):
        if not isinstance(node, str) and tag(node) in BLOCK_TAGS:
            yield from _flushed(run)
            yield _element(node, _BLOCKS)
        else:
            run.append(_text(node) if isinstance(node, str) else _element(node, _FLOW))
    yield from _flushed(run)


def _flushed(run: list[str]) -> Iterator[str]:
    content = "".join(run)
    run.clear()
    if content.strip():
        yield f"<div>{content}</div>"
    elif content:
        yield content


def _element(element: HtmlElement, room: frozenset[str], instead: str = "") -> str:
    """An element where only those in `room` may stand; `instead` is what it is written as."""
    name = tag(element)
    if name in {"audio", "video"}:
        return _object(element)
    shown = instead or _shown(element, name, room)
    classes = [] if shown == name else [f"mcqdeck-{name}"]
    attributes = "".join(_attributes(element, shown, classes))
    if classes:
        attributes = f" class={quoteattr(' '.join(classes))}{attributes}"
    if shown in _VOID:
        return f"<{shown}{attributes}/>"
    return f"<{shown}{attributes}>{''.join(_content(element, shown))}</{shown}>"


def _shown(element: HtmlElement, name: str, room: frozenset[str]) -> str:
    """The name of an element in QTI: its own, or that of one that may hold the same there."""
    if name in room and (name not in _STRICT or _is_regular(element)):
        return name
    return "div" if "div" in room and name in BLOCK_TAGS else "span"


def _content(element: HtmlElement, shown: str) -> Iterator[str]:
    """What is in an element that is written as `shown`."""
    if shown == "blockquote":
        yield from _blocks(element)
        return
    if shown == "table":
        yield from _table(element)
        return
    room = _WITHIN.get(shown, _INLINES)
    for node in nodes(element):
        yield _text(node) if isinstance(node, str) else _element(node, room)


def _is_regular(element: HtmlElement) -> bool:
    """Whether a list, a table or a part of one holds just what QTI lets it hold."""
    name = tag(element)
    parts = nodes(element)
    room = _WITHIN[name]
    if any(part.strip() if isinstance(part, str) else tag(part) not in room for part in parts):
        return False
    within = [part for part in parts if not isinstance(part, str)]
    if not all(tag(part) not in _STRICT or _is_regular(part) for part in within):
        return False
    return name != "table" or bool(
        _TABLE.fullmatch("".join(f"{tag(part)} " for part in _parts(element)))
    )


def _parts(table: HtmlElement) -> list[HtmlElement]:
    """The parts of a table, without those that would hold rows and have none."""
    return [
        part
        for part in nodes(table)
        if not isinstance(part, str) and (len(part) or tag(part) not in _SECTIONS)
    ]


def _table(table: HtmlElement) -> Iterator[str]:
    """The parts of a table; QTI wants a body, and a foot before the first of them.

    A head without a body, or a foot behind one, is written as another body.
    """
    parts = _parts(table)
    sections = [part for part in parts if tag(part) in _SECTIONS]
    outer: list[HtmlElement] = []
    for name in ("thead", "tfoot"):
        rest = sections[len(outer) :]
        if len(rest) > 1 and tag(rest[0]) == name:
            outer.append(rest[0])
    for part in parts:
        is_body = part in sections and part not in outer
        yield _element(part, _WITHIN["table"], "tbody" if is_body else "")


def _attributes(element: HtmlElement, shown: str, classes: list[str]) -> Iterator[str]:
    """The attributes that QTI has; what it has no room for goes into `classes`."""
    for key, value in element.attrib.items():
        text = NOT_IN_XML.sub("", str(value))
        name, fitting = _fitting(str(key), text, shown)
        if fitting is not None:
            yield f" {name}={quoteattr(fitting)}"
        if key == "class":
            classes.append(text)
        elif fitting != text:
            classes.append(f"mcqdeck-{key}-{quote(text, safe='')}")
    if shown == "img" and "alt" not in element.attrib:
        yield ' alt=""'


def _fitting(key: str, text: str, shown: str) -> tuple[str, str | None]:
    """What QTI calls an attribute, and the value that may stand there, if any may."""
    attribute = _ATTRIBUTES.get(key)
    if attribute is None or shown not in (attribute.elements or {shown}):
        return key, None
    return attribute.name, attribute.value(text)


def _text(text: str) -> str:
    """A text; a backslash before a bracket is kept from opening a formula."""
    shown = escape(NOT_IN_XML.sub("", text.replace(LITERAL_BACKSLASH, "\ue01c")))
    return shown.replace("\ue01c", "\\<span></span>")


def _object(element: HtmlElement) -> str:
    source = str(element.get("src") or "")
    kind = guess_type(unquote(source))[0] or "application/octet-stream"
    label = escape(str(element.get("title") or ""))
    return f"<object data={quoteattr(address(source))} type={quoteattr(kind)}>{label}</object>"


def _shortened(text: str) -> str:
    return text[:_LONGEST]


def _count(text: str) -> str | None:
    return text if text.isdecimal() else None


def _length(text: str) -> str | None:
    return text if text.removesuffix("%").isdecimal() else None


def _scope(text: str) -> str | None:
    return text if text in {"row", "col", "rowgroup", "colgroup"} else None


def _language(text: str) -> str | None:
    return text if _LANGUAGE_TAG.fullmatch(text) else None


class _Attribute(NamedTuple):
    """An attribute that QTI has room for."""

    name: str
    """What QTI calls it."""

    elements: frozenset[str]
    """The elements that have it; empty where all have."""

    value: Callable[[str], str | None]
    """What of a value may stand there; nothing where it may not at all."""


_IMAGES, _LINKS = frozenset({"img"}), frozenset({"a"})
_ATTRIBUTES: Mapping[str, _Attribute] = {
    "alt": _Attribute("alt", _IMAGES, _shortened),
    "colspan": _Attribute("colspan", _CELLS, _count),
    "height": _Attribute("height", _IMAGES, _length),
    "href": _Attribute("href", _LINKS, address),
    "lang": _Attribute("xml:lang", frozenset(), _language),
    "rowspan": _Attribute("rowspan", _CELLS, _count),
    "scope": _Attribute("scope", frozenset({"th"}), _scope),
    "span": _Attribute("span", _COLUMNS | {"colgroup"}, _count),
    "src": _Attribute("src", _IMAGES, address),
    "title": _Attribute("label", _IMAGES | _LINKS, _shortened),
    "width": _Attribute("width", _IMAGES, _length),
}

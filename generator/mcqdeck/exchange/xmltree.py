"""Untrusted XML as a tree: no entities, no DTD, nothing from the network.

libxml2 with `resolve_entities` off expands none (https://lxml.de/parsing.html); a text that
declares some is refused before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.missing import needed

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY = re.compile(rb"<!\s*ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
# What stands before the root, no part of which is taken back: instructions, comments, a DOCTYPE.
_PROLOG = rb"\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)\s*+)*+"
_ROOT = re.compile(_PROLOG + rb"<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)

_PARSER_POSITION = re.compile(r", line \d+, column \d+(?: \(.*\))?$")


def tree(name: str, data: bytes) -> _Element:
    """The root of the XML `name`.

    Raises:
        McqdeckError: it is not XML, or it declares entities.
    """
    etree, parser = _parser()
    shown = data
    if data.startswith(_UTF_16):
        is_big = data.startswith((b"\xfe\xff", b"\0<"))
        shown = data.decode("utf-16-be" if is_big else "utf-16-le", "replace").encode()
    if _ENTITY.search(shown):
        raise McqdeckError(f"{name}: the XML declares entities, which mcqdeck does not read")
    try:
        root: _Element = etree.fromstring(
            data.lstrip(b"\xef\xbb\xbf \t\r\n") if shown is data else data, parser
        )
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise McqdeckError(f"{name}:{line}:{max(column, 1)}: not XML: {_reason(error)}") from error
    except (ValueError, LookupError) as error:
        raise McqdeckError(f"{name}: not XML: {error}") from error
    return root


@cache
def _parser() -> tuple[Any, Any]:
    """The module lxml.etree, and the one parser for XML; both take time to load."""
    with needed("lxml"):
        from lxml import etree  # noqa: PLC0415 (slow to load)

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    return etree, parser


def _reason(error: Exception) -> str:
    return _PARSER_POSITION.sub("", " ".join(str(error).split())).rstrip(" ,")


def local(element: _Element) -> str:
    """An element's name without its namespace."""
    name = str(element.tag)
    return name[name.index("}") + 1 :] if name[0] == "{" else name


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of those names, whatever their namespace."""
    return element.iterchildren(*_in_any_namespace(names))


@cache
def _in_any_namespace(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{{*}}{name}" for name in names)


def by_name(element: _Element) -> Mapping[str, Sequence[_Element]]:
    """The children by name, whatever their namespace: quicker than to ask for one name by one."""
    parts: dict[str, list[_Element]] = {}
    for inner in element:
        if isinstance(inner.tag, str):
            parts.setdefault(local(inner), []).append(inner)
    return parts


def first(parts: Mapping[str, Sequence[_Element]], name: str) -> _Element | None:
    """The first of the children `by_name` that have that name."""
    elements = parts.get(name)
    return elements[0] if elements else None


def child(element: _Element, name: str) -> _Element | None:
    """The first child of that name."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def descendants(element: _Element, *names: str) -> Iterator[_Element]:
    """The element itself and those below it, if they have one of those names, in document order."""
    return element.iter(*_in_any_namespace(names))


def has(element: _Element, *names: str) -> bool:
    """Whether an element of one of those names is below it."""
    return next(descendants(element, *names), None) is not None


def text(element: _Element | None) -> str:
    """All the text in an element."""
    if element is None:
        return ""
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def written(element: _Element) -> str:
    """An element and all in it as XML, without what follows it."""
    etree, _ = _parser()
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def begins_as(data: bytes, *roots: str) -> bool:
    """Whether bytes begin as XML whose root is one of those."""
    head = data[:4000]
    if head.startswith(_UTF_16):
        head = head.decode("utf-16", "replace").encode()
    match = _ROOT.match(head.lstrip(b"\xef\xbb\xbf"))
    return match is not None and match[1].decode("ascii", "replace") in roots

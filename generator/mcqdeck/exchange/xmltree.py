"""XML from strangers as a tree: no entities, no DTD, nothing from the network.

libxml2 with `resolve_entities` off expands none (https://lxml.de/parsing.html); a text that
declares some is refused before it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.missing import needed

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY = re.compile(rb"<!\s*ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def tree(name: str, data: bytes) -> _Element:
    """The root of the XML `name`.

    Raises:
        McqdeckError: it is not XML, or it declares entities.
    """
    with needed("lxml"):
        from lxml import etree  # noqa: PLC0415 (slow to load)

    shown = data
    if data.startswith(_UTF_16):
        is_big = data.startswith((b"\xfe\xff", b"\0<"))
        shown = data.decode("utf-16-be" if is_big else "utf-16-le", "replace").encode()
    if _ENTITY.search(shown):
        raise McqdeckError(f"{name}: the XML declares entities, which mcqdeck does not read")
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
    try:
        root = etree.fromstring(
            data.lstrip(b"\xef\xbb\xbf \t\r\n") if shown is data else data, parser
        )
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise McqdeckError(f"{name}:{line}:{max(column, 1)}: not XML: {_reason(error)}") from error
    except (ValueError, LookupError) as error:
        raise McqdeckError(f"{name}: not XML: {error}") from error
    return root


def _reason(error: Exception) -> str:
    return re.sub(r", line \d+, column \d+(?: \(.*\))?$", "", " ".join(str(error).split())).rstrip(
        " ,"
    )


def local(element: _Element) -> str:
    """An element's name without its namespace."""
    name = str(element.tag)
    return name[name.index("}") + 1 :] if name[0] == "{" else name


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of those names, whatever their namespace."""
    return element.iterchildren(*(f"{{*}}{name}" for name in names))


def child(element: _Element, name: str) -> _Element | None:
    """The first child of that name."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def descendants(element: _Element, *names: str) -> Iterator[_Element]:
    """The element itself and those below it, if they have one of those names, in document order."""
    return element.iter(*(f"{{*}}{name}" for name in names))


def has(element: _Element, *names: str) -> bool:
    """Whether an element of one of those names is below it."""
    return next(descendants(element, *names), None) is not None


def text(element: _Element | None) -> str:
    """All the text in an element."""
    if element is None:
        return ""
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def begins_as(data: bytes, *roots: str) -> bool:
    """Whether bytes begin as XML whose root is one of those."""
    head = data[:4000]
    if head.startswith(_UTF_16):
        head = head.decode("utf-16", "replace").encode()
    head = re.sub(
        rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>",
        b"",
        head.lstrip(b"\xef\xbb\xbf"),
        flags=re.DOTALL,
    )
    found = re.match(rb"\s*<(?:[\w.-]+:)?([\w.-]+)", head)
    return found is not None and found[1].decode("ascii", "replace") in roots

"""Texts in QTI as those of a bank, with the files of the package that they name."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from mcqdeck.exchange.files import Files
from mcqdeck.exchange.item import NOTHING, Text
from mcqdeck.exchange.markup import Converter, html_in, image, markdown_of_plain
from mcqdeck.exchange.outgoing import REFERENCES_HTML
from mcqdeck.exchange.qti.package import Package
from mcqdeck.exchange.xmltree import descendants, local, written

if TYPE_CHECKING:
    from lxml.etree import _Element

_TWICE = re.compile(
    r"&lt;/?(?:p|div|span|br|strong|b|em|i|ul|ol|li|img|table|sub|sup|h[1-6]|pre|code)\b",
    re.IGNORECASE,
)
# An escaped paragraph around elements that are not escaped.
_HALF_ESCAPED = re.compile(r"\s*&lt;(p|div)&gt;(.*)&lt;/\1&gt;\s*", re.DOTALL)
_MATERIAL_TEXTS = frozenset({"mattext", "matemtext", "mat_formattedtext"})  # the last: Blackboard
_MATERIAL_FILES = frozenset({"matimage", "mataudio"})
_OUTER_TAGS = re.compile(r"^<[^<>]*>|</[^<>]*>\s*$")
_WEB = re.compile(r"(?:https?:)?//|data:|mailto:|#", re.IGNORECASE)


class Texts:
    """Turns texts into Markdown; `losses` tells what could not be kept."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.files = Files({})
        self.document = ""  # the path of the document whose texts are read
        self.trusts_plain = False  # whether a text that says it is plain is just that
        self._converter = Converter(name=self._name)

    @property
    def losses(self) -> set[str]:
        """What could not be kept, a sentence a kind."""
        return self._converter.losses | self.files.losses

    def html(self, html: str) -> Text:
        """A text of HTML, which some programs escape twice."""
        if "<" not in html and _TWICE.search(html):
            html = unescape(html)
        markdown = self._converter.markdown(html) if html.strip() else ""
        return Text(markdown) if markdown else NOTHING

    def material(self, element: _Element | None) -> Text:
        """The texts and images in an element of QTI 1.2, one after another."""
        if element is None:
            return NOTHING
        parts = []
        for text in element.iter("{*}*"):
            name = local(text)
            if name in _MATERIAL_TEXTS:
                parts.append(self._mattext(text).markdown)
            elif name in _MATERIAL_FILES:
                label = text.get("label") or ""
                parts.append(image(self._name(text.get("uri") or ""), label))
        return Text("\n\n".join(part for part in parts if part))

    def explained(self, element: _Element) -> tuple[Text, Text]:
        """The explanation in an element of QTI 1.2, and the references in it by themselves."""
        explanations = list(descendants(element, "mattext"))
        html = (
            explanations[0].text or ""
            if len(explanations) == 1 and not len(explanations[0])
            else ""
        )
        if REFERENCES_HTML not in html:
            return self.material(element), NOTHING
        return self.parted(html)

    def parted(self, html: str) -> tuple[Text, Text]:
        """An explanation in HTML, and what stands in it under the heading References."""
        head, _, tail = html.partition(REFERENCES_HTML)
        return self.html(head), self.html(tail)

    def _mattext(self, element: _Element) -> Text:
        """A text, plain or HTML: many call HTML plain, or do not say."""
        if len(element):
            inner = _OUTER_TAGS.sub("", written(element))
            half = _HALF_ESCAPED.fullmatch(inner)
            return self.html(f"<{half[1]}>{half[2]}</{half[1]}>" if half else inner)
        content = element.text or ""
        kind = (element.get("texttype") or element.get("type") or "").lower()
        if kind in {"text/html", "text/xhtml", "html"}:
            return self.html(content)
        if kind == "text/plain" and self.trusts_plain:
            html = None
        else:
            html = content if _TWICE.search(content) else html_in(content)
        if html is not None:
            return self.html(html)
        return Text(markdown_of_plain(content)) if content.strip() else NOTHING

    def _name(self, address: str) -> str:
        """The path in the bank of a file that a text names."""
        if not address or _WEB.match(address):
            return self.files.path(address)
        file = self._package.find(address, self.document)
        if file is not None:
            key = f"{self.document}|{address}"
            self.files.add(key, file[1], called=file[0])
            return self.files.path(key)
        return self.files.path(address)

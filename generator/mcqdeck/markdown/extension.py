"""GitHub's Markdown as an extension of Python-Markdown.

    markdown.markdown(text, extensions=[GitHubExtension()])

It takes the place of the block parser and of the inline stage, and gives a tree of ordinary
elements, so that tree processors and serializers of Python-Markdown and of other extensions work on
what GitHub shows. Raw HTML goes through the stash, as Python-Markdown has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.util import AtomicString, Registry

import markdown
from mcqdeck.markdown.alerts import alert_of
from mcqdeck.markdown.blocks import parse_blocks
from mcqdeck.markdown.characters import encode_url, escape, without_controls
from mcqdeck.markdown.html import Footnotes
from mcqdeck.markdown.inlines import characters, inlines
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.tree import TEXT_LEAVES, Block, Document, Inline, Kind

_TAGS = {Kind.EMPHASIS: "em", Kind.STRONG: "strong", Kind.STRUCK: "del"}
# What Python-Markdown's serializers take for an entity and so leave alone.
_MAY_BE_ENTITY = pattern(r"&(?=#?\w+;|#?\w*\Z)")


class GitHubExtension(Extension):
    """Makes a `markdown.Markdown` read as GitHub does."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (its name there)
        """Puts the stages in place."""
        md.preprocessors = Registry()
        md.inlinePatterns = Registry()
        for name in ("inline", "prettify", "unescape"):
            md.treeprocessors.deregister(name, strict=False)
        md.parser = GitHubParser(md)


class GitHubParser(BlockParser):
    """Reads a document into a tree of elements, its inlines too."""

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 (its name there)
        """The tree of the lines."""
        document = parse_blocks([without_controls(line) for line in lines])
        root = Element(self.md.doc_tag)
        writer = _Elements(document, self.md)
        writer.blocks(document.root, root)
        writer.footnote_list(root)
        return ElementTree(root)


def makeExtension(**options: Any) -> GitHubExtension:  # noqa: N802 (its name there)
    """The extension, for those who name it as a string."""
    return GitHubExtension(**options)


class _Elements:
    """Makes elements of blocks and inlines."""

    def __init__(self, document: Document, md: markdown.Markdown) -> None:
        self.document = document
        self.md = md
        self.footnotes = Footnotes(document)

    def blocks(self, parent: Block, element: Element) -> None:
        for child in parent.blocks:
            self.block(child, element)

    def block(self, block: Block, parent: Element) -> None:
        tag = block.tag
        if tag == "p" and block.is_tight:
            self.text(block, parent)
        elif tag in TEXT_LEAVES:
            element = SubElement(parent, tag, {"align": block.side} if block.side else {})
            self.text(block, element)
        elif tag == "html":
            self.append_text(parent, f"\n{self.stashed(block.source)}\n")
        elif tag in {"code", "formula"}:
            self.verbatim(block, parent)
        elif tag == "blockquote" and (alert := alert_of(block)):
            self.alert(block, alert, parent)
        elif tag == "li":
            self.item(block, parent)
        elif tag != "footnote":
            element = SubElement(parent, tag)
            if tag == "ol" and block.number != 1:
                element.set("start", str(block.number))
            self.blocks(block, element)

    def verbatim(self, block: Block, parent: Element) -> None:
        if block.tag == "formula":
            SubElement(parent, "p").text = self.exact(block.source)
            return
        code = SubElement(SubElement(parent, "pre"), "code")
        language = block.info.split(maxsplit=1)
        if language:
            code.set("class", f"language-{language[0]}")
        code.text = self.exact(block.source + "\n" if block.lines else "")

    def item(self, block: Block, parent: Element) -> None:
        element = SubElement(parent, "li")
        target = element
        children = block.blocks
        if block.task:
            first = children[0] if children else None
            if first is not None and first.tag == "p" and not first.is_tight:
                target = SubElement(element, "p")
            box = SubElement(target, "input", {"type": "checkbox", "disabled": "disabled"})
            if block.task != " ":
                box.set("checked", "checked")
            box.tail = " "
            if first is not None and target is not element:
                self.text(first, target)
                children = children[1:]
        for child in children:
            self.block(child, element)

    def alert(self, block: Block, kind: str, parent: Element) -> None:
        element = SubElement(parent, "div", {"class": f"markdown-alert markdown-alert-{kind}"})
        SubElement(element, "p", {"class": "markdown-alert-title"}).text = kind.capitalize()
        first, *others = block.blocks
        if len(first.lines) > 1:
            self.text(first.without_lines(1), SubElement(element, "p"))
        for child in others:
            self.block(child, element)

    def footnote_list(self, parent: Element) -> None:
        if not self.footnotes.labels:
            return
        section = SubElement(parent, "section", {"class": "footnotes"})
        items = SubElement(section, "ol")
        position = 0
        while position < len(self.footnotes.labels):
            label = self.footnotes.labels[position]
            position += 1
            element = SubElement(items, "li", {"id": f"fn-{label}"})
            self.blocks(self.document.footnotes[label], element)
            holder = element[-1] if len(element) and element[-1].tag == "p" else element
            self.append_text(holder, " ")
            back = SubElement(holder, "a", {"href": f"#fnref-{label}"})
            back.text = "\u21a9"

    def text(self, leaf: Block, parent: Element) -> None:
        """Adds the inlines of a leaf to an element."""
        self.inlines(inlines(leaf, self.document), parent)

    def inlines(self, pieces: Iterable[Inline], parent: Element) -> None:
        for inline in pieces:
            kind = inline.kind
            if kind is Kind.TEXT:
                self.append_text(parent, self.exact(inline.text))
            elif kind in _TAGS:
                # GitHub shows strong emphasis directly in strong emphasis once.
                is_shown = kind is not Kind.STRONG or parent.tag != "strong"
                mark = SubElement(parent, _TAGS[kind]) if is_shown else parent
                self.inlines(inline.children, mark)
            elif kind is Kind.LINK:
                link = SubElement(parent, "a", dict(self.attributes(inline, "href")))
                self.inlines(inline.children, link)
            elif kind is Kind.IMAGE:
                image = SubElement(parent, "img", dict(self.attributes(inline, "src")))
                image.set("alt", self.exact(inline.text.replace("\n", " ")))
            elif kind is Kind.CODE:
                SubElement(parent, "code").text = self.exact(inline.text)
            else:
                self.leaf(inline, parent)

    def leaf(self, inline: Inline, parent: Element) -> None:
        """Adds an inline that holds no others and is no text."""
        kind = inline.kind
        if kind is Kind.BREAK:
            SubElement(parent, "br")
        elif kind is Kind.HTML:
            self.append_text(parent, self.stashed(inline.text))
        elif kind is Kind.EMOJI:
            self.append_text(parent, characters(inline.text))
        elif kind is Kind.FOOTNOTE:
            self.reference(inline.text, parent)
        else:
            signs = "$$" if kind is Kind.DISPLAY_FORMULA else "$"
            self.append_text(parent, self.exact(f"{signs}{inline.text}{signs}"))

    def reference(self, label: str, parent: Element) -> None:
        number = self.footnotes.number(label)
        attributes = {"href": f"#fn-{label}", "id": f"fnref-{label}"}
        link = SubElement(SubElement(parent, "sup"), "a", attributes)
        link.text = str(number)

    def attributes(self, inline: Inline, name: str) -> Iterator[tuple[str, str]]:
        """The target of a link or image as the attribute `name`, and its title."""
        yield name, self.exact(encode_url(inline.target))
        if inline.title:
            yield "title", self.exact(inline.title)

    def exact(self, text: str) -> str:
        """The text so that it shows as it is; what would be taken for an entity is stashed."""
        if "&" in text and _MAY_BE_ENTITY.search(text):
            return AtomicString(_MAY_BE_ENTITY.sub(lambda _: self.stashed(escape("&")), text))
        return AtomicString(text)

    def stashed(self, html: str) -> str:
        """A placeholder for HTML that is written as it is."""
        return self.md.htmlStash.store(html)

    def append_text(self, parent: Element, text: str) -> None:
        """Adds text behind what is in an element."""
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

"""HTML as the blocks of Markdown: paragraphs, lists, tables, code, quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from mcqdeck.exchange.markup.dialect import BLOCK_TAGS, Dialect
from mcqdeck.exchange.markup.escape import escaped, guarded
from mcqdeck.exchange.markup.footnotes import take_footnotes
from mcqdeck.exchange.markup.inlines import Inlines, Name, on_one_line, open_tag
from mcqdeck.exchange.markup.tables import table
from mcqdeck.exchange.markup.tree import LITERAL_BACKSLASH, nodes, tag, text_of
from mcqdeck.markdown.inlines.parser import RUN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from mcqdeck.exchange.markup.tree import Node

_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|brush:\s*)([A-Za-z0-9_+#.-]+)")
_HOLDERS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "dl", "ul", "ol", "colgroup"})
_DEEPEST = 40
_WORDS_ALONE = re.compile(r"\w[^*_~`\[<\n]*\w")
_DASH_ITEM = re.compile(r"^-(?= |$)", re.MULTILINE)
_NUMBERED_ITEM = re.compile(r"^(\d+)\.(?= |$)", re.MULTILINE)
_FORMULA = re.compile(r"\\[(\[]")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown: its lines, and what it is (`p`, `ul`, `ol`, or another tag)."""

    kind: str
    text: str


class Blocks:
    """Makes blocks; what it cannot keep is noted in `losses`."""

    def __init__(self, dialect: Dialect, name: Name, losses: set[str]) -> None:
        self._dialect = dialect
        self._name = name
        self._losses = losses
        self._inlines = Inlines(dialect, name, losses)
        self._depth = self._nested = 0

    def markdown(self, element: HtmlElement) -> str:
        """The content of an element as Markdown."""
        return joined(self.blocks(element))

    def field(self, element: HtmlElement) -> str:
        """The content of a whole field; the footnotes of one of our cards are footnotes again."""
        if not self._dialect.is_ours or not (notes := take_footnotes(element)):
            return self.markdown(element)
        self._inlines.footnotes = frozenset(notes)
        blocks = self.blocks(element)
        for number, note in notes.items():
            text = prefixed(joined(self.inner(note)), f"[^{number}]: ", " " * 4)
            blocks.append(Block("footnote", text))
        self._inlines.footnotes = frozenset()
        return joined(blocks)

    def inner(self, element: HtmlElement) -> list[Block]:
        """The blocks in a quote or an item, where a heading opens no part of a chapter."""
        self._depth += 1
        blocks = self.blocks(element)
        self._depth -= 1
        return blocks

    def blocks(self, element: HtmlElement) -> list[Block]:
        """The content of an element, block by block; what is nested too deeply is only text."""
        if self._nested > _DEEPEST:
            words = " ".join("".join(map(str, element.itertext())).split())
            return [Block("p", guarded(escaped(words)))] if words else []
        self._nested += 1
        try:
            return self._content(element)
        finally:
            self._nested -= 1

    def _content(self, element: HtmlElement) -> list[Block]:
        blocks: list[Block] = []
        run: list[Node] = []
        for node in nodes(element):
            if isinstance(node, str) or not self._is_block(node):
                run.append(node)
                continue
            self._flush(run, blocks)
            blocks += self._block(node)
        self._flush(run, blocks)
        return blocks

    def _is_block(self, element: HtmlElement) -> bool:
        name = tag(element)
        if name in BLOCK_TAGS or name in {"script", "iframe", "object"}:
            return True
        if name in self._dialect.code and not self._dialect.is_ours:
            return next(element.iter("br"), None) is not None or "\n" in text_of(element).strip()
        return len(element) > 0 and any(
            tag(inner) in BLOCK_TAGS for inner in element.iterdescendants()
        )

    def _flush(self, run: list[Node], blocks: list[Block]) -> None:
        """Makes a paragraph of a run, or several where other programs part them by `<br><br>`."""
        if len(run) < 2 and (not run or (isinstance(run[0], str) and not run[0].strip())):
            run.clear()
            return
        parts = [run] if self._dialect.is_ours or len(run) == 1 else _parted(run)
        texts = (self._inlines.paragraph(part) for part in parts)
        blocks += [Block("p", text) for text in texts if text]
        run.clear()

    def _block(self, element: HtmlElement) -> list[Block]:
        name = tag(element)
        if name in self._dialect.dropped:
            return []
        maker = _MAKERS.get(name)
        if maker:
            return maker(self, element)
        if name in self._dialect.code:
            return self.code(element)
        if name in self._dialect.unwrapped or (name not in BLOCK_TAGS and name != "script"):
            if name in {"iframe", "object"}:
                return self.raw(element)
            return self._wrapped(element, name)
        return self.raw(element)

    def _wrapped(self, element: HtmlElement, name: str) -> list[Block]:
        """The blocks in an element that is none itself; its mark goes onto each paragraph."""
        mark = self._dialect.marks.get(name)
        blocks = self.blocks(element)
        if not mark:
            return blocks
        return [
            Block("p", f"{mark}{block.text}{mark}")
            if block.kind == "p" and _WORDS_ALONE.fullmatch(block.text)
            else block
            for block in blocks
        ]

    def paragraph(self, element: HtmlElement) -> list[Block]:
        """A `<p>`."""
        if any(self._is_block(child) for child in element):
            return self.blocks(element)
        if self._dialect.is_ours and element.attrib:
            return self.raw(element)
        blocks: list[Block] = []
        self._flush(nodes(element), blocks)
        return blocks

    def heading(self, element: HtmlElement) -> list[Block]:
        """A heading; in a question it is a line in bold."""
        text = self._inlines.paragraph(nodes(element))
        if self._dialect.is_ours:
            if not self._depth or "\n" in text or text.endswith("#") or element.attrib:
                return self.raw(element)
            return [Block("heading", f"{'#' * int(tag(element)[1])} {text}".rstrip())]
        text = on_one_line(text)
        is_bold = "**" in text or "<br>" in text or not text
        return [Block("p", text if is_bold else f"**{text}**")] if text else []

    def code(self, element: HtmlElement) -> list[Block]:
        """Code on lines of its own, in a fence."""
        inner = next(iter(element), None)
        is_framed = inner is not None and tag(inner) == "code" and len(element) == 1
        text = text_of(element)
        if self._dialect.is_ours and not (is_framed and (text.endswith("\n") or not text)):
            return self.raw(element)
        if not self._dialect.is_ours:
            text = text.replace("\xa0", " ").strip("\n").rstrip() + "\n"
            if not text.strip():
                return []
        inner_class = inner.get("class") if inner is not None and is_framed else ""
        language = _LANGUAGE.search(f"{element.get('class') or ''} {inner_class or ''}")
        longest = max((2, *map(len, RUN["`"].findall(text))))
        fence = "`" * (longest + 1)
        return [Block("pre", f"{fence}{language[1] if language else ''}\n{text}{fence}")]

    def quote(self, element: HtmlElement) -> list[Block]:
        """A quote."""
        if self._dialect.is_ours and element.attrib:
            return self.raw(element)
        inner = joined(self.inner(element))
        if not inner and not self._dialect.is_ours:
            return []
        return [Block("blockquote", prefixed(inner, "> ", "> "))]

    def rule(self, _: HtmlElement) -> list[Block]:
        """A rule; dashes would make a heading of a line before it."""
        return [Block("hr", "***")]

    def items(self, element: HtmlElement) -> list[Block]:
        """A list, tight if no item has a paragraph of its own."""
        name = tag(element)
        odd = (
            set(element.attrib) - {"start"}
            if self._dialect.is_ours
            else ({"type", "reversed"} & set(element.attrib))
        )
        items = [child for child in element if tag(child) == "li"]
        start = element.get("start") or "1"
        if odd or not items or not (start.isdecimal() and len(start) < 10):
            return self.raw(element) if items else self.blocks(element)
        if self._dialect.is_ours and any(child.attrib for child in items):
            return self.raw(element)
        contents = [self.inner(item) for item in items]
        is_loose = self._is_loose(items, contents)
        lines = []
        for number, blocks in enumerate(contents, start=int(start)):
            mark = f"{number}. " if name == "ol" else "- "
            inner = joined(blocks) if is_loose else "\n".join(block.text for block in blocks)
            if blocks and blocks[0].kind == "hr":
                inner = inner.replace("***", "___", 1)
            lines.append(prefixed(inner, mark, " " * len(mark)))
        return [Block(name, ("\n\n" if is_loose else "\n").join(lines))]

    def _is_loose(self, items: list[HtmlElement], contents: list[list[Block]]) -> bool:
        if any(tag(child) == "p" for item in items for child in item):
            return True
        return any(
            first.kind == second.kind == "p"
            for blocks in contents
            for first, second in pairwise(blocks)
        )

    def table(self, element: HtmlElement) -> list[Block]:
        """A table, as GitHub writes it where that is possible."""
        made = table(element, self._dialect, self._cell)
        return [Block("table", made)] if made else self.raw(element)

    def _cell(self, element: HtmlElement) -> str | None:
        """What a cell shows, on one line; none where it holds blocks."""
        children = list(element)
        is_framed = len(children) == 1 and tag(children[0]) in {"p", "div"}
        if not self._dialect.is_ours and is_framed:
            around = (element.text or "") + (children[0].tail or "")
            element = element if around.strip() else children[0]
        if any(self._is_block(child) for child in element):
            return None
        return self._inlines.paragraph(nodes(element), in_cell=True)

    def raw(self, element: HtmlElement) -> list[Block]:
        """An element as HTML, with Markdown in it where HTML could not say the same."""
        html = self._html(element)
        is_more = "\n\n" in html or _FORMULA.search(html) is not None
        if is_more and tag(element) not in {"script", "pre"}:
            return [Block("html", self._container(element))]
        return [Block("html", html)]

    def _html(self, element: HtmlElement) -> str:
        """An element as HTML and nothing else."""
        name = tag(element)
        if name in self._dialect.dropped:
            return ""
        inner = []
        for node in nodes(element):
            if not isinstance(node, str):
                inner.append(self._html(node))
            elif name in {"script", "style"}:
                inner.append(node)
            else:
                inner.append(_escape(node))
        content = "".join(inner)
        if name in self._dialect.unwrapped:
            return content
        opened = open_tag(element, name, self._dialect, self._name)
        return opened if name in _VOID else f"{opened}{content}</{name}>"

    def _container(self, element: HtmlElement) -> str:
        """An element whose tags stand on lines of their own, with Markdown between them."""
        name = tag(element)
        opened = open_tag(element, name, self._dialect, self._name)
        if name in _HOLDERS:
            parts = [self._container(child) for child in element if tag(child) not in _VOID]
            return "\n".join((opened, *parts, f"</{name}>"))
        inner = self.markdown(element)
        return f"{opened}\n\n{inner}\n\n</{name}>" if inner else f"{opened}</{name}>"


_VOID = frozenset({"br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"})
_MAKERS: dict[str, Callable[[Blocks, HtmlElement], list[Block]]] = {
    "p": Blocks.paragraph,
    "pre": Blocks.code,
    "blockquote": Blocks.quote,
    "hr": Blocks.rule,
    "ul": Blocks.items,
    "ol": Blocks.items,
    "table": Blocks.table,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Blocks.heading),
}


def joined(blocks: Iterable[Block]) -> str:
    """Blocks with blank lines between them; of two lists in a row, the second has other marks."""
    texts: list[str] = []
    last = ""
    for block in blocks:
        text = block.text
        if block.kind == last and last in {"ul", "ol"}:
            is_list = last == "ul"
            text = _DASH_ITEM.sub("*", text) if is_list else _NUMBERED_ITEM.sub(r"\1)", text)
            last = ""
        else:
            last = block.kind
        texts.append(text)
    return "\n\n".join(texts)


def prefixed(text: str, first: str, others: str) -> str:
    """A text with marks before its first line and before the others; blank lines end bare."""
    lines = text.split("\n")
    rest = [(others + line if line else others.rstrip()) for line in lines[1:]]
    return "\n".join([(first + lines[0]).rstrip() if not lines[0] else first + lines[0], *rest])


def _parted(run: list[Node]) -> list[list[Node]]:
    """A run, parted where two breaks or more follow each other."""
    if not any(not isinstance(node, str) and tag(node) == "br" for node in run):
        return [run]
    parts: list[list[Node]] = [[]]
    breaks: list[Node] = []
    for node in run:
        if (not isinstance(node, str) and tag(node) == "br") or (
            breaks and isinstance(node, str) and not node.strip(" \t\n\xa0")
        ):
            breaks.append(node)
        else:
            _end_breaks(breaks, parts)
            parts[-1].append(node)
    return parts


def _end_breaks(breaks: list[Node], parts: list[list[Node]]) -> None:
    if sum(not isinstance(node, str) for node in breaks) > 1:
        parts.append([])
    else:
        parts[-1].extend(breaks)
    breaks.clear()


def _escape(text: str) -> str:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace(LITERAL_BACKSLASH, r"\<span></span>")

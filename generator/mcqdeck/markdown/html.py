"""From the tree to HTML, in the form in which HTML cleaners write it (`<br>`, not `<br />`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mcqdeck.markdown.alerts import alert_of
from mcqdeck.markdown.characters import escape, escape_attribute, escape_url
from mcqdeck.markdown.highlight import code_block
from mcqdeck.markdown.inlines import characters, inlines
from mcqdeck.markdown.raw_html import without_control_references
from mcqdeck.markdown.tree import TEXT_LEAVES, Block, Document, Inline, Kind

_MARKS = {Kind.EMPHASIS: "em", Kind.STRONG: "strong", Kind.STRUCK: "del"}


@dataclass(frozen=True, slots=True)
class Style:
    """How what HTML has no element for is written."""

    formula: tuple[str, str] = ("\\(", "\\)")
    """What stands before and after one."""

    display: tuple[str, str] = ("\\[", "\\]")
    """What stands before and after a displayed formula."""

    box: str = '<input type="checkbox" disabled>'
    checked_box: str = '<input type="checkbox" checked disabled>'
    alert_title: Callable[[str], str] = str.capitalize
    """From the kind of an alert, such as `note`, to its title."""

    footnotes: tuple[str, str] = ('<section class="footnotes">\n', "</section>\n")
    """What stands before and after the list of them."""

    links_footnotes: bool = True
    """Whether references and footnotes lead to each other."""


class Footnotes:
    """The footnotes that were referred to, in the order of their first references.

    Several pieces of a document may share one, so that the numbers go on; each shows below itself
    those that it was the first to refer to.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.labels: list[str] = []
        self.references: dict[str, int] = {}

    def number(self, label: str) -> int:
        """The number of a footnote, from 1."""
        if label not in self.labels:
            self.labels.append(label)
        self.references[label] = self.references.get(label, 0) + 1
        return self.labels.index(label) + 1


def to_html(
    document: Document,
    blocks: Iterable[Block] | None = None,
    *,
    style: Style | None = None,
    footnotes: Footnotes | None = None,
) -> str:
    """The HTML of a document, or of blocks of it that follow one another; it is not made safe.

    A paragraph among `blocks` has its `<p>` even where it is taken out of a tight list.
    """
    writer = _Writer(document, style or Style(), footnotes or Footnotes(document))
    if blocks is None:
        writer.blocks(document.root)
    else:
        for block in blocks:
            if block.tag == "p":
                writer.paragraph(block)
            else:
                writer.block(block)
    writer.footnote_list()
    return "".join(writer.output)


def inlines_to_html(leaf: Block, document: Document, style: Style | None = None) -> str:
    """The HTML of the inlines of a leaf."""
    writer = _Writer(document, style or Style(), Footnotes(document))
    return writer.text(leaf)


class _Writer:
    """Writes one block after the other to `output`."""

    def __init__(self, document: Document, style: Style, footnotes: Footnotes) -> None:
        self.document = document
        self.style = style
        self.footnotes = footnotes
        self.output: list[str] = []
        self._shown_before = len(footnotes.labels)

    def blocks(self, parent: Block) -> None:
        for child in parent:
            self.block(child)

    def block(self, block: Block) -> None:
        tag = block.tag
        if tag == "p":
            if block.is_tight:
                self.output.append(f"{self.text(block)}\n")
            else:
                self.paragraph(block)
        elif tag in TEXT_LEAVES:
            side = f' align="{block.side}"' if block.side else ""
            self.output.append(f"<{tag}{side}>{self.text(block)}</{tag}>\n")
        elif tag == "html":
            self.output.append(f"{without_control_references(block.source)}\n")
        elif tag in {"code", "formula"}:
            self.output.append(self._verbatim(block))
        elif tag == "hr":
            self.output.append("<hr>\n")
        elif tag == "li":
            self._item(block)
        elif tag == "blockquote" and (alert := alert_of(block)):
            self._alert(block, alert)
        elif tag != "footnote":
            start = f' start="{block.number}"' if tag == "ol" and block.number != 1 else ""
            self.output.append(f"<{tag}{start}>\n")
            self.blocks(block)
            self.output.append(f"</{tag}>\n")

    def paragraph(self, block: Block) -> None:
        self.output.append(f"<p>{self.text(block)}</p>\n")

    def text(self, leaf: Block) -> str:
        """The inlines of a leaf."""
        output: list[str] = []
        self._inlines(inlines(leaf, self.document), output, inside=None)
        return "".join(output)

    def _verbatim(self, block: Block) -> str:
        if block.tag == "code" and block.info != "math":
            return code_block(block.source + "\n" if block.lines else "", block.info)
        formula = block.source.strip()
        if block.tag == "formula":
            formula = formula.removeprefix("$$").removesuffix("$$")
        return f"<p>{self._formula(formula, self.style.display)}</p>\n"

    def _formula(self, formula: str, signs: tuple[str, str]) -> str:
        return f"{signs[0]}{escape(formula)}{signs[1]}"

    def _item(self, block: Block) -> None:
        output, children, box = self.output, block.blocks, self._box(block)
        first, last = (children[0], children[-1]) if children else (None, None)
        if first is None or first.is_tight:
            output.append(f"<li>{box}")
        elif box and first.tag == "p":
            output.append(f"<li>\n<p>{box}{self.text(first)}</p>\n")
            children = children[1:]
        else:
            output.append(f"<li>{box}\n")
        for child in children:
            self.block(child)
        if last is not None and last.is_tight:
            output[-1] = output[-1].removesuffix("\n")
        output.append("</li>\n")

    def _box(self, item: Block) -> str:
        if not item.task:
            return ""
        return f"{self.style.box if item.task == ' ' else self.style.checked_box} "

    def _alert(self, block: Block, kind: str) -> None:
        title = escape(self.style.alert_title(kind))
        self.output.append(f'<div class="markdown-alert markdown-alert-{kind}">\n')
        self.output.append(f'<p class="markdown-alert-title">{title}</p>\n')
        first, *others = block.blocks
        if len(first.lines) > 1:
            self.paragraph(first.without_lines(1))
        for child in others:
            self.block(child)
        self.output.append("</div>\n")

    def footnote_list(self) -> None:
        """The footnotes that were referred to first since the writer began."""
        footnotes, first = self.footnotes, self._shown_before
        if len(footnotes.labels) <= first:
            return
        start = f' start="{first + 1}"' if first else ""
        self.output.append(f"{self.style.footnotes[0]}<ol{start}>\n")
        position = first
        while position < len(footnotes.labels):  # a footnote may refer to another
            label = footnotes.labels[position]
            position += 1
            identity = f' id="fn-{escape_attribute(label)}"' if self.style.links_footnotes else ""
            self.output.append(f"<li{identity}>\n")
            self._footnote(self.document.footnotes[label], label)
            self.output.append("</li>\n")
        self.output.append(f"</ol>\n{self.style.footnotes[1]}")

    def _footnote(self, block: Block, label: str) -> None:
        back = ""
        if self.style.links_footnotes:
            back = f' <a href="#fnref-{escape_attribute(label)}">\u21a9</a>'
        children: Sequence[Block] = block.blocks
        for child in children[:-1]:
            self.block(child)
        if children and children[-1].tag == "p":
            self.output.append(f"<p>{self.text(children[-1])}{back}</p>\n")
        else:
            if children:
                self.block(children[-1])
            self.output.append(back.lstrip())

    def _inlines(self, inlines: Iterable[Inline], output: list[str], inside: Kind | None) -> None:
        for inline in inlines:
            kind = inline.kind
            if kind is Kind.TEXT:
                output.append(escape(inline.text))
            elif kind in _MARKS:
                # GitHub shows strong emphasis directly in strong emphasis once.
                tag = "" if kind is Kind.STRONG and inside is Kind.STRONG else _MARKS[kind]
                output.append(f"<{tag}>" if tag else "")
                self._inlines(inline.children, output, kind)
                output.append(f"</{tag}>" if tag else "")
            elif kind is Kind.LINK:
                output.append(f'<a href="{escape_url(inline.target)}"{_title(inline)}>')
                self._inlines(inline.children, output, kind)
                output.append("</a>")
            else:
                output.append(self._leaf(inline))

    def _leaf(self, inline: Inline) -> str:
        """An inline that holds no others; of an image, the description is text."""
        kind, text = inline.kind, inline.text
        if kind is Kind.CODE:
            return f"<code>{escape(text)}</code>"
        if kind is Kind.FORMULA:
            return self._formula(text, self.style.formula)
        if kind is Kind.DISPLAY_FORMULA:
            return self._formula(text, self.style.display)
        if kind is Kind.HTML:
            return without_control_references(text)
        if kind is Kind.BREAK:
            return "<br>"
        if kind is Kind.EMOJI:
            return characters(text)
        if kind is Kind.FOOTNOTE:
            return self._reference(text)
        alt = escape_attribute(text.replace("\n", " "))
        return f'<img src="{escape_url(inline.target)}" alt="{alt}"{_title(inline)}>'

    def _reference(self, label: str) -> str:
        number = self.footnotes.number(label)
        if not self.style.links_footnotes:
            return f"<sup>{number}</sup>"
        name = escape_attribute(label)
        return f'<sup><a href="#fn-{name}" id="fnref-{name}">{number}</a></sup>'


def _title(inline: Inline) -> str:
    return f' title="{escape_attribute(inline.title)}"' if inline.title else ""

"""A piece of a document as a text of its own, with the way back: its source, its prose, its words.

Whoever wants to know what a passage says asks here, and so never looks for Markdown's marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from itertools import accumulate
from typing import Any, Generic, NamedTuple, TypeVar, overload

from mcqdeck.markdown.blocks.line import TAB
from mcqdeck.markdown.characters import unescape_html
from mcqdeck.markdown.html import Footnotes, Style, to_html
from mcqdeck.markdown.inlines import characters, inlines
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import pieces, read_tag
from mcqdeck.markdown.tree import TEXT_LEAVES, Block, Document, Inline, Kind

_FENCES = frozenset({"code", "formula"})


class Sort(Enum):
    """The kinds of pieces that an excerpt says."""

    PROSE = "words"
    EXACT = "code or a formula, which counts exactly as it stands"
    DESCRIPTION = "the words that describe an image"
    IMAGE = "the target of an image"
    TAG = "HTML that changes what a text says, such as `<sub>`"


class Said(NamedTuple):
    """A piece of what an excerpt says."""

    text: str
    sort: Sort = Sort.PROSE


_LINE_END = Said("\n")


T = TypeVar("T")


class once(Generic[T]):  # noqa: N801  # reads like `property`
    """A property that is worked out when it is first asked for, and then stands in the object.

    `functools.cached_property` takes a lock for that, which costs more than most of these.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> T | once[T]:
        if instance is None:
            return self
        value = self._work(instance)
        setattr(instance, self._name, value)
        return value


class Excerpt:
    """Blocks of a document that follow one another.

    `indent` is how many columns the blocks' container takes off each line, `is_quoted` whether its
    `>` marks come off after that, and `column` where the text of the first line begins. What is
    asked for is worked out once.
    """

    def __init__(
        self,
        document: Document,
        blocks: Sequence[Block],
        *,
        indent: int = 0,
        column: int = 0,
        is_quoted: bool = False,
    ) -> None:
        self.document = document
        self.blocks = tuple(blocks)
        is_paragraph = len(blocks) == 1 and blocks[0].tag == "p"
        self._paragraph = blocks[0] if is_paragraph else None
        self._indent = indent
        self._column = column
        self._is_quoted = is_quoted

    def __eq__(self, other: object) -> bool:
        """Whether the other says the same at the same places."""
        return isinstance(other, Excerpt) and self._lines == other._lines

    def __hash__(self) -> int:
        return hash(self.text)

    @once
    def _lines(self) -> tuple[list[str], list[int], list[int]]:
        """The lines of the text, and the row and column of the document at which each begins."""
        if block := self._paragraph:
            rows = list(range(block.row, block.row + len(block.lines)))
            return block.lines, rows, block.columns
        texts: list[str] = []
        rows = []
        columns: list[int] = []
        end = -1
        for block in self.blocks:
            if 0 <= end < block.start:
                texts.append("")
                rows.append(end)
                columns.append(0)
            if block.tag == "p":
                texts += block.lines
                columns += block.columns
                rows += range(block.row, block.row + len(block.lines))
            else:
                for row in range(block.start, block.end):
                    text, column = self._cut(row, is_first=end < 0 and row == block.start)
                    texts.append(text)
                    rows.append(row)
                    columns.append(column)
            end = max(block.end, block.row + len(block.lines))
        return texts, rows, columns

    def _cut(self, row: int, *, is_first: bool) -> tuple[str, int]:
        """A line of the document without the marks of the container, and where it begins."""
        line = self.document.lines[row]
        if is_first and self._column:
            return line[self._column :], self._column
        text, column = cut_indent(line, self._indent)
        if self._is_quoted:
            rest = text.lstrip(" ")
            if rest.startswith(">"):
                rest = rest[1:].removeprefix(" ")
                return rest, column + len(text) - len(rest)
        return text, column

    @once
    def text(self) -> str:
        """The source of the blocks, without the marks of their container."""
        return self._paragraph.source if self._paragraph else "\n".join(self._lines[0])

    @once
    def _starts(self) -> list[int]:
        """The offset in the text at which each line begins, and where the text ends."""
        return list(accumulate((len(line) + 1 for line in self._lines[0]), initial=0))

    def place(self, offset: int) -> tuple[int, int]:
        """The row and column of the document, from 0, at an offset in `text`."""
        _, rows, columns = self._lines
        if not rows:
            return 0, 0
        if len(rows) == 1 or not offset:
            return rows[0], columns[0] + offset
        starts = self._starts
        index = min(bisect_right(starts, offset) - 1, len(rows) - 1)
        return rows[index], columns[index] + offset - starts[index]

    def offset(self, row: int, column: int) -> int:
        """The offset in `text` at a place of the document; that of the nearest, if it is not in."""
        _, rows, columns = self._lines
        if not rows:
            return 0
        starts = self._starts
        index = max(0, bisect_right(rows, row) - 1)
        start, end = starts[index], starts[index + 1] - 1
        return min(end, start + max(0, column - columns[index]))

    @once
    def is_plain(self) -> bool:
        """Whether it is paragraphs of nothing but words."""
        document = self.document
        for block in self.blocks:
            if block.tag != "p" or not _is_words(inlines(block, document)):
                return False
        return bool(self.blocks)

    @once
    def prose(self) -> str:
        """The words as they stand, everything else replaced by as many spaces.

        An offset in it is one in `text`. Left out are marks, code, formulas, HTML, and targets.
        """
        return self.text if self.is_plain else self._without_marks()

    def _without_marks(self) -> str:
        if self._paragraph:
            return _masked(self._paragraph, self.document)
        texts, rows, columns = self._lines
        lines = [" " * len(text) for text in texts]
        index_of = {row: index for index, row in enumerate(rows)}
        for leaf in self._leaves:
            if leaf.tag in TEXT_LEAVES:
                masked = _masked(leaf, self.document).split("\n")
                for row, (text, column) in enumerate(zip(masked, leaf.columns, strict=False)):
                    index = index_of.get(leaf.row + row)
                    if index is not None and text and not text.isspace():
                        line, at = lines[index], max(0, column - columns[index])
                        lines[index] = f"{line[:at]}{text}{line[at + len(text) :]}"
        return "\n".join(lines)

    @once
    def shown(self) -> str:
        """What a reader sees, on one line: the words, code and formulas without their marks."""
        if self.is_plain:
            return on_one_line(self.text)
        parts = self._parts
        text = "".join([said.text for said in parts if said.sort not in _NOT_SHOWN])
        return " ".join(text.split()) or " ".join(
            said.text for said in parts if said.sort is Sort.IMAGE
        )

    def parts(self) -> tuple[Said, ...]:
        """What is said, in order; blocks are parted by line ends."""
        return self._parts

    @once
    def _parts(self) -> tuple[Said, ...]:
        return tuple(self._all_parts())

    def _all_parts(self) -> Iterator[Said]:
        for leaf in self._leaves:
            if leaf.tag in TEXT_LEAVES:
                yield from _said(inlines(leaf, self.document))
                yield _LINE_END
            elif leaf.tag in _FENCES:
                code = "\n".join(line.rstrip() for line in leaf.lines).strip("\n")
                yield Said(code, Sort.EXACT)
                yield _LINE_END
            elif leaf.tag == "html":
                yield from _said_by_html(leaf.source)

    def leaves(self) -> tuple[Block, ...]:
        """The leaves in the blocks, in order."""
        return self._leaves

    @once
    def _leaves(self) -> tuple[Block, ...]:
        return tuple(leaf for block in self.blocks for leaf in block.leaves())

    def inlines(self) -> Iterator[tuple[Block, Inline]]:
        """Every inline with its leaf, those that hold others before these."""
        for leaf in self._leaves:
            if leaf.tag in TEXT_LEAVES:
                for inline in walk(inlines(leaf, self.document)):
                    yield leaf, inline

    def html(self, style: Style | None = None, footnotes: Footnotes | None = None) -> str:
        """The HTML of the blocks, not made safe."""
        return to_html(self.document, self.blocks, style=style, footnotes=footnotes)


def on_one_line(text: str) -> str:
    """A text with one space for each run of white space, and none around it."""
    if text.isprintable() and "  " not in text and text.strip() == text:
        return text  # no white space but spaces is printable; to see that takes less time
    return " ".join(text.split())


def walk(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Inlines and all in them, those that hold others before these."""
    for inline in inlines:
        yield inline
        if inline.children:
            yield from walk(inline.children)


def cut_indent(line: str, width: int) -> tuple[str, int]:
    """Takes up to `width` columns of white space off a line: the rest, and where it begins.

    A tab that reaches further leaves spaces.
    """
    if not width or line[:width].count(" ") == width:
        return line[width:], width
    taken, position = 0, 0
    while position < len(line) and taken < width and line[position] in " \t":
        taken += TAB - taken % TAB if line[position] == "\t" else 1
        position += 1
    left_over = max(0, taken - width)
    return " " * left_over + line[position:], position - left_over


def _is_words(leaf_inlines: Sequence[Inline]) -> bool:
    """Whether inlines are one text, each character as it is written."""
    if len(leaf_inlines) != 1 or leaf_inlines[0].kind is not Kind.TEXT:
        return False
    return leaf_inlines[0].end - leaf_inlines[0].start == len(leaf_inlines[0].text)


def _masked(leaf: Block, document: Document) -> str:
    """The source of a leaf with everything but its words as spaces."""
    source = leaf.source
    leaf_inlines = inlines(leaf, document)
    if _is_words(leaf_inlines):
        return source
    pieces: list[str] = []
    at = 0
    for inline in walk(leaf_inlines):
        if inline.kind is Kind.TEXT and inline.text != "\n":
            width = inline.end - inline.start
            text = inline.text if len(inline.text) <= width else " " * width
            pieces += (_blank(source[at : inline.start]), text)
            at = inline.start + len(text)
    pieces.append(_blank(source[at:]))
    return "".join(pieces)


def _blank(text: str) -> str:
    """As many spaces, with the line ends left."""
    if "\n" not in text:
        return " " * len(text)
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _said(inlines: Iterable[Inline]) -> Iterator[Said]:
    for inline in inlines:
        kind = inline.kind
        if kind in (Kind.CODE, Kind.FORMULA, Kind.DISPLAY_FORMULA):
            yield Said(" ".join(inline.text.split()), Sort.EXACT)
        elif kind is Kind.IMAGE:
            yield Said(f" {inline.text} ", Sort.DESCRIPTION)
            yield Said(inline.target, Sort.IMAGE)
        elif kind is Kind.HTML:
            yield from _said_by_tag(inline.text)
        elif kind is Kind.BREAK:
            yield Said("\n")
        elif inline.children:
            yield from _said(inline.children)
        elif kind is Kind.EMOJI:
            yield Said(characters(inline.text))
        elif kind is not Kind.FOOTNOTE:
            yield Said(inline.text)


def _said_by_html(html: str) -> Iterator[Said]:
    at = 0
    for offset, tag in pieces(html):
        yield Said(unescape_html(html[at:offset]))
        yield from _said_by_tag(tag)
        at = offset + len(tag)
    yield Said(unescape_html(html[at:]) + "\n")


def _said_by_tag(tag: str) -> Iterator[Said]:
    if _LINE_BREAK_TAG.match(tag):
        yield _LINE_END
    elif match := _MEANINGFUL_TAG.match(tag):
        image = read_tag(tag) if match["image"] else None
        source = image.attribute("src") if image else None
        if source:
            yield Said(source.value, Sort.IMAGE)
        else:
            yield Said(tag, Sort.TAG)


_NOT_SHOWN = frozenset({Sort.TAG, Sort.IMAGE})
_LINE_BREAK_TAG = pattern(r"<br\b", re.IGNORECASE)
_MEANINGFUL_TAG = pattern(
    r"</?(?:(?P<image>img)|sub|sup|audio|video|source)\b|<\w+:", re.IGNORECASE
)


def line(text: str) -> Excerpt:
    """A text that is one line of inlines, whatever it holds."""
    flat = " ".join(text.split())
    document = Document([flat], Block("root"))
    paragraph = Block("p")
    paragraph.add_line(flat, 0, 0)
    document.root.append(paragraph)
    return Excerpt(document, [paragraph])

"""The tree: a document of blocks, and the inlines of each leaf, all with their places.

Rows and columns count from 0 here and mean the text as it was given, tabs and container marks
included. Names are those of the specification (https://github.github.com/gfm/): containers hold
blocks, leaves hold lines, inlines stand in leaves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

import msgspec

LISTS = frozenset({"ul", "ol"})
CONTAINERS = LISTS | {"root", "blockquote", "li", "footnote"}
TEXT_LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "th", "td"})
"""The leaves that hold inlines."""

VERBATIM_LEAVES = frozenset({"code", "html", "formula"})
"""The leaves whose lines are shown, or passed on, as they are."""


_LEAVES = TEXT_LEAVES | VERBATIM_LEAVES | {"hr"}
_LEVELS = {f"h{level}": level for level in range(1, 7)}


class Kind(Enum):
    """What an inline is."""

    TEXT = "text"
    CODE = "code span"
    FORMULA = "formula"
    DISPLAY_FORMULA = "displayed formula"
    HTML = "raw HTML: one tag, comment, instruction or declaration"
    BREAK = "hard line break"
    EMOJI = "emoji shortcode"
    FOOTNOTE = "footnote reference"
    IMAGE = "image"
    LINK = "link"
    EMPHASIS = "emphasis"
    STRONG = "strong emphasis"
    STRUCK = "strikethrough"


class Inline(msgspec.Struct, eq=False, gc=False):
    """A piece of the text of a leaf: words, code, a link, emphasis …"""

    kind: Kind
    start: int
    """Where it begins in the text of its leaf."""

    end: int
    """Where it ends, exclusive."""

    text: str = ""
    """What is shown of text, code and formulas, without escapes and entities; a line end for a soft
    break. Of raw HTML the source, of an emoji its shortcode, of a footnote reference the label."""

    children: tuple[Inline, ...] = ()
    """Those of links, images (their description) and emphasis."""

    target: str = ""
    """That of links and images."""

    title: str = ""
    """Likewise."""

    def __repr__(self) -> str:
        inner = list(self.children) or self.text
        return f"<{self.kind.name} {self.start}:{self.end} {inner!r}>"


_NO_LINES: list[str] = []  # of a block without lines; never added to
_NO_COLUMNS: list[int] = []
_NO_BLOCKS: list[Block] = []


class Block:
    """A block. As a sequence, it is its children.

    Children of a container are the blocks in it; those of a table are its head and its body, of
    these the rows, and of a row the cells.
    """

    tag: str
    """The HTML tag, or `root`, `code`, `html`, `formula`, `footnote`."""
    blocks: list[Block] = _NO_BLOCKS
    """The children."""

    start: int
    """The row on which the block begins."""
    column: int
    """The column at which the block begins there."""
    end: int
    """The row after the block's last, blank rows after it not counted."""
    row: int
    """Of a leaf: the row of the first of `lines`."""
    lines: list[str] = _NO_LINES
    """Of a leaf: its lines without the marks of its containers."""
    columns: list[int] = _NO_COLUMNS
    """Of a leaf: the column of the source at which each line begins."""
    inlines: tuple[Inline, ...] | None = None
    """Of a leaf with text: its inlines, once they were asked for."""
    is_tight = False
    """Of a paragraph: whether a tight list shows it without `<p>`."""
    is_closed = True
    """Of a fence, formula or HTML block: whether it has an end of its own."""
    delimiter = ""
    """Of a list: its bullet, or what follows its number."""
    number = 1
    """Of an ordered list: where it starts."""
    indent = 0
    """Of an item: how far its content is indented; of a fence: its own indentation."""
    task = ""
    """Of an item: the mark in its checkbox, a space where it is not checked; else empty."""
    fence = ""
    """Of a code block: the characters that opened it; empty if it is indented code."""
    info = ""
    """Of a code block: the info string, as written."""
    html_end = ""
    """Of an HTML block: what ends it; empty for a blank line."""
    side = ""
    """Of a cell: how its column is aligned, `left`, `center` or `right`; else empty."""
    label = ""
    """Of a footnote definition: its label, in the form in which labels are compared."""
    trails_blank = False
    _starts: Sequence[int] = ()  # the offset in `source` at which each line begins
    is_no_head = False  # of a paragraph: whether a table cannot begin in it

    def __init__(self, tag: str, start: int = 0, column: int = 0) -> None:
        self.tag = tag
        self.start = self.row = start
        self.column = column
        self.end = start + 1
        self.inlines = None

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)

    def __len__(self) -> int:
        return len(self.blocks)

    def __getitem__(self, index: int) -> Block:
        return self.blocks[index]

    def __bool__(self) -> bool:
        """True: a block is there, whether or not there is anything in it."""
        return True

    def append(self, block: Block) -> None:
        """Adds a child."""
        if self.blocks:
            self.blocks.append(block)
        else:
            self.blocks = [block]

    def remove(self, block: Block) -> None:
        """Takes a child out."""
        self.blocks = [child for child in self.blocks if child is not block]

    def iter(self) -> Iterator[Block]:
        """The block and all blocks in it, in the order of the text."""
        yield self
        for child in self.blocks:
            yield from child.iter()

    def add_line(self, text: str, row: int, column: int) -> None:
        """Adds a line that begins at a place of the source."""
        if self.lines:
            self.lines.append(text)
            self.columns.append(column)
        else:
            self.row = row
            self.lines = [text]
            self.columns = [column]
        self.end = row + 1

    def without_lines(self, count: int) -> Block:
        """The leaf that is left without its first lines, fewer than all."""
        rest = Block(self.tag, self.row + count, self.columns[count])
        rest.lines, rest.columns = self.lines[count:], self.columns[count:]
        rest.is_tight, rest.end = self.is_tight, self.end
        return rest

    def keep_lines(self, count: int) -> None:
        """Takes off all lines of the leaf but the first."""
        del self.lines[count:], self.columns[count:]
        self.end = self.row + count
        self.inlines = None

    def skip(self, characters: int) -> None:
        """Takes characters off the first line of the leaf."""
        self.lines[0] = self.lines[0][characters:]
        self.columns[0] += characters
        self.inlines = None

    @property
    def source(self) -> str:
        """The lines as one text."""
        return self.lines[0] if len(self.lines) == 1 else "\n".join(self.lines)

    @property
    def level(self) -> int:
        """Of a heading: its level from 1 to 6; else 0."""
        return _LEVELS.get(self.tag, 0)

    def place(self, offset: int) -> tuple[int, int]:
        """The row and column of the source at an offset in `source`."""
        if len(self.lines) < 2:
            return self.row, (self.columns[0] if self.columns else self.column) + offset
        if len(self._starts) != len(self.lines):
            self._starts = list(accumulate((len(line) + 1 for line in self.lines[:-1]), initial=0))
        row = bisect_right(self._starts, offset) - 1
        return self.row + row, self.columns[row] + offset - self._starts[row]

    def leaves(self) -> Iterator[Block]:
        """The leaves in this block, or the block itself where it is one."""
        if self.tag in _LEAVES:
            yield self
        for child in self.blocks:
            yield from child.leaves()


class Definition(NamedTuple):
    """A link reference definition: `[label]: target "title"`, on the row on which it begins."""

    target: str
    title: str
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class Document:
    """A text as a tree.

    `definitions` are its link reference definitions by label, the first of a label winning;
    `footnotes` the footnote definitions likewise, which stand in the tree too. `used` fills with
    the labels of both as inlines are read.
    """

    lines: Sequence[str]
    root: Block
    definitions: dict[str, Definition] = field(default_factory=dict)
    footnotes: dict[str, Block] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


Definitions = Mapping[str, Definition]

"""A chapter's tree with the places of its blocks in the file, and the passages cut out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcqdeck.diagnostic import Collector
from mcqdeck.markdown import Block, Document, Excerpt
from mcqdeck.model import Passage, Place, Slice
from mcqdeck.read import source_mistakes
from mcqdeck.read.lines import Decoded, split


@dataclass(frozen=True, slots=True)
class Source:
    """The file `path` as a tree. Rows and columns count from 0, places from 1."""

    path: str
    document: Document

    def line(self, row: int) -> str:
        """A line of the file."""
        return self.document.lines[row]

    def place(self, row: int, column: int = 0) -> Place:
        """The place of a row and column."""
        return Place(self.path, row + 1, column + 1)

    def start(self, block: Block) -> Place:
        """The place at which a block begins."""
        return self.place(block.start, block.column)

    def passage(
        self, blocks: Sequence[Block], *, indent: int = 0, column: int = 0, is_quoted: bool = False
    ) -> Passage:
        """Blocks that follow one another, as `Excerpt` describes them."""
        excerpt = Excerpt(self.document, blocks, indent=indent, column=column, is_quoted=is_quoted)
        return Passage(self.path, excerpt)

    def whole(self, item: Block, column: int) -> Slice:
        """What stands behind the marker of a list item, from `column` on, as it stands there."""
        last = item.end - 1
        lines = [self.line(item.start)[column:]]
        lines += [self.line(row) for row in range(item.start + 1, item.end)]
        end = self.place(last, len(self.line(last)))
        return Slice("\n".join(lines), self.place(item.start, column), end)


def report_encoding(decoded: Decoded, path: str, collector: Collector) -> None:
    """Reports a file that is not UTF-8, where it stops being so."""
    if decoded.bad_byte is not None and decoded.bad_index is not None:
        before = split(decoded.text[: decoded.bad_index])
        where = Place(path, len(before), len(before[-1]) + 1)
        collector.report(source_mistakes.not_utf_8, where, decoded.bad_byte, decoded.encoding)

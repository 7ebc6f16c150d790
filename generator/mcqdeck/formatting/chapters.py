"""A chapter's lines, written in the one way that we write them, block by block."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mcqdeck.formatting.blocks import AsItIsError, Writer, delimiter
from mcqdeck.formatting.comments import comment_lines, front_matter_lines, is_metadata
from mcqdeck.markdown import Block, Document, parse
from mcqdeck.read.parse import front_matter_end
from mcqdeck.read.recovery import Recovery


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a chapter at the margin: its rows from `start` to `end` (exclusive).

    `block` is the block that stands there; none for front matter and link definitions.
    """

    start: int
    end: int
    block: Block | None


class Layout:
    """A chapter as parts, each of which may be written anew or stay as it is."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.head = front_matter_end(lines)
        self._document = document(lines)
        self._writer = Writer(self._document)
        self.parts = tuple(self._parts())

    def _parts(self) -> Iterator[Part]:
        at = self.head
        for block in self._document.root.blocks:
            yield from self._between(at, block.start)
            yield Part(block.start, block.end, block)
            at = block.end
        yield from self._between(at, len(self.lines))

    def _between(self, start: int, end: int) -> Iterator[Part]:
        """The lines that are in no block: link definitions."""
        rows = range(start, end)
        for is_text, group in groupby(rows, lambda row: bool(self.lines[row].strip(" \t"))):
            if is_text:
                found = list(group)
                yield Part(found[0], found[-1] + 1, None)

    def written(self, kept: Collection[int], with_marks: Collection[int]) -> list[str]:
        """The chapter's lines. The parts whose indices are `kept` stay as they are.

        Of the blocks that begin on the rows `with_marks` only the white space changes.
        """
        lines = front_matter_lines(self.lines[: self.head]) if self.head else []
        before: Block | None = None
        other = ""
        for index, part in enumerate(self.parts):
            new = self._part(part, before, other, index in kept, part.start in with_marks)
            is_comment = part.block is not None and _is_comment_of(part.block, before)
            if lines and not is_comment:
                lines.append("")
            lines += ["***"] if not lines and new == ["---"] else new
            before = part.block
            other = delimiter(part.block, new) if part.block else ""
        return lines

    def _part(
        self, part: Part, before: Block | None, other: str, is_kept: bool, keeps_marks: bool
    ) -> list[str]:
        if part.block is not None and not is_kept:
            if _is_comment_of(part.block, before):
                return comment_lines(part.block)
            try:
                return self._writer.at_margin(part.block, other=other, keeps_marks=keeps_marks)
            except AsItIsError:
                pass
        return list(self.lines[part.start : part.end])


def document(lines: Sequence[str]) -> Document:
    """The tree of a chapter, as the reader sees it."""
    head = front_matter_end(lines)
    shown = [""] * head + list(lines[head:])
    return parse(shown, Recovery(shown).limit)


def _is_comment_of(block: Block, before: Block | None) -> bool:
    """Whether a block is the comment with what is known of the question whose heading is before."""
    return before is not None and before.tag == "h2" and block.tag == "html" and is_metadata(block)

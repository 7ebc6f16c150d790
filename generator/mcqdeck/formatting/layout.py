"""A chapter's lines, written in the one way that we write them, block by block."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from mcqdeck.formatting.blocks import AsItIsError, Writer, delimiter
from mcqdeck.formatting.comments import comment_lines, front_matter_lines, is_metadata
from mcqdeck.markdown import Block, Document, parse
from mcqdeck.read.outline import is_comment
from mcqdeck.read.parse import front_matter_end
from mcqdeck.read.recovery import Recovery


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a chapter at the margin: its rows from `start` to `end` (exclusive).

    `block` is the block that stands there; none for link definitions, and where several are one.
    """

    start: int
    end: int
    block: Block | None


class Layout:
    """A chapter as parts, each of which may be rewritten or stay as it is."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.head = front_matter_end(lines)
        self._document = document(lines)
        self._writer = Writer(self._document)
        self.parts = tuple(_with_whole_runs(self._parts()))

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
                numbers = list(group)
                yield Part(numbers[0], numbers[-1] + 1, None)

    def written(self, kept: Collection[int], with_marks: Collection[int]) -> list[str]:
        """The chapter's lines. The parts whose indices are `kept` stay as they are.

        Of the blocks that begin on the rows `with_marks` only the white space changes.
        """
        lines = front_matter_lines(self.lines[: self.head]) if self.head else []
        other = ""
        is_below_heading = False
        for index, part in enumerate(self.parts):
            is_below_heading &= part.block is not None and is_comment(part.block)
            new = self._part(
                part,
                is_kept=index in kept,
                is_below_heading=is_below_heading,
                keeps_marks=part.start in with_marks,
                other=other,
            )
            if lines and not is_below_heading:
                lines.append("")
            lines += ["***"] if not lines and new == ["---"] else new
            is_below_heading |= part.block is not None and part.block.tag == "h2"
            other = delimiter(part.block, new) if part.block else ""
        return lines

    def _part(
        self, part: Part, *, is_kept: bool, is_below_heading: bool, keeps_marks: bool, other: str
    ) -> list[str]:
        block = part.block
        if block is not None and not is_kept:
            if is_below_heading and is_metadata(block):
                return comment_lines(block)
            try:
                return self._writer.at_margin(block, other=other, keeps_marks=keeps_marks)
            except AsItIsError:
                pass
        return list(self.lines[part.start : part.end])


def _with_whole_runs(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, but some that touch are one, which is not to be parted by a blank line.

    They are formulas with what touches them, one paragraph to those who know no formulas, and
    definitions with a text or table below: cmark-gfm reads some of these otherwise than others.
    """
    run: list[Part] = []
    for part in parts:
        if run and run[-1].end != part.start:
            yield from _run(run)
            run = []
        run.append(part)
    yield from _run(run)


def _run(run: Sequence[Part]) -> Sequence[Part]:
    tags = {part.block.tag if part.block else "definitions" for part in run}
    is_whole = "formula" in tags or (tags & {"p", "table"} and "definitions" in tags)
    return [Part(run[0].start, run[-1].end, None)] if is_whole and len(run) > 1 else run


def document(lines: Sequence[str]) -> Document:
    """The tree of a chapter, as the reader sees it."""
    head = front_matter_end(lines)
    shown = [""] * head + list(lines[head:])
    return parse(shown, Recovery(shown).limit)

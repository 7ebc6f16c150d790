"""The lines of a file, or of a part of one, and passages cut out of them with their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mcqdeck.diagnostic import Collector
from mcqdeck.model import Passage, Place
from mcqdeck.read import mistakes
from mcqdeck.read.blocks import Block, Item
from mcqdeck.read.lines import Decoded, cut, indent, split


@dataclass(frozen=True, slots=True)
class Source:
    """Lines that follow one another in the file `path` from `line` on.

    `columns[i]` is the column at which line `i` begins in the file; without `columns` all begin at
    the first. Indexes count from 0, places from 1.
    """

    path: str
    lines: Sequence[str]
    line: int = 1
    columns: tuple[int, ...] = ()

    def place(self, index: int, offset: int = 0) -> Place:
        """The place of the character at `offset` in a line."""
        column = self.columns[index] if self.columns else 1
        return Place(self.path, self.line + index, column + offset)

    def first(self, block: Block) -> Place:
        """The place of a block's first character that is not white space."""
        line = self.lines[block.start]
        return self.place(block.start, len(line) - len(line.lstrip()))

    def passage(self, start: int, end: int) -> Passage:
        """The lines from `start` to `end` (exclusive), whole."""
        columns = self.columns[start:end] if self.columns else _ones(end - start)
        text = "\n".join(self.lines[start:end])
        return Passage(text, self.path, self.line + start, columns)

    def comment(self, block: Block) -> tuple[Passage, str]:
        """What stands between `<!--` and `-->`, less common indentation, and what comes after."""
        texts = list(self.lines[block.start : block.end])
        opening = texts[0].index("<!--") + 4
        texts[0] = texts[0][opening:]
        head, mark, rest = texts[-1].partition("-->")
        if mark:
            texts[-1] = head
        columns = [opening + 1] + [1] * (len(texts) - 1)
        if len(texts) > 1:
            widths = [indent(text) for text in texts[1:] if text.strip()]
            common = min(widths, default=0)
            for row in range(1, len(texts)):
                texts[row], columns[row] = cut(texts[row], 1, common)
            stripped = texts[0].lstrip()
            columns[0] += len(texts[0]) - len(stripped)
            texts[0] = stripped
        passage = Passage("\n".join(texts), self.path, self.line + block.start, tuple(columns))
        return passage, rest.strip()

    def content(self, item: Item, skip: int = 0) -> Source:
        """The content of a list item, less its indentation and `skip` characters at its start."""
        start = item.content + skip
        texts, columns = [self.lines[item.start][start:]], [self._column(item.start) + start]
        for index in range(item.start + 1, item.end):
            text, column = cut(self.lines[index], self._column(index), item.width)
            texts.append(text)
            columns.append(column)
        return Source(self.path, texts, self.line + item.start, tuple(columns))

    def whole(self, item: Item) -> Passage:
        """The content of a list item with its indentation, without blank lines at its end."""
        texts = [self.lines[item.start][item.content :], *self.lines[item.start + 1 : item.end]]
        while len(texts) > 1 and not texts[-1].strip():
            texts.pop()
        columns = [self._column(item.start + row) for row in range(len(texts))]
        columns[0] += item.content
        return Passage("\n".join(texts), self.path, self.line + item.start, tuple(columns))

    def quoted(self, block: Block) -> Passage:
        """The content of a quote, without its `>` marks."""
        texts, columns = [], []
        for index in range(block.start, block.end):
            line = self.lines[index]
            text = line.lstrip(" ")
            text = text[1:].removeprefix(" ") if text.startswith(">") else text
            texts.append(text)
            columns.append(self._column(index) + len(line) - len(text))
        return Passage("\n".join(texts), self.path, self.line + block.start, tuple(columns))

    def _column(self, index: int) -> int:
        return self.columns[index] if self.columns else 1


@lru_cache(maxsize=1_000)
def _ones(count: int) -> tuple[int, ...]:
    return (1,) * count


def report_encoding(decoded: Decoded, path: str, collector: Collector) -> None:
    """Reports a file that is not UTF-8, where it stops being so."""
    if decoded.bad_byte is not None and decoded.bad_index is not None:
        before = split(decoded.text[: decoded.bad_index])
        where = Place(path, len(before), len(before[-1]) + 1)
        collector.report(mistakes.not_utf_8, where, decoded.bad_byte, decoded.encoding)

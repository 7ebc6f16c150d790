"""The outermost blocks of a Markdown text, as CommonMark and GitHub see them.

Only what the source format needs: where each block begins and ends, and the items of lists. What
is inside a block is somebody else's matter; an item's content goes through `segment` again. Every
line is looked at a bounded number of times, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from mcqdeck.read.lines import cut, indent
from mcqdeck.read.starts import (
    BARE_FENCE,
    BLOCK_TAG,
    CLOSING_HASHES,
    DELIMITER_ROW,
    ENDS,
    LONE_TAG,
    RAW_TAG,
    SECOND_LEVEL,
    SETEXT,
    START,
    TASK,
    Inside,
    begins,
    interrupts,
)


class Kind(Enum):
    """What a block is."""

    PARAGRAPH = auto()
    HEADING = auto()
    FENCE = auto()
    CODE = auto()
    QUOTE = auto()
    LIST = auto()
    TABLE = auto()
    COMMENT = auto()
    HTML = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: lines `start` to `end` (exclusive), its content `width` columns in.

    `marker` is the index of the list marker in the first line, `content` that of the first
    character of the content, or of the line's end.
    """

    start: int
    end: int
    marker: int
    content: int
    width: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block on lines `start` to `end` (exclusive, without the blank lines after it).

    `level` is a heading's, `text` and `offset` its text and where in its line that begins; the
    `text` of a fence is its mark; `is_ordered` and `items` are a list's; `is_closed` is false for a
    fence or comment without end.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    text: str = ""
    offset: int = 0
    is_ordered: bool = False
    items: tuple[Item, ...] = ()
    is_closed: bool = True


def segment(lines: Sequence[str]) -> list[Block]:
    """The outermost blocks of `lines`, in order. Blank lines belong to no block."""
    return _Segmenter(lines).run()


class _Segmenter:
    """One walk over the lines. The indexes of fences and headings are made when first needed."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.fence_ends: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
        self.headings: list[int] = []
        self.tasks: list[int] = []
        self.comments: list[int] = []
        self.comment_ends: list[int] = []
        self.is_indexed = False
        self.endless: set[str] = set()

    def run(self) -> list[Block]:
        blocks = []
        at, count = 0, len(self.lines)
        while at < count:
            line = self.lines[at]
            if not line or line.isspace():
                at += 1
                continue
            block = self.block(at, line)
            blocks.append(block)
            at = block.end
        return blocks

    def block(self, at: int, line: str) -> Block:
        match = START.match(line)
        if match is None:
            return self.code(at) if indent(line) >= 4 else self.paragraph(at)
        kind = match.lastgroup
        if kind in ("bullet", "ordered"):
            return self.list(at, match)
        if kind == "heading":
            return _heading(at, line, match)
        if kind == "fence":
            return self.fence(at, match["fence"], line[match.end() :])
        if kind == "quote":
            return self.quote(at)
        if kind == "rule":
            return Block(Kind.RULE, at, at + 1)
        return self.html(at, line.lstrip(" ")) or self.paragraph(at)

    def code(self, at: int) -> Block:
        end = at + 1
        for number in range(at + 1, len(self.lines)):
            line = self.lines[number]
            if line and not line.isspace():
                if indent(line) < 4:
                    break
                end = number + 1
        return Block(Kind.CODE, at, end)

    def paragraph(self, at: int) -> Block:
        lines = self.lines
        end = at + 1
        has_table = (
            "|" in lines[at] and end < len(lines) and DELIMITER_ROW.match(lines[end]) is not None
        )
        while end < len(lines) and lines[end] and not lines[end].isspace():
            line = lines[end]
            if not has_table and SETEXT.match(line):
                level = 1 if "=" in line else 2
                text = " ".join(text.strip() for text in lines[at:end])
                return Block(Kind.HEADING, at, end + 1, level, text, indent(lines[at]))
            if interrupts(line):
                break
            end += 1
        return Block(Kind.TABLE if has_table else Kind.PARAGRAPH, at, end)

    def fence(self, at: int, mark: str, info: str) -> Block:
        """A fenced block; one that swallows a question, or never ends, stops at that question."""
        self.index()
        ends = self.fence_ends[mark[0]]
        position = bisect_right(ends, (at, len(self.lines) + len(mark)))
        while position < len(ends) and ends[position][1] < len(mark):
            position += 1
        end = ends[position][0] if position < len(ends) else len(self.lines)
        is_closed = position < len(ends)
        heading = _first_after(self.headings, at)
        if heading is not None and heading < end:
            task = _first_after(self.tasks, heading)
            shows_markdown = info.strip().casefold().split(" ")[0] in ("md", "markdown", "mcqdeck")
            if not is_closed or (task is not None and task < end and not shows_markdown):
                return Block(Kind.FENCE, at, heading, text=mark, is_closed=False)
        return Block(Kind.FENCE, at, min(end + 1, len(self.lines)), text=mark, is_closed=is_closed)

    def index(self) -> None:
        """Notes once where fences and comments may end, and where questions seem to begin."""
        if self.is_indexed:
            return
        self.is_indexed = True
        for number, line in enumerate(self.lines):
            first = line.lstrip(" ")[:1]
            if first == "#" and SECOND_LEVEL.match(line):
                self.headings.append(number)
            elif first in ("`", "~"):
                if match := BARE_FENCE.match(line):
                    self.fence_ends[first].append((number, len(match[1])))
            elif "[" in line and TASK.match(line):
                self.tasks.append(number)
            if "<!--" in line:
                self.comments.append(number)
            if "-->" in line:
                self.comment_ends.append(number)

    def quote(self, at: int) -> Block:
        lines = self.lines
        state = Inside()
        state.see(lines[at].lstrip(" ")[1:].removeprefix(" "))
        end = at + 1
        while end < len(lines) and lines[end] and not lines[end].isspace():
            line = lines[end]
            content = line.lstrip(" ")
            if content.startswith(">") and len(line) - len(content) < 4:
                state.see(content[1:].removeprefix(" "))
            elif not state.has_open_paragraph or begins(line):
                break
            end += 1
        return Block(Kind.QUOTE, at, end)

    def html(self, at: int, line: str) -> Block | None:
        """An HTML block, or `None` where the tag stands in a paragraph."""
        if line.startswith("<!--"):
            return self.comment(at)
        for start, stop in ENDS:
            if line[:9].lower().startswith(start) and (start != "<!" or line[2:3].isalpha()):
                return self.delimited(at, stop)
        if tag := RAW_TAG.match(line):
            return self.delimited(at, f"</{tag[1].lower()}>")
        if BLOCK_TAG.match(line) or LONE_TAG.match(line):
            end = at + 1
            while end < len(self.lines) and self.lines[end] and not self.lines[end].isspace():
                end += 1
            return Block(Kind.HTML, at, end)
        return None

    def delimited(self, at: int, stop: str) -> Block:
        """An HTML block that runs to a line with `stop`, or, without one, to the next question."""
        if stop not in self.endless:
            for number in range(at, len(self.lines)):
                if stop in self.lines[number].lower():
                    return Block(Kind.HTML, at, number + 1)
            self.endless.add(stop)
        self.index()
        end = _first_after(self.headings, at)
        return Block(Kind.HTML, at, len(self.lines) if end is None else end, is_closed=False)

    def comment(self, at: int) -> Block:
        """A comment; one that ends only at the mark of a later question's comment has no end.

        It then reaches to the next blank line or question, so that what follows is still read.
        """
        self.index()
        line = self.lines[at]
        if "-->" in line[line.index("<!--") + 2 :]:
            return Block(Kind.COMMENT, at, at + 1)
        end = _first_after(self.comment_ends, at)
        heading = _first_after(self.headings, at)
        if end is not None:
            other = None if heading is None else _first_after(self.comments, heading)
            if other is None or other > end:
                return Block(Kind.COMMENT, at, end + 1)
        stop = len(self.lines) if heading is None else heading
        blank = at + 1
        while blank < stop and self.lines[blank].strip():
            blank += 1
        return Block(Kind.COMMENT, at, blank, is_closed=False)

    def list(self, at: int, match: re.Match[str]) -> Block:
        first = match[0].lstrip(" ")
        items: list[Item] = []
        end, following = at, at
        while following < len(self.lines):
            line = self.lines[following]
            again = match if following == at else START.match(line)
            if again is None or again.lastgroup not in ("bullet", "ordered"):
                break
            if again[0].lstrip(" ")[-1] != first[-1]:
                break
            item, following = self.item(following, again)
            items.append(item)
            end = item.end
        return Block(Kind.LIST, at, end, is_ordered=len(first) > 1, items=tuple(items))

    def item(self, at: int, match: re.Match[str]) -> tuple[Item, int]:
        """The item that begins on line `at`, and the next line that is not blank after it."""
        lines = self.lines
        line = lines[at]
        marker = len(line) - len(line.lstrip(" "))
        behind = line[match.end() :]
        space = indent(behind, match.end())
        is_empty = not behind.strip()
        width = match.end() + (1 if is_empty or space > 4 else space)
        content = min(len(line), match.end() + (len(behind) - len(behind.lstrip(" \t"))))
        if space > 4 and not is_empty:
            content = match.end() + 1
        state = Inside()
        end, number, after_blank = at + 1, at + 1, False
        margin, seen = " " * width, at
        while number < len(lines):
            line = lines[number]
            if not line or line.isspace():
                if is_empty and number == at + 1:
                    break
                after_blank = True
            elif line.startswith(margin) or indent(line) >= width:
                end, after_blank = number + 1, False
            elif after_blank or begins(line):
                break
            else:
                # A lazy line, if a paragraph is open: only now it matters what the lines held.
                for row in range(seen, number):
                    first = row == at
                    state.see(lines[at][content:] if first else cut(lines[row], 0, width)[0])
                seen = number + 1
                if not state.has_open_paragraph:
                    break
                end = number + 1
            number += 1
        while number < len(lines) and (not lines[number] or lines[number].isspace()):
            number += 1
        return Item(at, end, marker, content, width), number


def _heading(at: int, line: str, match: re.Match[str]) -> Block:
    behind = line[match.end() :]
    text = behind.lstrip(" \t")
    offset = len(line) - len(text)
    text = (CLOSING_HASHES.sub("", text) if "#" in text else text).rstrip(" \t")
    return Block(Kind.HEADING, at, at + 1, len(match["heading"]), text, offset)


def _first_after(numbers: list[int], at: int) -> int | None:
    position = bisect_right(numbers, at)
    return numbers[position] if position < len(numbers) else None

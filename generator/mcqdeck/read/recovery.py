"""Where a code fence or HTML that swallows a question was meant to end.

GitHub reads on to the next closing mark, or to the file's end, and so would lose whole questions.
The author's fault is reported, and what follows is read as it was meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from mcqdeck.identity import SLUG
from mcqdeck.markdown import Block, ends_html
from mcqdeck.markdown.pattern import pattern
from mcqdeck.stock_options import QUESTION_MARKS

QUESTION_HEADING = pattern(r" {0,3}##[ \t]+(?P<text>\S.*)")
TASK_ITEM = pattern(r"\s*(?:[-+*]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]")
_FENCE_WITH_LANGUAGE = pattern(r" {0,3}(?:```+[^`\s]+|~~~+[^~\s]\S*)\s*$")
_COMMENT, _COMMENT_END = "<!--", "-->"
SHOWS_MARKDOWN = frozenset({"md", "markdown", "mcqdeck"})
_NEVER = 10**9


class Recovery:
    """Looks at the lines of one chapter, once, and is asked of each block that may swallow."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._endless: set[str] = set()

    def limit(self, block: Block) -> int | None:
        """The row before which the block ends; `None` where it ends as GitHub says."""
        if block.fence:
            return self._fence(block)
        if block.html_end == _COMMENT_END:
            return self._comment(block)
        return self._html(block)

    @cached_property
    def _headings(self) -> list[int]:
        """The rows on which questions seem to begin."""
        match = QUESTION_HEADING.match
        return [row for row, line in enumerate(self._lines) if "##" in line and match(line)]

    @cached_property
    def _tasks(self) -> list[int]:
        """The rows of items with a checkbox."""
        match = TASK_ITEM.match
        return [row for row, line in enumerate(self._lines) if "[" in line and match(line)]

    @cached_property
    def _fences(self) -> dict[str, list[tuple[int, int]]]:
        """Where fences of each sign may end, and the length of the mark there."""
        fences: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
        for row, line in enumerate(self._lines):
            if "```" in line or "~~~" in line:
                first, mark = line.lstrip(" ")[:1], line.strip(" \t")
                if first in fences and mark == first * len(mark):
                    fences[first].append((row, len(mark)))
        return fences

    @cached_property
    def _comments(self) -> list[int]:
        return [row for row, line in enumerate(self._lines) if _COMMENT in line]

    @cached_property
    def _comment_ends(self) -> list[int]:
        return [row for row, line in enumerate(self._lines) if _COMMENT_END in line]

    def _fence(self, fence: Block) -> int | None:
        heading = _first_after(self._headings, fence.start)
        if heading is None:
            return None
        end = self._fence_end(fence)
        if heading > end:
            return None
        if end == _NEVER:
            return heading
        language = fence.info.casefold().split(" ")[0]
        if language in SHOWS_MARKDOWN:
            return None
        task = _first_after(self._tasks, heading)
        has_options = task is not None and task < end
        return heading if has_options or self._opens_question(fence.start, heading, end) else None

    def _fence_end(self, fence: Block) -> int:
        """The row of the fence that closes this one."""
        ends = self._fences[fence.fence[0]]
        position = bisect_right(ends, (fence.start, _NEVER))
        while position < len(ends) and ends[position][1] < len(fence.fence):
            position += 1
        return ends[position][0] if position < len(ends) else _NEVER

    def _opens_question(self, start: int, heading: int, end: int) -> bool:
        """Whether a heading in a fence is a question's and not a line of code.

        It is an id, has a comment or another fence below it, or asks something after options.
        """
        lines = self._lines
        match = QUESTION_HEADING.match(lines[heading])
        text = match["text"].strip() if match else ""
        if is_id(text):
            return True
        if heading + 1 < end and lines[heading + 1].lstrip().startswith(_COMMENT):
            return True
        task = _first_after(self._tasks, start)
        if asks(text) and task is not None and task < heading:
            return True
        return any(_FENCE_WITH_LANGUAGE.match(lines[row]) for row in range(heading + 1, end))

    def _comment(self, block: Block) -> int | None:
        """A comment that ends only at the mark of a later question's comment has no end.

        It then reaches to the next blank line or question, so that what follows is still read.
        """
        start = block.start
        line = self._lines[start]
        if _COMMENT_END in line[line.index(_COMMENT) + 2 :]:
            return None
        end = _first_after(self._comment_ends, start)
        heading = _first_after(self._headings, start)
        if end is not None:
            other = None if heading is None else _first_after(self._comments, heading)
            if other is None or other > end:
                return None
        stop = len(self._lines) if heading is None else heading
        row = start + 1
        while row < stop and self._lines[row].strip():
            row += 1
        return row

    def _html(self, block: Block) -> int | None:
        """HTML without an end, such as `<script>`, reaches to the next question."""
        stop = block.html_end
        if stop not in self._endless:
            for row in range(block.start, len(self._lines)):
                if ends_html(self._lines[row], stop):
                    return None
            self._endless.add(stop)
        return _first_after(self._headings, block.start)


def is_id(heading: str) -> bool:
    """Whether a heading in code is a question's id; one of a single word may be a remark."""
    return "-" in heading and SLUG.fullmatch(heading) is not None


def asks(heading: str) -> bool:
    """Whether a heading in code asks something, also in bold."""
    return heading.rstrip("*_").endswith(tuple(QUESTION_MARKS))


def _first_after(rows: Sequence[int], row: int) -> int | None:
    position = bisect_right(rows, row)
    return rows[position] if position < len(rows) else None

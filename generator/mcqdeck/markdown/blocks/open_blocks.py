"""The blocks that are open while lines are read, the outermost first, and how they close."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mcqdeck.markdown.blocks.line import Line
from mcqdeck.markdown.blocks.tables import fill_table
from mcqdeck.markdown.references import definition
from mcqdeck.markdown.tree import CONTAINERS, LISTS, Block, Document

_ENDS_WITH_LAST = LISTS | {"li"}

Recovery = Callable[[Block], int | None]
"""Asked of each code fence and HTML block at the margin as it opens: the row before which it must
end, where it would otherwise swallow what cannot be meant to be in it; `None` leaves it alone."""


def no_recovery(_: Block) -> None:
    """Reads every block as GitHub does."""


class OpenBlocks:
    """The open blocks of a document that is being read."""

    def __init__(self, lines: Sequence[str], recovery: Recovery) -> None:
        self.document = Document(lines, Block("root"))
        self.blocks = [self.document.root]
        self.lines = lines
        self.limit = -1  # the row at which all blocks close
        self.no_formula_before = 0  # the row up to which a search for a formula's end failed
        self._recovery = recovery

    @property
    def last(self) -> Block:
        """The innermost open block."""
        return self.blocks[-1]

    def add(self, block: Block, depth: int) -> None:
        """Opens a block in the last of the first `depth` open ones that may hold it."""
        blocks = self.blocks
        if len(blocks) > depth:
            self.close(depth)
        is_item = block.tag == "li"
        while True:
            outer = blocks[-1]
            if outer.tag in CONTAINERS and (outer.tag in LISTS) == is_item:
                break
            self.close(len(blocks) - 1)
        outer.append(block)
        blocks.append(block)

    def add_verbatim(self, block: Block, depth: int) -> None:
        """Opens a code fence or an HTML block, which ends where the recovery wants it to."""
        self.add(block, depth)
        block.is_closed = not (block.fence or block.html_end)
        if len(self.blocks) == 2 and not block.is_closed:
            limit = self._recovery(block)
            if limit is not None:
                self.limit = limit

    def add_whole(self, block: Block, line: Line, depth: int) -> None:
        """Adds a block that is complete on its line."""
        self.add(block, depth)
        self.blocks.pop()
        self.note_blank(self.last, line)

    def note_blank(self, block: Block, line: Line) -> None:
        """Remembers where a blank line follows, which makes lists loose."""
        for open_block in self.blocks:
            open_block.trails_blank = False
        if line.is_blank and len(block):
            if block[-1].tag == "hr":  # it does not count, as on GitHub
                return
            block[-1].trails_blank = True
        block.trails_blank = (
            line.is_blank
            and block.tag != "blockquote"
            and not (block.tag == "code" and block.fence)
            and not (block.tag == "li" and not len(block) and block.start == line.row)
        )

    def close(self, depth: int) -> None:
        """Closes all but the first `depth` open blocks."""
        blocks = self.blocks
        while len(blocks) > depth:
            block = blocks.pop()
            tag = block.tag
            if tag == "p":
                if not block.lines or block.lines[0].startswith("["):
                    self.take_definitions(block)
                    if not block.lines:
                        blocks[-1].remove(block)
            elif tag in CONTAINERS:
                if block.blocks:
                    block.end = max(block.end, block.blocks[-1].end)
                if tag in LISTS and not _is_loose(block):
                    _tighten(block)
            elif tag == "table":
                fill_table(block)
            elif tag == "code" and not block.fence:
                _drop_blank_end(block)

    def take_definitions(self, paragraph: Block) -> None:
        """Moves the link definitions at a paragraph's head to the document's."""
        if not paragraph.lines or not paragraph.lines[0].startswith("["):
            return
        source = paragraph.source
        at = taken = 0
        while source.startswith("[", at) and (defined := definition(source, at)):
            label, said, end = defined
            if label not in self.document.definitions:
                row, column = paragraph.row + taken, paragraph.columns[taken]
                self.document.definitions[label] = said._replace(row=row, column=column)
            taken += source.count("\n", at, end)
            at = end
        if at >= len(source):
            taken = len(paragraph.lines)
        del paragraph.lines[:taken], paragraph.columns[:taken]
        paragraph.row += taken
        paragraph.start += taken


def _drop_blank_end(code: Block) -> None:
    while code.lines and not code.lines[-1].strip(" \t"):
        code.lines.pop()
        code.columns.pop()
    code.end = code.row + len(code.lines)


def _tighten(block: Block) -> None:
    for item in block.blocks:
        for child in item.blocks:
            if child.tag == "p":
                child.is_tight = True


def _is_loose(block: Block) -> bool:
    """Whether a blank line parts two items, or two blocks of an item."""
    last = block.blocks[-1]
    for item in block.blocks:
        if item is last:
            return any(map(_ends_blank, item.blocks[:-1]))
        if item.trails_blank or any(map(_ends_blank, item.blocks)):
            return True
    return False


def _ends_blank(block: Block) -> bool:
    while block.tag in _ENDS_WITH_LAST and block.blocks:
        block = block.blocks[-1]
    return block.trails_blank

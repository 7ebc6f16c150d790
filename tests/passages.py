"""Passages made of a text of their own, for tests of what comes after reading."""

from __future__ import annotations

from mcqdeck.markdown import Block, Document, Excerpt, parse
from mcqdeck.markdown.characters import without_controls
from mcqdeck.model import Passage


class _Moved(Excerpt):
    """An excerpt that stands elsewhere in its file."""

    def __init__(self, document: Document, blocks: list[Block], row: int, column: int) -> None:
        super().__init__(document, blocks)
        self._row_before = row
        self._column_before = column

    def place(self, offset: int) -> tuple[int, int]:
        row, column = super().place(offset)
        return row + self._row_before, column + self._column_before


def passage(
    text: str, line: int = 1, column: int = 1, *, path: str = "a.md", definitions: str = ""
) -> Passage:
    """A passage that begins at a place of a file, in which definitions stand elsewhere."""
    document = parse(without_controls(text))
    for label, said in parse(without_controls(definitions)).definitions.items():
        document.definitions.setdefault(label, said)
    blocks = [block for block in document.root.blocks if block.tag != "footnote"]
    return Passage(path, _Moved(document, blocks, line - 1, column - 1))

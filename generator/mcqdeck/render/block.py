"""The tree that the block stage builds and the inline stage fills, of elements with lines."""

from __future__ import annotations

from xml.etree.ElementTree import Element

CONTAINERS = frozenset({"root", "blockquote", "ul", "ol", "li"})


class Block(Element):
    """An element of the tree, with the lines of source it was made of.

    `tag` is the HTML tag, or `root`, `code`, `html`, `math`, and `tight` for a paragraph that a
    tight list shows without one. `lines` are the lines of a leaf without the marks of its
    containers, `origins[i]` the offset in the source at which line `i` begins.
    """

    __slots__ = (
        "delimiter",
        "end",
        "fence",
        "indent",
        "info",
        "is_no_head",
        "lines",
        "number",
        "origins",
        "row",
        "trails_blank",
    )

    def __init__(self, tag: str, row: int = 0) -> None:
        super().__init__(tag)
        self.lines: list[str] = []
        self.origins: list[int] = []
        self.row = row  # the line of the source on which the block begins
        self.trails_blank = False
        self.is_no_head = False  # of a paragraph: whether a table cannot begin in it
        self.delimiter = ""  # of a list: its bullet, or what follows its number
        self.indent = 0  # of an item: how far its content is indented; of a fence: its own indent
        self.number = 1  # of an ordered list: where it starts
        self.fence = ""  # of a code block: the characters that opened it, empty if indented
        self.info = ""  # of a code block: the words after the fence
        self.end = ""  # of an HTML block: what ends it, empty for a blank line

    def add_line(self, text: str, origin: int) -> None:
        """Adds a line that stands at `origin` in the source."""
        self.lines.append(text)
        self.origins.append(origin)

    @property
    def source(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

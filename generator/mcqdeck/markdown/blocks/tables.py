"""Tables: a rule of dashes under a line of a paragraph, then rows until a blank line."""

from __future__ import annotations

from mcqdeck.markdown.blocks.patterns import TABLE_RULE
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.tree import Block

MOST_FILLED = 10_000  # cells that rows lack, per table; a short row costs nothing beyond
PIPE = pattern(r"(?<!\\)\|")


def cells(line: str) -> list[tuple[int, str]]:
    r"""The cells of a row, each with the offset of its text in the line; `\|` has become `|`."""
    begin = len(line) - len(line.lstrip(" \t"))
    end = len(line.rstrip(" \t"))
    if line.startswith("|", begin):
        begin += 1
    placed: list[tuple[int, str]] = []
    while begin < end:
        pipe = PIPE.search(line, begin, end)
        stop = pipe.start() if pipe else end
        text = line[begin:stop]
        placed.append(
            (begin + len(text) - len(text.lstrip(" \t")), text.strip(" \t").replace("\\|", "|"))
        )
        begin = stop + 1
    return placed


def alignments(line: str) -> list[str]:
    """The alignment of each column from the rule of dashes."""
    sides = {(True, True): "center", (True, False): "left", (False, True): "right"}
    return [sides.get((text[0] == ":", text[-1] == ":"), "") for _, text in cells(line)]


def opens_table(paragraph: Block, rule: str) -> bool:
    """Whether a rule under the paragraph makes its last line the head of a table.

    As on GitHub, a paragraph has one try: after a rule that does not fit, no other can.
    """
    if paragraph.is_no_head or not paragraph.lines or not TABLE_RULE.match(rule):
        return False
    head = cells(paragraph.lines[-1])
    paragraph.is_no_head = not head or len(head) != len(cells(rule))
    return not paragraph.is_no_head


def fill_table(table: Block) -> None:
    """Gives a table, whose lines are the head, the rule and the rows, its elements."""
    columns = alignments(table.lines[1])
    head = Block("thead", table.row)
    table.append(head)
    head.append(_row("th", table, 0, columns))
    if len(table.lines) > 2:
        body = Block("tbody", table.row + 2)
        table.append(body)
        spare = MOST_FILLED
        for index in range(2, len(table.lines)):
            body.append(_row("td", table, index, columns if spare > 0 else []))
            spare -= max(0, len(columns) - len(cells(table.lines[index])))


def _row(tag: str, table: Block, index: int, columns: list[str]) -> Block:
    """A row with a cell for each column, or, without columns, with the cells that it has."""
    line, start = table.lines[index], table.columns[index]
    row = Block("tr", table.row + index)
    placed = cells(line)[: len(columns) or None]
    placed += [(len(line), "")] * (len(columns) - len(placed))
    for (offset, text), side in zip(placed, columns or [""] * len(placed), strict=True):
        cell = Block(tag, table.row + index)
        if side:
            cell.side = side
        cell.add_line(text, table.row + index, start + offset)
        row.append(cell)
    return row

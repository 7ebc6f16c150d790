"""A table with its columns aligned, as far as that fits."""

from __future__ import annotations

from collections.abc import Sequence

from mcqdeck.formatting.width import width
from mcqdeck.markdown import Block
from mcqdeck.markdown.blocks.tables import PIPE, alignments

_RULES = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}


def table_lines(table: Block, room: int) -> list[str] | None:
    """The rows of a table; `None` where a row has cells that nobody sees."""
    sides = alignments(table.lines[1])
    rows = [cells(line) for index, line in enumerate(table.lines) if index != 1]
    if any(len(row) > len(sides) for row in rows):
        return None
    rows = [row + [""] * (len(sides) - len(row)) for row in rows]
    widths = [max(3, *(width(row[n]) for row in rows)) for n in range(len(sides))]
    if sum(widths) + 3 * len(widths) + 1 > room:
        widths = [0] * len(widths)
    rule = [_rule(side, size) for side, size in zip(sides, widths, strict=True)]
    head, *body = (_row(row, widths, sides) for row in rows)
    return [head, f"| {' | '.join(rule)} |", *body]


def cells(line: str) -> list[str]:
    r"""The cells of a row as they are written, `\|` and all."""
    text = line.strip(" \t").removeprefix("|")
    texts = [cell.strip(" \t") for cell in PIPE.split(text)]
    return texts[:-1] if len(texts) > 1 and not texts[-1] else texts


def _rule(side: str, size: int) -> str:
    mark = _RULES[side]
    return mark[0] + mark[1] * max(1, size - 2) + mark[2]


def _row(row: Sequence[str], widths: Sequence[int], sides: Sequence[str]) -> str:
    padded = (_padded(*cell) for cell in zip(row, widths, sides, strict=True))
    return f"| {' | '.join(padded)} |"


def _padded(text: str, size: int, side: str) -> str:
    space = max(0, size - width(text))
    before = {"right": space, "center": space // 2}.get(side, 0)
    return " " * before + text + " " * (space - before)

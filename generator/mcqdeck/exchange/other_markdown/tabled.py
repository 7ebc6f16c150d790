"""Tables of Markdown whose rows are questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.tables.rows import Row, find_header
from mcqdeck.markdown.blocks.tables import PIPE

_ROW = re.compile(r"\s{0,3}\|?.*\|.*$")
_RULE = re.compile(r"\s{0,3}+\|?[ \t]*+:?-+:?[ \t]*+(?:\|[ \t]*+:?-+:?[ \t]*+)++\|?[ \t]*$")


def take_tables(lines: Sequence[Line]) -> tuple[list[Line], list[list[Row]]]:
    """The lines without the tables of questions, and the rows of those, headers included."""
    kept: list[Line] = []
    tables: list[list[Row]] = []
    at = 0
    while at < len(lines):
        is_table = (
            at + 1 < len(lines)
            and lines[at].sign is not Sign.CODE
            and _ROW.match(lines[at].whole) is not None
            and _RULE.match(lines[at + 1].whole) is not None
        )
        end = at + 1
        while is_table and end < len(lines) and _ROW.match(lines[end].whole):
            end += 1
        table = [_row(line) for line in (lines[at], *lines[at + 2 : end])] if is_table else []
        if table and find_header(table[:1]):
            tables.append(table)
            kept.append(Line(lines[at].number, Sign.RULE, "", ""))
        else:
            kept += lines[at:end]
        at = end
    return kept, tables


def _row(line: Line) -> Row:
    inner = line.whole.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return Row(line.number, tuple(cell.strip().replace("\\|", "|") for cell in PIPE.split(inner)))

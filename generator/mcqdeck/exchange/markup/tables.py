"""HTML tables in the form that GitHub has for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mcqdeck.exchange.markup.dialect import Dialect
from mcqdeck.exchange.markup.tree import nodes, tag, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Cell = Callable[["HtmlElement"], "str | None"]
_RULES = {"left": ":--", "right": "--:", "center": ":-:"}
_PARTS = frozenset({"thead", "tbody", "tfoot", "tr", "colgroup", "col"})


def table(element: HtmlElement, dialect: Dialect, cell: Cell) -> str | None:
    """A table in pipes; none where it has what such a table cannot show."""
    if dialect.is_ours and (element.attrib or tag(next(iter(element), element)) != "thead"):
        return None
    if any(tag(child) not in _PARTS and not _is_no_caption(child, dialect) for child in element):
        return None
    rows = list(element.iter("tr"))
    cells = [[child for child in row if tag(child) in {"td", "th"}] for row in rows]
    width = max((len(row) for row in cells), default=0)
    if not width or any(_spans(one_cell) for row in cells for one_cell in row):
        return None
    if dialect.is_ours and len({len(row) for row in cells}) > 1:
        return None
    if sum(1 for _ in element.iter("table")) > 1:
        return None
    shown = [[cell(one_cell) for one_cell in row] for row in cells]
    texts = [[text for text in row if text is not None] for row in shown]
    if any(len(row) != len(whole) for row, whole in zip(texts, shown, strict=True)):
        return None
    sides = [_side(one_cell) for one_cell in cells[0]] + [""] * (width - len(cells[0]))
    if not _is_head(cells[0], rows[0]):
        texts.insert(0, [""] * width)
    padded = [row + [""] * (width - len(row)) for row in texts]
    rule = [_RULES.get(side, "---") for side in sides]
    return "\n".join(f"| {' | '.join(row)} |" for row in (padded[0], rule, *padded[1:]))


def _is_no_caption(child: HtmlElement, dialect: Dialect) -> bool:
    """Whether a part is a caption that says nothing, as Moodle's editor puts into each table."""
    return not dialect.is_ours and tag(child) == "caption" and not text_of(child).strip()


def _spans(cell: HtmlElement) -> bool:
    return any(cell.get(name, "1") not in {"", "1"} for name in ("colspan", "rowspan"))


def _side(cell: HtmlElement) -> str:
    return (cell.get("align") or "").lower()


def _is_head(cells: list[HtmlElement], row: HtmlElement) -> bool:
    """Whether a row is the table's head: by its tags, or because all of it is bold."""
    parent = row.getparent()
    if parent is not None and tag(parent) == "thead":
        return True
    return bool(cells) and all(tag(cell) == "th" or _is_bold(cell) for cell in cells)


def _is_bold(cell: HtmlElement) -> bool:
    inner = [node for node in nodes(cell) if not isinstance(node, str) or node.strip()]
    while len(inner) == 1 and not isinstance(inner[0], str):
        if tag(inner[0]) in {"b", "strong"}:
            return bool(text_of(inner[0]).strip())
        inner = [node for node in nodes(inner[0]) if not isinstance(node, str) or node.strip()]
    return False

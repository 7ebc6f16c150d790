"""Texts in columns: how wide one is, and a bar for a number."""

from __future__ import annotations

from collections.abc import Sequence

BAR = "\u2588"
_EIGHTHS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589"
_PLAIN = str.maketrans({BAR: "#", "\u2026": "...", **dict.fromkeys(_EIGHTHS[1:], "")})


def width(text: str) -> int:
    """The columns that a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    # It takes some time to load, and most texts need it not.
    from rich.cells import cell_len  # noqa: PLC0415

    return cell_len(text)


def padded(text: str, size: int, *, is_right: bool = False) -> str:
    """A text with spaces after it, or before it, up to a width."""
    space = " " * max(0, size - width(text))
    return space + text if is_right else text + space


def cut(text: str, size: int) -> str:
    """A text that takes at most so many columns."""
    if width(text) <= size:
        return text
    while text and width(text) > size - 1:
        text = text[:-1]
    return text.rstrip() + "\u2026"


def bar(number: float, most: float, size: int) -> str:
    """A bar that is `size` columns long for the number `most`."""
    eighths = round(8 * size * number / most) if most else 0
    whole, rest = divmod(max(eighths, 1 if number else 0), 8)
    return BAR * whole + (_EIGHTHS[rest] if rest else "")


def table(rows: Sequence[Sequence[str]], *, left: int = 1) -> list[str]:
    """Rows with columns under one another, the first `left` of them beginning at one place, the
    others ending at one.
    """
    columns = max((len(row) for row in rows), default=0)
    sizes = [
        max((width(row[n]) for row in rows if n < len(row)), default=0) for n in range(columns)
    ]
    return [
        "  ".join(
            padded(text, size, is_right=n >= left)
            for n, (text, size) in enumerate(zip(row, sizes, strict=False))
        ).rstrip()
        for row in rows
    ]


def without_blocks(text: str) -> str:
    """A text with bars for outputs that know no such characters."""
    return text.translate(_PLAIN)

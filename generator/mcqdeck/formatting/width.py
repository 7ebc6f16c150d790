"""How wide a text is in a terminal or an editor."""

from __future__ import annotations

LINE = 100
"""The columns that a line of a chapter has."""


def width(text: str) -> int:
    """The columns that a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    # It takes some time to load, and most texts need it not.
    from rich.cells import cell_len  # noqa: PLC0415

    return cell_len(text)

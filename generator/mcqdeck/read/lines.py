"""From bytes to lines, and from a line's indentation to columns of the file as saved."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\n|\r")
_TAB = 4
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and where it stops being UTF-8.

    `text` has no byte order mark, and U+FFFD for NUL and for every byte that is not UTF-8.
    `bad_byte` is the offset of the first such byte in the file, from 0, and `bad_index` the place
    in `text` where it stood; both are `None` where all is well. A file that begins as UTF-16 does
    is read as that.
    """

    text: str
    bad_byte: int | None = None
    bad_index: int | None = None
    encoding: str = "UTF-8"


def decode(data: bytes) -> Decoded:
    """The text of a file, whatever its bytes are."""
    if data.startswith(_UTF_16):
        text = data.decode("utf-16", errors="replace").replace("\0", "\ufffd")
        return Decoded(text, 0, 0, "UTF-16")
    try:
        text, bad_byte, bad_index = data.decode("utf-8"), None, None
    except UnicodeDecodeError as error:
        text, bad_byte = data.decode("utf-8", errors="replace"), error.start
        bad_index = len(data[:bad_byte].decode("utf-8"))
    if text.startswith(_BYTE_ORDER_MARK):
        text = text[1:]
        bad_index = None if bad_index is None else bad_index - 1
    return Decoded(text.replace("\0", "\ufffd"), bad_byte, bad_index)


def split(text: str) -> list[str]:
    """The lines of a text without their line ends: LF, CRLF or CR, and nothing else."""
    return text.split("\n") if "\r" not in text else LINE_END.split(text)


def indent(text: str, start: int = 0) -> int:
    """The width of a line's leading white space, tabs reaching to every fourth column.

    `start` is the column, from 0, at which the line stands.
    """
    rest = text.lstrip(" ")
    width = len(text) - len(rest)
    if not rest.startswith("\t"):
        return width
    for character in rest:
        if character == "\t":
            width += _TAB - (start + width) % _TAB
        elif character == " ":
            width += 1
        else:
            break
    return width


def cut(text: str, column: int, width: int) -> tuple[str, int]:
    """Takes up to `width` columns of white space off a line that begins at `column`.

    Returns the rest and the column where it begins. A tab that reaches further leaves spaces.
    """
    if text[:width].count(" ") == width:
        return text[width:], column + width
    taken, position = 0, 0
    while position < len(text) and taken < width and text[position] in " \t":
        taken += _TAB - taken % _TAB if text[position] == "\t" else 1
        position += 1
    left_over = max(0, taken - width)
    return " " * left_over + text[position:], column + position - left_over

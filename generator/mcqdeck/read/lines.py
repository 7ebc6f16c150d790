"""From bytes to text, and from text to lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcqdeck.markdown.pattern import pattern

LINE_END = pattern(r"\r\n|\n|\r")
CONFLICT_MARK = pattern(r"(?:<{7}|\|{7}|>{7}) \S")
"""The lines that git leaves at a merge conflict, but for `=======`, which may underline a title."""

_CONFLICT_SIGNS = ("<<<<<<<", "|||||||", ">>>>>>>")
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


def conflict_rows(text: str, lines: Sequence[str]) -> list[int]:
    """The rows of the lines of a text that may be marks of a merge conflict."""
    if not any(sign in text for sign in _CONFLICT_SIGNS):
        return []
    return [row for row, line in enumerate(lines) if CONFLICT_MARK.match(line)]

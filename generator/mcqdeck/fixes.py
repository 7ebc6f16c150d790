"""Certain fixes of source files: which characters of them become which others."""

from __future__ import annotations

import difflib
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mcqdeck.diagnostic import Diagnostic, Edit
from mcqdeck.model import Place
from mcqdeck.read.lines import LINE_END, decode, split

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def apply_fixes(texts: Mapping[str, bytes], diagnostics: Iterable[Diagnostic]) -> dict[str, bytes]:
    """The files that the certain fixes change, by path, as they will be.

    Only the characters that are at fault change; the byte order mark and each line's end stay. Of
    two fixes that touch the same characters the first is made; the other is left for the next
    run. A file that is not UTF-8 is left alone.
    """
    chosen: dict[str, list[Edit]] = {}
    for diagnostic in diagnostics:
        edits = chosen.setdefault(diagnostic.where.path, [])
        if all(_is_free(edit, edits) for edit in diagnostic.edits):
            for edit in diagnostic.edits:
                insort(edits, edit, key=_start)
    fixed = {}
    for path, edits in chosen.items():
        data = texts.get(path)
        if edits and data is not None and decode(data).bad_byte is None and b"\0" not in data:
            fixed[path] = edited(data, edits)
    return fixed


def difference(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """What a fix changes in a file, as the lines of a unified diff."""
    old, new = (split(decode(data).text) for data in (before, after))
    name = path.lstrip("/")
    return difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="")


def _is_free(edit: Edit, others: Sequence[Edit]) -> bool:
    """Whether an edit touches none of the others, which stand in order and apart."""
    position = bisect_left(others, edit.start, key=_start)
    return not any(_meet(edit, other) for other in others[max(0, position - 1) : position + 2])


def _start(edit: Edit) -> Place:
    return edit.start


def _meet(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """A UTF-8 file with edits that stand in order and apart; byte order mark and line ends stay."""
    text = decode(data).text
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    first_end = LINE_END.search(text)
    line_end = first_end[0] if first_end else "\n"

    def offset(place: Place) -> int:
        return starts[place.line - 1] + place.column - 1

    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : offset(edit.start)], edit.text.replace("\n", line_end)]
        done = offset(edit.end)
    pieces.append(text[done:])
    mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK) else b""
    return mark + "".join(pieces).encode()

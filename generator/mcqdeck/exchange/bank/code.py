"""Code in tags where the reader of a chapter would see a question begin in its fence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from mcqdeck.exchange.bank.rows import Kind, Row, rows

METADATA = re.compile(r"<!--(?=\s*[a-z]+[ \t]*:)")
QUESTION = re.compile(r" {0,3}##[ \t]+(?P<text>\S.*)")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_BOX = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]")
_OPENING = re.compile(r"(.*?)(?:`{3,}|~{3,})[ \t]*([^\s`~]*)[^`]*$")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_MARKDOWN = frozenset({"markdown", "mcqdeck", "md"})


def with_tags_for_code(lines: Sequence[str], *, in_list: bool) -> Iterator[str]:
    """The lines; `in_list` says that they come into an item of a list."""
    fence: list[Row] = []
    for row in rows(lines):
        if row.kind is not Kind.FENCE:
            yield row.text
            continue
        fence.append(row)
        if row.closes:
            texts = [each.text for each in fence]
            yield from _code(fence) if _is_misread(texts, in_list=in_list) else texts
            fence = []


def _is_misread(fence: Sequence[str], *, in_list: bool) -> bool:
    """Whether a line of a fence looks like a question's heading, and others like its parts."""
    if in_list and any(map(METADATA.search, fence)):
        return True
    opening = _OPENING.match(fence[0])
    if opening and opening[2].casefold() in _MARKDOWN:
        return False
    inner = fence[1:-1]
    return any(
        _has_parts(found["text"].strip(), inner, inner[number + 1 :])
        for number, line in enumerate(inner)
        if (found := QUESTION.match(line))
    )


def _has_parts(heading: str, code: Sequence[str], below: Sequence[str]) -> bool:
    return (
        _SLUG.fullmatch(heading) is not None
        or any(map(_BOX.match, code if heading.endswith(("?", "？")) else below))
        or any(map(_FENCE.match, below))
        or (bool(below) and below[0].lstrip().startswith("<!--"))
    )


def _code(fence: Sequence[Row]) -> Iterator[str]:
    """A fence as HTML."""
    first = fence[0]
    opening = _OPENING.match(first.text)
    prefix, language = (opening[1], opening[2]) if opening else ("", "")
    opened = f'<code class="language-{escape(language)}">' if language else "<code>"
    margin = len(prefix.expandtabs(4))
    lines = [_line(row.text, margin) for row in fence[1:-1]]
    head, *others = *lines, "</code></pre>"
    yield f"{prefix}<pre>{opened}{head}"
    yield from (" " * first.floor + line if line else "" for line in others)


def _line(text: str, margin: int) -> str:
    """A line of code as HTML that begins no heading."""
    indent = min(margin, len(text) - len(text.lstrip(" ")))
    return re.sub("^( {0,3})#", r"\1&#35;", escape(text[indent:], quote=False))

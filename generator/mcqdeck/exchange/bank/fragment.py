"""Markdown that somebody else wrote, made fit for a place in a chapter.

In a chapter some marks at the margin belong to the file, not to a question: headings, task lists,
a fence or comment without end. Here they become what they look like, and nothing else is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

_SUSPECT = re.compile(
    r"^ {0,3}(?:#|>|`{3}|~{3}|(?:[-+*]|\d+[.)])[ \t]+\[|=+[ \t]*$|-+[ \t]*$|<|\[|-{3})|<!--",
    re.MULTILINE,
)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?)|)(?:[ \t]+#+)?[ \t]*$")
_TASK = re.compile(r"([ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+)\[(?=[ xX]?\])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_FENCE = re.compile(r"( *)(`{3,}(?=[^`]*$)|~{3,})")
_RAW = re.compile(r" {0,3}<(pre|script|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_METADATA = re.compile(r"<!--(?=\s*[a-z]+[ \t]*:)")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]]+\]:[ \t]*\S")
_QUOTE = re.compile(r" {0,3}>")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")
# What begins a block when it begins a text; after a checkbox it must stand on a line of its own.
_BLOCK = re.compile(
    r"(?: {4}|\t| {0,3}(?:[-+*](?:\s|\Z)|\d{1,9}[.)](?:\s|\Z)|\#{1,6}(?:\s|\Z)|>|`{3}|~{3}|\|"
    r"|\$\$[ \t]*\n|</?(?:blockquote|details|div|dl|h[1-6]|hr|ol|p|pre|table|ul)(?=[\s>/])))",
    re.IGNORECASE,
)
_TABLE = re.compile(r"[^\n]*\|[^\n]*\n {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\||\n|\Z)")


class Row(Enum):
    """What a line of Markdown is part of."""

    TEXT = auto()
    FENCE = auto()
    COMMENT = auto()
    RAW = auto()


def rows(lines: Sequence[str]) -> Iterator[tuple[Row, str]]:
    """Each line with what it is part of; the end that a fence, comment or tag lacks is added."""
    closing = ""
    kind = Row.TEXT
    margin = ""
    for line in lines:
        if kind is Row.FENCE:
            bare = line.strip()
            yield kind, line
            if bare.startswith(closing) and bare == bare[0] * len(bare):
                kind = Row.TEXT
        elif kind is not Row.TEXT:
            yield kind, line
            if closing in line.lower():
                kind = Row.TEXT
        elif fence := _FENCE.match(line):
            kind, closing, margin = Row.FENCE, fence[2], fence[1]
            yield kind, line
        elif "<!--" in line and "-->" not in line[line.rindex("<!--") :]:
            kind, closing, margin = Row.COMMENT, "-->", ""
            yield kind, line
        elif (raw := _RAW.match(line)) and f"</{raw[1].lower()}>" not in line.lower():
            kind, closing, margin = Row.RAW, f"</{raw[1].lower()}>", ""
            yield kind, line
        else:
            yield kind, line
    if kind is not Row.TEXT:
        yield kind, margin + closing


def fitted(text: str, *, in_option: bool = False) -> str:
    """The text as a part of a question: in its stem, in one of its sections, or in an option."""
    if not _SUSPECT.search(text):
        return text
    output: list[str] = []
    for kind, whole in rows(text.split("\n")):
        line = _METADATA.sub("<!-- *", whole) if "<!--" in whole else whole
        if kind is not Row.TEXT:
            output.append(line)
        elif heading := _HEADING.match(line):
            _add_heading(output, heading[1] or "")
        elif _UNDERLINE.match(line) and output and output[-1].strip():
            _underline(output, line)
        else:
            output.append(_TASK.sub(r"\1\\[", line))
    return "\n".join(_with_tags_for_quotes(output) if in_option else output)


def _add_heading(output: list[str], title: str) -> None:
    """A heading becomes a paragraph in bold."""
    if output and output[-1].strip():
        output.append("")
    if title:
        output += [title if "**" in title or "__" in title else f"**{title}**", ""]


def _underline(output: list[str], line: str) -> None:
    """What an underline would make a heading is text; a rule of dashes stays one."""
    last = output[-1]
    if _ITEM.match(last) or last.lstrip().startswith((">", "|", "<")) or _DEFINITION.match(last):
        output += ["", "***"] if "-" in line and len(line.strip()) > 2 else [f"\\{line.strip()}"]
    elif len(output) < 2 or not output[-2].strip():
        output[-1] = last if "**" in last else f"**{last.strip()}**"
        output.append("")
    else:
        output += ["", "***"] if "-" in line and len(line.strip()) > 2 else [""]


def _with_tags_for_quotes(lines: Sequence[str]) -> Iterator[str]:
    """An option's quotes in tags: one in Markdown would be its rationale."""
    is_open = False
    for kind, line in rows(lines):
        is_quote = kind is Row.TEXT and _QUOTE.match(line) is not None
        if is_quote and not is_open:
            yield from ("", "<blockquote>", "")
        if is_open and not is_quote:
            yield from ("", "</blockquote>", "")
        is_open = is_quote
        yield re.sub(r"^ {0,3}> ?", "", line) if is_quote else line
    if is_open:
        yield from ("", "</blockquote>")


def begins_block(text: str) -> bool:
    """Whether the text begins with anything but a paragraph."""
    return text.startswith("\n") or bool(_BLOCK.match(text)) or bool(_TABLE.match(text))


def ends_in_list(text: str) -> bool:
    """Whether a list might be open at the end of a text, which the next item would continue."""
    is_open = was_blank = False
    for kind, line in rows(text.split("\n")):
        if kind is Row.TEXT and _ITEM.match(line):
            is_open = True
        elif was_blank and line.strip() and not line[0].isspace():
            is_open = False
        was_blank = not line.strip()
    return is_open

"""Markdown that somebody else wrote, made fit for a place in a chapter.

In a chapter some marks at the margin belong to the file, not to a question: headings, task lists,
a fence or comment without end. Here they become what they look like, and nothing else is touched.
Code that looks like a question to the reader of a chapter stands in HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mcqdeck.exchange.bank.code import METADATA, QUESTION, with_tags_for_code
from mcqdeck.exchange.bank.rows import Kind, rows

_SUSPECT = re.compile(
    r"^[ \t]*(?:#|>|(?:[-+*]|\d+[.)])[ \t]+\[|=+[ \t]*$|-+[ \t]*$|<|\[)|`{3}|~{3}|<!--",
    re.MULTILINE,
)
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?)|)(?:[ \t]+#+)?[ \t]*$")
_GLUED = re.compile(r" {0,3}#{2,3}(?=[^#\s])")
_TASK = re.compile(r"([ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+)\[(?=[ xX]?\])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_COMMENT = re.compile(r" {0,3}<!--")
_MAY_END_PARAGRAPH = re.compile(r"\s*(?:[#>`~<|+*=-]|\d{1,9}[.)]|$)")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]]+\]:[ \t]*\S")
_QUOTE = re.compile(r" {0,3}>")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)")
# What begins a block when it begins a text; after a checkbox it must stand on a line of its own.
_BLOCK = re.compile(
    r"(?: {4}| {0,3}\t| {0,3}(?:[-+*](?:\s|\Z)|\d{1,9}[.)](?:\s|\Z)|\#{1,6}(?:\s|\Z)|>|`{3}|~{3}|\|"
    r"|\$\$[ \t]*\n|</?(?:blockquote|details|div|dl|h[1-6]|hr|ol|p|pre|table|ul)(?=[\s>/])))",
    re.IGNORECASE,
)
_TABLE = re.compile(r"[^\n]*\|[^\n]*\n {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\||\n|\Z)")


def fitted(text: str, *, in_list: bool = False, may_quote: bool = True) -> str:
    """The text as a part of a question: in its stem, in one of its sections, or in an option."""
    if not _SUSPECT.search(text):
        return text
    output: list[str] = []
    lines = text.split("\n")
    is_inside = False
    for row in rows(lines):
        line = row.text
        if "<!--" in line and row.kind is not Kind.FENCE:
            if is_inside:
                line = line.replace("<!--", "<! --")
            elif row.kind in (Kind.TEXT, Kind.COMMENT):
                line = _whole(line, lines[row.number + 1 :])
            else:
                line = METADATA.sub("<!-- *", line)
        is_inside = row.kind is Kind.COMMENT and not row.closes
        if row.kind is not Kind.TEXT:
            output.append(line)
        elif not row.floor and (heading := _HEADING.match(line)):
            _add_heading(output, heading[1] or "")
        elif _UNDERLINE.match(line) and output and output[-1].strip():
            _underline(output, line)
        else:
            output.append(_GLUED.sub(_escaped, _TASK.sub(r"\1\\[", line)))
    if any(QUESTION.match(line) or (in_list and METADATA.search(line)) for line in output):
        output = list(with_tags_for_code(output, in_list=in_list))
    return "\n".join(output if may_quote else _with_tags_for_quotes(output))


def _whole(line: str, below: Sequence[str]) -> str:
    """A line whose comments look like none of a question's; one that never ends is text."""
    line = METADATA.sub("<!-- *", line)
    at = line.rfind("<!--")
    if "-->" in line[at:] or (_COMMENT.match(line) and line.find("<!--") == at) or _ends(below):
        return line
    return f"{line[:at]}&lt;{line[at + 1 :]}"


def _ends(below: Sequence[str]) -> bool:
    """Whether the paragraph that goes on below has the end of a comment."""
    for line in below:
        if _MAY_END_PARAGRAPH.match(line):
            return line.startswith("-->")
        if "-->" in line:
            return True
    return False


def _escaped(mark: re.Match[str]) -> str:
    return mark[0].replace("#", "\\#", 1)


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
    for row in rows(lines):
        line = row.text
        is_quote = row.kind is Kind.TEXT and not row.floor and _QUOTE.match(line) is not None
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
    if text.startswith("\n") or _BLOCK.match(text) or _TABLE.match(text):
        return True
    first, mark, _ = text.partition("\n")
    return bool(mark) and next(rows([first])).kind is not Kind.TEXT


def ends_in_list(text: str) -> bool:
    """Whether a list might be open at the end of a text, which the next item would continue."""
    is_open = was_blank = False
    for row in rows(text.split("\n")):
        line = row.text
        if row.kind is Kind.TEXT and _ITEM.match(line):
            is_open = True
        elif was_blank and line.strip() and not line[0].isspace():
            is_open = False
        was_blank = not line.strip()
    return is_open

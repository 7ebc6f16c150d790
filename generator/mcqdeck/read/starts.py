"""How the blocks of Markdown begin and end, as CommonMark and GitHub have it.

Source: https://github.github.com/gfm/. Each expression takes linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mcqdeck.read.lines import indent

START = re.compile(
    r"""[ ]{0,3}(?:
      (?P<heading>\#{1,6})(?=[ \t]|$)
    | (?P<fence>`{3,}(?=[^`]*$)|~{3,})
    | (?P<quote>>)
    | (?P<rule>(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$)
    | (?P<bullet>[-+*])(?=[ \t]|$)
    | [0-9]{1,9}(?P<ordered>[.)])(?=[ \t]|$)
    | (?P<html><[!?/A-Za-z])
    )""",
    re.VERBOSE,
)
SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
DELIMITER_ROW = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
BARE_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*$")
SECOND_LEVEL = re.compile(r" {0,3}##(?=[ \t]|$)")
TASK = re.compile(r" {0,3}(?:[-+*]|[0-9]{1,9}[.)])[ \t]+\[[ xX]\][ \t]")
CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+[ \t]*$")
RAW_TAG = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd"
    r"|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]"
    r"|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup"
    r"|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)"
    r"(?=[\s/>]|$)",
    re.IGNORECASE,
)
LONE_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:[ \t][^<>]*)?/?>[ \t]*$")
ENDS = (("<?", "?>"), ("<![cdata[", "]]>"), ("<!", ">"))


@dataclass(slots=True)
class Inside:
    """What is open at the end of a container, as far as its next line depends on it."""

    has_open_paragraph: bool = False
    fence: str = ""

    def see(self, content: str) -> None:
        """Takes one more line of the container's content."""
        match = START.match(content)
        if self.fence:
            closes = BARE_FENCE.match(content)
            if closes and closes[1].startswith(self.fence):
                self.fence = ""
            return
        kind = match.lastgroup if match else None
        if kind == "fence" and match is not None:
            self.fence, self.has_open_paragraph = match["fence"], False
        elif kind in ("heading", "rule"):
            self.has_open_paragraph = False
        else:
            rest = content[match.end() :] if match and kind != "html" else content
            self.has_open_paragraph = bool(rest.strip()) and (
                self.has_open_paragraph or indent(content) < 4
            )


def begins(line: str) -> bool:
    """Whether a line outside a container begins a block, and so cannot be part of it.

    Here, other than within a paragraph, any list item begins a list.
    """
    match = START.match(line)
    is_item = match is not None and match.lastgroup in ("bullet", "ordered")
    return is_item or interrupts(line)


def interrupts(line: str) -> bool:
    """Whether a line that could continue a paragraph begins a block of its own instead."""
    match = START.match(line)
    if match is None:
        return False
    kind = match.lastgroup
    if kind == "bullet":
        return bool(line[match.end() :].strip())
    if kind == "ordered":
        return match[0].lstrip(" ")[:-1] == "1" and bool(line[match.end() :].strip())
    if kind == "html":
        tag = line.lstrip(" ")
        return bool(tag.startswith(("<!", "<?")) or RAW_TAG.match(tag) or BLOCK_TAG.match(tag))
    return True

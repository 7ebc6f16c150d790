"""Markdown from anywhere as a part of a question.

In a chapter some marks at the margin belong to the file, not to a question: headings, checkboxes,
comments with metadata, a fence or comment without end. Here they become what they look like, and
nothing else is touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from mcqdeck.exchange.item import Item, Text
from mcqdeck.markdown import LISTS, Block, parse
from mcqdeck.read.recovery import QUESTION_HEADING, SHOWS_MARKDOWN, TASK_ITEM, asks, is_id

# How a line begins in a text that may need a change. A pattern that begins with the line end is
# many times faster than one that asks at each character whether a line begins there.
_SUSPECT_BEGIN = (
    r"(?:[ \t]*(?:#|>|(?:[-+*]|\d+[.)])[ \t]+\[|[-+*]?\[|\d+[.)]\[|=+[ \t]*$|-+[ \t]*$|<)"
    r"| {0,3}\t)"
)
_SUSPECT_FIRST_LINE = re.compile(_SUSPECT_BEGIN, re.MULTILINE)
_SUSPECT_LATER_LINE = re.compile(rf"\n{_SUSPECT_BEGIN}", re.MULTILINE)
_GLUED = re.compile(r" {0,3}#{2,3}(?=[^#\s])")
_BOX = re.compile(r"[ \t]*(?:(?:[-+*–—•]|\d{1,9}[.)])[ \t\xa0]*)?\[(?=[^\[\]]{0,2}\](?![(\[:]))")
_METADATA = re.compile(r"<!--(?=\s*[a-z]+[ \t]*:)")
_QUOTE = re.compile(r" {0,3}> ?")
_TAB = re.compile(r"^ {0,3}\t")  # it would reach less far behind the margin of an option
_LIST = re.compile(r"^[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)", re.MULTILINE)
_NUMBER_SIGN = re.compile(r"^( {0,3})#", re.MULTILINE)
_RAW_TAG = re.compile(r"<([a-z]+)", re.IGNORECASE)
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


def fitted_item(item: Item) -> Item:
    """The item with each of its texts as the part of a question that it is."""
    if not any(_is_suspect(text.markdown) for text in item.texts):
        return item
    return replace(
        item,
        stem=_fitted(item.stem),
        options=tuple(
            replace(
                option,
                text=Text(fitted_option(option.text.markdown)),
                rationale=_fitted(option.rationale),
            )
            for option in item.options
        ),
        explanation=_fitted(item.explanation),
        references=_fitted(item.references),
    )


def _fitted(text: Text) -> Text:
    return Text(fitted(text.markdown))


def fitted(text: str) -> str:
    """The text as a question's stem, as one of its sections, or as a rationale."""
    if not _is_suspect(text):
        return text
    text = text.rstrip().strip("\n")
    return _Fitter(text).fitted()


def _is_suspect(text: str) -> bool:
    """Whether a text may need a change: most have none of these signs."""
    return (
        text != text.strip()
        or _SUSPECT_FIRST_LINE.match(text) is not None
        or _SUSPECT_LATER_LINE.search(text) is not None
        or "```" in text
        or "~~~" in text
        or "<!--" in text
    )


def fitted_option(text: str) -> str:
    """The text as an option, whose quotes stand in tags: one in Markdown would be its rationale."""
    text = fitted(text)
    while ">" in text and (untied := _without_quotes(text)) != text:
        text = untied
    return text


def _without_quotes(text: str) -> str:
    """The text with its outermost quotes in tags."""
    output = text.split("\n")
    for block in parse(text).root.blocks:
        if block.tag == "blockquote":
            for row in range(block.start, block.end):
                output[row] = _QUOTE.sub("", output[row], count=1)
            is_open = len(block) and not block.blocks[-1].is_closed  # it ended with the quote
            end = f"\n{_end_of(block.blocks[-1])}" if is_open else ""
            output[block.start] = f"<blockquote>\n\n{output[block.start]}"
            output[block.end - 1] += f"{end}\n\n</blockquote>\n"
    return "\n".join(output).rstrip("\n")


class _Fitter:
    """Changes the lines of one text."""

    def __init__(self, text: str) -> None:
        self._document = parse(text)
        self._lines = list(self._document.lines)
        self._gone: set[int] = set()

    def fitted(self) -> str:
        for block in self._document.root.blocks:
            self._take(block)
            if block.level:
                self._heading(block)
            elif block.tag == "p":
                self._sub(_GLUED, block.row)
            if block.tag == "p" or (block.tag == "code" and not block.fence):
                for row in range(block.start, block.end):
                    self._lines[row] = _TAB.sub("    ", self._lines[row], count=1)
            if block.html_end == "-->":
                self._comment(block)
            if not block.is_closed:
                self._lines[-1] += f"\n{_end_of(block)}"
            if block.fence and (_is_misread(block) or _ends_early(block)):
                self._code(block)
        kept = (line for row, line in enumerate(self._lines) if row not in self._gone)
        return "\n".join(kept)

    def _take(self, block: Block) -> None:
        """What no part may hold, at whatever depth."""
        if block.tag in ("code", "formula"):
            return
        if block.tag == "li":
            self._sub(_BOX, block.start, block.column)
        elif block.tag == "p":
            for number, row in enumerate(range(block.row, block.end)):
                self._sub(_BOX, row, block.columns[number])
        if len(block) and block.tag != "table":
            for child in block.blocks:
                self._take(child)
            return
        for row in range(block.start, block.end):
            if "<!--" in self._lines[row]:
                below = self._lines[row + 1] if row + 1 < block.end else ""
                both = _METADATA.sub("<!-- *", f"{self._lines[row]}\n{below}")
                self._lines[row] = both.partition("\n")[0]

    def _sub(self, mark: re.Pattern[str], row: int, column: int = 0) -> None:
        """Escapes the last sign of a mark that stands in a line from a column on."""
        if match := mark.match(self._lines[row], column):
            line = self._lines[row]
            at = match.end() - 1 if mark is _BOX else line.index("#", column)
            self._lines[row] = f"{line[:at]}\\{line[at:]}"

    def _heading(self, block: Block) -> None:
        """A heading becomes a paragraph in bold."""
        title = " ".join(line.strip() for line in block.lines).strip()
        bold = title if not title or "**" in title or "__" in title else f"**{title}**"
        above = "\n" if block.start and self._lines[block.start - 1].strip() else ""
        below = "\n" if "".join(self._lines[block.end : block.end + 1]).strip() else ""
        self._lines[block.start] = above + bold + below
        self._gone.update(range(block.start + 1, block.end))

    def _comment(self, block: Block) -> None:
        """A comment in which no other seems to begin, as if it had no end itself."""
        for row in range(block.start, block.end):
            line = self._lines[row]
            inside = line.index("<!--") + 4 if row == block.start else 0
            self._lines[row] = line[:inside] + line[inside:].replace("<!--", "<! --")

    def _code(self, block: Block) -> None:
        """A fence becomes HTML, in which no line looks like the heading of a question."""
        language = block.info.split(" ")[0]
        opened = f'<code class="language-{escape(language)}">' if language else "<code>"
        code = escape(block.source, quote=False)
        code = _NUMBER_SIGN.sub(r"\1&#35;", code)
        self._lines[block.start] = f"<pre>{opened}{code}\n</code></pre>"
        self._gone.update(range(block.start + 1, block.end))


def _end_of(block: Block) -> str:
    """What ends a fence or an HTML block that has no end."""
    if block.html_end == "</raw>":
        tag = _RAW_TAG.search(block.source)
        return f"</{tag[1] if tag else 'pre'}>"
    return block.html_end or block.fence


def _ends_early(fence: Block) -> bool:
    """Whether a line that a tab keeps from ending a fence ends it where the fence is indented."""
    return any(
        line.strip().strip(fence.fence[0]) == "" and _TAB.match(line) and fence.fence in line
        for line in fence.lines
    )


def _is_misread(fence: Block) -> bool:
    """Whether a line of a fence looks like a question's heading, and others like its parts."""
    if fence.info.casefold().split(" ")[0] in SHOWS_MARKDOWN:
        return False
    lines = fence.lines
    return any(
        _has_parts(match[1].strip(), lines, lines[number + 1 :])
        for number, line in enumerate(lines)
        if (match := QUESTION_HEADING.match(line))
    )


def _has_parts(heading: str, code: Sequence[str], below: Sequence[str]) -> bool:
    return (
        is_id(heading)
        or any(map(TASK_ITEM.match, code if asks(heading) else below))
        or any(map(_FENCE.match, below))
        or (bool(below) and below[0].lstrip().startswith("<!--"))
    )


def begins_block(text: str) -> bool:
    """Whether the text begins with anything but a paragraph, such as a definition."""
    if "\n" not in text and text[:1].isalpha():
        return False
    blocks = parse(text).root.blocks
    return not blocks or blocks[0].tag != "p" or blocks[0].start > 0


def ends_in_list(text: str) -> bool:
    """Whether a list is open at the end of a text, which the next item would continue."""
    if not _LIST.search(text):
        return False
    blocks = [block for block in parse(text).root.blocks if block.tag != "footnote"]
    return bool(blocks) and blocks[-1].tag in LISTS

"""From a chapter's tree to its title and its questions' parts, sorted under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mcqdeck.diagnostic import Collector
from mcqdeck.markdown import Block, Kind, inlines
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import pieces
from mcqdeck.read import source_mistakes
from mcqdeck.read.comment_keys import QUESTION_KEYS
from mcqdeck.read.options import has_checkbox
from mcqdeck.read.source import Source

_KEY = pattern(r"\s*([A-Za-z_-]+)[ \t]*:(?=\s|$)")
_QUOTED_KEY = pattern(r"""\s*(["'])([A-Za-z_-]+)\1[ \t]*:""")
_OPENS_PRE = pattern(r"\s*<(pre)\b", re.IGNORECASE)  # what else may stay open is unsafe anyway
_HEADING_WITHOUT_SPACE = pattern(r" {0,3}(#{1,3})([^#\s][^#]{0,200})$")


@dataclass(slots=True)
class Section:
    """The blocks under one heading of a question."""

    heading: Block
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class QuestionBlocks:
    """A question's heading, the blocks of its body, and its sections."""

    heading: Block
    body: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def blocks(self) -> Iterable[Block]:
        """All blocks below the heading but the sections' headings."""
        yield from self.body
        for section in self.sections:
            yield from section.blocks


@dataclass(frozen=True, slots=True)
class Outline:
    """A chapter's first heading, what stands above its first question, and its questions."""

    title: Block | None
    above: tuple[Block, ...]
    questions: tuple[QuestionBlocks, ...]


def outline(source: Source, collector: Collector) -> Outline:
    """Sorts blocks under the headings they stand under; reports what stands in no place.

    Rules (`---`) between questions and footnotes belong to no part.
    """
    sorter = _Sorter(source, collector)
    for block in source.document.root.blocks:
        sorter.take(block)
    return sorter.finish()


class _Sorter:
    """Puts one block after another where it belongs."""

    def __init__(self, source: Source, collector: Collector) -> None:
        self.source = source
        self.collector = collector
        self.title: Block | None = None
        self.questions: list[QuestionBlocks] = []
        self.above: list[Block] = []
        self.current = self.above

    def take(self, block: Block) -> None:
        if block.tag == "p" and (glued := self.glued(block)):
            self.heading(glued)
            if len(block.lines) > 1:
                self.take(block.without_lines(1))
            return
        if not block.is_closed:
            _unclosed(self.source, block, self.collector)
        if block.level:
            self.heading(_without_comment(self.source, block, self.collector))
        elif block.tag != "footnote":
            self.current.append(block)

    def glued(self, block: Block) -> Block | None:
        """The heading that a paragraph was meant to begin with: `##question`, without a space."""
        match = _HEADING_WITHOUT_SPACE.match(self.source.line(block.row))
        if match is None or (len(match[1]) == 1 and (self.title or self.questions)):
            return None
        level, where = len(match[1]), self.source.start(block)
        problem = f"no space after `{match[1]}`, so this is no heading"
        self.collector.report(
            source_mistakes.heading_level, where, level, problem, f"write `{match[1]} {match[2]}`"
        )
        heading = Block(f"h{level}", block.row, match.start(2))
        heading.add_line(match[2].rstrip(" \t"), block.row, match.start(2))
        return heading

    def heading(self, block: Block) -> None:
        if block.level < 3:
            _trim(self.current)
        if block.level == 1:
            self.current = self.above
            if self.title is None:
                self.title = block
            else:
                where, first = self.source.start(block), self.source.start(self.title)
                self.collector.report(source_mistakes.two_titles, where, first)
        elif block.level == 2:
            self.questions.append(QuestionBlocks(block))
            self.current = self.questions[-1].body
        elif block.level == 3 and self.questions:
            self.questions[-1].sections.append(Section(block))
            self.current = self.questions[-1].sections[-1].blocks
        else:
            _misplaced_heading(self.source, block, self.collector)
            self.current.append(block)

    def finish(self) -> Outline:
        _trim(self.current)
        for block in self.above:
            misplaced_metadata(self.source, block, self.collector)
            if has_checkbox(block):
                where, part = self.source.start(block), "above the first question"
                self.collector.report(source_mistakes.options_outside_question, where, part)
        return Outline(self.title, tuple(self.above), tuple(self.questions))


def entry(text: str, start: int = 0) -> str | None:
    """The key with which a comment's text begins, if it is metadata: `level` of ` level: recall`.

    A remark such as `Note: check this` begins with a capital letter and is none; in quotes only the
    name of a key is one.
    """
    if match := _KEY.match(text, start):
        key = match[1]
        return key if key.islower() or key.casefold() in QUESTION_KEYS else None
    quoted = _QUOTED_KEY.match(text, start)
    return quoted[2] if quoted and quoted[2].casefold() in QUESTION_KEYS else None


def misplaced_metadata(source: Source, block: Block, collector: Collector) -> None:
    """Reports metadata in a comment that nobody reads."""
    for row, line in enumerate(source.document.lines[block.start : block.end], block.start):
        if "<!--" not in line or _is_verbatim(block, row):
            continue
        at, end = line.find("<!--"), len(line.rstrip())
        while at >= 0:
            key = entry(line, at + 4)
            if key is None and at + 4 == end and row + 1 < block.end:
                key = entry(source.line(row + 1))
            if key in QUESTION_KEYS:
                problem = f"a comment with `{key}:` away from its heading is not read"
                collector.report(source_mistakes.comment_misplaced, source.place(row, at), problem)
            at = line.find("<!--", at + 4)


def _is_verbatim(block: Block, row: int) -> bool:
    """Whether a row of a block is code or a formula."""
    leaves = (leaf for leaf in block.leaves() if leaf.tag in ("code", "formula"))
    return any(leaf.start <= row < leaf.end for leaf in leaves)


def _without_comment(source: Source, heading: Block, collector: Collector) -> Block:
    """A heading without the comments that end it; metadata on a heading's line is not read."""
    text = heading.source
    if "<!--" not in text:
        return heading
    parts = inlines(heading, source.document)
    for part in parts:
        at = text.find("<!--", part.start, part.end)
        if part.kind in (Kind.HTML, Kind.TEXT) and at >= 0 and entry(text, at + 4) in QUESTION_KEYS:
            problem = "a comment on the heading's own line is not read"
            where = source.place(*heading.place(at))
            collector.report(source_mistakes.comment_misplaced, where, problem)
    end = len(text)
    for part in reversed(parts):
        if part.kind is Kind.HTML and part.text.startswith("<!--"):
            end = part.start
        elif part.kind is not Kind.TEXT or part.text.strip():
            break
    if end == len(text):
        return heading
    bare = Block(heading.tag, heading.start, heading.column)
    for number, line in enumerate(text[:end].rstrip().split("\n")):
        bare.add_line(line, heading.row + number, heading.columns[number])
    bare.end = heading.end
    return bare


def _trim(blocks: list[Block]) -> None:
    """Takes the rules off the end of a part: they part it from the next question."""
    while blocks and blocks[-1].tag == "hr":
        blocks.pop()


def _unclosed(source: Source, block: Block, collector: Collector) -> None:
    where = source.start(block)
    if block.fence:
        collector.report(source_mistakes.fence_unclosed, where, block.fence)
    elif block.html_end == "-->":
        collector.report(source_mistakes.comment_unclosed, where)
    elif opened := _OPENS_PRE.match(block.source):
        mark, end = f"<{opened[1]}>", f"</{opened[1]}>"
        collector.report(source_mistakes.fence_unclosed, where, mark, end=end)


def _misplaced_heading(source: Source, block: Block, collector: Collector) -> None:
    if block.level == 3:
        advice = "open a question with `##` first; `###` begins one of its sections"
    else:
        advice = "use `##` for a question, `###` for its sections, and bold text for the rest"
    problem = f"a heading of level {block.level} has no place here"
    collector.report(
        source_mistakes.heading_level, source.start(block), block.level, problem, advice
    )


def begins_with_comment(block: Block) -> bool:
    """Whether a block begins with an HTML comment, whatever stands behind it on its last line."""
    return block.tag == "html" and block.html_end == "-->"


def is_comment(block: Block) -> bool:
    """Whether a block is HTML comments, of which nothing shows."""
    if not begins_with_comment(block):
        return False
    html, end = block.source, 0
    for offset, piece in pieces(html):
        if html[end:offset].strip() or not piece.startswith("<!--"):
            return False
        end = offset + len(piece)
    return not html[end:].strip()

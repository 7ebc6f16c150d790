"""From a chapter's blocks to its title and its questions' parts, sorted under their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mcqdeck.diagnostic import Collector
from mcqdeck.read import mistakes
from mcqdeck.read.blocks import Block, Kind
from mcqdeck.read.metadata import QUESTION_KEYS
from mcqdeck.read.options import has_checkbox
from mcqdeck.read.source import Source

_ENTRY = re.compile(r"\s*([A-Za-z_-]+)[ \t]*:(?=\s|$)")
_GLUED = re.compile(r" {0,3}(#{1,3})([^#\s][^#]{0,200})$")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)(?:[^\[\]\\]|\\.){1,999}\]:[ \t]*\S")


@dataclass(slots=True)
class Part:
    """The blocks under one heading."""

    heading: Block
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """A question's heading, the blocks of its body, and its sections."""

    heading: Block
    body: list[Block] = field(default_factory=list)
    sections: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """A chapter's first heading, its questions, and its link reference definitions, one a line."""

    title: Block | None
    items: tuple[Item, ...]
    definitions: str


def outline(source: Source, blocks: Sequence[Block], collector: Collector) -> Outline:
    """Sorts blocks under the headings they stand under; reports what stands in no place.

    Rules (`---`) between questions and link definitions belong to no part.
    """
    sorter = _Sorter(source, collector)
    for block in blocks:
        sorter.take(block)
    return sorter.finish()


class _Sorter:
    """Puts one block after another where it belongs."""

    def __init__(self, source: Source, collector: Collector) -> None:
        self.source = source
        self.collector = collector
        self.title: Block | None = None
        self.items: list[Item] = []
        self.above: list[Block] = []
        self.current = self.above
        self.definitions: list[str] = []

    def take(self, block: Block) -> None:
        if block.kind is Kind.PARAGRAPH and (glued := self.glued(block)):
            self.heading(glued)
            if block.end > block.start + 1:
                self.take(replace(block, start=block.start + 1))
            return
        if not block.is_closed:
            _unclosed(self.source, block, self.collector)
        if block.kind is Kind.HEADING:
            self.heading(_without_comment(self.source, block, self.collector))
            return
        found = _definitions(self.source, block)
        self.definitions += found
        if len(found) < block.end - block.start:
            self.current.append(block)

    def glued(self, block: Block) -> Block | None:
        """The heading that a paragraph was meant to begin with: `##question`, without a space."""
        match = _GLUED.match(self.source.lines[block.start])
        if match is None or (len(match[1]) == 1 and (self.title or self.items)):
            return None
        level, where = len(match[1]), self.source.first(block)
        problem = f"no space after `{match[1]}`, so this is no heading"
        self.collector.report(
            mistakes.heading_level, where, level, problem, f"write `{match[1]} {match[2]}`"
        )
        return Block(Kind.HEADING, block.start, block.start + 1, level, match[2], match.start(2))

    def heading(self, block: Block) -> None:
        if block.level < 3:
            _trim(self.current)
        if block.level == 1:
            self.current = self.above
            if self.title is None:
                self.title = block
            else:
                where, first = self.source.first(block), self.source.first(self.title)
                self.collector.report(mistakes.two_titles, where, first)
        elif block.level == 2:
            self.items.append(Item(block))
            self.current = self.items[-1].body
        elif block.level == 3 and self.items:
            self.items[-1].sections.append(Part(block))
            self.current = self.items[-1].sections[-1].blocks
        else:
            _misplaced_heading(self.source, block, self.collector)

    def finish(self) -> Outline:
        _trim(self.current)
        for block in self.above:
            misplaced_metadata(self.source, block, self.collector)
            if has_checkbox(self.source, block):
                where, part = self.source.first(block), "above the first question"
                self.collector.report(mistakes.options_outside_question, where, part)
        return Outline(self.title, tuple(self.items), "\n".join(self.definitions))


def entry(text: str, start: int = 0) -> str | None:
    """The key with which a comment's text begins, if it is metadata: `level` of ` level: recall`.

    A remark such as `Note: check this` begins with a capital letter and is none.
    """
    match = _ENTRY.match(text, start)
    if match is None:
        return None
    key = match[1]
    return key if key.islower() or key.casefold() in QUESTION_KEYS else None


def misplaced_metadata(source: Source, block: Block, collector: Collector) -> None:
    """Reports metadata in a comment that nobody reads."""
    if block.kind in (Kind.FENCE, Kind.CODE):
        return
    for number in range(block.start, block.end):
        line = source.lines[number]
        at = line.find("<!--")
        if at < 0:
            continue
        key = entry(line, at + 4)
        if key is None and not line[at + 4 :].strip() and number + 1 < block.end:
            key = entry(source.lines[number + 1])
        if key in QUESTION_KEYS:
            problem = f"a comment with `{key}:` away from its heading is not read"
            collector.report(mistakes.comment_misplaced, source.place(number, at), problem)


def _without_comment(source: Source, heading: Block, collector: Collector) -> Block:
    """A heading without a comment on its line, where metadata is not read."""
    at = heading.text.find("<!--")
    if at < 0:
        return heading
    if entry(heading.text, at + 4) in QUESTION_KEYS:
        is_one_line = source.lines[heading.start].find("<!--") == heading.offset + at
        where = source.place(heading.start, at + heading.offset if is_one_line else 0)
        problem = "a comment on the heading's own line is not read"
        collector.report(mistakes.comment_misplaced, where, problem)
    return replace(heading, text=heading.text[:at].rstrip())


def _definitions(source: Source, block: Block) -> list[str]:
    """The link reference definitions (`[label]: target`) among the lines of a paragraph."""
    if block.kind is not Kind.PARAGRAPH or "[" not in source.lines[block.start][:4]:
        return []
    lines = source.lines[block.start : block.end]
    return [line.strip() for line in lines if _DEFINITION.match(line)]


def _trim(blocks: list[Block]) -> None:
    """Takes the rules off the end of a part: they part it from the next question."""
    while blocks and blocks[-1].kind is Kind.RULE:
        blocks.pop()


def _unclosed(source: Source, block: Block, collector: Collector) -> None:
    where = source.first(block)
    if block.kind is Kind.FENCE:
        collector.report(mistakes.fence_unclosed, where, block.text)
    elif block.kind is Kind.COMMENT:
        collector.report(mistakes.comment_unclosed, where)


def _misplaced_heading(source: Source, block: Block, collector: Collector) -> None:
    if block.level == 3:
        advice = "open a question with `##` first; `###` begins one of its sections"
    else:
        advice = "use `##` for a question, `###` for its sections, and bold text for the rest"
    problem = f"a heading of level {block.level} has no place here"
    collector.report(mistakes.heading_level, source.first(block), block.level, problem, advice)

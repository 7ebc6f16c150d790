"""The options of a question: the first task list in its body, however damaged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mcqdeck.diagnostic import Collector
from mcqdeck.model import Option, Place
from mcqdeck.read import mistakes
from mcqdeck.read.blocks import Block, Item, Kind, segment
from mcqdeck.read.source import Source

_CHECKBOX = re.compile(r"\[([ xX])\](?=[ \t]|$)[ \t]*")
_ALMOST_CHECKBOX = re.compile(r"(\[[ \t]*(?P<mark>[xX✓✔☑✅✗✘√*vV-]?)[ \t]*\](?![(\[:]))[ \t]*")
_OTHER_MARK = re.compile(r"\[[^\[\]]\](?![(\[:])[ \t]*")
_UNLISTED = re.compile(r"[ \t]*(?P<box>(?P<dash>[-*+–—•])?[ \t\xa0]*\[[ xX\xa0]?\])(?![(\[:])")
_LETTER = re.compile(r"\s*(?:[-*+][ \t]+)?\(?([A-Za-z])[.)][ \t]+\S")
_INTRUDERS = {
    Kind.FENCE: "a code fence",
    Kind.QUOTE: "a quote",
    Kind.TABLE: "a table",
    Kind.CODE: "an indented code block",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a question's body consists of.

    `where` is the place of the list, or `None`; `is_missing` says that nothing like a list of
    options was found, `is_numbered` that the list is a numbered one.
    """

    stem: tuple[Block, ...]
    options: tuple[Option, ...]
    rest: tuple[Block, ...]
    where: Place | None
    is_numbered: bool = False
    is_missing: bool = False


def has_checkbox(source: Source, block: Block) -> bool:
    """Whether a block is a list in which an item has a checkbox, damaged or not."""
    return block.kind is Kind.LIST and any(
        _ALMOST_CHECKBOX.match(source.lines[item.start], item.content) for item in block.items
    )


def find_options(source: Source, body: Sequence[Block], collector: Collector) -> Options:
    """Parts a question's body into stem, options and what follows."""
    lists = [number for number, block in enumerate(body) if has_checkbox(source, block)]
    if not lists:
        if _report_unlisted(source, body, collector):
            return Options(tuple(body), (), (), None)
        letter = _lettered(_lines(source, body))
        if letter is not None:
            collector.report(mistakes.lettered_options, letter[0], letter[1])
        return Options(tuple(body), (), (), None, is_missing=letter is None)
    first, last = body[lists[0]], lists[-1]
    where = source.first(first)
    for before, after in pairwise(lists):
        _second_list(source, body[before : after + 1], where, collector)
    rest = body[last + 1 :]
    _report_unlisted(source, rest, collector, needs_dash=True)
    if rest and rest[0].kind in _INTRUDERS and rest[0].start == body[last].end:
        _intruder(source, rest[0], body[last].items[-1], collector)
        rest = rest[1:]
    options = [
        option
        for number in lists
        for item in body[number].items
        for option in _options(source, item, collector)
    ]
    letters = None
    if _LETTER.match(options[0].text.text):
        letters = _lettered((option.text.at(0), option.text.text) for option in options)
    if letters is not None and letters[2] == len(options):
        collector.report(mistakes.lettered_options, letters[0], letters[1])
    return Options(
        tuple(body[: lists[0]]), tuple(options), tuple(rest), where, is_numbered=first.is_ordered
    )


def _report_unlisted(
    source: Source, blocks: Sequence[Block], collector: Collector, *, needs_dash: bool = False
) -> bool:
    """Reports lines that were meant as options and are in no list: `-[x] text`, `[x] text`."""
    found = False
    for block in blocks:
        if block.kind not in (Kind.PARAGRAPH, Kind.CODE):
            continue
        for index in range(block.start, block.end):
            match = _UNLISTED.match(source.lines[index])
            if match and (match["dash"] or not needs_dash):
                found = True
                where, box = source.place(index, match.start("box")), match["box"]
                wanted = "- [x]" if "x" in box.casefold() else "- [ ]"
                advice = f"begin the line with `{wanted}` and a space, at the margin"
                collector.report(mistakes.bad_checkbox, where, box, advice)
    return found


def _second_list(
    source: Source, blocks: Sequence[Block], first: Place, collector: Collector
) -> None:
    """Tells a broken list from a second one. `blocks` begins and ends with a list."""
    intruder = next((block for block in blocks[1:-1] if block.kind in _INTRUDERS), None)
    if intruder is None:
        collector.report(mistakes.two_option_lists, source.first(blocks[-1]), first)
    else:
        _intruder(source, intruder, blocks[0].items[-1], collector)


def _intruder(source: Source, block: Block, item: Item, collector: Collector) -> None:
    if block.is_closed:
        where, what = source.first(block), _INTRUDERS[block.kind]
        collector.report(mistakes.option_list_broken, where, what, item.width)


def _options(source: Source, item: Item, collector: Collector) -> Iterator[Option]:
    """The option that an item is, and those that are nested in it by mistake."""
    where = source.place(item.start, item.marker)
    is_correct, skip = _checkbox(source, item, collector)
    is_capital = is_correct and source.lines[item.start].startswith("[X]", item.content)
    capital = source.place(item.start, item.content + 1) if is_capital else None
    content = source.content(item, skip)
    is_numbered = source.lines[item.start][item.marker].isdigit()
    whole = source.whole(item) if is_numbered else None
    if len(content.lines) == 1:
        yield Option(where, is_correct, content.passage(0, 1), None, capital, whole)
        return
    if _is_text_and_rationale(content.lines):
        quote = Block(Kind.QUOTE, 1, len(content.lines))
        yield Option(
            where, is_correct, content.passage(0, 1), content.quoted(quote), capital, whole
        )
        return
    blocks = segment(content.lines)
    nested = [block for block in blocks if has_checkbox(content, block)]
    for block in nested:
        collector.report(mistakes.nested_options, content.first(block))
    blocks = [block for block in blocks if block not in nested]
    for block in blocks:
        if block.kind is Kind.FENCE and not block.is_closed:
            collector.report(mistakes.fence_unclosed, content.first(block), block.text)
        if block.kind is Kind.QUOTE and block is not blocks[-1]:
            collector.report(mistakes.rationale_not_last, content.first(block))
    last = blocks.pop() if blocks and blocks[-1].kind is Kind.QUOTE else None
    rationale = content.quoted(last) if last else None
    text = content.passage(0, blocks[-1].end if blocks else 1)
    yield Option(where, is_correct, text, rationale, capital, whole)
    for block in nested:
        for each in block.items:
            yield from _options(content, each, collector)


def _is_text_and_rationale(lines: Sequence[str]) -> bool:
    """Whether an option is of the usual form, a line of text and a quote, and needs no parsing."""
    return lines[0][:1].isalnum() and all(line.startswith("> ") for line in lines[1:])


def _checkbox(source: Source, item: Item, collector: Collector) -> tuple[bool, int]:
    """Whether an item is marked as right, and how many characters its checkbox takes."""
    line = source.lines[item.start]
    if match := _CHECKBOX.match(line, item.content):
        return match[1] != " ", match.end() - item.content
    where = source.place(item.start, item.content)
    if match := _ALMOST_CHECKBOX.match(line, item.content):
        wanted = "[x]" if match["mark"] else "[ ]"
        found = line[item.content : match.end(1) + 1].rstrip()
        collector.report(
            mistakes.bad_checkbox, where, found, f"write `{wanted}` and a space before the text"
        )
        return bool(match["mark"]), match.end() - item.content
    if match := _OTHER_MARK.match(line, item.content):
        advice = "write `[x]` if the option is right, else `[ ]`"
        collector.report(mistakes.bad_checkbox, where, match[0].rstrip(), advice)
        return True, match.end() - item.content
    collector.report(mistakes.item_without_checkbox, where)
    return False, 0


def _lines(source: Source, blocks: Sequence[Block]) -> Iterator[tuple[Place, str]]:
    """The lines of paragraphs and lists, where letters before options would stand."""
    for block in blocks:
        if block.kind in (Kind.PARAGRAPH, Kind.LIST):
            for index in range(block.start, block.end):
                yield source.place(index), source.lines[index]


def _lettered(lines: Iterable[tuple[Place, str]]) -> tuple[Place, str, int] | None:
    """The place and letter of the first of the lines `A. …`, `B. …`, and how many there are.

    A line that begins with a letter and a full stop is no option unless the next letter follows.
    """
    first: tuple[Place, str] | None = None
    count = 0
    for where, line in lines:
        match = _LETTER.match(line)
        if match is None or ord(match[1].upper()) - ord("A") != count:
            continue
        if first is None:
            first = (Place(where.path, where.line, where.column + match.start(1)), match[1])
        count += 1
    return (*first, count) if first and count > 1 else None

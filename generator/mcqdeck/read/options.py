"""The options of a question: the first task list in its body, however damaged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mcqdeck.diagnostic import Collector
from mcqdeck.markdown import LISTS, Block
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Option, Place
from mcqdeck.read import source_mistakes
from mcqdeck.read.source import Source

_BARE_CHECKBOX = pattern(r"\[([ xX])\]$")
_ALMOST_CHECKBOX = pattern(r"(\[[ \t]*(?P<mark>[xX✓✔☑✅✗✘√*vV-]?)[ \t]*\](?![(\[:]))[ \t]*")
_BOX_WITH_OTHER_MARK = pattern(r"\[[^\[\]]\](?![(\[:])[ \t]*")
_UNLISTED_OPTION = pattern(
    r"\s*+(?P<box>(?:(?P<dash>[-*+•‣◦●○■▪▸►➤·∙・\u2010-\u2015\u2212]|\d{1,9}[.)])\s*+)?"
    r"\[(?P<mark>[xX✓✔☑✅√_\s]?)\])(?![(\[:])\s*+"
)
_ITEM_MARKER = pattern(r"\S+[ \t]*")
_LETTERED_OPTION = pattern(r"\s*(?:[-*+][ \t]+)?\(?([A-Za-z])[.)][ \t]+\S")
_LETTER_ABOVE = pattern(r"\s*[(*_]*([A-Za-z])[.):]?[*_]*[ \t]*\n\s*\S")
_INTRUDERS = {"blockquote": "a quote", "table": "a table"}


@dataclass(frozen=True, slots=True)
class Options:
    """What a question's body consists of."""

    stem: tuple[Block, ...]
    options: tuple[Option, ...]
    rest: tuple[Block, ...]
    """What follows the options."""

    where: Place | None
    """The place of the list; `None` where there is none."""

    is_numbered: bool = False
    """Whether the list is a numbered one."""

    is_missing: bool = False
    """Whether nothing like a list of options was found."""


def has_checkbox(block: Block) -> bool:
    """Whether a block is a list in which an item has a checkbox, damaged or not."""
    return block.tag in LISTS and any(
        item.task or _ALMOST_CHECKBOX.match(_text_of(item)) for item in block.blocks
    )


def find_options(source: Source, body: Sequence[Block], collector: Collector) -> Options:
    """Parts a question's body into stem, options and what follows."""
    return _Finder(source, collector).find(body)


class _Finder:
    """Finds the options of one question."""

    def __init__(self, source: Source, collector: Collector) -> None:
        self.source = source
        self.report = collector.report

    def find(self, body: Sequence[Block]) -> Options:
        lists = [number for number, block in enumerate(body) if has_checkbox(block)]
        if not lists:
            if self.report_unlisted(body):
                return Options(tuple(body), (), (), None)
            letter = _lettered(self.lines(body))
            if letter is not None:
                self.report(source_mistakes.lettered_options, letter[0], letter[1])
            return Options(tuple(body), (), (), None, is_missing=letter is None)
        first, last = body[lists[0]], lists[-1]
        where = self.source.start(first)
        for before, after in pairwise(lists):
            self.second_list(body[before : after + 1], where)
        rest = body[last + 1 :]
        self.report_unlisted(rest, needs_dash=True)
        if rest and _intruder(rest[0]) and rest[0].start == body[last].end:
            self.broken(rest[0], body[last].blocks[-1])
            rest = rest[1:]
        options = [
            option
            for number in lists
            for item in body[number].blocks
            for option in self.options(item)
        ]
        letters = _letters_above(options)
        if options and _LETTERED_OPTION.match(options[0].text.text):
            letters = _lettered((option.text.at(0), option.text.text) for option in options)
        if letters is not None and letters[2] == len(options):
            self.report(source_mistakes.lettered_options, letters[0], letters[1])
        return Options(
            tuple(body[: lists[0]]),
            tuple(options),
            tuple(rest),
            where,
            is_numbered=first.tag == "ol",
        )

    def report_unlisted(self, blocks: Sequence[Block], *, needs_dash: bool = False) -> bool:
        """Reports lines that were meant as options and are in no list: `-[x] text`, `[x] text`."""
        has_reported = False
        for block in blocks:
            if block.tag == "p" or (block.tag == "code" and not block.fence):
                for number, line in enumerate(block.lines):
                    match = _UNLISTED_OPTION.match(line)
                    if match and (match["dash"] or not needs_dash):
                        has_reported = True
                        self.bad_box(block, number, match)
        return has_reported

    def bad_box(self, leaf: Block, number: int, match: re.Match[str]) -> None:
        """Reports a line of a leaf that was meant as an option of its own."""
        column = leaf.columns[number] + match.start("box")
        where, box = self.source.place(leaf.row + number, column), match["box"]
        wanted = "- [x]" if _is_marked(match) else "- [ ]"
        advice = f"begin the line with `{wanted}` and a space, at the margin"
        self.report(source_mistakes.bad_checkbox, where, box, advice)

    def second_list(self, blocks: Sequence[Block], first: Place) -> None:
        """Tells a broken list from a second one. `blocks` begins and ends with a list."""
        intruder = next((block for block in blocks[1:-1] if _intruder(block)), None)
        if intruder is None:
            self.report(source_mistakes.two_option_lists, self.source.start(blocks[-1]), first)
        else:
            self.broken(intruder, blocks[0].blocks[-1])

    def broken(self, block: Block, item: Block) -> None:
        if block.is_closed:
            where, what = self.source.start(block), _intruder(block)
            self.report(source_mistakes.option_list_broken, where, what, item.column + item.indent)

    def options(self, item: Block, margin: int = 0) -> Iterator[Option]:
        """The option that an item is, and those that are in it by mistake.

        `margin` is how far the items of its list are indented by the containers around them.
        """
        source = self.source
        where = source.start(item)
        width = margin + item.indent
        is_numbered = source.line(item.start)[item.column].isdigit()
        is_correct, capital = self.checkbox(item)
        swallowed = self.take_swallowed(item)
        blocks = list(item.blocks)
        nested = [block for block in blocks if has_checkbox(block)]
        for block in nested:
            self.report(source_mistakes.nested_options, source.start(block))
            blocks.remove(block)
        for block in blocks:
            if not block.is_closed and block.fence:
                self.report(source_mistakes.fence_unclosed, source.start(block), block.fence)
            if block.tag == "blockquote" and block is not blocks[-1]:
                self.report(source_mistakes.rationale_not_last, source.start(block))
        quote = blocks.pop() if blocks and blocks[-1].tag == "blockquote" else None
        yield Option(
            where,
            is_correct,
            source.passage(blocks, indent=width, column=_column(blocks, item)),
            source.passage(quote.blocks, indent=width, is_quoted=True) if quote else None,
            capital,
            source.whole(item, _content_column(item, source)) if is_numbered else None,
        )
        for block in nested:
            for inner in block.blocks:
                yield from self.options(inner, width)
        for is_right, place, rest in swallowed:
            quotes = [block for block in rest if block.tag == "blockquote"]
            texts = [block for block in rest if block.tag != "blockquote"]
            rationale = (
                source.passage(quotes[-1].blocks, indent=width, is_quoted=True) if quotes else None
            )
            yield Option(place, is_right, source.passage(texts, indent=width), rationale)

    def checkbox(self, item: Block) -> tuple[bool, Place | None]:
        """Whether an item is marked as right, and where a capital mark stands.

        A damaged checkbox is reported, and taken off the item's text.
        """
        source = self.source
        if item.task:
            column = source.line(item.start).index("[", item.column) + 1
            capital = source.place(item.start, column) if item.task == "X" else None
            return item.task != " ", capital
        text = _text_of(item)
        if match := _BARE_CHECKBOX.match(text):
            _skip(item, len(text))
            return match[1] != " ", None
        first = item.blocks[0] if text else None
        where = (
            source.start(first)
            if first
            else source.place(item.start, _content_column(item, source))
        )
        if match := _ALMOST_CHECKBOX.match(text):
            wanted = "[x]" if match["mark"] else "[ ]"
            box = text[: match.end(1) + 1].rstrip()
            advice = f"write `{wanted}` and a space before the text"
            self.report(source_mistakes.bad_checkbox, where, box, advice)
        elif match := _BOX_WITH_OTHER_MARK.match(text):
            advice = "write `[x]` if the option is right, else `[ ]`"
            self.report(source_mistakes.bad_checkbox, where, match[0].rstrip(), advice)
        else:
            self.report(source_mistakes.item_without_checkbox, where)
            return False, None
        _skip(item, match.end())
        return bool(match.groupdict().get("mark", "x")), None

    def take_swallowed(self, item: Block) -> list[tuple[bool, Place, list[Block]]]:
        """Takes out of an item the lines that were meant as options of their own.

        They are reported, and given with whether they are right, their place, and their blocks.
        """
        blocks = item.blocks
        for position, block in enumerate(blocks):
            leaf = block
            while leaf.tag == "blockquote" and len(leaf):
                leaf = leaf.blocks[-1]
            if leaf.tag != "p" or len(leaf.lines) < 2:
                continue
            for number, line in enumerate(leaf.lines):
                match = _UNLISTED_OPTION.match(line) if number else None
                if match and (match["dash"] or _is_at_margin(item, leaf, number, match)):
                    self.bad_box(leaf, number, match)
                    rest = leaf.without_lines(number)
                    leaf.keep_lines(number)
                    rest.skip(match.end())
                    holder = Block("li", rest.row)
                    for child in (rest, *blocks[position + 1 :]):
                        holder.append(child)
                    for child in blocks[position + 1 :]:
                        item.remove(child)
                    more = self.take_swallowed(holder)
                    place = self.source.start(rest)
                    return [(_is_marked(match), place, list(holder.blocks)), *more]
        return []

    def lines(self, blocks: Sequence[Block]) -> Iterator[tuple[Place, str]]:
        """The lines of paragraphs and lists, where letters before options would stand."""
        for block in blocks:
            if block.tag in ("p", "ul", "ol"):
                for row in range(block.start, block.end):
                    yield self.source.place(row), self.source.line(row)


def _is_marked(match: re.Match[str]) -> bool:
    """Whether a box that was meant has a mark in it."""
    return match["mark"].strip(" \t\xa0\u3000_") != ""


def _is_at_margin(item: Block, leaf: Block, number: int, match: re.Match[str]) -> bool:
    """Whether a box without a dash begins a line as far out as the list, and not its text."""
    has_text = match.end() < len(leaf.lines[number])
    return has_text and leaf.columns[number] + match.start("box") <= item.column


def _intruder(block: Block) -> str:
    """What a block is that breaks a list of options in two; empty for any other."""
    if block.tag == "code":
        return "a code fence" if block.fence else "an indented code block"
    return _INTRUDERS.get(block.tag, "")


def _text_of(item: Block) -> str:
    """The first line of an item, if the item begins with text."""
    first = item.blocks[0] if len(item) else None
    return first.lines[0] if first is not None and first.tag == "p" and first.lines else ""


def _skip(item: Block, characters: int) -> None:
    """Takes characters off the text with which an item begins, and the text if it has no more."""
    first = item.blocks[0]
    first.skip(characters)
    if not first.source.strip():
        item.remove(first)


def _column(blocks: Sequence[Block], item: Block) -> int:
    """Where the first line of an option's text begins, if on the line of its marker."""
    return blocks[0].column if blocks and blocks[0].start == item.start else 0


def _content_column(item: Block, source: Source) -> int:
    """Where the content of an item begins on its first line."""
    line = source.line(item.start)
    marker = _ITEM_MARKER.match(line, item.column)
    return marker.end() if marker else len(line)


def _letters_above(options: Sequence[Option]) -> tuple[Place, str, int] | None:
    """The place and letter of the first option, and how many there are, if each is a letter with
    code, an image or the like below it: A, B, C …
    """
    for number, option in enumerate(options):
        letter = _LETTER_ABOVE.match(option.text.text)
        if letter is None or ord(letter[1].upper()) - ord("A") != number:
            return None
    if len(options) < 2:
        return None
    where = options[0].text.where
    first = _LETTER_ABOVE.match(options[0].text.text)
    return (where, first[1], len(options)) if first else None


def _lettered(lines: Iterable[tuple[Place, str]]) -> tuple[Place, str, int] | None:
    """The place and letter of the first of the lines `A. …`, `B. …`, and how many there are.

    A line that begins with a letter and a full stop is no option unless the next letter follows.
    """
    first: tuple[Place, str] | None = None
    count = 0
    for where, line in lines:
        match = _LETTERED_OPTION.match(line)
        if match is None or ord(match[1].upper()) - ord("A") != count:
            continue
        if first is None:
            first = (Place(where.path, where.line, where.column + match.start(1)), match[1])
        count += 1
    return (*first, count) if first and count > 1 else None

"""A text wrapped again: its words, its line breaks, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mcqdeck.formatting.marks import ATOMS, may_begin_line, may_end_line
from mcqdeck.formatting.width import width
from mcqdeck.markdown import Block, Document, Inline, Kind, inlines
from mcqdeck.markdown.spaces import SPACE, is_joined

_MARKS = "*_~[]()`<>!\\"
_TAG_THAT_KEEPS_SPACE = re.compile(r"</?(?:pre|textarea|code|tt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Word:
    r"""What is written without a break, and what stands before it.

    `gap` is a space where a line may end, a no-break space where it may not, `\n` where it must,
    and `\\\n` where that shows.
    """

    text: str
    gap: str


_FREE, _GLUED, _LINE, _BREAK = " ", "\xa0", "\n", "\\\n"


def wrapped(
    leaf: Block, document: Document, room: int, *, indent: int = 0, break_mark: str = "\\"
) -> list[str]:
    """The lines of a leaf with text, each of at most `room` columns if its words allow that.

    `indent` is how many columns of the first line are taken. `break_mark` ends a line after which a
    break shows; with spaces for it, no mark of the text is changed.
    """
    if _keeps_space(leaf, document):
        return [line.rstrip(" \t") if not line.endswith("  ") else line for line in leaf.lines]
    lines: list[str] = []
    line, used = "", indent
    for word in _words(leaf, document):
        first, *others = word.text.split("\n")
        fits = used + 1 + width(first) <= room
        if not line and not lines:
            line, used = first, used + width(first)
        elif word.gap in (_LINE, _BREAK) or (word.gap == _FREE and not fits):
            lines.append(line + (break_mark if word.gap == _BREAK else ""))
            line, used = first, width(first)
        else:
            line, used = f"{line} {first}", used + 1 + width(first)
        for other in others:
            lines.append(line)
            line, used = other, width(other)
    return [*lines, line]


def on_one_line(leaf: Block, document: Document) -> str | None:
    """The text of a leaf on one line; `None` if it has a line end that must stay."""
    words = list(_words(leaf, document))
    if any(word.gap in (_LINE, _BREAK) or "\n" in word.text for word in words):
        return None
    return " ".join(word.text for word in words)


def _keeps_space(leaf: Block, document: Document) -> bool:
    """Whether HTML in the text makes its white space count."""
    return "<" in leaf.source and any(
        inline.kind is Kind.HTML and _TAG_THAT_KEEPS_SPACE.match(inline.text)
        for inline in inlines(leaf, document)
    )


def _words(leaf: Block, document: Document) -> Iterator[_Word]:
    """The words of a text; those with which no line may begin are one with what is before them."""
    held: _Word | None = None
    for word in _single_words(leaf, document):
        if held is None:
            held = word
        elif word.gap == _GLUED or (
            word.gap == _FREE and not (may_begin_line(word.text) and may_end_line(held.text))
        ):
            held = _Word(f"{held.text} {word.text}", held.gap)
        else:
            yield held
            held = word
    if held:
        yield held


def _single_words(leaf: Block, document: Document) -> Iterator[_Word]:
    text = leaf.source.rstrip(" \t")
    pieces = inlines(leaf, document)
    atoms = sorted(_atoms(pieces, text))
    breaks = sorted(_breaks(pieces, text))
    at = atom = line_break = 0
    gap = _FREE
    search = 0
    while space := SPACE.search(text, search):
        start, end = space.span()
        while atom < len(atoms) and atoms[atom][1] <= start:
            atom += 1
        if atom < len(atoms) and atoms[atom][0] <= start:
            search = max(end, atoms[atom][1])
            continue
        while line_break < len(breaks) and breaks[line_break][1] < start:
            line_break += 1
        shows = line_break < len(breaks) and breaks[line_break][1] < end
        word_end = min(start, breaks[line_break][0]) if shows else start
        if at < word_end or (shows and at < start):
            yield _Word(_unbroken(text, at, word_end, atoms), gap)
        gap = _BREAK if shows else _gap(text, start, end)
        at = search = end
    if at < len(text):
        yield _Word(_unbroken(text, at, len(text), atoms), gap)


def _gap(text: str, start: int, end: int) -> str:
    if not is_joined(text, start, end, _MARKS):
        return _FREE
    return _LINE if "\n" in text[start:end] else _GLUED


def _unbroken(text: str, start: int, end: int, atoms: Sequence[tuple[int, int, bool]]) -> str:
    """A word; a code span in it stands on one line, which is the same."""
    word = text[start:end]
    if "\n" not in word:
        return word
    pieces: list[str] = []
    at = start
    for begin, stop, is_code in atoms:
        if is_code and start <= begin and stop <= end:
            pieces += (text[at:begin], text[begin:stop].replace("\n", " "))
            at = stop
    return "".join((*pieces, text[at:end]))


def _atoms(pieces: Sequence[Inline], text: str) -> Iterator[tuple[int, int, bool]]:
    """Where no line may end: begin, end, and whether it is a code span."""
    for inline in pieces:
        if inline.kind in ATOMS:
            yield inline.start, inline.end, inline.kind is Kind.CODE
        elif inline.kind is Kind.LINK:
            yield from _atoms(inline.children, text)
            last = inline.children[-1].end if inline.children else inline.start + 1
            target = text.find("]", last, inline.end)
            if target >= 0:
                yield target, inline.end, False
        elif inline.children:
            yield from _atoms(inline.children, text)


def _breaks(pieces: Sequence[Inline], text: str) -> Iterator[tuple[int, int]]:
    r"""The line breaks that show: where their mark begins, and their `\n`."""
    for inline in pieces:
        if inline.kind is Kind.BREAK:
            yield inline.start, text.index("\n", inline.start)
        elif inline.children and inline.kind is not Kind.IMAGE:
            yield from _breaks(inline.children, text)

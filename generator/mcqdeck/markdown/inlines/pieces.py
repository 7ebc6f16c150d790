"""The pieces that the inline stage puts one after another, and the tree that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mcqdeck.markdown.inlines.autolinks import emails
from mcqdeck.markdown.inlines.delimiter_runs import Close, Open, Run
from mcqdeck.markdown.tree import Inline, Kind

TEXT = Kind.TEXT
Piece = Inline | Run | Open | Close


def nested(pieces: Iterable[Piece]) -> tuple[Inline, ...]:
    """The pieces as a tree; texts that follow one another as written are one."""
    stack: list[tuple[Open, list[Inline]]] = []
    inlines: list[Inline] = []
    pending: list[Inline] = []
    for piece in pieces:
        for event in piece.events() if isinstance(piece, Run) else (piece,):
            if isinstance(event, Inline):
                if event.kind is TEXT and event.end - event.start == len(event.text):
                    if pending and pending[-1].end != event.start:
                        _flush(pending, inlines)
                    pending.append(event)
                    continue
                if pending:
                    _flush(pending, inlines)
                inlines.append(event)
                continue
            if pending:
                _flush(pending, inlines)
            if isinstance(event, Open):
                stack.append((event, inlines))
                inlines = []
            else:
                opened, outer = stack.pop()
                children = tuple(inlines)
                holder = Inline(
                    opened.kind, opened.at, event.at, "", children, opened.target, opened.title
                )
                inlines = outer
                inlines.append(holder)
    if pending:
        _flush(pending, inlines)
    return tuple(inlines)


def with_emails(pieces: Sequence[Piece]) -> Iterator[Inline | Open | Close]:
    """The pieces with the emails in their texts as links, but for those in a link already."""
    stretch: list[Inline] = []
    opened: list[bool] = []  # whether each open inline is a link
    anchors = 0
    for event in (*_flat(pieces), None):
        if isinstance(event, Inline) and event.kind is TEXT:
            stretch.append(event)
            continue
        if stretch:
            is_linked = anchors > 0 or True in opened
            yield from stretch if is_linked else _linked(stretch)
            stretch = []
        if event is None:
            return
        if isinstance(event, Open):
            opened.append(event.kind is Kind.LINK)
        elif isinstance(event, Close):
            opened.pop()
        elif event.kind is Kind.HTML:
            anchors += _anchors(event.text)
        yield event


def shown(inlines: Iterable[Inline]) -> str:
    """What a reader sees of inlines, as one text without markup."""
    parts: list[str] = []
    for inline in inlines:
        if inline.children and inline.kind is not Kind.IMAGE:
            parts.append(shown(inline.children))
        elif inline.kind is Kind.BREAK:
            parts.append("")
        elif inline.kind not in (Kind.HTML, Kind.FOOTNOTE):
            parts.append(inline.text)
    return "".join(parts)


def _flat(pieces: Iterable[Piece]) -> Iterator[Inline | Open | Close]:
    for piece in pieces:
        if isinstance(piece, Run):
            yield from piece.events()
        else:
            yield piece


def _flush(pending: list[Inline], inlines: list[Inline]) -> None:
    """Moves texts that follow one another to the inlines, as one."""
    if len(pending) == 1:
        inlines.append(pending[0])
    else:
        text = "".join(inline.text for inline in pending)
        inlines.append(Inline(TEXT, pending[0].start, pending[-1].end, text))
    pending.clear()


def _anchors(tag: str) -> int:
    """How many links a raw tag opens, less those that it closes."""
    return 1 if tag.startswith("<a ") else -1 if tag == "</a>" else 0


def _linked(stretch: list[Inline]) -> Iterator[Inline]:
    """Texts that follow one another, with the emails in them as links."""
    text = "".join(inline.text for inline in stretch)
    at = 0
    for start, end, address in emails(text):
        yield from _cut(stretch, at, start)
        inner = tuple(_cut(stretch, start, end))
        yield Inline(Kind.LINK, inner[0].start, inner[-1].end, children=inner, target=address)
        at = end
    yield from _cut(stretch, at, len(text))


def _cut(stretch: Sequence[Inline], start: int, end: int) -> Iterator[Inline]:
    """The texts from `start` to `end` of the texts taken together."""
    at = 0
    for inline in stretch:
        length = len(inline.text)
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            if last - first == length:
                yield inline
            elif inline.end - inline.start == length:
                begin = inline.start + first
                text = inline.text[first:last]
                yield Inline(TEXT, begin, begin + len(text), text)
            else:
                yield Inline(TEXT, inline.start, inline.end, inline.text[first:last])
        at += length

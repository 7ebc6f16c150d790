"""Delimiter runs: runs of `*`, `_` and `~` that open and close emphasis and strikethrough.

The algorithm is the specification's (https://github.github.com/gfm/#phase-2-inline-structure), and
linear: a closer that found no opener sets a bottom below which its like need not look again.
"""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.markdown.characters import is_punctuation
from mcqdeck.markdown.tree import Inline, Kind

KINDS = {1: Kind.EMPHASIS, 2: Kind.STRONG}


class Run:
    """A delimiter run at `begin` to `end` of the text.

    `count` of its characters are not used yet; `closes` and `opens` are what the used ones close
    and open, each with the number of its characters, in the order in which they were paired.
    """

    __slots__ = (
        "begin",
        "can_close",
        "can_open",
        "character",
        "closes",
        "count",
        "end",
        "next",
        "opens",
        "order",
        "previous",
    )

    def __init__(self, character: str, begin: int, end: int, order: int) -> None:
        self.character = character
        self.begin = begin
        self.end = end
        self.count = end - begin
        self.order = order
        self.can_open = self.can_close = False
        self.opens: list[tuple[Kind, int]] = []
        self.closes: list[tuple[Kind, int]] = []
        self.previous: Run | None = None
        self.next: Run | None = None

    @property
    def length(self) -> int:
        """How many characters the run has."""
        return self.end - self.begin

    def events(self) -> Iterator[Open | Close | Inline]:
        """What the run has become, in the order of the text."""
        at = self.begin
        for _, width in self.closes:
            at += width
            yield Close(at)
        if self.count:
            text = self.character * self.count
            yield Inline(Kind.TEXT, at, at + self.count, text)
            at += self.count
        for kind, width in reversed(self.opens):
            yield Open(kind, at)
            at += width


class Open:
    """The beginning of an inline that holds others."""

    __slots__ = ("at", "kind", "target", "title")

    def __init__(self, kind: Kind, at: int, target: str = "", title: str = "") -> None:
        self.kind = kind
        self.at = at
        self.target = target
        self.title = title


class Close:
    """The end of the inline that was opened last; `at` is the offset after it."""

    __slots__ = ("at",)

    def __init__(self, at: int) -> None:
        self.at = at


class Runs:
    """The runs of a text that may still open or close, in order."""

    def __init__(self) -> None:
        self.last: Run | None = None
        self._count = 0

    def push(self, text: str, begin: int, end: int) -> Run:
        """The run at `text[begin:end]`; it is added to the others if it may open or close."""
        character = text[begin]
        self._count += 1
        run = Run(character, begin, end, self._count)
        before = _before(text, begin) if character != "~" else text[begin - 1 : begin] or "\n"
        after = _after(text, end) if character != "~" else text[end : end + 1] or "\n"
        blank_before, blank_after = before.isspace(), after.isspace()
        sign_before, sign_after = is_punctuation(before), is_punctuation(after)
        left = not blank_after and (not sign_after or blank_before or sign_before)
        right = not blank_before and (not sign_before or blank_after or sign_after)
        if not (left or right) or (character == "~" and end - begin > 2):
            return run
        if character == "_":
            run.can_open = left and (not right or sign_before)
            run.can_close = right and (not left or sign_after)
        else:
            run.can_open, run.can_close = left, right
        run.previous = self.last
        if self.last:
            self.last.next = run
        self.last = run
        return run

    def resolve(self, bottom: Run | None) -> None:
        """Pairs openers with closers among the runs after `bottom`, and forgets those runs."""
        bottoms: dict[tuple[str, int], int] = {}
        floor = bottom.order if bottom else 0
        closer = self._first_after(bottom)
        while closer:
            if not closer.can_close:
                closer = closer.next
                continue
            key = (closer.character, closer.length % 3)
            opener = closer.previous
            lowest = max(floor, bottoms.get(key, 0))
            while opener and opener.order > lowest and not _pairs(opener, closer):
                opener = opener.previous
            if opener and opener.order > lowest:
                closer = self._pair(opener, closer)
                continue
            bottoms[key] = closer.previous.order if closer.previous else 0
            following = closer.next
            if not closer.can_open:
                self._remove(closer)
            closer = following
        while self.last and self.last is not bottom:
            self._remove(self.last)

    def _first_after(self, bottom: Run | None) -> Run | None:
        run = self.last
        if run is bottom:
            return None
        while run and run.previous is not bottom:
            run = run.previous
        return run

    def _pair(self, opener: Run, closer: Run) -> Run | None:
        """Makes an inline of an opener and a closer; the run to look at next."""
        while opener.next and opener.next is not closer:
            self._remove(opener.next)
        if closer.character == "~":
            if opener.length == closer.length:
                opener.opens.append((Kind.STRUCK, opener.length))
                closer.closes.append((Kind.STRUCK, closer.length))
                opener.count = closer.count = 0
            self._remove(opener)
            following = closer.next
            self._remove(closer)
            return following
        used = 2 if opener.count >= 2 and closer.count >= 2 else 1
        opener.opens.append((KINDS[used], used))
        closer.closes.append((KINDS[used], used))
        opener.count -= used
        closer.count -= used
        if not opener.count:
            self._remove(opener)
        if closer.count:
            return closer
        following = closer.next
        self._remove(closer)
        return following

    def _remove(self, run: Run) -> None:
        if run.previous:
            run.previous.next = run.next
        if run.next:
            run.next.previous = run.previous
        else:
            self.last = run.previous


def _pairs(opener: Run, closer: Run) -> bool:
    """Whether the two may pair: the specification's rule of three."""
    if opener.character != closer.character or not opener.can_open:
        return False
    if not (closer.can_open or opener.can_close):
        return True
    return closer.length % 3 == 0 or (opener.length + closer.length) % 3 != 0


def _before(text: str, at: int) -> str:
    """The character before, past `~`, which GitHub does not count as one."""
    at -= 1
    while at > 0 and text[at] == "~":
        at -= 1
    return text[at] if at >= 0 and text[at] != "~" else "\n"


def _after(text: str, at: int) -> str:
    while at < len(text) and text[at] == "~":
        at += 1
    return text[at] if at < len(text) else "\n"

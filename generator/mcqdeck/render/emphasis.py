"""Emphasis and strikethrough: runs of `*`, `_` and `~` that open and close one another.

The algorithm is the specification's (https://github.github.com/gfm/#phase-2-inline-structure), and
linear: a closer that found no opener sets a bottom below which its like need not look again.
"""

from __future__ import annotations

import re

from mcqdeck.render.characters import is_punctuation

NESTING = re.compile(r"</?(strong|em|del|a)\b[^>]*>")
TAGS = {1: ("<em>", "</em>"), 2: ("<strong>", "</strong>")}
STRUCK = ("<del>", "</del>")


class Run:
    """A run of one delimiter, standing at `index` in the output.

    `count` of its `length` characters are not used yet; `closes` and `opens` are the tags that the
    used ones became.
    """

    __slots__ = (
        "can_close",
        "can_open",
        "character",
        "closes",
        "count",
        "index",
        "length",
        "next",
        "opens",
        "order",
        "previous",
    )

    def __init__(self, character: str, length: int, index: int, order: int) -> None:
        self.character = character
        self.length = self.count = length
        self.index = index
        self.order = order
        self.can_open = self.can_close = False
        self.opens: list[str] = []
        self.closes: list[str] = []
        self.previous: Run | None = None
        self.next: Run | None = None

    @property
    def html(self) -> str:
        """What the run has become."""
        return "".join(self.closes) + self.character * self.count + "".join(reversed(self.opens))


class Runs:
    """The runs of a text that may still open or close, in order."""

    def __init__(self, output: list[str]) -> None:
        self._output = output
        self.last: Run | None = None
        self._count = 0

    def push(self, text: str, begin: int, end: int) -> None:
        """Adds the run at `text[begin:end]` to the output; to the runs if it may open or close."""
        character = text[begin]
        output = self._output
        output.append(text[begin:end])
        before = _before(text, begin) if character != "~" else text[begin - 1 : begin] or "\n"
        after = _after(text, end) if character != "~" else text[end : end + 1] or "\n"
        blank_before, blank_after = before.isspace(), after.isspace()
        sign_before, sign_after = is_punctuation(before), is_punctuation(after)
        left = not blank_after and (not sign_after or blank_before or sign_before)
        right = not blank_before and (not sign_before or blank_after or sign_after)
        if not (left or right) or (character == "~" and end - begin > 2):
            return
        self._count += 1
        run = Run(character, end - begin, len(output) - 1, self._count)
        if character == "_":
            run.can_open = left and (not right or sign_before)
            run.can_close = right and (not left or sign_after)
        else:
            run.can_open, run.can_close = left, right
        run.previous = self.last
        if self.last:
            self.last.next = run
        self.last = run

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
        """Makes tags of an opener and a closer; the run to look at next."""
        while opener.next and opener.next is not closer:
            self._remove(opener.next)
        if closer.character == "~":
            if opener.length == closer.length:
                opener.opens.append(STRUCK[0])
                closer.closes.append(STRUCK[1])
                opener.count = closer.count = 0
            self._remove(opener)
            following = closer.next
            self._remove(closer)
            return following
        used = 2 if opener.count >= 2 and closer.count >= 2 else 1
        opener.opens.append(TAGS[used][0])
        closer.closes.append(TAGS[used][1])
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
        self._output[run.index] = run.html
        if run.previous:
            run.previous.next = run.next
        if run.next:
            run.next.previous = run.previous
        else:
            self.last = run.previous


def with_single_strong(html: str) -> str:
    """The HTML without strong emphasis directly in strong emphasis, which GitHub shows once."""
    if html.count("<strong>") < 2:
        return html
    inside: list[str] = []

    def kept(found: re.Match[str]) -> str:
        tag = found[0]
        if tag.startswith("</"):
            closed = inside.pop() if inside else ""
            return "" if closed == "strong in strong" else tag
        is_nested = tag == "<strong>" and inside[-1:] in (["strong"], ["strong in strong"])
        inside.append("strong in strong" if is_nested else found[1])
        return "" if is_nested else tag

    return NESTING.sub(kept, html)


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

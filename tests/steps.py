"""How many steps a pattern takes on a text: those of an engine that goes back, as that of Python.

The clock of a busy machine says little of a pattern; its steps are the same each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Then = Callable[[int], bool]
Node = tuple[Any, Any]

_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    code.CATEGORY_DIGIT: str.isdecimal,
    code.CATEGORY_SPACE: str.isspace,
    code.CATEGORY_WORD: lambda letter: letter.isalnum() or letter == "_",
    code.CATEGORY_NOT_DIGIT: lambda letter: not letter.isdecimal(),
    code.CATEGORY_NOT_SPACE: lambda letter: not letter.isspace(),
    code.CATEGORY_NOT_WORD: lambda letter: not (letter.isalnum() or letter == "_"),
}
_NEGATED = {code.CATEGORY_NOT_DIGIT, code.CATEGORY_NOT_SPACE, code.CATEGORY_NOT_WORD}
_SINGLE = {code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN}
_REPEATS = {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}


class Engine:
    """Matches one pattern as `re` does, one step after the other, and counts them."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.steps = 0
        self._nodes: Sequence[Node] = list(parser.parse(pattern.pattern, pattern.flags))
        self._flags = pattern.flags
        self._text = ""
        self._groups: dict[int, tuple[int, int]] = {}

    def finditer(self, text: str) -> list[tuple[int, int]]:
        """The places of all matches."""
        spans: list[tuple[int, int]] = []
        at, least = 0, 0
        while at <= len(text):
            end = self._end(text, at, least)
            if end is not None:
                spans.append((at, end))
            at, least = (at + 1, 0) if end is None else (end, end + 1 if end == at else 0)
        return spans

    def match(self, text: str) -> list[tuple[int, int]]:
        """The place of the match at the start, if there is one."""
        end = self._end(text, 0, 0)
        return [] if end is None else [(0, end)]

    def fullmatch(self, text: str) -> list[tuple[int, int]]:
        """The place of the match that is the whole text, if there is one."""
        end = self._end(text, 0, len(text))
        return [] if end is None else [(0, end)]

    def _end(self, text: str, start: int, least: int) -> int | None:
        """Where a match ends, not before `least`."""
        self._text, self._groups = text, {}
        return self._first_end(self._nodes, start, lambda end: end >= least)

    def _first_end(self, nodes: Sequence[Node], at: int, accepts: Then) -> int | None:
        """Where the nodes end when they match first, which is not gone back on."""
        ends: list[int] = []

        def then(end: int) -> bool:
            if accepts(end):
                ends.append(end)
            return bool(ends)

        return ends[0] if self._run(nodes, 0, at, then) else None

    def _run(self, nodes: Sequence[Node], index: int, at: int, then: Then) -> bool:
        """Whether the nodes from an index on match at a place, and what comes then."""
        self.steps += 1
        if index == len(nodes):
            return then(at)
        operation, argument = nodes[index]

        def rest(end: int) -> bool:
            return self._run(nodes, index + 1, end, then)

        if operation in _SINGLE:
            return self._is_one(nodes[index], at) and rest(at + 1)
        if operation in _REPEATS:
            return self._repeated(operation, argument, at, rest)
        return self._OPERATIONS[operation](self, argument, at, rest)

    def _branch(self, argument: Any, at: int, rest: Then) -> bool:
        return any(self._run(way, 0, at, rest) for way in argument[1])

    def _atomic(self, argument: Any, at: int, rest: Then) -> bool:
        end = self._first_end(argument, at, lambda _: True)
        return end is not None and rest(end)

    def _assert(self, argument: Any, at: int, rest: Then) -> bool:
        return self._looks(argument, at) and rest(at)

    def _assert_not(self, argument: Any, at: int, rest: Then) -> bool:
        return not self._looks(argument, at) and rest(at)

    def _place(self, argument: Any, at: int, rest: Then) -> bool:
        return self._is_at(argument, at) and rest(at)

    def _again(self, group: Any, at: int, rest: Then) -> bool:
        """What a group held, once more."""
        if group not in self._groups:
            return False
        start, end = self._groups[group]
        return self._text.startswith(self._text[start:end], at) and rest(at + end - start)

    def _if_group(self, argument: Any, at: int, rest: Then) -> bool:
        group, with_it, without_it = argument
        way = with_it if group in self._groups else without_it
        return self._run(way or [], 0, at, rest)

    def _group(self, argument: Any, at: int, rest: Then) -> bool:
        group, add, drop, nodes = argument
        before, flags = dict(self._groups), self._flags

        def then(end: int) -> bool:
            inner, self._flags = self._flags, flags
            if group is not None:
                self._groups = {**self._groups, group: (at, end)}
            if rest(end):
                return True
            self._flags = inner
            return False

        self._flags = (flags | add) & ~drop
        if self._run(nodes, 0, at, then):
            return True
        self._flags, self._groups = flags, before
        return False

    def _repeated(self, operation: Any, argument: Any, at: int, rest: Then) -> bool:
        least, most, nodes = argument
        most = len(self._text) + 1 if most is code.MAXREPEAT else int(most)
        if operation is code.POSSESSIVE_REPEAT:
            end = self._possessed(least, most, nodes, at)
            return end is not None and rest(end)
        is_lazy = operation is code.MIN_REPEAT
        if len(nodes) == 1 and nodes[0][0] in _SINGLE:
            ends = self._ends_of_single(nodes[0], at, least, most)
            return any(map(rest, ends if is_lazy else reversed(list(ends))))

        def from_count(count: int, at: int) -> bool:
            def goes_on() -> bool:
                return count < most and self._run(nodes, 0, at, more)

            def more(end: int) -> bool:
                return (end > at or count < least) and from_count(count + 1, end)

            if is_lazy:
                return (count >= least and rest(at)) or goes_on()
            return goes_on() or (count >= least and rest(at))

        return from_count(0, at)

    def _possessed(self, least: int, most: int, nodes: Sequence[Node], at: int) -> int | None:
        """Where as many repetitions as there are end; none if they are too few."""
        for count in range(most):
            end = self._first_end(nodes, at, lambda _: True)
            if end is None:
                return at if count >= least else None
            if end == at:
                break
            at = end
        return at

    def _ends_of_single(self, node: Node, at: int, least: int, most: int) -> Iterator[int]:
        """Where repetitions of one character can end, the shortest first."""
        for count in range(most + 1):
            if count >= least:
                yield at + count
            self.steps += 1
            if not self._is_one(node, at + count):
                return

    def _looks(self, argument: Any, at: int) -> bool:
        """Whether what looks ahead or back matches."""
        direction, nodes = argument
        if direction > 0:
            return self._first_end(nodes, at, lambda _: True) is not None
        width = nodes.getwidth()[0]  # those that look back have one width
        return width <= at and self._run(nodes, 0, at - width, lambda end: end == at)

    def _is_at(self, where: Any, at: int) -> bool:
        text, has_lines = self._text, bool(self._flags & re.MULTILINE)
        if where in {code.AT_BEGINNING, code.AT_BEGINNING_STRING}:
            is_line = has_lines and where is code.AT_BEGINNING
            return at == 0 or (is_line and text[at - 1] == "\n")
        if where is code.AT_END_STRING:
            return at == len(text)
        if where is code.AT_END:
            return text[at:] in {"", "\n"} or (has_lines and text[at] == "\n")
        around = text[max(at - 1, 0) : at + 1]
        words = [self._is_of(code.CATEGORY_WORD, letter) for letter in around]
        differs = words[0] != words[-1] if 0 < at < len(text) else any(words)
        return differs is (where is code.AT_BOUNDARY)

    def _is_one(self, node: Node, at: int) -> bool:
        """Whether a node of one character matches the one at a place."""
        if at >= len(self._text):
            return False
        letter = self._text[at]
        operation, argument = node
        if operation is code.ANY:
            return letter != "\n" or bool(self._flags & re.DOTALL)
        if operation is not code.IN:
            return self._is(node, letter)
        is_other = argument[0][0] is code.NEGATE
        return any(self._is(part, letter) for part in argument[is_other:]) is not is_other

    def _is_of(self, category: Any, letter: str) -> bool:
        """Whether a letter is of a category."""
        if self._flags & re.ASCII and not letter.isascii():
            return category in _NEGATED
        return _CATEGORIES[category](letter)

    def _is(self, node: Node, letter: str) -> bool:
        operation, argument = node
        if operation is code.CATEGORY:
            return self._is_of(argument, letter)
        forms = {letter}
        if self._flags & re.IGNORECASE:
            forms |= {form for form in (letter.lower(), letter.upper()) if len(form) == 1}
        if operation is code.RANGE:
            return any(argument[0] <= ord(form) <= argument[1] for form in forms)
        return (chr(argument) in forms) is (operation is code.LITERAL)

    _OPERATIONS: dict[Any, Callable[[Engine, Any, int, Then], bool]] = {  # noqa: RUF012
        code.BRANCH: _branch,
        code.SUBPATTERN: _group,
        code.ATOMIC_GROUP: _atomic,
        code.ASSERT: _assert,
        code.ASSERT_NOT: _assert_not,
        code.AT: _place,
        code.GROUPREF: _again,
        code.GROUPREF_EXISTS: _if_group,
    }

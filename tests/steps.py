"""How many steps a pattern takes on a text: those of an engine that goes back, as that of Python.

The clock of a busy machine says little of a pattern; its steps are the same each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
_SINGLE = {code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN, code.CATEGORY}


class Engine:
    """Matches one pattern, one step after the other, and counts them."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.steps = 0
        self._nodes: list[Node] = list(parser.parse(pattern.pattern, pattern.flags))
        self._flags = pattern.flags
        self._text = ""
        self._groups: dict[int, tuple[int, int]] = {}

    def finditer(self, text: str) -> list[tuple[int, int]]:
        """The places of all matches."""
        spans: list[tuple[int, int]] = []
        at = 0
        while at <= len(text):
            end = self._end(text, at, lambda end: end > at or (at, at) not in spans[-1:])
            if end is None:
                at += 1
                continue
            spans.append((at, end))
            at = max(end, at + (end == at))
        return spans

    def match(self, text: str) -> list[tuple[int, int]]:
        """The place of the match at the start, if there is one."""
        end = self._end(text, 0, lambda _: True)
        return [] if end is None else [(0, end)]

    def fullmatch(self, text: str) -> list[tuple[int, int]]:
        """The place of the match that is the whole text, if there is one."""
        end = self._end(text, 0, lambda end: end == len(text))
        return [] if end is None else [(0, end)]

    def _end(self, text: str, start: int, accepts: Then) -> int | None:
        ends: list[int] = []

        def then(at: int) -> bool:
            if accepts(at):
                ends.append(at)
                return True
            return False

        self._text, self._groups = text, {}
        return ends[0] if self._run(self._nodes, 0, start, then) else None

    def _run(self, nodes: list[Node], index: int, at: int, then: Then) -> bool:
        """Whether the nodes from an index on match at a place, and what comes then."""
        self.steps += 1
        if index == len(nodes):
            return then(at)
        operation, argument = nodes[index]

        def rest(end: int) -> bool:
            return self._run(nodes, index + 1, end, then)

        if operation in _SINGLE:
            return self._is_one(nodes[index], at) and rest(at + 1)
        if operation in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}:
            return self._repeated(operation, argument, at, rest)
        if operation is code.BRANCH:
            return any(self._run(list(way), 0, at, rest) for way in argument[1])
        if operation is code.SUBPATTERN:
            return self._group(argument, at, rest)
        if operation is code.ATOMIC_GROUP:
            end = self._first_end(list(argument), at)
            return end is not None and rest(end)
        if operation in {code.ASSERT, code.ASSERT_NOT}:
            return self._looks(argument, at) is (operation is code.ASSERT) and rest(at)
        if operation is code.AT:
            return self._is_at(argument, at) and rest(at)
        if operation is code.GROUPREF:
            start, end = self._groups.get(argument, (0, -1))
            text = self._text[start:end]
            return end >= 0 and self._text.startswith(text, at) and rest(at + len(text))
        if operation is code.GROUPREF_EXISTS:
            group, with_it, without = argument
            way = with_it if group in self._groups else (without or [])
            return self._run(list(way), 0, at, rest)
        raise NotImplementedError(operation)

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
        if self._run(list(nodes), 0, at, then):
            return True
        self._flags, self._groups = flags, before
        return False

    def _repeated(self, operation: Any, argument: Any, at: int, rest: Then) -> bool:
        least, most, part = argument
        nodes = list(part)
        most = len(self._text) + 1 if most is code.MAXREPEAT else int(most)
        if operation is code.POSSESSIVE_REPEAT:
            count = 0
            while count < most and (end := self._first_end(nodes, at)) is not None:
                count += 1
                if end == at:
                    count = max(count, least)
                    break
                at = end
            return count >= least and rest(at)
        if len(nodes) == 1 and nodes[0][0] in _SINGLE:
            ends = self._ends_of_single(nodes[0], at, least, most)
            if operation is code.MIN_REPEAT:
                return any(map(rest, ends))
            return any(map(rest, reversed(list(ends))))

        def again(count: int, at: int) -> bool:
            def more(end: int) -> bool:
                return (end > at or count < least) and again(count + 1, end)

            takes = count < most
            if operation is code.MIN_REPEAT:
                return (count >= least and rest(at)) or (takes and self._run(nodes, 0, at, more))
            return (takes and self._run(nodes, 0, at, more)) or (count >= least and rest(at))

        return again(0, at)

    def _ends_of_single(self, node: Node, at: int, least: int, most: int) -> Iterator[int]:
        """Where repetitions of one character can end, the shortest first."""
        for count in range(most + 1):
            if count >= least:
                yield at + count
            self.steps += 1
            if not self._is_one(node, at + count):
                return

    def _first_end(self, nodes: list[Node], at: int) -> int | None:
        """Where the nodes end when they match first, which is not gone back on."""
        ends: list[int] = []

        def then(end: int) -> bool:
            ends.append(end)
            return True

        return ends[0] if self._run(nodes, 0, at, then) else None

    def _looks(self, argument: Any, at: int) -> bool:
        direction, part = argument
        nodes = list(part)
        if direction > 0:
            return self._first_end(nodes, at) is not None
        low, high = part.getwidth()
        return any(
            self._run(nodes, 0, at - width, lambda end: end == at)
            for width in range(low, min(high, at) + 1)
        )

    def _is_at(self, where: Any, at: int) -> bool:
        text = self._text
        many = bool(self._flags & re.MULTILINE)
        if where is code.AT_BEGINNING:
            return at == 0 or (many and text[at - 1] == "\n")
        if where is code.AT_BEGINNING_STRING:
            return at == 0
        if where is code.AT_END_STRING:
            return at == len(text)
        if where is code.AT_END:
            return text[at:] in {"", "\n"} or (many and text[at] == "\n")
        words = [self._is_of(code.CATEGORY_WORD, letter) for letter in text[max(at - 1, 0) : at + 1]]
        differs = words[:1] != words[1:] if 0 < at < len(text) else any(words)
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
        forms = {letter}
        if self._flags & re.IGNORECASE:
            forms |= {form for form in (letter.lower(), letter.upper()) if len(form) == 1}
        if operation is code.CATEGORY:
            return self._is_of(argument, letter)
        if operation is code.RANGE:
            return any(argument[0] <= ord(form) <= argument[1] for form in forms)
        return (ord(letter) == argument or chr(argument) in forms) is (operation is code.LITERAL)

"""What the key of a row says: letters, numbers, or the text of an option.

`2` is the second option, or the third where one counts from 0, or the option that reads 2: a table
is asked as a whole, since people fill a column in one way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum, auto

from mcqdeck.exchange.tables.header import Header

_SEPARATORS = re.compile(r"\s*[,;|/\n&+]\s*|\s+and\s+|\s+und\s+|\s+y\s+|\s+et\s+")
# Each where those before it part nothing that are options: a comma may also stand within one.
_BETWEEN_TEXTS = tuple(
    re.compile(sign) for sign in (r"\s*\n\s*", r"\s*[;|\n]\s*|\s*,\s+", r"\s*[;|\n,]\s*")
)
_PREFIX = re.compile(
    r"(?:option|answer|choice|antwort)(?:[\s_]+|(?=\d{1,2}$|(?-i:[A-Z])$))", re.IGNORECASE
)
_LETTER = re.compile(r"\(?([A-Za-z])[.):]?\)?")
_NUMBER = re.compile(r"#?\(?(\d{1,2})(?:\.0)?[.):]?\)?")
_COUNTED = "#"  # before a number that surely counts from 1
# `1,3` where a spreadsheet took it for a number with a decimal comma.
_TWO_NUMBERS = re.compile(r"([1-9])\.([1-9])")
_CAPITALS = re.compile(r"[A-Z]{2,}")
_LETTERED_TEXT = re.compile(r"\(?([A-Za-z]|\d{1,2})[.):]\)?\s+(.+)", re.DOTALL)


def counted(number: int) -> str:
    """The key of the option with that number, from 1, as nothing else can be read."""
    return f"{_COUNTED}{number}"


class Way(Enum):
    """In which way the keys of a table name options."""

    LETTERS = auto()
    NUMBERS = auto()
    NUMBERS_FROM_ZERO = auto()
    TEXTS = auto()
    UNCLEAR = auto()


class Keys:
    """The keys of one table: for each row its cell and the texts of its options.

    `is_guessed` says that they are numbers of which nothing tells whether they count from 0 or 1.
    `of_program` says that a program wrote the table, and no person named its columns.
    """

    def __init__(
        self,
        header: Header,
        rows: Sequence[tuple[str, tuple[str, ...]]],
        *,
        of_program: bool = False,
    ) -> None:
        filled = [row for row in rows if row[0]]
        self.way, self.is_guessed = _way(header, filled, of_program=of_program)

    def marks(self, key: str, options: tuple[str, ...]) -> tuple[bool, ...]:
        """Whether each option is right; none is where the key names none."""
        named = self._named(key, options)
        return tuple(number in named for number in range(len(options)))

    def _named(self, key: str, options: tuple[str, ...]) -> set[int]:
        ways = _READERS[self.way]
        for way in ways:
            named = way(key, options)
            if named and all(number < len(options) and options[number] for number in named):
                return named
        return set()


def _way(
    header: Header, rows: Sequence[tuple[str, tuple[str, ...]]], *, of_program: bool
) -> tuple[Way, bool]:
    """The way of a table's keys, and whether it is a guess from where its numbers count."""
    are_texts = all(_texts(key, options) for key, options in rows)
    are_letters = all(_letters(key, options) for key, options in rows)
    if rows and are_letters and (header.has_letters or not are_texts):
        return Way.LETTERS, False
    numbers = [_numbers(key, options) for key, options in rows]
    if not rows or not all(numbers):
        return Way.TEXTS, False
    counts = [sum(map(bool, options)) for _, options in rows]
    beyond = [max(named) - count for named, count in zip(numbers, counts, strict=True)]
    starts_at_zero = min(map(min, numbers)) == 0
    is_text = are_texts and (starts_at_zero or (header.has_letters and not header.names_index))
    if is_text or max(beyond) > 0:
        return Way.TEXTS, False
    if starts_at_zero:
        return (Way.NUMBERS_FROM_ZERO if max(beyond) < 0 else Way.UNCLEAR), False
    names_last = 0 in beyond or any(key.startswith(_COUNTED) for key, _ in rows)
    if names_last or (header.counts_from_one and not of_program):
        return Way.NUMBERS, False
    is_index = of_program or header.names_index
    return (Way.NUMBERS_FROM_ZERO if is_index else Way.NUMBERS), True


def _letters(key: str, options: tuple[str, ...]) -> set[int]:
    named = set()
    parts = _parts(key)
    if len(parts) == 1 and _CAPITALS.fullmatch(parts[0]) and len(parts[0]) <= len(options):
        parts = list(parts[0])
    for part in parts:
        match = _LETTER.fullmatch(part)
        if not match or ord(match[1].upper()) - ord("A") >= len(options):
            return set()
        named.add(ord(match[1].upper()) - ord("A"))
    return named


def _numbers(key: str, options: tuple[str, ...]) -> set[int]:
    """The numbers in a key, as they stand."""
    if (pair := _TWO_NUMBERS.fullmatch(key.strip())) and not _texts(key, options):
        return {int(number) for number in pair.groups()}
    matches = [_NUMBER.fullmatch(part) for part in _parts(key)]
    return {int(match[1]) for match in matches if match} if matches and all(matches) else set()


def _from_one(key: str, options: tuple[str, ...]) -> set[int]:
    numbers = _numbers(key, options)
    return {number - 1 for number in numbers} if numbers and min(numbers) > 0 else set()


def _texts(key: str, options: tuple[str, ...]) -> set[int]:
    folded = [_folded(option) for option in options]
    whole = {number for number, text in enumerate(folded) if text and text == _folded(key)}
    if whole:
        return {min(whole)}
    lettered = _LETTERED_TEXT.fullmatch(key)
    if lettered and _folded(lettered[2]) in folded:
        return {folded.index(_folded(lettered[2]))}
    for between in _BETWEEN_TEXTS:
        parts = [_folded(part) for part in between.split(key) if part.strip()]
        if len(parts) > 1 and all(part in folded for part in parts):
            return {folded.index(part) for part in parts}
    return set()


def _parts(key: str) -> list[str]:
    return [
        _PREFIX.sub("", part).strip() for part in _SEPARATORS.split(key.strip()) if part.strip()
    ]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".").removesuffix(".0")


_Reader = Callable[[str, tuple[str, ...]], set[int]]
_READERS: dict[Way, tuple[_Reader, ...]] = {
    Way.LETTERS: (_letters, _texts),
    Way.NUMBERS: (_from_one, _texts),
    Way.NUMBERS_FROM_ZERO: (_numbers,),
    Way.TEXTS: (_texts, _letters, _from_one),
    Way.UNCLEAR: (_texts,),
}

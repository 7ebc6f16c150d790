"""Where each key of a TOML text stands, and what in it nobody should parse.

`tomllib` tells neither. The text is cut into tokens in one pass, each character once. Whether it is
TOML is not for here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Place
from mcqdeck.read.lines import LINE_END

MOST_PARTS = 100
"""Parts of a dotted name: to parse one takes the square of their number."""

LONGEST_NUMBER = 1_000
"""Characters of a number: Python reads no integer of more than 4,300 digits."""

_LONGEST_NAME = 1_000  # characters of a name that has a place

_TOML_TOKEN = pattern(
    r'''
    (?P<comment> \#[^\r\n]*+ )
    | (?P<space> [ \t]++ )
    | (?P<end> \r\n | \n | \r )
    | (?P<long> """(?: [^"\\] | \\. | "(?!"") )*+ (?: """"{0,2} | \Z )
              | \'\'\'(?: [^'] | '(?!'') )*+ (?: \'\'\''{0,2} | \Z ) )
    | (?P<basic> "(?: [^"\\\r\n] | \\[^\r\n] )*+ "? )
    | (?P<literal> '[^'\r\n]*+ '? )
    | (?P<bare> [A-Za-z0-9_+-]++ )
    | (?P<sign> . )
    ''',
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Keys:
    """`places` has the place of each key and table by its dotted name, the first of each.

    `problem` is the first thing that would take too long to parse, or cannot be, and where.
    """

    places: dict[str, Place] = field(default_factory=dict)
    problem: tuple[Place, str] | None = None


@dataclass(slots=True)
class _Container:
    """An open inline table or array in a value: what its keys stand under, and which it is."""

    name: str
    is_table: bool


class _Scanner:
    """One pass over a text. A name is empty where it would be too long to be anybody's."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.keys = Keys()
        self.table = ""  # of the header above
        self.parts: list[str] = []  # of the name that is being read
        self.first: Place | None = None  # where that begins
        self.is_header = False
        self.is_value = False
        self.name = ""  # the key whose value is being read
        self.open: list[_Container] = []

    def scan(self, text: str) -> Keys:
        line, start = 1, 0
        for match in _TOML_TOKEN.finditer(text):
            kind, token = match.lastgroup or "", match[0]
            if kind not in ("comment", "space"):
                self.take(kind, token, Place(self.path, line, match.start() - start + 1))
            if kind in ("end", "long"):
                for end in LINE_END.finditer(token):
                    line, start = line + 1, match.start() + end.end()
        return self.keys

    def take(self, kind: str, token: str, place: Place) -> None:
        if kind == "end":
            if not self.open:
                self.begin()
        elif self.is_value:
            self.take_value(kind, token, place)
        elif kind == "sign":
            self.take_sign(token)
        else:
            self.take_part(kind, token, place)

    def begin(self, *, is_value: bool = False) -> None:
        """Gets ready for the next key, header or value."""
        self.parts, self.first = [], None
        self.is_header, self.is_value = False, is_value

    def take_part(self, kind: str, token: str, place: Place) -> None:
        """A part of a name."""
        self.first = self.first or place
        self.parts.append(_unquoted(kind, token))
        if len(self.parts) > MOST_PARTS:
            self.report(place, f"a name of more than {MOST_PARTS} parts")

    def take_sign(self, sign: str) -> None:
        """A sign between names."""
        above = self.open[-1].name if self.open else self.table
        if sign == "[" and not self.parts:
            self.is_header = True
        elif sign == "]" and self.is_header and self.parts:
            self.table = self.enter("")
            self.parts = []
        elif sign == "=" and self.parts:
            self.name = self.enter(above)
            self.begin(is_value=True)
        elif sign == "}" and self.open:
            self.close()
        elif sign == "," and self.open:
            self.begin()

    def take_value(self, kind: str, token: str, place: Place) -> None:
        """A token of a value."""
        if kind == "bare" and len(token) > LONGEST_NUMBER:
            self.report(place, f"a number of {len(token):,} characters")
        if kind != "sign":
            return
        if token in "{[":
            is_in_array = bool(self.open) and not self.open[-1].is_table
            name = self.open[-1].name if is_in_array else self.name
            self.open.append(_Container(name, is_table=token == "{"))
            self.begin(is_value=token == "[")
        elif token in "}]" and self.open:
            self.close()
        elif token == "," and self.open and self.open[-1].is_table:
            self.begin()

    def close(self) -> None:
        self.open.pop()
        self.begin(is_value=True)

    def enter(self, above: str) -> str:
        """Notes the place of the name that was read, and gives it in full."""
        name = ".".join([above, *self.parts] if above else self.parts)
        if not self.parts or len(name) > _LONGEST_NAME:
            return ""
        if self.first:
            self.keys.places.setdefault(name, self.first)
        return name

    def report(self, place: Place, problem: str) -> None:
        self.keys.problem = self.keys.problem or (place, problem)


def keys_of(path: str, text: str) -> Keys:
    """The keys of a TOML text, which may be no TOML at all."""
    return _Scanner(path).scan(text)


def _unquoted(kind: str, token: str) -> str:
    """The name that a part of a key gives."""
    if kind == "bare":
        return token
    if "\\" in token and len(token) <= _LONGEST_NAME:
        try:
            return str(tomllib.loads(f"x = {token}")["x"])
        except tomllib.TOMLDecodeError:
            pass
    return token[1:-1]
